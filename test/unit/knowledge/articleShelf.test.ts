/** Articles as files: listing any folder of markdown, adding one, replacing one, hearing of changes. */
import { strict as assert } from 'node:assert';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import * as fc from 'fast-check';
import { FileArticleShelf } from '../../../src/adapters/knowledge/articleShelf';
import { safeName } from '../../../src/adapters/knowledge/safeName';

describe('the article shelf', () => {
  const shelf = new FileArticleShelf(20);
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'casebook-shelf-')));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

  function write(name: string, text: string): string {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  const listed = async () => (await shelf.list(folder)).map(({ path }) => relative(folder, path).replaceAll('\\', '/'));

  describe('listing', () => {
    it('finds markdown at any depth and nothing that is hidden, installed or linked', async () => {
      for (const name of ['b.md', 'a/x.MD', 'a/深/y.markdown', '.git/z.md', 'node_modules/p/z.md', '.obsidian/z.md']) {
        write(name, '# x');
      }
      write('.hidden.md', '# x');
      write('note.txt', 'x');
      symlinkSync(folder, join(folder, 'loop'), 'junction');
      mkdirSync(join(folder, 'folder.md'));
      assert.deepEqual(await listed(), ['a/x.MD', 'a/深/y.markdown', 'b.md']);
    });

    it('holds nothing where the folder does not exist', async () => {
      assert.deepEqual(await shelf.list(join(folder, 'missing')), []);
    });

    it('lists many files completely and in order', async () => {
      const names = Array.from({ length: 200 }, (_, index) => `n${String(index).padStart(3, '0')}.md`);
      for (const name of names) write(name, `# ${name}`);
      assert.deepEqual(await listed(), names);
    });

    it('reads a file again only when it changed', async () => {
      const [kept, changed] = [write('a.md', '# One\n'), write('b.md', '# One\n')];
      const time = new Date(1_700_000_000_000);
      for (const path of [kept, changed]) utimesSync(path, time, time);
      const before = await shelf.list(folder);
      // the same size and time: taken for the same text
      for (const path of [kept, changed]) writeFileSync(path, '# Two\n');
      utimesSync(kept, time, time);
      const after = await shelf.list(folder);
      assert.deepEqual(
        after.map(({ title }) => title),
        ['One', 'Two'],
      );
      assert.equal(after[0], before[0]);
      rmSync(kept);
      assert.deepEqual(await listed(), ['b.md']);
    });

    it('reads our front matter', async () => {
      const text =
        '---\ntitle: 标题\ntags: [PostgreSQL, Docker]\ncategories: [数据库]\nstate: validated\ncases: [ISS-20261122-7K3F, Acme Ltd]\n---\n正文\n';
      const path = write('a.md', text);
      const [entry] = await shelf.list(folder);
      assert.deepEqual(
        { ...entry, modifiedAt: 0 },
        {
          path,
          title: '标题',
          tags: ['PostgreSQL', 'Docker'],
          categories: ['数据库'],
          state: 'validated',
          cases: ['ISS-20261122-7K3F'],
          product: '',
          waived: [],
          versions: [],
          flagged: '',
          modifiedAt: 0,
        },
      );
      assert.deepEqual(await shelf.entry(path), entry);
    });

    const shapes: readonly [string, string, { title?: string; tags?: string[]; categories?: string[] }][] = [
      ['one text', 'tags: a\ncategories: b', { tags: ['a'], categories: ['b'] }],
      ['a list', 'tags:\n  - a\n  - b\ncategories:\n- c', { tags: ['a', 'b'], categories: ['c'] }],
      ["Hexo's lists in a list", 'categories:\n  - [a, b]\n  - [a, c]', { categories: ['a', 'b', 'c'] }],
      ['numbers', 'title: 2025\ntags: [8.0, 21]', { title: '2025', tags: ['8.0', '21'] }],
      ['nothing', 'tags:\ncategories: []', { tags: [], categories: ['folder'] }],
      ['a map', 'tags: {a: 1}', { tags: [] }],
      ['a repeated key', 'title: one\ntitle: two\ntags: a', { tags: ['a'] }],
    ];
    for (const [name, matter, expected] of shapes) {
      it(`reads front matter with ${name}`, async () => {
        const entry = await shelf.entry(write('folder/a.md', `---\n${matter}\n---\n# Heading\n`));
        for (const [key, value] of Object.entries(expected)) assert.deepEqual(entry[key as 'title'], value, key);
      });
    }

    it("reads Hugo's TOML as well, with the names of its taxonomies", async () => {
      const toml =
        'title = "上传 502"\ndate = 2026-11-22T09:05:00+08:00\ntags = ["nginx", 8.4]\n[taxonomies]\ncategories = ["中间件"]\n';
      const entry = await shelf.entry(write('folder/hugo.md', `+++\n${toml}+++\n正文\n`));
      assert.deepEqual([entry.title, entry.tags, entry.categories], ['上传 502', ['nginx', '8.4'], ['中间件']]);
      const torn = await shelf.entry(write('folder/torn.md', '+++\ntitle = \n+++\n# From the heading\n'));
      assert.equal(torn.title, 'From the heading');
    });

    const broken: readonly [string, string][] = [
      ['YAML that does not parse', '---\ntitle: [x\n  tags: : :\n---\n\n# From the heading #\n'],
      ['a list for front matter', '---\n- a\n---\n# From the heading\n'],
      ['front matter without an end', '---\ntitle: x\n\n# From the heading\n'],
      ['no front matter', 'text\n\n```\n# comment\n```\n\n## From the heading\n'],
      ['code in its front matter', '---js\nmodule.exports = { title: "run" }\n---\n# From the heading\n'],
      ['a reference to nothing', '---\ntitle: *x\n---\n# From the heading\n'],
    ];
    for (const [name, text] of broken) {
      it(`lists an article with ${name}`, async () => {
        assert.equal((await shelf.entry(write('a.md', text))).title, 'From the heading');
      });
    }

    it('falls back to the file name, and to the folder as category', async () => {
      write('中间件/nginx-502.md', 'text only\n');
      write('root.md', '');
      const [deep, root] = [...(await shelf.list(folder))].toReversed();
      assert.deepEqual([deep?.title, deep?.categories], ['nginx-502', ['中间件']]);
      assert.deepEqual([root?.title, root?.categories], ['root', []]);
    });

    it('survives a bomb of aliases', async () => {
      const bomb = [
        'a: &a [x, x]',
        ...'bcdefghij'.split('').map((key, index) => {
          const before = 'abcdefghi'.charAt(index);
          return `${key}: &${key} [${Array(9).fill(`*${before}`).join(', ')}]`;
        }),
      ].join('\n');
      assert.equal((await shelf.entry(write('a.md', `---\n${bomb}\n---\n# Calm\n`))).title, 'Calm');
    });

    it('reads a file with a byte order mark and Windows line endings', async () => {
      const entry = await shelf.entry(write('a.md', '\uFEFF---\r\ntitle: "x: y"\r\n---\r\nbody\r\n'));
      assert.equal(entry.title, 'x: y');
    });
  });

  describe('adding', () => {
    it('writes below the category and never over what is there', async () => {
      const first = await shelf.writeNew(folder, '数据库', '共享内存', 'one');
      const second = await shelf.writeNew(folder, '数据库', '共享内存', 'two');
      const third = await shelf.writeNew(folder, '数据库', '共享内存', 'three');
      assert.deepEqual(
        [first, second, third].map((path) => relative(folder, path).replaceAll('\\', '/')),
        ['数据库/共享内存.md', '数据库/共享内存-2.md', '数据库/共享内存-3.md'],
      );
      assert.deepEqual(
        [first, second].map((path) => readFileSync(path, 'utf8')),
        ['one', 'two'],
      );
    });

    it('gives every one of many writers a file of its own', async () => {
      const paths = await Promise.all(
        Array.from({ length: 20 }, (_, index) => shelf.writeNew(folder, 'c', 's', String(index))),
      );
      assert.equal(new Set(paths).size, 20);
      assert.deepEqual(
        paths.map((path) => readFileSync(path, 'utf8')),
        paths.map((_, index) => String(index)),
      );
    });

    it('stays below the folder whatever the names are', async () => {
      for (const [category, slug] of [
        ['../..', '../../etc/passwd'],
        ['..', '..'],
        ['/abs', 'C:\\x'],
        ['', ''],
        ['.git', '.hidden'],
        ['node_modules', 'CON'],
      ] as const) {
        const path = await shelf.writeNew(folder, category, slug, 'x');
        assert.ok(!relative(folder, path).startsWith('..'), path);
      }
      assert.equal((await shelf.list(folder)).length, 6);
    });

    it('refuses a category that is a link out of the folder', async () => {
      const outside = mkdtempSync(join(tmpdir(), 'casebook-outside-'));
      symlinkSync(outside, join(folder, 'out'), 'junction');
      await assert.rejects(shelf.writeNew(folder, 'out', 'a', 'x'), { name: 'StoreError', reason: 'outside-casebook' });
      assert.deepEqual(readdirSync(outside), []);
      rmSync(outside, { recursive: true });
    });

    it('says what is wrong where the category is a file', async () => {
      write('c', 'x');
      await assert.rejects(shelf.writeNew(folder, 'c', 'a', 'x'), { name: 'StoreError', reason: 'failed' });
    });
  });

  describe('replacing', () => {
    it('writes the new text and leaves nothing beside it', async () => {
      const path = write('a.md', 'before 中文');
      await shelf.replace(path, 'before 中文', 'after');
      assert.deepEqual([readFileSync(path, 'utf8'), readdirSync(folder)], ['after', ['a.md']]);
    });

    it('leaves a file alone that somebody changed, or whose bytes are no text', async () => {
      const path = write('a.md', 'changed');
      await assert.rejects(shelf.replace(path, 'before', 'after'), { name: 'StoreError' });
      assert.equal(readFileSync(path, 'utf8'), 'changed');
      writeFileSync(path, Buffer.from([0xff, 0xfe, 0x41]));
      await assert.rejects(shelf.replace(path, await shelf.read(path), 'after'), { name: 'StoreError' });
      assert.deepEqual([...readFileSync(path)], [0xff, 0xfe, 0x41]);
      assert.deepEqual(readdirSync(folder), ['a.md']);
    });

    it('writes what a link leads to, and keeps the link', async () => {
      const path = write('real/a.md', 'before');
      symlinkSync(path, join(folder, 'link.md'));
      await shelf.replace(join(folder, 'link.md'), 'before', 'after');
      assert.equal(readFileSync(path, 'utf8'), 'after');
    });
  });

  describe('watching', () => {
    /** Resolves once the listener has been heard of the deed. */
    async function heard(deed: () => void, target = folder): Promise<void> {
      let watch: { dispose(): void } | undefined;
      try {
        await new Promise<void>((resolve) => {
          watch = shelf.watch(target, resolve);
          deed();
        });
      } finally {
        watch?.dispose();
      }
    }

    it('hears of a new, a changed and a removed article', async () => {
      await heard(() => write('a.md', 'x'));
      await heard(() => write('a.md', 'y'));
      await heard(() => rmSync(join(folder, 'a.md')));
    });

    it('hears of articles in folders, also in those that come later', async () => {
      write('deep/er/a.md', 'x');
      await heard(() => write('deep/er/a.md', 'y'));
      let calls = 0;
      let wake: () => void = () => undefined;
      const watch = shelf.watch(folder, () => {
        calls += 1;
        wake();
      });
      const next = () => new Promise<void>((resolve) => (wake = resolve));
      const first = next();
      mkdirSync(join(folder, 'new'));
      await first;
      const second = next();
      write('new/b.md', 'x');
      await second;
      watch.dispose();
      assert.ok(calls >= 2);
    });

    it('hears of a folder that did not exist', async () => {
      const later = join(folder, 'one', 'two');
      await heard(() => write('one/two/a.md', 'x'), later);
    });

    it('tells a burst of changes once, and nothing of what is not listed', async () => {
      mkdirSync(join(folder, '.git'));
      let calls = 0;
      let wake: () => void = () => undefined;
      const watch = new FileArticleShelf(150).watch(folder, () => {
        calls += 1;
        wake();
      });
      const told = new Promise<void>((resolve) => (wake = resolve));
      write('.git/index', 'x');
      write('note.txt', 'x');
      for (let index = 0; index < 20; index += 1) write(`a${index}.md`, 'x');
      await told;
      watch.dispose();
      assert.equal(calls, 1);
    });

    it('is silent after it was disposed', async () => {
      let calls = 0;
      shelf.watch(folder, () => (calls += 1)).dispose();
      await heard(() => write('a.md', 'x'));
      assert.equal(calls, 0);
    });
  });
});

describe('safe names', () => {
  it('keep Chinese, words and dots inside', () => {
    assert.equal(safeName('容器内 PostgreSQL 15.2 报错', 'x'), '容器内-PostgreSQL-15.2-报错');
  });

  it('are ordinary names for every text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc.constantFrom('CON', 'lpt1.x', 'aux.md', '..', ' . ', 'nul'),
        ),
        (text) => {
          const name = safeName(text, 'fallback');
          assert.ok(name.length > 0 && Array.from(name).length <= 80 && Buffer.byteLength(name) <= 231, name);
          assert.doesNotMatch(name, /[/\\:*?"<>|\s\p{Cc}]|^[.-]|[.]$/u);
          assert.doesNotMatch(name, /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
        },
      ),
    );
  });
});
