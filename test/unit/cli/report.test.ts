/** `casebook report`, as the built bundle does it in plain Node: the editor's own report, or one clear sentence. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { makeSample } from '../../../sample/maker/folder';
import { openCasebook } from '../../../src/adapters/openCasebook';
import { systemClock } from '../../../src/adapters/machine/clock';
import type { Casebook } from '../../../src/domain/ports';
import { editsOf } from '../../../src/domain/report/edits';
import { periodAt, periodBeside } from '../../../src/domain/report/period';
import { cleanUp, newCasebook, tempFolder } from '../store/folders';
import { secretsInMemory } from '../tickets/secretsInMemory';
import { contentOf, git, type Run, runner, shipped } from './commandLine';

/** What `--json` prints, as far as it is looked at here. */
interface Result {
  readonly period: string;
  readonly title: string;
  readonly zone: string;
  readonly headline: readonly { readonly id: string; readonly value: number | null; readonly text: string }[];
  readonly files: readonly string[];
  readonly isFrozen: boolean;
  readonly isProvisional: boolean;
  readonly keptAside: string;
  readonly commit: string;
  readonly unread: readonly string[];
}

const csvOnly = ['--format', 'csv'] as const;

describe('The command line', () => {
  let script: string;
  let run: Run;
  let sample: string;
  /** The month before last, which is over whenever the test runs. */
  let past: string;
  const opened: { dispose(): void }[] = [];

  before(async () => {
    script = shipped();
    run = runner(script, { TZ: process.env['TZ'] ?? new Intl.DateTimeFormat().resolvedOptions().timeZone });
    sample = await freshSample();
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const options = { zone, fiscalYearStartMonth: 1 };
    past = periodBeside(periodAt(Date.now(), 'month', options), -2, options).id;
  });
  afterEach(() => {
    for (const item of opened.splice(0)) item.dispose();
  });
  after(cleanUp);

  const freshSample = async () => {
    const folder = join(tempFolder(), 'sample');
    const offsetAt = (instant: number) => systemClock.offsetAt(instant);
    await makeSample({ folder, source: resolve('sample'), now: Date.now(), offsetAt });
    return folder;
  };
  /** As the editor has it. */
  const inEditor = async (folder: string): Promise<Casebook> => {
    const casebook = await openCasebook({
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
      isTrusted: true,
      onProblem: (error) => assert.fail(String(error)),
      searchThread: '',
      sheetThread: '',
      reportThread: resolve('dist', 'reportThread.js'),
    });
    opened.push(casebook);
    return casebook;
  };
  const resultOf = async (...args: readonly string[]): Promise<Result> => {
    const { code, stdout, stderr } = await run('report', ...args, '--json');
    assert.deepEqual([code, stderr], [0, '']);
    return JSON.parse(stdout) as Result;
  };
  /** @returns the sentence, which is the only thing that is said */
  const refused = async (code: number, ...args: readonly string[]): Promise<string> => {
    const ended = await run(...args);
    assert.deepEqual([ended.code, ended.stdout], [code, '']);
    assert.match(ended.stderr, /^[^\n]+\n$/);
    return ended.stderr.trim();
  };

  describe('says', () => {
    it('how it is used, in the language that is asked for or the machine speaks', async () => {
      const english = await run('--help');
      assert.deepEqual([english.code, english.stderr], [0, '']);
      const chinese = await run('report', '--help', '--language', 'zh-CN');
      assert.equal((await runner(script, { LANG: 'zh_CN.UTF-8' })('-h')).stdout, chinese.stdout);
      for (const { stdout } of [english, chinese]) {
        for (const option of [
          'casebook',
          'language',
          'format',
          'out',
          'customer',
          'product',
          'pseudonyms',
          'commit',
          'freeze',
          'json',
        ]) {
          assert.match(stdout, new RegExp(`^  --${option}\\b`, 'm'));
        }
      }
      assert.match(chinese.stdout, /退出码：0/);
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
      assert.equal((await run('--version')).stdout, `${version}\n`);
    });

    it('what is wrong with how it was called, and does nothing', async () => {
      const here = ['--casebook', sample];
      const untouched = contentOf(sample);
      const wrong: readonly [expected: RegExp, ...args: readonly string[]][] = [
        [/no command\./],
        [/no command "export"/, 'export', past, ...here],
        [/period is missing/, 'report', ...here],
        [/"2026-13" is no period/, 'report', '2026-13', ...here],
        [/"2026-Q5" is no period/, 'report', '2026-Q5', ...here],
        [/one argument too many/, 'report', past, 'more', ...here],
        [/--casebook is missing/, 'report', past],
        [/--fromat/, 'report', past, ...here, '--fromat', 'md'],
        [/"pdf" is no format|"md,pdf" is no format/, 'report', past, ...here, '--format', 'md,pdf'],
        [/"fr" is no language/, 'report', past, ...here, '--language', 'fr'],
        [/With --out/, 'report', past, ...here, '--out', 'there', '--commit'],
        [/With --out/, 'report', past, ...here, '--out', 'there', '--freeze'],
        [/Only the whole report is frozen/, 'report', past, ...here, '--freeze', '--customer', 'A'],
        [/own folder/, 'report', past, ...here, '--out', join(sample, 'reports')],
      ];
      const said = await Promise.all(wrong.map(([, ...args]) => refused(2, ...args)));
      for (const [index, sentence] of said.entries()) {
        assert.match(sentence, wrong[index]?.[0] ?? /^$/);
        assert.match(sentence, /--help/);
      }
      assert.match(await refused(2, 'report', '--language', 'zh'), /未指定报告周期/);
      assert.deepEqual(contentOf(sample), untouched);
    });
  });

  describe('makes a report', () => {
    it('with the figures and the files of the editor', async () => {
      const { reportOutputs } = await inEditor(sample);
      const language = 'zh-CN';
      const here = await reportOutputs.render(past, { language, formats: ['csv', 'html', 'markdown', 'xlsx'] });
      const out = join(tempFolder(), 'new', 'folder');
      const untouched = contentOf(sample);
      const all = ['--format', 'csv,html,md,xlsx', '--language', language, '--out', out];
      const { headline, files, ...result } = await resultOf(past, '--casebook', sample, ...all);
      assert.deepEqual([result.period, result.isFrozen, result.isProvisional], [past, false, false]);
      assert.deepEqual(
        headline.map(({ id, value, text }) => [id, value, text]),
        here.document.headline.map(({ id, cell }) => [id, cell.value?.value ?? null, cell.text]),
      );
      assert.ok(headline.some(({ value }) => (value ?? 0) > 0));
      assert.deepEqual(
        files,
        here.files.map(({ name }) => join(out, name)),
      );
      // what it was made of is the same; only the moment is another, and the digest over it
      const timeless = (text: string) =>
        text.replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?/g, '').replace(/^digest:.*$/m, '');
      for (const { name, content } of here.files) {
        const written = readFileSync(join(out, name), 'utf8');
        if (typeof content === 'string') assert.equal(timeless(written), timeless(content), name);
      }
      // the casebook was only read
      assert.deepEqual(contentOf(sample), untouched);
    });

    it('of the last month or quarter, or of the running one', async () => {
      const { reports } = await inEditor(sample);
      const out = ['--casebook', sample, '--out', tempFolder(), ...csvOnly];
      for (const kind of ['month', 'quarter'] as const) {
        const running = reports.current(kind);
        const [last, now] = await Promise.all([resultOf(`last-${kind}`, ...out), resultOf(`this-${kind}`, ...out)]);
        const expected = [periodBeside(running, -1, reports.options()).id, running.id];
        // the test may run while a month ends
        if (reports.current(kind).id === running.id) assert.deepEqual([last.period, now.period], expected);
        assert.deepEqual([last.isProvisional, now.isProvisional], [false, true]);
      }
    });

    it('with the texts that the engineer wrote, beside the cases, and says where', async () => {
      const folder = await freshSample();
      const { reportOutputs } = await inEditor(folder);
      const { report } = await reportOutputs.report(past);
      const kept = report.drafts.plan.map(({ key, text }) => ({ key, text: text.zh }));
      await reportOutputs.saveEdits(past, {
        plan: editsOf(report.drafts.plan, [{ text: '回访三家客户' }, ...kept], 'zh-CN'),
      });
      const args = ['report', past, '--casebook', folder, '--language', 'zh-CN'];
      const ended = await run(...args);
      assert.deepEqual([ended.code, ended.stderr], [0, '']);
      const paths = ['md', 'html'].map((end) => join(folder, 'reports', `${past}.${end}`));
      assert.equal(ended.stdout, paths.map((path) => `${path}\n`).join(''));
      for (const path of paths) assert.match(readFileSync(path, 'utf8'), /回访三家客户/);
      // a hand's own words are taken over or kept aside, never lost
      const [markdown = ''] = paths;
      writeFileSync(markdown, `${readFileSync(markdown, 'utf8')}\n总经理批注\n`);
      const again = await run(...args);
      assert.equal(again.code, 0);
      const aside = join(folder, 'reports', `${past}.kept-1.md`);
      assert.ok(again.stderr.includes(aside), again.stderr);
      assert.match(readFileSync(aside, 'utf8'), /总经理批注/);
    });

    it('in which nobody is named, when asked', async () => {
      const { settings } = await inEditor(sample);
      const out = tempFolder();
      const open = await resultOf(past, '--casebook', sample, '--out', out, ...csvOnly);
      const closed = await resultOf(past, '--casebook', sample, '--out', out, ...csvOnly, '--pseudonyms');
      const [named, nameless] = [open, closed].map(({ files }) => readFileSync(files[0] ?? '', 'utf8'));
      const customers = settings.current().customers.map(({ name }) => name);
      assert.ok(customers.some((name) => named?.includes(name)));
      assert.deepEqual(
        customers.filter((name) => nameless?.includes(name) || JSON.stringify(closed).includes(name)),
        [],
      );
    });

    it('on one customer or product, in files of its own, by any name that the customer ever had', async () => {
      const folder = await freshSample();
      const file = join(folder, 'casebook.json');
      const settings = JSON.parse(readFileSync(file, 'utf8')) as {
        customers: { name: string; formerNames?: string[] }[];
      };
      const [customer, other] = settings.customers;
      assert.ok(customer && other);
      customer.formerNames = ['Old & Sons'];
      writeFileSync(file, JSON.stringify(settings));
      const made = await resultOf(past, '--casebook', folder, ...csvOnly, '--customer', 'old & sons');
      const path = made.files[0] ?? '';
      assert.match(basename(path), new RegExp(`^${past}\\.customer-.+\\.csv$`));
      assert.ok(made.title.includes(customer.name), made.title);
      const csv = readFileSync(path, 'utf8');
      assert.ok(!csv.includes(other.name));
      const all = await resultOf(past, '--casebook', folder, ...csvOnly);
      assert.ok((made.headline[0]?.value ?? 0) < (all.headline[0]?.value ?? 0));
      const both = await resultOf(
        past,
        '--casebook',
        folder,
        ...csvOnly,
        '--customer',
        customer.name,
        '--customer',
        other.name,
      );
      assert.ok((both.headline[0]?.value ?? 0) > (made.headline[0]?.value ?? 0));
      const asked = ['--casebook', folder, ...csvOnly, '--product', 'No such thing'] as const;
      assert.match(
        await refused(1, 'report', past, ...asked),
        /^No product is called "No such thing".*Nothing was written/,
      );
    });

    it('of an empty casebook, in which nothing is divided by', async () => {
      const folder = await newCasebook();
      const { headline } = await resultOf(past, '--casebook', folder, '--format', 'md,html,csv,xlsx');
      assert.deepEqual(
        headline.map(({ id, value }) => [id, value]),
        [
          ['received', 0],
          ['closed', 0],
          ['resolutionRate', null],
          ['firstResponse', null],
          ['backlog', 0],
        ],
      );
      assert.deepEqual(
        readdirSync(join(folder, 'reports')).filter((name) => /\.(md|html|csv|xlsx)$/.test(name)),
        ['csv', 'html', 'md', 'xlsx'].map((end) => `${past}.${end}`),
      );
    });

    it('final, once, and commits it alone', async () => {
      const folder = await freshSample();
      writeFileSync(join(folder, 'notes.txt'), 'not ours');
      const args = [past, '--casebook', folder, '--format', 'md', '--freeze', '--commit'];
      const first = await resultOf(...args);
      assert.deepEqual([first.isFrozen, first.commit], [true, git(folder, 'rev-parse', 'HEAD')]);
      assert.equal(git(folder, 'status', '--porcelain'), '?? notes.txt');
      const committed = git(folder, 'show', '--name-only', '--format=', 'HEAD').split('\n');
      assert.ok(committed.includes(`reports/${past}.frozen.json`));
      assert.ok(
        committed.every((name) => name.startsWith('reports/')),
        committed.join(),
      );
      const frozen = readFileSync(join(folder, 'reports', `${past}.frozen.json`), 'utf8');
      const again = await run('report', ...args);
      assert.equal(again.code, 0);
      assert.match(again.stderr, /was frozen before/);
      assert.equal(readFileSync(join(folder, 'reports', `${past}.frozen.json`), 'utf8'), frozen);
      const running = await refused(1, 'report', 'this-month', '--casebook', folder, '--freeze');
      assert.match(running, /is not over yet\. Nothing was written; /);
    });
  });

  describe('fails with a sentence', () => {
    it('where there is no casebook, and makes none', async () => {
      const missing = join(tempFolder(), 'not', 'there');
      assert.match(await refused(1, 'report', past, '--casebook', missing), /not there.*Nothing was written; check/);
      assert.ok(!existsSync(dirname(missing)));
      const other = tempFolder();
      const chinese = await refused(1, 'report', past, '--casebook', other, '--language', 'zh-CN');
      assert.match(chinese, /不是案例库.*未写入任何文件，请/);
      assert.deepEqual(readdirSync(other), []);
      assert.match(await refused(1, 'report', '2999-01', '--casebook', sample), /2999-01 has not begun/);
    });

    it('where casebook.json cannot be read, since every figure hangs on it', async () => {
      for (const text of ['{ "calendar": ', '{ "calendar": { "zone": "Asia/Nowhere" } }', '<<<<<<< HEAD\n{}\n']) {
        const folder = await newCasebook();
        writeFileSync(join(folder, 'casebook.json'), text);
        const sentence = await refused(1, 'report', past, '--casebook', folder);
        assert.match(sentence, /casebook\.json cannot be read \((casebook\.json|calendar)\)/);
        assert.ok(!existsSync(join(folder, 'reports')));
        assert.equal(readFileSync(join(folder, 'casebook.json'), 'utf8'), text);
      }
    });

    it('only where it must: a case that cannot be read is named, and nothing is made final without it', async () => {
      const folder = await newCasebook();
      const [year] = past.split('-');
      const broken = join(folder, 'cases', year ?? '', `ISS-${year}0105-7K3F.jsonl`);
      mkdirSync(dirname(broken));
      writeFileSync(broken, '');
      const args = ['report', past, '--casebook', folder, ...csvOnly];
      const sentence = await refused(1, ...args, '--freeze');
      assert.ok(sentence.includes(broken) && sentence.startsWith('Not frozen'), sentence);
      assert.ok(!existsSync(join(folder, 'reports')));
      const ended = await run(...args, '--json');
      assert.equal(ended.code, 0);
      assert.match(ended.stderr, /^Case files that cannot be read: 1, first .*The report lacks them; mend/);
      assert.deepEqual((JSON.parse(ended.stdout) as Result).unread, [broken]);
    });

    it('where the texts of the report are in the middle of a merge, which are left as they are', async () => {
      const folder = await newCasebook();
      mkdirSync(join(folder, 'reports'));
      const edits = join(folder, 'reports', `${past}.edits.json`);
      writeFileSync(edits, '<<<<<<< HEAD\n');
      const sentence = await refused(1, 'report', past, '--casebook', folder);
      assert.ok(sentence.startsWith(edits), sentence);
      assert.deepEqual(readdirSync(join(folder, 'reports')), [basename(edits)]);
    });

    it('where git does not know who commits: the files are written', async () => {
      const folder = await newCasebook();
      const sentence = await refused(1, 'report', past, '--casebook', folder, ...csvOnly, '--commit');
      assert.match(sentence, /is written to .*reports, but not committed: git does not know who you are/);
      assert.ok(existsSync(join(folder, 'reports', `${past}.csv`)));
    });

    it('where it may not write', async () => {
      const folder = await newCasebook();
      writeFileSync(join(folder, 'reports'), 'a file');
      const sentence = await refused(1, 'report', past, '--casebook', folder, ...csvOnly);
      assert.ok(sentence.includes(join(folder, 'reports')), sentence);
      assert.equal(readFileSync(join(folder, 'reports'), 'utf8'), 'a file');
    });
  });

  it('comes with the extension, as all that runs in Node', () => {
    const ships = readFileSync('.vscodeignore', 'utf8').split('\n');
    const bundles = readdirSync('dist').filter((name) => name.endsWith('.js'));
    assert.ok(bundles.includes('casebook.js'));
    assert.deepEqual(
      bundles.filter((name) => !ships.includes(`!dist/${name}`)),
      [],
    );
    const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
    assert.deepEqual(bin, { casebook: 'dist/casebook.js' });
    assert.match(readFileSync('dist/casebook.js', 'utf8'), /^#!\/usr\/bin\/env node\n/);
  });
});
