/** The index of a casebook and its articles: what it finds, and how it keeps up with the disk. */
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Catalog } from '../../../src/adapters/search/catalog';
import { aCase } from '../../builders';
import { titles, World } from './world';

const SHM = `---
title: 容器内 PostgreSQL 报共享内存不足
tags: [PostgreSQL, Docker]
categories: [数据库]
product: ERP
versions: [8.3.1]
---
## 问题现象

月度报表失败，日志中有：

\`\`\`
ERROR: could not resize shared memory segment "/PostgreSQL.1213217486" to 8388608 bytes: No space left on device
\`\`\`

## 原因

容器的 /dev/shm 默认只有 64 MB，并行查询放不下。
`;
const METASPACE = `---
title: 自定义公式耗尽元空间
tags: [JVM]
product: ERP Mobile
versions: [8.30]
---
运行一周后应用挂起，日志为 java.lang.OutOfMemoryError: Metaspace。
`;
const ORACLE = '# Table not found after the upgrade\n\nORA-00942: table or view does not exist\n';
const ACCESS = '# Inspection program crashes\n\nException code 0xC0000005 in C:\\Program Files\\Inspect\\cam.dll\n';
const TIMEOUT = '# Gateway answers 504\n\nThe upstream connection timed out after 60 seconds.\n';

describe('the search catalog', () => {
  let world: World;
  let catalog: Catalog;
  beforeEach(() => {
    world = new World();
    catalog = new Catalog(world.options);
  });
  afterEach(() => world.remove());

  describe('finds', () => {
    beforeEach(async () => {
      for (const [index, text] of [SHM, METASPACE, ORACLE, ACCESS, TIMEOUT].entries())
        world.article(`a${index}.md`, text);
      await catalog.refresh();
    });

    const queries: readonly [string, string, string][] = [
      ['Chinese in the middle of a sentence', '客户说报表失败，好像内存不够', '容器内 PostgreSQL 报共享内存不足'],
      ['one character', '挂', '自定义公式耗尽元空间'],
      ['mixed text', 'postgresql共享内存', '容器内 PostgreSQL 报共享内存不足'],
      ['full width', 'ＰｏｓｔｇｒｅＳＱＬ', '容器内 PostgreSQL 报共享内存不足'],
      ['an error code', 'ORA-00942', 'Table not found after the upgrade'],
      ['an error code as some type it', 'ora00942', 'Table not found after the upgrade'],
      ['a hexadecimal code', '0xc0000005', 'Inspection program crashes'],
      ['a class and its message', 'java.lang.OutOfMemoryError: Metaspace', '自定义公式耗尽元空间'],
      ['a class by its name', 'OutOfMemoryError', '自定义公式耗尽元空间'],
      ['a part of a camelCase name', 'memory error', '自定义公式耗尽元空间'],
      ['a path', '/dev/shm', '容器内 PostgreSQL 报共享内存不足'],
      ['a file of a Windows path', 'cam.dll', 'Inspection program crashes'],
      ['the beginning of a word', 'postgr', '容器内 PostgreSQL 报共享内存不足'],
      ['a word with a typing error', 'conection timed out', 'Gateway answers 504'],
      ['a word with a letter too many', 'gatewway', 'Gateway answers 504'],
      ['a tag', 'docker', '容器内 PostgreSQL 报共享内存不足'],
    ];
    for (const [what, query, title] of queries) {
      it(what, async () => assert.equal((await titles(catalog, query))[0], title));
    }

    it('nothing for a code that is almost another', async () => {
      assert.deepEqual(await titles(catalog, 'ORA-00943 '), await titles(catalog, 'ORA '));
      assert.deepEqual(await titles(catalog, '0xC0000006'), []);
    });

    it('shows the text around the match and where the match is', async () => {
      const [hit] = await catalog.find({ text: 'shared memory segment' });
      const marked = hit?.marks.map(([start, end]) => hit.excerpt.slice(start, end));
      assert.deepEqual(marked, ['shared', 'memory', 'segment']);
      const [chinese] = await catalog.find({ text: '并行查询' });
      assert.deepEqual(
        chinese?.marks.map(([start, end]) => chinese.excerpt.slice(start, end)),
        ['并行查询'],
      );
    });

    it('only what the filters admit', async () => {
      const product = (name: string) => titles(catalog, { text: '', product: name }).then((found) => found.length);
      assert.deepEqual([await product('erp'), await product('ERP M'), await product('CRM')], [2, 1, 0]);
      assert.deepEqual(await titles(catalog, { text: '', version: '8.3' }), ['容器内 PostgreSQL 报共享内存不足']);
      assert.deepEqual(await titles(catalog, { text: '', tag: '数据库' }), ['容器内 PostgreSQL 报共享内存不足']);
      assert.deepEqual(await titles(catalog, { text: 'java', tag: 'docker' }), []);
      assert.deepEqual(await titles(catalog, { text: 'java', only: 'case' }), []);
    });

    it('as many as are wanted, without the one that is left out', async () => {
      assert.equal((await catalog.find({ text: '', limit: 2 })).length, 2);
      const [first] = await catalog.find({ text: 'ORA-00942' });
      assert.deepEqual(await titles(catalog, { text: 'ORA-00942', exclude: first?.id ?? '' }), []);
    });

    it('nothing for nothing', async () => {
      assert.deepEqual(await titles(catalog, '，。 …'), []);
      assert.equal((await titles(catalog, '  ')).length, 5);
    });
  });

  describe('of cases', () => {
    it('finds them by what the customer said, by key and by names, and filters them', async () => {
      const issue = world.case({ title: '夜间批量失败', customer: 'Acme', product: 'DataHub', version: '5.2.1' });
      const request = world.case({ title: '导出按机构拆分', product: 'DataHub' }, 'request');
      const ticketed = aCase('issue', { intake: { title: '有工单的案例' } }).until('3.1');
      world.write(ticketed);
      await catalog.refresh();
      const ids = async (query: Parameters<Catalog['find']>[0]) => (await catalog.find(query)).map(({ id }) => id);
      assert.ok((await ids({ text: 'DH-5012 connection pool exhausted' })).includes(issue));
      assert.deepEqual(await ids({ text: '拆成多个文件' }), [request]);
      assert.equal((await ids({ text: issue }))[0], issue);
      assert.equal((await ids({ text: 'DH-2817' }))[0], ticketed.id);
      assert.equal((await ids({ text: 'acme' }))[0], issue);
      assert.deepEqual(await ids({ text: '', kind: 'request' }), [request]);
      assert.deepEqual(await ids({ text: '', customer: 'acme' }), [issue]);
      assert.deepEqual(await ids({ text: '', only: 'article' }), []);
    });

    it('puts those last that came to nothing', async () => {
      const [a, b] = [{ title: '打印机脱机' }, { title: '打印机脱机' }].map((intake) => aCase('issue', { intake }));
      a?.act({ action: 'withdraw', values: { reason: '误报' } });
      for (const written of [a, b]) if (written) world.write(written);
      await catalog.refresh();
      assert.deepEqual(
        (await catalog.find({ text: '打印机脱机' })).map(({ id }) => id),
        [b?.id, a?.id],
      );
    });

    it('reads only the cases that it is told of', async () => {
      const first = aCase('issue', { intake: { title: '甲' } });
      world.write(first);
      await catalog.refresh();
      const second = world.case({ title: '乙' });
      await catalog.refresh(['cases'], [second]);
      assert.deepEqual((await titles(catalog, '')).toSorted(), ['乙', '甲']);
    });
  });

  describe('keeps up', () => {
    it('with what is added, changed and removed', async () => {
      const path = world.article('a.md', '# Disk full\n');
      await catalog.refresh();
      assert.deepEqual(await titles(catalog, 'disk'), ['Disk full']);
      writeFileSync(path, '# Certificate expired\n');
      world.article('deep/b.md', '# Disk slow\n');
      await catalog.refresh(['articles']);
      assert.deepEqual(await titles(catalog, 'disk'), ['Disk slow']);
      assert.deepEqual(await titles(catalog, 'certificate'), ['Certificate expired']);
      rmSync(path);
      await catalog.refresh(['articles']);
      assert.deepEqual(await titles(catalog, 'certificate'), []);
    });

    it('and answers while it reads', async () => {
      for (let index = 0; index < 300; index += 1)
        world.article(`a${index}.md`, `# Note ${index}\n\n${'text '.repeat(200)}`);
      let reports = 0;
      const busy = new Catalog(world.options, () => (reports += 1));
      const refreshing = busy.refresh();
      assert.ok(Array.isArray(await busy.find({ text: 'note' })));
      await refreshing;
      assert.equal(busy.progress(), undefined);
      assert.equal((await busy.find({ text: 'note', limit: 500 })).length, 300);
      assert.ok(reports > 0);
    });

    it('with two casebooks apart', async () => {
      const other = new World();
      world.article('a.md', '# Mine\n');
      other.article('a.md', '# Theirs\n');
      const second = new Catalog({ ...other.options, file: world.file });
      await catalog.refresh();
      await second.refresh();
      assert.deepEqual([await titles(catalog, ''), await titles(second, '')], [['Mine'], ['Theirs']]);
      assert.deepEqual(
        await titles(new Catalog(world.options), ''),
        [],
        'the file of another casebook is not believed',
      );
      other.remove();
    });
  });

  describe('on disk', () => {
    const inFile = () => readFileSync(world.file, 'utf8');
    /** What a new window knows before it has looked at the folders. */
    const remembered = async () => titles(new Catalog(world.options), '');

    beforeEach(async () => {
      world.article('a.md', SHM);
      world.case({ title: '夜间批量失败' });
      await catalog.refresh();
    });

    it('is there at the next start, and reads only what changed', async () => {
      assert.deepEqual((await remembered()).length, 2);
      const path = world.article('a.md', SHM);
      const again = new Catalog(world.options);
      await again.refresh();
      assert.equal((await titles(again, '共享内存'))[0], '容器内 PostgreSQL 报共享内存不足');
      // the same size and time: taken for the same text, so it is not read
      const time = new Date(1_700_000_000_000);
      utimesSync(path, time, time);
      await again.refresh();
      writeFileSync(path, SHM.replaceAll('共享', '共用'));
      utimesSync(path, time, time);
      await again.refresh();
      assert.equal((await titles(again, '共享'))[0], '容器内 PostgreSQL 报共享内存不足');
    });

    it('leaves nothing else beside it', () => assert.deepEqual(readdirSync(dirname(world.file)), ['search.json']));

    const damages: readonly [string, () => void][] = [
      ['it is cut short', () => writeFileSync(world.file, inFile().slice(0, -100))],
      ['one letter is another', () => writeFileSync(world.file, inFile().replace('共享', '共亨'))],
      ['it is empty', () => writeFileSync(world.file, '')],
      ['it is something else', () => writeFileSync(world.file, Buffer.from([0, 255, 10, 1, 2, 10, 3]))],
      ['it was deleted', () => rmSync(world.file)],
    ];
    for (const [what, damage] of damages) {
      it(`is made anew when ${what}`, async () => {
        damage();
        assert.deepEqual(await remembered(), []);
        const again = new Catalog(world.options);
        await again.refresh();
        assert.equal((await again.find({ text: '共享内存' })).length, 1);
        assert.equal((await remembered()).length, 2);
      });
    }

    it('is made anew for another version', async () => {
      assert.deepEqual(await titles(new Catalog({ ...world.options, version: '2' }), ''), []);
    });

    it('may be impossible to write', async () => {
      rmSync(dirname(world.file), { recursive: true });
      writeFileSync(dirname(world.file), 'a file where the folder should be');
      const again = new Catalog(world.options);
      await again.refresh();
      assert.equal((await titles(again, '')).length, 2);
    });

    it('writes nothing into the casebook or the knowledge folder', () => {
      assert.deepEqual(readdirSync(world.folder), ['cases']);
      assert.deepEqual(readdirSync(world.knowledgeFolder), ['a.md']);
      assert.ok(existsSync(world.file));
    });
  });
});
