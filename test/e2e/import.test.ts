import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './editor';
import { Workbench } from './driver';

const fixtures = join('test', 'fixtures', 'transfer');

/** One incident that can't be taken, as it happens in every real export. */
const BROKEN =
  'INC9000004,Closed,0,Caller 14,05-03-2016 08:00,31-02-2016 09:00,Phone,Location 1,Category 5,?,?,?,3 - Low,4 - Low,?,?,?,?\n';

describe('importing cases', function () {
  this.timeout(180_000);
  let window: Workbench | undefined;
  afterEach(() => window?.close());

  it('takes an audit log by mapping its columns: a trial names what is refused, then the cases are in the tree', async () => {
    const folder = temporaryFolder('import');
    const file = join(folder, 'incidents.csv');
    copyFileSync(join(fixtures, 'audit-log.csv'), file);
    writeFileSync(file, readFileSync(file, 'utf8') + BROKEN);
    window = await Workbench.open({ folder, language: 'zh-cn', viewport: { width: 1400, height: 1000 } });
    await window.openCasebook();
    const { quickPick } = window;
    await window.runCommand('案例簿: 导入案例…');
    await quickPick.choose('文件');
    await quickPick.choose('incidents.csv');

    const view = window.webview();
    await view.getByRole('heading', { name: '从 incidents.csv 导入案例' }).waitFor();
    await window.screenshot('import-zh');
    const column = view.locator('[data-field="title"]');
    await column.locator('vscode-dropdown').click();
    await column.locator('vscode-option[data-value="category"]').click();
    await column.locator('[data-do="addColumn"]').click();
    await column.locator('vscode-dropdown').nth(1).click();
    await column.locator('vscode-dropdown').nth(1).locator('vscode-option[data-value="u_symptom"]').click();
    await view.locator('[data-do="try"]').click();
    await view.locator('.facts').getByText('将生成 3 个案例').waitFor();
    await view.getByRole('cell', { name: '“31-02-2016 09:00”不是日期（日在前）' }).waitFor();
    await window.screenshot('import-trial-zh');
    await window.setTheme('dark');
    await window.screenshot('import-dark');
    await view.locator('[data-do="import"]').click();
    await view.getByText('已导入 3 个案例，未导入 1 项。').first().waitFor();
    await window.screenshot('import-done');

    const tree = window.tree('案例');
    await tree.expand('已关闭与归档');
    await tree.row(/Category 5 · Symptom 72/).waitFor();
    await view.locator('[data-do="showRejected"]').click();
    await window.tab(/^incidents\.rejected\.csv/).waitFor();
    const refused = readFileSync(join(folder, 'incidents.rejected.csv'), 'utf8').split('\r\n');
    assert.match(refused[1] ?? '', /^11,sys_updated_at,“31-02-2016 09:00”不是日期（日在前）,INC9000004,/);
    assert.deepEqual(window.consoleErrors(), []);
  });
});
