/** Reports of a real casebook: written, edited on the page and by hand, frozen, committed. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { openCasebook } from '../../../../src/adapters/openCasebook';
import { type Casebook, StoreError } from '../../../../src/domain/ports';
import { edited, editsOf } from '../../../../src/domain/report/edits';
import { periodBeside } from '../../../../src/domain/report/period';
import { ReportOutputError } from '../../../../src/domain/report/reportOutputs';
import { isReportName, reportName, ReportShelfError } from '../../../../src/domain/report/reportShelf';
import type { ReportFilter } from '../../../../src/domain/report/serviceReport';
import { cleanUp, newCasebook, tempFolder } from '../../store/folders';
import { bundleScript } from '../../store/writers';
import { secretsInMemory } from '../../tickets/secretsInMemory';

const markdown = { language: 'zh-CN', formats: ['markdown'] } as const;

describe('Reports of a casebook', () => {
  let thread = '';
  let folder: string;
  let casebook: Casebook;
  let last: string;
  const opened: { dispose(): void }[] = [];

  before(async () => {
    thread = await bundleScript('src/adapters/report/thread.ts');
  });

  const open = async (isTrusted = true): Promise<Casebook> => {
    const next = await openCasebook({
      folder,
      knowledgeFolder: join(folder, 'knowledge'),
      ownFolder: false,
      stateFolder: tempFolder(),
      language: 'zh-CN',
      version: '1',
      engineer: () => '李伟 <li.wei@example.com>',
      secretStorage: secretsInMemory(),
      connections: { trackers: () => [], bots: () => [] },
      publishing: () => ({ branch: '', signOff: false, message: '' }),
      isTrusted,
      onProblem: (error) => assert.fail(String(error)),
      searchThread: '',
      sheetThread: '',
      reportThread: thread,
    });
    opened.push(next);
    return next;
  };

  beforeEach(async () => {
    folder = await newCasebook();
    casebook = await open();
    const { reports } = casebook;
    const period = periodBeside(reports.current('month'), -1, reports.options());
    last = period.id;
    for (const title of ['月结报表超时', '登录白屏', '导出乱码', '打印错位']) await received(title, period.start);
  });
  afterEach(() => {
    for (const item of opened.splice(0)) item.dispose();
  });
  after(cleanUp);

  const received = (title: string, receivedAt: string) =>
    casebook.desk.open('issue', {
      title,
      customer: '东海银行股份有限公司',
      contact: '王小明',
      channel: '邮件',
      receivedAt,
    });
  const made = (name: string) => join(folder, 'reports', name);
  const read = (name: string) => readFileSync(made(name), 'utf8');
  const outputs = () => casebook.reportOutputs;
  const planOf = async () => {
    const { report } = await outputs().report(last);
    return edited(report.drafts.plan, (await outputs().edits(last)).plan, 'zh-CN');
  };
  const typed = async (...texts: string[]) => {
    const { report } = await outputs().report(last);
    const own = texts.map((text) => ({ text }));
    const kept = report.drafts.plan.map(({ key, text }) => ({ key, text: text.zh }));
    return { plan: editsOf(report.drafts.plan, [...own, ...kept], 'zh-CN') };
  };

  it('are files beside the cases, each whole, and listed', async () => {
    const { files, keptAside, commit } = await outputs().export(last, {
      language: 'en',
      formats: ['markdown', 'html', 'csv', 'xlsx'],
    });
    assert.deepEqual([keptAside, commit], ['', '']);
    assert.deepEqual(
      files.filter((file) => !file.endsWith('.svg')).map((file) => basename(file)),
      ['md', 'html', 'csv', 'xlsx'].map((end) => `${last}.${end}`),
    );
    assert.ok(files.every((file) => existsSync(file)));
    assert.match(read(`${last}.md`), /东海银行/);
    const [report] = await casebook.reportShelf.reports();
    assert.deepEqual(
      report?.files.toSorted(),
      ['csv', 'html', 'md', 'xlsx'].map((end) => `${last}.${end}`),
    );
    assert.equal(report?.isFrozen, false);
    assert.ok(!readdirSync(join(folder, 'reports')).some((name) => name.endsWith('.tmp')));
  });

  it('keep what was written on the page whenever they are made again', async () => {
    await outputs().saveEdits(last, await typed('为东海银行安排 11 月现场培训'));
    await outputs().export(last, markdown);
    await received('又一个问题', (await casebook.reports.generate(last)).period.start);
    await outputs().export(last, markdown);
    const lines = await planOf();
    assert.equal(lines[0]?.text, '为东海银行安排 11 月现场培训');
    assert.ok(lines[0].isEdited && lines.length > 1);
    assert.match(read(`${last}.md`), /- 为东海银行安排 11 月现场培训/);
    assert.match(read(`${last}.md`), /\| 5 \|/);
  });

  it('take over what a hand wrote in the texts of the markdown, until it is changed on the page', async () => {
    await outputs().saveEdits(last, await typed('第一条'));
    await outputs().export(last, markdown);
    const written = read(`${last}.md`);
    const lines = await planOf();
    const second = lines[1]?.text ?? '';
    assert.ok(written.includes(second));
    const changed = written
      .replace('- 第一条', '- 第一条（已与客户确认）')
      .replace(/(<!-- casebook:plan-keys[^\n]*\n)/, '$1\n- 手写的一条\n  接着写\n')
      .replaceAll('\n', '\r\n');
    writeFileSync(made(`${last}.md`), changed);
    assert.deepEqual(
      (await planOf()).map(({ text }) => text),
      ['手写的一条 接着写', '第一条（已与客户确认）', ...lines.slice(1).map(({ text }) => text)],
    );
    const { keptAside } = await outputs().export(last, markdown);
    assert.equal(keptAside, '');
    assert.match(read(`${last}.md`), /手写的一条 接着写[\s\S]*第一条（已与客户确认）/);
    // now the page has the last word again
    await outputs().saveEdits(last, await typed('第一条，改回'));
    assert.equal((await planOf())[0]?.text, '第一条，改回');
    await outputs().export(last, markdown);
    assert.doesNotMatch(read(`${last}.md`), /手写的一条/);
  });

  it('lose nothing that is saved on the page while their files are made', async () => {
    await outputs().saveEdits(last, await typed('先写的'));
    const edits = await typed('导出时写的');
    await Promise.all([outputs().export(last, markdown), outputs().saveEdits(last, edits)]);
    assert.equal((await planOf())[0]?.text, '导出时写的');
    const exporting = outputs().export(last, markdown);
    await outputs().saveEdits(last, await typed('又改了一次'));
    await exporting;
    assert.equal((await planOf())[0]?.text, '又改了一次');
  });

  it('keep what was saved on the page where a hand writes in a markdown of before that', async () => {
    await outputs().export(last, markdown);
    await outputs().saveEdits(last, await typed('页面上写的'));
    writeFileSync(made(`${last}.md`), read(`${last}.md`).replace('<!-- /casebook:plan -->', '- 手写的\n$&'));
    await outputs().export(last, markdown);
    for (const text of ['页面上写的', '手写的']) assert.match(read(`${last}.md`), new RegExp(`- ${text} `));
    const { report } = await outputs().report(last);
    const { plan } = report.drafts;
    await outputs().saveEdits(last, { plan: editsOf(plan, [{ text: '只留这一条' }], 'zh-CN') });
    writeFileSync(made(`${last}.md`), read(`${last}.md`).replace('- 手写的', '- 手改的'));
    assert.deepEqual(
      (await planOf()).map(({ text }) => text),
      ['手改的', '只留这一条'],
    );
  });

  it('are kept aside where a hand wrote elsewhere, and never written over in silence', async () => {
    await outputs().export(last, markdown);
    writeFileSync(made(`${last}.md`), `${read(`${last}.md`)}\n总经理批注：下月重点关注东海银行。\n`);
    const { keptAside } = await outputs().export(last, markdown);
    assert.equal(basename(keptAside), `${last}.kept-1.md`);
    assert.match(read(basename(keptAside)), /总经理批注/);
    assert.doesNotMatch(read(`${last}.md`), /总经理批注/);
    assert.equal((await outputs().export(last, markdown)).keptAside, '');
    writeFileSync(made(`${last}.md`), '全部重写');
    assert.equal(basename((await outputs().export(last, markdown)).keptAside), `${last}.kept-2.md`);
    assert.equal((await casebook.reportShelf.reports()).length, 1);
  });

  it('of one product, or under pseudonyms, or in another language do not take the place of the whole one', async () => {
    const whole = { ...markdown, mainLanguage: 'zh-CN' } as const;
    await outputs().export(last, whole);
    const untouched = read(`${last}.md`);
    const filter = { customers: ['东海银行股份有限公司'] };
    await outputs().export(last, { ...whole, filter });
    await outputs().export(last, { ...whole, isPseudonymised: true });
    await outputs().export(last, { ...whole, filter, isPseudonymised: true });
    const ofOne = { products: ['ERP 东海银行专版'] };
    await outputs().export(last, { ...whole, filter: ofOne, isPseudonymised: true });
    await outputs().export(last, { ...whole, language: 'en' });
    assert.equal(read(`${last}.md`), untouched);
    const names = readdirSync(join(folder, 'reports')).filter((name) => name.endsWith('.md'));
    assert.equal(names.length, 6);
    for (const name of names.filter((entry) => entry.includes('pseudonymised'))) {
      assert.doesNotMatch(name + read(name), /东海|王小明/);
    }
    assert.ok(names.includes(`${last}.pseudonymised.md`) && names.includes(`${last}.en.md`));
  });

  it('stay as they are once frozen; what is recorded late is in the next one', async () => {
    await outputs().saveEdits(last, await typed('定稿前'));
    await outputs().export(last, markdown);
    writeFileSync(made(`${last}.md`), read(`${last}.md`).replace('定稿前', '定稿前的计划'));
    const { files } = await outputs().freeze(last, markdown);
    assert.equal(basename(files[0] ?? ''), `${last}.frozen.json`);
    const text = read(`${last}.md`);
    assert.match(text, /^frozen: true$/m);
    const start = (await casebook.reports.generate(last)).period.start;
    const late = await received('补录的问题', start);
    await outputs().export(last, markdown);
    assert.equal(read(`${last}.md`), text);
    const { report, isFrozen } = await outputs().report(last);
    assert.ok(isFrozen);
    assert.equal(report.service.received.count, 4);
    writeFileSync(made(`${last}.md`), text.replace('定稿前的计划', '定稿后的涂改'));
    assert.equal((await planOf())[0]?.text, '定稿前的计划');
    const { keptAside } = await outputs().export(last, markdown);
    assert.match(read(basename(keptAside)), /定稿后的涂改/);
    assert.equal(read(`${last}.md`), text);
    await assert.rejects(outputs().saveEdits(last, {}), refusal('frozen'));
    await assert.rejects(outputs().freeze(last, markdown), refusal('frozen'));
    const next = await casebook.reports.generate(casebook.reports.current('month').id);
    assert.deepEqual(
      next.late.map((entry) => [entry.case, entry.period, entry.what]),
      [[late.id, last, 'received']],
    );
    await outputs().unfreeze(last);
    assert.equal((await outputs().report(last)).report.service.received.count, 5);
  });

  it('are frozen with what a hand wrote, whatever files are asked for', async () => {
    await outputs().saveEdits(last, await typed('第一条'));
    await outputs().export(last, markdown);
    writeFileSync(made(`${last}.md`), read(`${last}.md`).replace('- 第一条', '- 手改的一条'));
    await outputs().freeze(last, { ...markdown, formats: ['html'] });
    assert.equal((await planOf())[0]?.text, '手改的一条');
    assert.match(read(`${last}.html`), /手改的一条/);
  });

  it('are frozen whole, and when their period is over', async () => {
    await assert.rejects(outputs().freeze(casebook.reports.current('month').id, markdown), refusal('running'));
    await assert.rejects(outputs().freeze(last, { ...markdown, filter: { kind: 'issue' } }), refusal('filtered'));
    assert.deepEqual(await casebook.reportShelf.list(), []);
  });

  it('are frozen once, whoever of two windows is faster', async () => {
    const other = await open();
    const [one, two] = await Promise.allSettled([
      outputs().freeze(last, markdown),
      other.reportOutputs.freeze(last, markdown),
    ]);
    const refused = [one, two].filter((result) => result.status === 'rejected');
    assert.equal(refused.length, 1);
    assert.ok(refusal('frozen')(refused[0]?.reason));
    const filter = { customers: ['东海银行股份有限公司'] };
    const [whole, part] = [await outputs().report(last), await outputs().report(last, { filter })];
    assert.deepEqual([whole.isFrozen, whole.isPartOfFrozen], [true, false]);
    assert.deepEqual([part.isFrozen, part.isPartOfFrozen], [false, true]);
    const kept = read(`${last}.frozen.json`);
    await assert.rejects(outputs().freeze(last, markdown), refusal('frozen'));
    assert.equal(read(`${last}.frozen.json`), kept);
  });

  it('are committed by themselves when asked', async () => {
    await casebook.repository.ensure(folder);
    await casebook.repository.setIdentity(folder, 'Li Wei', 'li.wei@example.com');
    writeFileSync(join(folder, 'reports.txt'), 'not asked for');
    const options = { ...markdown, formats: ['markdown', 'html'], isCommitted: true } as const;
    const { commit, files } = await outputs().export(last, options);
    const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
    assert.equal(git('rev-parse', 'HEAD'), commit);
    assert.match(git('log', '-1', '--format=%s'), new RegExp(`^售后服务报告 ${last}`));
    const committed = git('-c', 'core.quotepath=off', 'ls-tree', '-r', '--name-only', 'HEAD').split('\n');
    const expected = [
      ...files.map((file) => `reports/${file.slice(join(folder, 'reports').length + 1)}`),
      `reports/${last}.edits.json`,
    ];
    assert.deepEqual(committed.toSorted(), expected.toSorted());
  });

  it('leave alone what they cannot read', async () => {
    await outputs().saveEdits(last, await typed('一条'));
    const broken = `<<<<<<< ours\n${read(`${last}.edits.json`)}`;
    writeFileSync(made(`${last}.edits.json`), broken);
    await assert.rejects(outputs().edits(last), shelfProblem('unreadable'));
    await assert.rejects(outputs().export(last, markdown), shelfProblem('unreadable'));
    await assert.rejects(outputs().saveEdits(last, {}), shelfProblem('unreadable'));
    assert.equal(read(`${last}.edits.json`), broken);
    writeFileSync(made(`${last}.edits.json`), '{"format":2,"results":"of another kind"}');
    await assert.rejects(outputs().edits(last), shelfProblem('newer'));
    writeFileSync(made(`${last}.frozen.json`), '{"format":1,"frozen":{}}');
    await assert.rejects(outputs().report(last), shelfProblem('unreadable'));
    assert.deepEqual(await casebook.reportShelf.list(), []);
  });

  it('never leave their folder', async () => {
    for (const name of ['../2026-09', '2026-09/../../x', 'x', '2026-13x', '.2026-09']) {
      await assert.rejects(casebook.reportShelf.edits(name), StoreError);
      await assert.rejects(casebook.reportShelf.write([{ name: `../${name}.md`, content: '' }]), StoreError);
    }
    const elsewhere = tempFolder();
    symlinkSync(elsewhere, join(folder, 'reports'));
    await assert.rejects(outputs().export(last, markdown), StoreError);
    assert.deepEqual(readdirSync(elsewhere), []);
    const strange = ['../..', 'a\\b', '.', '名'.repeat(300), 'en', 'pseudonymised', 'kept-1', ''];
    for (const name of strange) {
      const file = reportName('2026-09', { products: [name], customers: strange });
      assert.ok(isReportName(file), file);
      assert.ok(Buffer.byteLength(`${file}.pseudonymised.zh-CN.kept-1.md`) < 255, file);
    }
  });

  it('of two filters never have one name, whatever the filters are called', async () => {
    const filters: ReportFilter[] = [
      {},
      { kind: 'issue' },
      { products: ['issue'] },
      { customers: ['issue'] },
      { customers: ['Acme Ltd'] },
      { customers: ['Acme-Ltd'] },
      { customers: ['Acme/Ltd'] },
      { customers: ['Acme', 'Ltd'] },
      { customers: ['Acme'], products: ['Ltd'] },
      { customers: ['a', 'b', 'c'] },
      { customers: ['a', 'b', 'd'] },
      { customers: ['名'.repeat(30)] },
      { customers: ['名'.repeat(31)] },
      { customers: ['en'] },
      { customers: ['pseudonymised'] },
    ];
    const names = filters.map((filter) => reportName(last, filter));
    assert.equal(new Set(names).size, filters.length, String(names));
    assert.equal(reportName('2026-Q3', { customers: ['Acme Ltd'] }), '2026-Q3.customer-Acme-Ltd');
    assert.equal(reportName(last, { products: ['b', 'a', 'a'] }), reportName(last, { products: ['a', 'b'] }));
    await outputs().export(last, { ...markdown, mainLanguage: 'en', filter: { customers: ['en'] } });
    const [only] = await casebook.reportShelf.reports();
    assert.deepEqual([only?.name, only?.files], [`${last}.customer-en`, [`${last}.customer-en.zh-CN.md`]]);
  });

  it('of one customer say so everywhere, tell of no other one, and have texts of their own', async () => {
    await casebook.desk.open('issue', {
      title: '接口超时',
      customer: '南海食品',
      contact: '赵敏',
      channel: '邮件',
      receivedAt: (await casebook.reports.generate(last)).period.start,
    });
    const filter = { customers: ['东海银行股份有限公司'] };
    await outputs().saveEdits(last, await typed('只给内部看的一条'));
    await outputs().saveEdits(
      last,
      { plan: { lines: [{ key: 'own:1', text: '给东海银行的一条' }], removed: [] } },
      filter,
    );
    const formats = ['markdown', 'html', 'csv'] as const;
    const options = { language: 'zh-CN', formats, filter } as const;
    const { document, files } = await outputs().export(last, options);
    assert.match(document.subtitle, / · 客户：东海银行股份有限公司$/);
    for (const file of files.filter((each) => !each.endsWith('.svg'))) {
      const text = readFileSync(file, 'utf8');
      assert.match(text, /客户：东海银行股份有限公司/, file);
      assert.match(text, /给东海银行的一条/, file);
      assert.doesNotMatch(text, /南海|接口超时|只给内部看的一条/, file);
    }
    const hidden = await outputs().export(last, { ...options, isPseudonymised: true });
    assert.match(hidden.document.subtitle, / · 客户：客户 A$/);
    for (const file of hidden.files) {
      assert.doesNotMatch(`${basename(file)} ${readFileSync(file, 'utf8')}`, /东海|南海/, file);
    }
    assert.match(JSON.stringify(await outputs().edits(last)), /只给内部看的一条/);
    assert.doesNotMatch(JSON.stringify(await outputs().edits(last)), /给东海银行的一条/);
  });

  it('are only read in Restricted Mode', async () => {
    await outputs().saveEdits(last, await typed('一条'));
    const restricted = await open(false);
    assert.equal((await restricted.reportOutputs.edits(last)).plan?.lines[0]?.text, '一条');
    assert.equal((await restricted.reportOutputs.report(last)).isFrozen, false);
    const isRestricted = (error: unknown) => error instanceof StoreError && error.reason === 'restricted';
    await assert.rejects(restricted.reportOutputs.export(last, markdown), isRestricted);
    await assert.rejects(restricted.reportOutputs.saveEdits(last, {}), isRestricted);
    await assert.rejects(restricted.reportOutputs.unfreeze(last), isRestricted);
  });
});

const refusal = (reason: ReportOutputError['reason']) => (error: unknown) =>
  error instanceof ReportOutputError && error.reason === reason;
const shelfProblem = (reason: ReportShelfError['reason']) => (error: unknown) =>
  error instanceof ReportShelfError && error.reason === reason;
