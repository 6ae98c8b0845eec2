/** Front matter as text: quoting that every YAML reader undoes, and changing one key without touching the rest. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import {
  bodyOf,
  FrontMatterError,
  partFrontMatter,
  removeFrontMatter,
  setFrontMatter,
  yamlList,
  yamlText,
} from '../../../src/domain/article/frontMatter';

const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from('\'":#-?,[]{}&*!|>%@`\\ \t\n\r~=<./\u0085\u2028\u2029\uFEFF\u00A0\u0000\u007F中a0'),
    ),
    maxLength: 20,
  }),
  fc.constantFrom('true', 'No', 'null', '~', '1e3', '0x1F', '012', '2026-11-22', '12:30:45', '.nan', '<<', '---', 'y'),
);

describe('YAML texts', () => {
  it('read back as they were, in either version of YAML', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        // a file can't hold half a character
        const whole = Buffer.from(text).toString();
        const line = `key: ${yamlText(whole)}\nnext: 1`;
        assert.doesNotMatch(yamlText(whole), /[\r\n]/);
        assert.deepEqual(parse(line), { key: whole, next: 1 });
        assert.deepEqual(parse(line, { version: '1.1' }), { key: whole, next: 1 });
      }),
      { numRuns: 1_000 },
    );
  });

  it('read back as lists', () => {
    fc.assert(
      fc.property(fc.array(nasty, { maxLength: 5 }), (texts) => {
        const whole = texts.map((text) => Buffer.from(text).toString());
        assert.deepEqual(parse(`key: ${yamlList(whole)}`), { key: whole });
      }),
    );
  });

  it('stay readable where they can', () => {
    assert.equal(yamlText('容器内 PostgreSQL 并行查询报错'), '容器内 PostgreSQL 并行查询报错');
    assert.equal(yamlText('a: b'), '"a: b"');
  });
});

describe('setting one key', () => {
  const cases: readonly [string, string, string][] = [
    [
      'a plain value',
      '---\ntitle: x\nstate: draft\ntags: [a]\n---\nbody',
      '---\ntitle: x\nstate: validated\ntags: [a]\n---\nbody',
    ],
    [
      'Windows line endings',
      '---\r\nstate: draft\r\nx: 1\r\n---\r\nb\r\n',
      '---\r\nstate: validated\r\nx: 1\r\n---\r\nb\r\n',
    ],
    ['a comment behind it', '---\nstate: draft  # not yet\n---\n', '---\nstate: validated  # not yet\n---\n'],
    ['quotes', '---\nstate: "draft # 1"\n---\n', '---\nstate: validated\n---\n'],
    ['a quoted key', "---\n'state': draft\n---\n", '---\nstate: validated\n---\n'],
    ['no value', '---\nstate:\nx: 1\n---\n', '---\nstate: validated\nx: 1\n---\n'],
    ['a list below it', '---\nstate:\n- a\n- b\nx: 1\n---\n', '---\nstate: validated\nx: 1\n---\n'],
    ['a block of text', '---\nstate: |\n  a\n\n  # b\nx: 1\n---\n', '---\nstate: validated\nx: 1\n---\n'],
    [
      'a nested key of that name',
      '---\no:\n  state: a\nstate: draft\n---\n',
      '---\no:\n  state: a\nstate: validated\n---\n',
    ],
    ['the body holding it', '---\nstate: draft\n---\nstate: draft\n', '---\nstate: validated\n---\nstate: draft\n'],
    [
      'an indented comment below it',
      '---\nstate: draft\n  # note\nx: 1\n---\n',
      '---\nstate: validated\n  # note\nx: 1\n---\n',
    ],
    ['the key missing', '---\ntitle: x\n---\nbody', '---\ntitle: x\nstate: validated\n---\nbody'],
    ['a longer key', '---\nstates: a\n---\n', '---\nstates: a\nstate: validated\n---\n'],
    ['empty front matter', '---\n---\nbody', '---\nstate: validated\n---\nbody'],
    ['no front matter', '# x\r\n', '---\r\nstate: validated\r\n---\r\n# x\r\n'],
    ['an empty file', '', '---\nstate: validated\n---\n'],
    ['a byte order mark', '\uFEFF---\nstate: draft\n---\n', '\uFEFF---\nstate: validated\n---\n'],
    ['no line ending at the end', '---\nstate: draft\n---', '---\nstate: validated\n---'],
  ];
  for (const [name, before, after] of cases) {
    it(`with ${name}`, () => assert.equal(setFrontMatter(before, 'state', 'validated'), after));
  }

  it('changes that key and no other, whatever surrounds it', () => {
    const value = fc.oneof(nasty, fc.array(nasty, { maxLength: 3 }), fc.record({ state: nasty }), fc.constant(null));
    const entries = fc.uniqueArray(fc.tuple(fc.constantFrom('title', 'a', 'tags', 'z'), value), {
      selector: ([key]) => key,
    });
    fc.assert(
      fc.property(entries, fc.boolean(), fc.boolean(), nasty, (others, has, windows, text) => {
        const whole = Buffer.from(text).toString();
        const lines = others.map(([key, entry]) => `${key}: ${flow(entry)}`);
        if (has) lines.splice(1, 0, 'state: draft');
        const ending = windows ? '\r\n' : '\n';
        const before = ['---', ...lines, '---', '', 'state: body', ''].join(ending);
        const after = setFrontMatter(before, 'state', whole);
        const [old, now] = [partFrontMatter(before), partFrontMatter(after)];
        assert.equal(now?.body, old?.body);
        assert.deepEqual(parse(now?.frontMatter ?? ''), { ...(parse(old?.frontMatter ?? '') as object), state: whole });
        assert.deepEqual(new Set(after.match(/\r?\n/g)), new Set([ending]));
        assert.equal(
          setFrontMatter(after, 'state', 'x'),
          setFrontMatter(setFrontMatter(after, 'state', 'y'), 'state', 'x'),
        );
      }),
    );
  });
});

/** YAML of every kind on one line. */
function flow(entry: unknown): string {
  if (typeof entry === 'string') return yamlText(Buffer.from(entry).toString());
  if (Array.isArray(entry)) return `[${entry.map(flow).join(', ')}]`;
  if (entry === null) return '';
  return `{ ${Object.entries(entry as object)
    .map(([key, part]) => `${key}: ${flow(part)}`)
    .join(', ')} }`;
}

describe('TOML front matter', () => {
  it('is read, and nothing is written into it', () => {
    const text = '+++\ntitle = "t"\n+++\n# body\n';
    assert.equal(bodyOf(text), '# body\n');
    assert.equal(bodyOf('---\na: 1\n---\nbody\n'), 'body\n');
    assert.equal(bodyOf('+++ is no front matter'), '+++ is no front matter');
    assert.throws(() => setFrontMatter(text, 'state', 'validated'), FrontMatterError);
    assert.equal(removeFrontMatter(text, 'title'), text);
  });
});
