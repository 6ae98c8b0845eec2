/** The team's settings grow by what engineers type, and lose nothing; drafts survive. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDrafts } from '../../../src/adapters/store/drafts';
import { createCasebook } from '../../../src/adapters/store/layout';
import { openSettingsFile } from '../../../src/adapters/store/settingsFile';
import { defaultSettings } from '../../../src/domain/casebook';
import type { DraftStore, StoreError } from '../../../src/domain/ports';
import { cleanUp, newCasebook, tempFolder } from './folders';

describe('casebook.json', () => {
  afterEach(cleanUp);

  const read = (folder: string) =>
    JSON.parse(readFileSync(join(folder, 'casebook.json'), 'utf8')) as Record<string, unknown>;

  it('is made once and never over one that is there', async () => {
    const folder = await newCasebook();
    assert.deepEqual(read(folder), defaultSettings);
    assert.equal(readFileSync(join(folder, '.gitattributes'), 'utf8'), 'cases/**/*.jsonl merge=union text eol=lf\n');
    assert.equal(readFileSync(join(folder, '.casebook', '.gitignore'), 'utf8'), '*\n');
    writeFileSync(join(folder, 'casebook.json'), '{"mine":true}');
    await createCasebook(folder);
    assert.deepEqual(read(folder), { mine: true });
  });

  it('in a repository that has git attributes of its own, cases are merged by line all the same', async () => {
    const folder = tempFolder();
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    writeFileSync(join(folder, '.gitattributes'), '*.png binary\n');
    await createCasebook(folder);
    await createCasebook(folder);
    assert.equal(readFileSync(join(folder, '.gitattributes'), 'utf8'), '*.png binary\n');
    const log = 'cases/2026/ISS-20261122-7K3F.jsonl';
    const attribute = execFileSync('git', ['check-attr', 'merge', log], { cwd: folder, encoding: 'utf8' });
    assert.equal(attribute, `${log}: merge: union\n`);
    assert.ok(!readdirSync(join(await newCasebook(), 'cases')).includes('.gitattributes'), 'once is enough');
  });

  it('learns new names, each under what it belongs to, and keeps what it does not know', async () => {
    const folder = await newCasebook();
    const raw = { ...defaultSettings, sla: { gold: 4 }, customers: [{ name: 'A', tier: 1 }] };
    writeFileSync(join(folder, 'casebook.json'), JSON.stringify(raw));
    const settings = await openSettingsFile({ folder });
    await settings.learn([
      {
        customer: ' A ',
        contact: '王芳',
        product: 'DataHub',
        version: '5.2.1',
        problemType: '网络 Network',
        channel: 'Mail',
        owner: 'Li Wei <li.wei@example.com>',
        lead: '  ',
        group: 'DataHub 群',
        system: 'Jira',
        manager: 'x'.repeat(201),
        title: 'not a name',
      },
    ]);
    await settings.learn([{ product: 'DataHub', version: '5.2.2', assignee: 'Li Wei', contact: 'of nobody' }]);
    const now = read(folder);
    assert.deepEqual(now['sla'], { gold: 4 });
    assert.deepEqual(now['customers'], [{ name: 'A', tier: 1, contacts: ['王芳'] }]);
    assert.deepEqual(now['products'], [{ name: 'DataHub', versions: ['5.2.1', '5.2.2'] }]);
    assert.deepEqual(now['people'], [{ name: 'Li Wei', mail: 'li.wei@example.com' }]);
    assert.deepEqual(now['problemTypes'], [...defaultSettings.problemTypes, '网络 Network']);
    assert.deepEqual(now['channels'], defaultSettings.channels);
    assert.deepEqual(now['groups'], ['DataHub 群']);
    assert.deepEqual(settings.current().products, [{ name: 'DataHub', versions: ['5.2.1', '5.2.2'] }]);
    assert.match(readFileSync(join(folder, 'casebook.json'), 'utf8'), /^\{\n {2}"version": 1,[^]*\}\n$/);
  });

  it('learns a contact under the customer that bears the name today, not under one that once did', async () => {
    const folder = await newCasebook();
    const customers = [
      { name: 'Acme Group', formerNames: ['Acme', 'Beta'], contacts: [] },
      { name: 'Beta', contacts: [] },
    ];
    writeFileSync(join(folder, 'casebook.json'), JSON.stringify({ ...defaultSettings, customers }));
    const settings = await openSettingsFile({ folder });
    await settings.learn([
      { customer: 'Beta', contact: '王芳' },
      { customer: 'Acme', contact: 'Lin' },
    ]);
    assert.deepEqual(read(folder)['customers'], [
      { name: 'Acme Group', formerNames: ['Acme', 'Beta'], contacts: ['Lin'] },
      { name: 'Beta', contacts: ['王芳'] },
    ]);
  });

  it('loses nothing that two windows learn at once', async () => {
    const folder = await newCasebook();
    const windows = [await openSettingsFile({ folder }), await openSettingsFile({ folder })] as const;
    const names = Array.from({ length: 20 }, (_, index) => `Customer ${index}`);
    await Promise.all(names.map((customer, index) => windows[index % 2 === 0 ? 0 : 1].learn([{ customer }])));
    const learned = (read(folder)['customers'] as { name: string }[]).map((customer) => customer.name);
    assert.deepEqual(learned.toSorted(), names.toSorted());
  });

  it('is never overwritten when it does not parse, and the settings before go on', async () => {
    const folder = await newCasebook();
    const problems: StoreError[] = [];
    const settings = await openSettingsFile({ folder, onProblem: (error) => problems.push(error) });
    await settings.learn([{ customer: 'Known' }]);
    const broken = '<<<<<<< HEAD\n{}\n';
    writeFileSync(join(folder, 'casebook.json'), broken);
    await settings.learn([{ customer: 'New' }]);
    assert.equal(readFileSync(join(folder, 'casebook.json'), 'utf8'), broken);
    assert.deepEqual(settings.problems(), ['casebook.json']);
    assert.deepEqual(settings.current().customers, [{ name: 'Known', contacts: [] }]);
    assert.deepEqual(problems, []);
  });

  it('leaves a list of the wrong shape alone and learns the others', async () => {
    const folder = await newCasebook();
    writeFileSync(join(folder, 'casebook.json'), '{"customers":"all of them"}');
    const settings = await openSettingsFile({ folder });
    await settings.learn([{ customer: 'New', channel: 'Fax' }]);
    assert.equal(read(folder)['customers'], 'all of them');
    assert.deepEqual(read(folder)['channels'], [...defaultSettings.channels, 'Fax']);
    assert.deepEqual(settings.problems(), ['customers']);
  });

  it('tells what went wrong with learning, and does not throw it', async () => {
    const folder = await newCasebook();
    const problems: StoreError[] = [];
    const settings = await openSettingsFile({ folder, onProblem: (error) => problems.push(error) });
    rmSync(folder, { recursive: true });
    await settings.learn([{ customer: 'New' }]);
    assert.deepEqual(
      problems.map((problem) => problem.reason),
      ['folder-missing'],
    );
  });
});

describe('drafts', () => {
  afterEach(cleanUp);

  const draft = (text: string) => ({ savedAt: '2026-11-22T10:00:00+08:00', forms: { receive: { title: text } } });
  const keysOf = async (drafts: DraftStore) => (await drafts.list()).map(({ key }) => key);

  it('say whether another window that still runs wrote them', async () => {
    const folder = tempFolder();
    const drafts = openDrafts(folder);
    await drafts.write('k', draft('mine'));
    const isHeld = async () => (await drafts.list())[0]?.isHeldElsewhere;
    assert.equal(await isHeld(), false);
    const [name = ''] = readdirSync(folder).filter((entry) => entry.endsWith('.json'));
    const now = new Date().toISOString();
    const heldBy = (holder: unknown, savedAt = now) =>
      writeFileSync(join(folder, name), JSON.stringify({ key: 'k', draft: { ...draft('theirs'), savedAt }, holder }));
    heldBy(process.ppid);
    assert.equal(await isHeld(), true);
    heldBy(spawnSync(process.execPath, ['--version']).pid);
    assert.equal(await isHeld(), false, 'its window is gone');
    heldBy(process.ppid, '2001-01-01T00:00:00Z');
    assert.equal(await isHeld(), false, 'the machine was started since, and the number is another process');
    for (const holder of [undefined, 'x', -1, 0, 1.5, null]) {
      heldBy(holder);
      assert.equal(await isHeld(), false);
    }
    heldBy(process.ppid);
    await drafts.write('k', draft('taken over'));
    assert.equal(await isHeld(), false);
  });

  it('come back as they were written, under any key', async () => {
    const folder = join(tempFolder(), 'drafts');
    const drafts = openDrafts(folder);
    assert.equal(await drafts.read('new issue'), undefined);
    assert.deepEqual(await keysOf(drafts), []);
    await drafts.write('../../etc/passwd', draft('一'));
    await drafts.write('ISS-20261122-7K3F', draft('two'));
    await drafts.write('ISS-20261122-7K3F', draft('three'));
    const later = openDrafts(folder);
    assert.deepEqual(await later.read('ISS-20261122-7K3F'), draft('three'));
    assert.deepEqual((await keysOf(later)).toSorted(), ['../../etc/passwd', 'ISS-20261122-7K3F']);
    await later.remove('ISS-20261122-7K3F');
    await later.remove('ISS-20261122-7K3F');
    assert.deepEqual(await keysOf(drafts), ['../../etc/passwd']);
  });

  it('stay whole when two windows write the same one', async () => {
    const folder = tempFolder();
    const windows = [openDrafts(folder), openDrafts(folder)] as const;
    const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);
    await Promise.all(texts.map((text, index) => windows[index % 2 === 0 ? 0 : 1].write('k', draft(text))));
    assert.ok(texts.includes(String((await windows[0].read('k'))?.forms['receive']?.['title'])));
  });

  it('that are broken are set aside', async () => {
    const folder = tempFolder();
    const drafts = openDrafts(folder);
    for (const broken of ['{"key":', '{"key":"k"}', '']) {
      await drafts.write('k', draft('x'));
      const [name = ''] = readdirSync(folder).filter((entry) => entry.endsWith('.json'));
      writeFileSync(join(folder, name), broken);
      assert.equal(await drafts.read('k'), undefined);
      assert.equal(readFileSync(join(folder, `${name}.broken`), 'utf8'), broken);
      assert.deepEqual(await keysOf(drafts), []);
    }
  });
});
