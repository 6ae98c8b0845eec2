import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from './editor';
import { AxeCheck } from './axeCheck';
import { Workbench } from './driver';

const fixtures = join('test', 'fixtures', 'transfer');

/** One incident that can't be taken, as it happens in every real export. */
const BROKEN =
  'INC9000004,Closed,0,Caller 14,05-03-2016 08:00,31-02-2016 09:00,Phone,Location 1,Category 5,?,?,?,3 - Low,4 - Low,?,?,?,?\n';

/** A month saved by a spreadsheet, a quarter that holds it, and one that says nothing. */
const USAGE =
  '客户,月份,登录次数,核心功能使用\n华东某厂,2026/9/1,"1,204",88\n华东某厂,2026-Q3,3000,\n北方重工,2026/10/1,0,0\n北方重工,2026/8/1,,\n';

describe('importing cases and figures, exporting all', function () {
  this.timeout(180_000);
  let window: Workbench | undefined;
  afterEach(() => window?.close());

  it('takes an audit log by mapping its columns: a trial names what is refused, then the cases are in the tree; figures come in by questions, and all goes out', async () => {
    const folder = temporaryFolder('import');
    const file = join(folder, 'incidents.csv');
    copyFileSync(join(fixtures, 'audit-log.csv'), file);
    writeFileSync(file, readFileSync(file, 'utf8') + BROKEN);
    writeFileSync(join(folder, 'usage.csv'), USAGE);
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
    await view.locator('.facts').getByText('将拒绝 1 项，原因如下').waitFor();
    await view.getByRole('cell', { name: '“31-02-2016 09:00”不是日期（日在前）' }).waitFor();
    await window.screenshot('import-trial-zh');
    const axe = new AxeCheck(window);
    await axe.checkNow('import');
    assert.deepEqual(axe.findings, []);
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

    await window.runCommand('案例簿: 导入使用数据…');
    await quickPick.choose('usage.csv');
    const answer = async (question: string, picture?: string) => {
      await quickPick.widget.getByText(question).or(quickPick.widget.getByPlaceholder(question)).first().waitFor();
      if (picture !== undefined) await window?.screenshot(picture);
    };
    await answer('“客户”在哪一列？', 'usage-column');
    await quickPick.accept();
    for (const question of ['“日期或周期”在哪一列？', '“登录次数”在哪一列？', '“核心功能使用次数”在哪一列？']) {
      await answer(question);
      await quickPick.accept();
    }
    await answer('数据来自哪里？');
    await quickPick.accept();
    await answer('报告中将列出此项，不能为空。');
    await quickPick.type('管理后台登录统计');
    await quickPick.accept();
    await answer('使用这些数据的合法依据是什么？', 'usage-basis');
    await quickPick.type('服务合同第 7 条');
    await quickPick.accept();
    const asked = window.dialog('将导入 3 行，拒绝 1 行。');
    await asked.element.getByText('华东某厂').waitFor();
    await window.screenshot('usage-dialog');
    await asked.click('导入');
    await window.notification('使用数据已存入案例库（3 行）').shown();
    await window.screenshot('usage-done');

    await window.runCommand('案例簿: 导出全部案例…');
    // the box fills itself some time after it is there
    await waitFor('the name that is proposed', async () =>
      /cases-[-\d]+\.xlsx$/.test(await quickPick.input.inputValue()) ? true : undefined,
    );
    await quickPick.type(join(folder, 'all.csv'));
    await window.screenshot('export-where');
    await quickPick.accept();
    await window.notification(/已将 3 个案例导出到/).shown();
    await window.screenshot('export-done');
    const [heads = '', ...cases] = readFileSync(join(folder, 'all.csv'), 'utf8').trimEnd().split('\r\n');
    assert.match(heads, /^\uFEFF案例编号,/);
    assert.equal(cases.length, 3);
    assert.equal(readFileSync(join(folder, 'all.events.csv'), 'utf8').trimEnd().split('\r\n').length, 7);
    assert.deepEqual(window.consoleErrors(), []);
  });
});
