import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workbench } from './driver';
import { Journey } from './journey';

describe('in Simplified Chinese', function () {
  this.timeout(240_000);
  let window: Workbench | undefined;
  afterEach(() => window?.close());

  it('(f) the first journey, with nothing configured: the knowledge repository is made on first use', async () => {
    window = await Workbench.open({ language: 'zh-cn', theme: 'dark', viewport: { width: 1400, height: 1000 } });
    const journey = new Journey(window, { pictures: 'zh' });
    await journey.recordIssue({
      title: '月度成本报表失败：could not resize shared memory segment',
      channel: '电话',
      customer: '华东精密仪器',
      contact: '王敏',
    });
    await journey.urgentToClosed();
    await journey.publishArticle('数据库', { publish: '发布文章', anyway: '仍然发布', back: '返回案例' });

    const casebook = join(window.dataDir, 'data', 'User', 'globalStorage', 'casebook.casebook', 'casebook');
    const log = execFileSync(
      'git',
      ['-C', casebook, '-c', 'core.quotePath=false', 'log', '--name-only', '--format=%s'],
      { encoding: 'utf8' },
    );
    assert.ok(log.startsWith('kb: 月度成本报表失败'), log);
    const path = log.trim().split('\n').at(-1) ?? '';
    const article = readFileSync(join(casebook, path), 'utf8');
    for (const heading of ['问题现象', '环境', '原因', '解决方案', '规避方案', '验证'])
      assert.ok(article.includes(`## ${heading}`));
    assert.ok(!article.includes('华东精密仪器') && !article.includes('王敏'));

    await window.tree('案例').expand('已关闭与归档');
    await window.tree('案例').expand(/月度成本报表失败/);
    await window.tree('案例').row('1.1 接收反馈').waitFor();
    for (const step of ['1.1 接收反馈', '1.2 紧急程度评估', '2.1 信息收集与复现']) {
      await window.tree('案例').row(step).waitFor();
    }
    await journey.picture('tree');
    await window.tree('案例').list.hover();
    await window.page.mouse.wheel(0, 600);
    await window.tree('案例').row('5.2 知识库更新').waitFor();
    assert.deepEqual(window.consoleErrors(), []);
  });
});
