/** The check before publishing: every way out of an article, and what may pass. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { FileArticleShelf } from '../../../src/adapters/knowledge/articleShelf';
import { secretScanner } from '../../../src/adapters/secrets/secretScanner';
import { fileLinks } from '../../../src/domain/article/links';
import { partFrontMatter } from '../../../src/domain/article/frontMatter';
import { lacksOf } from '../../../src/domain/article/lacks';
import { type Leak, languageOfText, leaksOf, SeenFiles } from '../../../src/domain/redaction/articleCheck';
import { namesInSettings } from '../../../src/domain/redaction/names';
import { replacementOf } from '../../../src/domain/redaction/replacing';
import { fingerprint, type Waiver, withWaiver } from '../../../src/domain/redaction/waivers';

const names = namesInSettings({
  customers: [
    { name: 'Acme Logistics Ltd', contacts: ['Dana Wu', 'Grace (finance)'] },
    { name: '东海银行股份有限公司', contacts: ['王工（信息科）'] },
    { name: 'General Ltd', contacts: [] },
  ],
  people: [{ name: '李伟', mail: 'li.wei@vendor.cn', role: 'SE' }],
});
const shelf = new FileArticleShelf();

function leaks(text: string, files: Readonly<Record<string, string>> = {}, way = 'Databases/a.md'): Promise<Leak[]> {
  const entry = shelf.parse(`/kb/${way}`, text);
  return leaksOf(
    { text, waived: entry.waived, way, message: `kb: ${entry.title}`, textOf: async (file) => files[file] },
    { known: { names, versions: new Set() }, secrets: secretScanner },
  );
}

const said = (found: readonly Leak[]) => found.map(({ kind, place, value }) => `${place} ${kind} ${value}`);

describe('The check before publishing', () => {
  it('looks at front matter, text, file name and commit message', async () => {
    const text = '---\ntitle: At Acme Logistics\ntags: [10.1.2.3]\n---\nDana Wu called from 10.1.2.3.\n';
    assert.deepEqual(said(await leaks(text, {}, 'Databases/acme-logistics-down.md')), [
      'frontMatter customer Acme Logistics',
      'frontMatter ip 10.1.2.3',
      'text contact Dana Wu',
      'text ip 10.1.2.3',
      'fileName customer acme-logistics',
    ]);
    const disguised = '---\ntitle: "\\u4e1c\\u6d77\\u94f6\\u884c"\n---\nNothing here.\n';
    assert.deepEqual(said(await leaks(disguised)), ['message customer 东海银行']);
  });

  it('looks into linked files and at their names', async () => {
    const text = 'See [log](../files/app%20%E4%B8%9C%E6%B5%B7%E9%93%B6%E8%A1%8C.log) and ![x](shot.png).\n';
    const files = { 'files/app 东海银行.log': 'fine\npassword=Xy12#ab\n', 'Databases/shot.png': '' };
    const found = await leaks(text, files);
    assert.deepEqual(said(found), ['file customer 东海银行', 'file password Xy12#ab']);
    assert.deepEqual(
      found.map(({ line, file }) => [line, file]),
      [
        [0, 'files/app 东海银行.log'],
        [2, 'files/app 东海银行.log'],
      ],
    );
    assert.equal(text.slice(found[0]?.start, found[0]?.end), '../files/app%20%E4%B8%9C%E6%B5%B7%E9%93%B6%E8%A1%8C.log');
  });

  it('looks at a linked file anew once more is known: a version is no address', async () => {
    const seen = new SeenFiles();
    const way = 'Databases/a.md';
    const look = (versions: readonly string[]) =>
      leaksOf(
        { text: '[log](a.log)\n', waived: [], way, message: 'kb', textOf: async () => 'It runs 25.6.0.3 now.\n' },
        { known: { names, versions: new Set(versions) }, secrets: secretScanner },
        seen,
      );
    assert.deepEqual(said(await look([])), ['file ip 25.6.0.3']);
    assert.deepEqual(said(await look(['25.6.0.3'])), []);
  });

  it('tells each thing of a long log once, in the line where it comes first', async () => {
    const log = `${'fine\n'.repeat(3)}${'at 10.1.2.3\n'.repeat(2000)}at 10.1.2.4\n`;
    const found = await leaks('[log](a.log)\n', { 'Databases/a.log': log });
    assert.deepEqual(
      found.map(({ line, value }) => [line, value]),
      [
        [4, '10.1.2.3'],
        [2004, '10.1.2.4'],
      ],
    );
  });

  it('lets authors and reviewers stand by their article, and nobody else', async () => {
    const text = '---\nauthor: 李伟\nreviewer: Dana Wu\n---\n李伟 found it.\n';
    assert.deepEqual(said(await leaks(text)), ['frontMatter contact Dana Wu', 'text colleague 李伟']);
  });

  it('knows a company by its core and a person by what stands before the bracket', async () => {
    assert.deepEqual(said(await leaks('东海银行的王工；Grace; grace period; the general idea; General; generals.\n')), [
      'text customer 东海银行',
      'text contact 王工',
      'text contact Grace',
      'text customer General',
    ]);
    assert.deepEqual(said(await leaks('信息科 and finance are departments.\n')), []);
  });

  it('takes a secret as a whole, whatever stands in it', async () => {
    const found = await leaks('password=Dana-10.1.2.3!\n');
    assert.deepEqual(said(found), ['text password Dana-10.1.2.3!']);
  });

  it('gives no number that the text uses already', async () => {
    const found = await leaks('On <IP address> and <IP address 3>: 10.1.2.3, 10.1.2.4, 10.1.2.5, 10.1.2.3.\n');
    assert.deepEqual(
      found.map(({ placeholder }) => placeholder),
      ['<IP address 2>', '<IP address 4>', '<IP address 5>', '<IP address 2>'],
    );
  });

  it('gives equal machines one placeholder and different ones different placeholders', async () => {
    const found = await leaks('主机 10.1.1.1 连不上 10.1.1.2，而 10.1.1.1 正常；〈IP 地址 2〉也正常。\n');
    assert.deepEqual(
      found.map(({ placeholder }) => placeholder),
      ['〈IP 地址〉', '〈IP 地址 3〉', '〈IP 地址〉'],
    );
    assert.equal(languageOfText('---\ntitle: 中文\n---\nPlain English text.\n'), 'en');
  });
});

describe('Waiving a finding', () => {
  const waiver: Waiver = { kind: 'ip', hash: fingerprint('10.1.2.3'), reason: 'docs, {see} "RFC"', by: 'Li Wei' };

  for (const [name, text] of [
    ['no front matter', 'at 10.1.2.3 and 10.1.2.4\n'],
    ['front matter', '---\ntitle: x # y\n---\nat 10.1.2.3 and 10.1.2.4\n'],
    ['an empty list', '---\nwaived: []\ntitle: x\n---\nat 10.1.2.3 and 10.1.2.4\n'],
    [
      'a list on one line',
      '---\nwaived: [{kind: mail, hash: "00000000", reason: r, by: b}]\n---\nat 10.1.2.3 and 10.1.2.4\n',
    ],
    [
      'a list',
      '---\nwaived:\n- {kind: mail, hash: "00000000", reason: r, by: b}\ntitle: x\n---\nat 10.1.2.3 and 10.1.2.4\n',
    ],
    [
      'Windows line endings',
      '---\r\nwaived:\r\n  - {kind: mail, hash: "00000000", reason: r}\r\ntitle: x\r\n---\r\nat 10.1.2.3 and 10.1.2.4\r\n',
    ],
    ['a key without a value', '---\nwaived:\ntitle: x\n---\nat 10.1.2.3 and 10.1.2.4\n'],
  ] as const) {
    it(`lets that value pass and no other: ${name}`, async () => {
      const after = withWaiver(text, waiver);
      assert.deepEqual(said(await leaks(after)), ['text ip 10.1.2.4']);
      const matter = parse(partFrontMatter(after)?.frontMatter ?? '') as { waived: unknown[]; title?: string };
      assert.deepEqual(matter.waived.at(-1), waiver);
      assert.equal(matter.waived.length, text.includes('00000000') ? 2 : 1);
      assert.equal(matter.title, text.includes('title') ? 'x' : undefined);
      assert.ok(!partFrontMatter(after)?.frontMatter.includes('10.1.2.3'), 'the value is not said once more');
      const twice = withWaiver(after, { ...waiver, hash: fingerprint('10.1.2.4') });
      assert.deepEqual(said(await leaks(twice)), []);
    });
  }

  it('needs a reason, the same kind and the same value', async () => {
    const text = 'at 10.1.2.3\n';
    for (const other of [{ reason: ' ' }, { kind: 'host' as const }, { hash: fingerprint('10.1.2.30') }]) {
      assert.deepEqual(said(await leaks(withWaiver(text, { ...waiver, ...other }))), ['text ip 10.1.2.3']);
    }
  });
});

describe('Placeholders in markdown', () => {
  const leak = { kind: 'customer', placeholder: '<customer>' } as const;
  const put = (text: string) => {
    const start = text.indexOf('X');
    return replacementOf(text, { ...leak, start, end: start + 1 }).text;
  };

  it('are escaped in prose, where they would be taken for HTML, and stand as they are elsewhere', () => {
    assert.equal(put('at X'), '\\<customer>');
    assert.equal(put('`a` at X'), '\\<customer>');
    for (const text of ['---\ntitle: X\n---\n', '```\nX\n```', 'see `at X`', '~~~text\n```\nX']) {
      assert.equal(put(text), '<customer>', text);
    }
    assert.equal(put('```\na\n```\nX'), '\\<customer>');
  });
});

describe('Links to files', () => {
  it('are found in every way of writing them, below the knowledge folder, articles excepted', () => {
    const ways = (text: string) => fileLinks(text, 'a/b.md').map(({ way }) => way);
    assert.deepEqual(ways('![](x.png) [l](./y.log "t") [s](<z 1.txt>) <img src="q.jpg"> [p](../p(1).log)'), [
      'a/x.png',
      'a/y.log',
      'a/z 1.txt',
      'a/q.jpg',
      'p(1).log',
    ]);
    assert.deepEqual(ways('[r]: files/r.sh\n[t](/top.log?raw=1#L3)'), ['a/files/r.sh', 'top.log']);
    assert.deepEqual(ways('[w](https://x.cn/a.log) [m](mailto:a@b.cn) [h](#x) [n](other.md) [u](../../up.log)'), []);
    assert.deepEqual(ways('[c](%E6%97%A5.log) [bad](%zz.log)'), ['a/日.log', 'a/%zz.log']);
  });
});

describe('What an article still lacks', () => {
  const lacks = (text: string) =>
    lacksOf(text, shelf.parse('/kb/a.md', text)).map(({ kind, section }) => `${kind} ${section}`.trim());
  const sections = ['Symptom', 'Environment', 'Cause', 'Solution', 'Workaround', 'Verification'];
  const full = sections.map((name) => `## ${name}\n\nText.\n`).join('\n');

  it('is said section by section, with tags and versions', () => {
    assert.deepEqual(lacks(`---\ntags: [x]\nversions: [1.0]\n---\n${full}`), []);
    assert.deepEqual(lacks(full), ['tags', 'versions']);
    const asked = full.replace('## Cause\n\nText.', '## Cause\n\n*Why it happens, as far as it is known.*');
    const half = asked.replace('## Workaround\n\nText.\n', '');
    assert.deepEqual(lacks(`---\ntags: [x]\nversions: [1.0]\n---\n${half}`), ['unwritten Cause', 'missing Workaround']);
  });

  it('says nothing of a document that is built in another way', () => {
    assert.deepEqual(lacks('# How to install\n\n## Solution\n\nRun it.\n'), []);
  });
});
