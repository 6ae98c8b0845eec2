/** The sample casebook: made by the same guards as any case, and showing every step of both procedures. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { FolderInUseError, makeSample } from '../../../sample/maker/folder';
import { readSource, Storyteller, type Told } from '../../../sample/maker/story';
import { Times } from '../../../sample/maker/times';
import { FileArticleShelf } from '../../../src/adapters/knowledge/articleShelf';
import { openUsageFiles } from '../../../src/adapters/report/usageFiles';
import { secretScanner } from '../../../src/adapters/secrets/secretScanner';
import { lacksOf } from '../../../src/domain/article/lacks';
import type { CaseEvent } from '../../../src/domain/case/event';
import { fold } from '../../../src/domain/case/fold';
import { type CasebookSettings, defaultSettings, defaultTimings, readSettings } from '../../../src/domain/casebook';
import { leaksOf } from '../../../src/domain/redaction/articleCheck';
import { serviceReport } from '../../../src/domain/report/makeReport';
import { usageStandings } from '../../../src/domain/report/serviceReport';
import { namesInCase, namesInSettings, together } from '../../../src/domain/redaction/names';
import { procedureOf } from '../../../src/domain/sop/engine';
import { stepsOf } from '../../../src/domain/sop/procedure';
import { type CaseSummary, isOverdue, summarize } from '../../../src/domain/summary';
import { textOf } from '../../../src/domain/sop/field';

const source = join(process.cwd(), 'sample');
const now = Date.parse('2026-11-24T11:26:40+08:00');
const shanghai = () => 480;

const textIn = ({ state }: Told) =>
  textOf(state.values['receive'], 'description') || textOf(state.values['record'], 'content');
const titleOf = ({ state }: Told) => textOf(state.values[procedureOf(state.kind).intake], 'title');

describe('The sample casebook', () => {
  let home: string;
  let folder: string;
  let told: readonly Told[];
  let summaries: readonly CaseSummary[];

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'casebook-sample-'));
    folder = join(home, 'first');
    told = await makeSample({ folder, source, now, offsetAt: shanghai });
    summaries = told.map((one) => summarize({ ...one, quarantined: [] }, defaultTimings));
  });

  after(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));

  it('knows what customers use: every standing is there', async () => {
    const { entries, problems } = await openUsageFiles(folder).read();
    assert.deepEqual(problems, []);
    assert.equal(new Set(entries.map(({ customer }) => customer)).size, 10);
    const report = serviceReport(
      { period: '2026-11', zone: 'Asia/Shanghai', now, settings: defaultSettings, usage: { entries, problems } },
      told.map(({ id, events }) => ({ id, events, quarantined: 0 })),
    );
    for (const standing of usageStandings) assert.ok(report.usage.counts[standing] > 0, standing);
  });

  it('has about forty cases of both kinds under ids of their own', () => {
    assert.ok(told.length >= 38 && told.length <= 44, String(told.length));
    assert.equal(new Set(told.map(({ id }) => id)).size, told.length);
    assert.ok(told.filter(({ state }) => state.kind === 'request').length >= 12);
    assert.ok(told.filter(({ state }) => state.kind === 'issue').length >= 28);
  });

  for (const kind of ['issue', 'request'] as const) {
    for (const { id } of stepsOf(procedureOf(kind))) {
      it(`has an open ${kind} at ${id}`, () => {
        assert.ok(told.some(({ state }) => state.kind === kind && state.status === 'open' && state.step === id));
      });
    }
  }

  it('shows each part of step 4.2', () => {
    const parts = told
      .filter(({ state }) => state.kind === 'issue' && state.status === 'open' && state.step === '4.2')
      .map(({ state }) => Object.keys(state.verification).join(' '));
    assert.deepEqual(new Set(parts), new Set(['', 'internal', 'internal appointment', 'internal appointment upgrade']));
  });

  it('shows every way in which a case can end', () => {
    const ways = new Set(told.map(({ state }) => state.status));
    assert.deepEqual(ways, new Set(['open', 'archived', 'closed', 'withdrawn', 'merged', 'converted']));
    const dispositions = new Set(told.flatMap(({ state }) => state.closures.map(({ disposition }) => disposition)));
    for (const wanted of ['fixed', 'solvedBySupport', 'notADefect', 'released', 'notAdopted']) {
      assert.ok(dispositions.has(wanted), wanted);
    }
  });

  it('shows rounds, plans, excuses, corrections and emergencies', () => {
    const states = told.map(({ state }) => state);
    assert.ok(states.filter(({ round }) => round === 2).length >= 2);
    assert.ok(states.some(({ round }) => round === 3));
    assert.ok(states.some(({ plans }) => plans.some(({ answer }) => answer?.accepted === false)));
    assert.ok(states.some(({ planRevision, step, round }) => planRevision === 2 && step === '4.1' && round === 1));
    assert.ok(states.some(({ reactivations }) => reactivations.some(({ reopened }) => reopened)));
    assert.ok(states.some(({ deviations }) => deviations.length > 0));
    assert.ok(states.some(({ corrections }) => corrections.length > 0));
    assert.ok(states.filter(({ articles }) => articles.length > 0).length >= 3);
    assert.ok(states.filter(({ emergency }) => emergency?.notified).length >= 3);
    for (const { emergency } of states) {
      if (!emergency?.notified) continue;
      const waited = Date.parse(emergency.notified.at) - Date.parse(emergency.at);
      assert.ok(waited >= 0 && waited <= defaultTimings.leadNotificationMinutes * 60_000);
    }
  });

  it('has work that is due today and work that is overdue, an untold lead among it', () => {
    const today = new Date(now + 480 * 60_000).toISOString().slice(0, 10);
    assert.ok(summaries.filter((summary) => isOverdue(summary, now)).length >= 4);
    assert.ok(summaries.filter(({ dues }) => dues.some(({ at }) => at.startsWith(today))).length >= 2);
    const untold = summaries.find(({ dues }) => dues.some(({ kind }) => kind === 'notifyLead'));
    assert.equal(untold?.step, '1.2');
    assert.ok(untold && isOverdue(untold, now));
  });

  it('has one unsettled conflict and one act of a newer Casebook, and is sound otherwise', () => {
    const conflicts = told.filter(({ state }) => state.conflicts.length > 0);
    assert.deepEqual(
      conflicts.map(({ state }) => state.conflicts.map(({ kind, action }) => `${kind} ${action}`)),
      [['place createTicket']],
    );
    const unknown = told.filter(({ state }) => state.unknown.length > 0);
    assert.deepEqual(
      unknown.map(({ state }) => state.unknown.map(({ type }) => type)),
      [['linkAsset']],
    );
  });

  it('tells each fault at length, in Chinese and in English', () => {
    for (const one of told) assert.ok(textIn(one).length >= 300, `${titleOf(one)}: ${textIn(one).length}`);
    const isChinese = (one: Told) => /\p{Script=Han}/u.test(titleOf(one));
    assert.ok(told.filter(isChinese).length >= 15);
    assert.ok(told.filter((one) => !isChinese(one)).length >= 10);
  });

  it('links issue and request of a conversion, and the two cases of a merge', () => {
    const converted = told.find(({ state }) => state.status === 'converted');
    const request = told.find(({ id }) => id === converted?.state.otherCase);
    assert.equal(request?.state.convertedFrom, converted?.id);
    const merged = told.find(({ state }) => state.status === 'merged');
    assert.ok(told.some(({ id, state }) => id === merged?.state.otherCase && state.status === 'open'));
  });

  it('lets nothing happen after now; only plans lie ahead', () => {
    const ahead = new Set(['start', 'end', 'nextAt', 'nextFollowUp']);
    for (const { events } of told) {
      for (const { at, data, type } of events) {
        assert.ok(Date.parse(at) <= now, `${type} at ${at}`);
        for (const [key, value] of Object.entries(data.values ?? {})) {
          if (ahead.has(key) || typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) continue;
          assert.ok(Date.parse(value) <= now, `${type}.${key} at ${value}`);
        }
      }
    }
  });

  it('writes logs that fold to the same cases, and settings that can be read', async () => {
    const paths = await filesOf(folder);
    const logs = paths.filter((path) => path.endsWith('.jsonl'));
    assert.equal(logs.length, told.length);
    for (const path of logs) {
      const lines = (await readFile(join(folder, path), 'utf8')).trimEnd().split('\n');
      const id = basename(path, '.jsonl');
      const state = fold(
        id,
        lines.map((line) => JSON.parse(line) as CaseEvent),
      );
      assert.deepEqual(state, told.find((one) => one.id === id)?.state, path);
      assert.equal(path, join('cases', id.slice(4, 8), `${id}.jsonl`));
    }
    const { problems, settings } = readSettings(JSON.parse(await readFile(join(folder, 'casebook.json'), 'utf8')));
    assert.deepEqual(problems, []);
    const customers = new Set(settings.customers.map(({ name }) => name));
    for (const { customer } of summaries) assert.ok(customers.has(customer), customer);
    assert.equal(await readFile(join(folder, '.casebook', '.gitignore'), 'utf8'), '*\n');
  });

  it('has a dozen articles with all six sections and without a word about a customer', async () => {
    const { settings } = readSettings(JSON.parse(await readFile(join(folder, 'casebook.json'), 'utf8')));
    const named = settings.customers.flatMap(({ name, contacts }) => [name, ...(contacts ?? [])]);
    const paths = (await filesOf(folder)).filter((path) => path.endsWith('.md'));
    assert.ok(paths.length >= 12);
    let english = 0;
    for (const path of paths) {
      const text = await readFile(join(folder, path), 'utf8');
      const sections = [...text.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
      const isEnglish = sections.includes('Symptom');
      if (isEnglish) english += 1;
      assert.deepEqual(
        sections,
        isEnglish
          ? ['Symptom', 'Environment', 'Cause', 'Solution', 'Workaround', 'Verification']
          : ['问题现象', '环境', '原因', '解决方案', '规避方案', '验证'],
        path,
      );
      for (const name of named) assert.ok(!text.includes(name), `${path} names ${name}`);
      const cases = [...text.matchAll(/(?:ISS|REQ)-\d{8}-[0-9A-Z]{4}/g)].map((match) => match[0]);
      assert.ok(cases.length > 0, path);
      for (const id of cases)
        assert.ok(
          told.some((one) => one.id === id),
          `${path} names ${id}`,
        );
    }
    assert.ok(english >= 4 && paths.length - english >= 8);
    for (const { state } of told) {
      for (const { path } of state.articles) assert.ok(paths.includes(join('knowledge', ...path.split('/'))), path);
    }
  });

  it('has articles that the check before publishing lets pass', async () => {
    const { settings } = readSettings(JSON.parse(await readFile(join(folder, 'casebook.json'), 'utf8')));
    const names = together(...told.map(({ state }) => namesInCase(state)), namesInSettings(settings));
    const versions = new Set(settings.products.flatMap((product) => product.versions));
    const shelf = new FileArticleShelf();
    for (const entry of await shelf.list(join(folder, 'knowledge'))) {
      const text = await shelf.read(entry.path);
      const way = relative(join(folder, 'knowledge'), entry.path).replaceAll('\\', '/');
      const linked = (file: string) => shelf.textOf(join(folder, 'knowledge', file));
      const leaks = await leaksOf(
        { text, waived: entry.waived, way, message: `kb: ${entry.title}`, textOf: linked },
        { known: { names, versions }, secrets: secretScanner },
      );
      assert.deepEqual(
        leaks.map(({ kind, value }) => `${kind} ${value}`),
        [],
        entry.path,
      );
      assert.deepEqual(lacksOf(text, entry), [], entry.path);
    }
  });

  it('leaves no placeholder unspelt', async () => {
    for (const path of await filesOf(folder)) {
      assert.doesNotMatch(await readFile(join(folder, path), 'utf8'), /\{\{/, path);
    }
  });

  it('is the same whenever it is made at the same moment, and holds one commit', async () => {
    const again = join(home, 'again');
    await makeSample({ folder: again, source, now, offsetAt: shanghai });
    const paths = await filesOf(folder);
    assert.deepEqual(await filesOf(again), paths);
    for (const path of paths) {
      assert.equal(await readFile(join(again, path), 'utf8'), await readFile(join(folder, path), 'utf8'), path);
    }
    const git = async (...args: string[]) => (await promisify(execFile)('git', args, { cwd: again })).stdout.trim();
    assert.equal(await git('rev-list', '--count', 'HEAD'), '1');
    assert.equal(await git('log', '--format=%an <%ae>'), 'Casebook sample <sample@casebook.invalid>');
    assert.equal(await git('status', '--porcelain'), '');
  });

  it('can be made in any place and at any time of the week', async () => {
    const moments: [string, number][] = [
      ['2026-11-22T23:58:00+08:00', 480],
      ['2027-01-04T00:03:00+01:00', 60],
      ['2027-03-15T07:30:00-05:00', -300],
      ['2028-02-29T18:45:00+00:00', 0],
    ];
    for (const [at, offset] of moments) {
      const options = { folder: join(home, 'moving'), source, now: Date.parse(at), offsetAt: () => offset };
      const there = await makeSample(options);
      assert.equal(there.length, told.length, at);
      assert.deepEqual(
        there.map(({ state }) => `${state.step} ${state.status} ${state.conflicts.length}`),
        told.map(({ state }) => `${state.step} ${state.status} ${state.conflicts.length}`),
        at,
      );
    }
  });

  it('never writes into a folder that is somebody else’s', async () => {
    const theirs = join(home, 'theirs');
    await mkdir(theirs);
    await writeFile(join(theirs, 'notes.txt'), 'mine');
    await assert.rejects(makeSample({ folder: theirs, source, now, offsetAt: shanghai }), FolderInUseError);
    assert.deepEqual(await readdir(theirs), ['notes.txt']);
  });

  it('names file, act and what is missing when a story breaks the procedure', () => {
    const settings: CasebookSettings = { ...defaultSettings, people: [{ name: 'Li Wei', mail: 'li.wei@example.com' }] };
    const story = [{ open: '-1d 09:00', title: 'No customer' }, { receive: '09:10' }];
    const broken = readSource('broken', { kind: 'issue', by: 'Li Wei', story });
    const teller = new Storyteller([broken], new Map(), settings, new Times(now, shanghai));
    assert.throws(() => teller.tell('broken'), /^StoryError: broken: receive .*required:customer/);
    const late = readSource('late', { kind: 'issue', by: 'Li Wei', story: [{ open: '+1d 09:00', title: 'Tomorrow' }] });
    assert.throws(
      () => new Storyteller([late], new Map(), settings, new Times(now, shanghai)).tell('late'),
      /late: open at \+1d 09:00 lies in the future/,
    );
  });
});

/** Every file but git's own, sorted. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !dirname(path).split(/[\\/]/).includes('.git'))
    .toSorted();
}
