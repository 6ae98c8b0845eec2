/** The drafted article: readable front matter, six sections, no names, and no case text that shapes the document. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { draftArticle, unwrittenSections } from '../../../src/domain/article/draft';
import { partFrontMatter } from '../../../src/domain/article/frontMatter';
import { toMarkdown } from '../../../src/domain/article/markdownText';
import { slugOf } from '../../../src/domain/article/slug';
import { type CaseState, emptyCase } from '../../../src/domain/case/state';
import type { Values } from '../../../src/domain/sop/field';

const stamp = { at: '2026-11-22T09:05:00+08:00', by: 'Zhang San <zhang.san@vendor.cn>' };

function caseWith(values: Readonly<Record<string, Values>>, more: Partial<CaseState> = {}): CaseState {
  return { ...emptyCase('ISS-20261122-7K3F', 'issue'), values, ...more };
}

const solved = caseWith(
  {
    receive: {
      title: '容器内 PostgreSQL 报 could not resize shared memory segment',
      description:
        '华东某厂的报表导出失败。\n# 不是标题\n2026-11-22 09:01:02 ERROR could not resize\n  at Db.run(Db.java:3)\n王工说每天都发生',
      impact: '财务部门无法出报表',
      customer: '华东某厂',
      contact: '王工 13800000000',
      product: 'ERP',
      version: '3.2.1',
      problemType: '性能 Performance',
    },
    assess: { workaroundText: '关闭并行查询' },
    reproduce: {
      outcome: 'stable',
      steps: ['docker run -d postgres:15', '运行 | 月度报表'],
      expected: '两分钟内完成',
      actual: 'ERROR: could not resize shared memory segment',
      environment: {
        cpu: { value: '8 核，负载 6.1' },
        disk: { cannot: '无权限' },
        logs: { value: 'line 1\n```\nline 2 华东某厂' },
        users: { value: 'wang, li' },
      },
    },
    close: { summary: '/dev/shm 只有 64 MB' },
  },
  {
    planRevision: 1,
    plans: [
      {
        ...stamp,
        event: 'e',
        revision: 1,
        round: 1,
        kind: 'fix',
        approach: '启动时设置 shm_size',
        version: '3.2.2',
        date: '2026-12-05',
        disposition: 'fixed',
      },
    ],
    verification: {
      internal: { ...stamp, passed: true, values: { cases: '并行查询 20 次均成功' } },
      upgrade: { ...stamp, values: { fromVersion: '3.2.1', toVersion: '3.2.2', operator: '赵六' } },
      customer: { ...stamp, passed: true, values: { observation: '报表正常，王工确认', confirmedBy: '王工' } },
    },
  },
);

describe('the drafted article', () => {
  const draft = draftArticle(solved, 'zh-CN', '数据库', '2026-11-22');

  it('has front matter that Hexo reads as it is', () => {
    const parted = partFrontMatter(draft.text);
    assert.deepEqual(parse(parted?.frontMatter ?? ''), {
      title: '容器内 PostgreSQL 报 could not resize shared memory segment',
      date: '2026-11-22',
      tags: ['ERP', '性能 Performance'],
      categories: ['数据库'],
      id: 'KB-ISS-20261122-7K3F',
      state: 'draft',
      product: 'ERP',
      versions: ['3.2.1'],
      type: '性能 Performance',
      cases: ['ISS-20261122-7K3F'],
      fixed_in: '3.2.2',
      audience: 'internal',
    });
    assert.match(draft.text, /^date: 2026-11-22$/m);
  });

  it('has the six sections, filled from the case', () => {
    assert.deepEqual(headings(draft.text), ['问题现象', '环境', '原因', '解决方案', '规避方案', '验证']);
    for (const part of [
      '报表导出失败',
      '财务部门',
      '1. docker run',
      '8 核，负载 6.1',
      '64 MB',
      'shm\\_size|shm_size',
      '关闭并行查询',
      '3.2.1 → 3.2.2',
      '20 次均成功',
      '报表正常',
    ]) {
      assert.match(draft.text, new RegExp(part));
    }
    assert.doesNotMatch(draft.text, /\*写明/);
  });

  it('speaks English in an English article', () => {
    const text = draftArticle(solved, 'en', 'Databases', '2026-11-22').text;
    assert.deepEqual(headings(text), ['Symptom', 'Environment', 'Cause', 'Solution', 'Workaround', 'Verification']);
    assert.match(text, /\*\*Steps to reproduce\*\*/);
    assert.match(text, /\\<customer>/);
  });

  it('names no customer and no person', () => {
    for (const name of ['华东某厂', '王工', '赵六', 'Zhang San', 'vendor.cn', 'wang, li']) {
      assert.ok(!draft.text.includes(name), name);
    }
    assert.match(draft.text, /〈客户〉的报表导出失败/);
    assert.match(draft.text, /〈联系人〉说每天都发生/);
  });

  it('keeps logs in fences and what looks like a heading in the text', () => {
    assert.match(draft.text, /```text\n2026-11-22 09:01:02 ERROR could not resize\n  at Db\.run\(Db\.java:3\)\n```/);
    assert.match(draft.text, /^\\# 不是标题$/m);
    assert.match(draft.text, /````text\nline 1\n```\nline 2 〈客户〉\n````/);
    assert.match(draft.text, /运行 \\\| 月度报表/);
  });

  it('asks for what the case does not know, one line a section', () => {
    const text = draftArticle(emptyCase('ISS-20261122-7K3F', 'issue'), 'en', '', '2026-11-22').text;
    assert.equal(headings(text).length, 6);
    assert.equal((text.match(/^\*[^*\n]+\*$/gm) ?? []).length, 6);
    assert.deepEqual(parse(partFrontMatter(text)?.frontMatter ?? '')['categories'], []);
  });

  it('knows which of its sections nobody has written yet', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const { text } = draftArticle(emptyCase('ISS-20261122-7K3F', 'issue'), language, '', '2026-11-22');
      const all = headings(text);
      assert.deepEqual(unwrittenSections(text), all);
      assert.deepEqual(unwrittenSections(text.replaceAll('\n', '\r\n').trimEnd()), all);
      assert.deepEqual(unwrittenSections(text.replace(/^\*(.*)\*$/gm, '_$1_')), all);
      assert.deepEqual(unwrittenSections(text.replace(/^\*(.*)\*$/gm, '$1 Indeed')), []);
      const [first = ''] = all;
      assert.deepEqual(unwrittenSections(text.replace(`## ${first}\n`, `## ${first}\n\nIt fails.\n`)), all.slice(1));
    }
    assert.deepEqual(unwrittenSections(draft.text), []);
    assert.deepEqual(unwrittenSections('## Cause\n\n*because*\n'), []);
    assert.deepEqual(unwrittenSections(''), []);
  });

  it('takes the workaround from the message where the assessment knew none', () => {
    const message = {
      ...stamp,
      event: 'e',
      to: 'customer',
      purpose: 'workaround',
      channel: 'x',
      text: '王工，请重启服务',
      sender: 'x',
      round: 1,
      plan: 0,
    };
    const text = draftArticle(
      { ...solved, values: { ...solved.values, assess: {} }, messages: [message] },
      'zh-CN',
      '',
      '2026-11-22',
    ).text;
    assert.match(text, /〈联系人〉，请重启服务/);
  });

  it('makes an article of a request, too', () => {
    const state = {
      ...emptyCase('REQ-20261122-7K3F', 'request'),
      values: { record: { title: 'Export', content: 'As CSV', customer: 'Acme' } },
    };
    assert.match(draftArticle(state, 'en', '', '2026-11-22').text, /## Symptom\n\nAs CSV/);
  });

  it('does not touch words that only contain a short name', () => {
    const state = caseWith({
      receive: { title: 'Also alt', description: 'Al saw ALT, al dente, and Al', customer: 'Acme', contact: 'Al' },
    });
    assert.match(draftArticle(state, 'en', '', '2026-11-22').text, /\\<contact> saw ALT, al dente, and \\<contact>/);
  });

  it("finds the customer's name in host names and across line breaks", () => {
    const state = caseWith({
      receive: { title: 't', description: 'acmecorp01 and ACME\nCORP', customer: 'AcmeCorp' },
      assess: {},
    });
    const other = caseWith({ receive: { title: 't', description: 'at Big   Corp', customer: 'Big Corp' } });
    assert.doesNotMatch(draftArticle(state, 'en', '', 'x').text, /acmecorp/i);
    assert.doesNotMatch(draftArticle(other, 'en', '', 'x').text, /Big/);
  });

  const markdown = fc.string({
    unit: fc.constantFrom(
      '#',
      '=',
      '-',
      '>',
      '<',
      'b',
      '*',
      '_',
      '`',
      '~',
      '|',
      '[',
      ']',
      '(',
      ')',
      '!',
      '&',
      ';',
      '$',
      '{',
      '}',
      '%',
      '\\',
      '1',
      '.',
      ' ',
      '\t',
      '\n',
      '\r\n',
      ':',
      '中',
      '\u0000',
      '\u2028',
      '"',
      "'",
      '+',
      'ERROR ',
    ),
    maxLength: 60,
  });

  it('reads back whatever the case holds, and its text never becomes structure', () => {
    fc.assert(
      fc.property(markdown, markdown, markdown, fc.string({ unit: 'binary', maxLength: 20 }), (a, b, c, category) => {
        const state = caseWith({
          receive: { title: b, description: a, impact: c, product: c, version: b, problemType: a },
          assess: { workaroundText: b },
          reproduce: { steps: [a, b], expected: c, actual: a, environment: { cpu: { value: b }, logs: { value: a } } },
          close: { summary: c },
        });
        const { text, title, slug } = draftArticle(state, 'en', category, '2026-11-22');
        const parted = partFrontMatter(text);
        const matter = parse(parted?.frontMatter ?? '') as Record<string, unknown>;
        assert.equal(matter['title'], title);
        assert.equal(matter['product'], c.replace(/\s+/g, ' ').trim());
        assert.equal(headings(text).length, 6);
        for (const line of prose(parted?.body ?? '')) {
          assert.doesNotMatch(line, /^\s*(?:>|={2,}\s*$|-{2,}\s*$|\+\s*$|<)/, line);
          assert.doesNotMatch(line.replace(/\\./g, '_'), /<|\{\{|\{%|`|\[/, line);
        }
        assert.notEqual(slug, '');
        assert.doesNotMatch(slug, /[\s/\\.]/);
      }),
      { numRuns: 500 },
    );
  });

  it('never holds the name of the customer or the contact', () => {
    const name = fc.stringMatching(/^[A-Z][a-z]{3,8}[A-Z]{2}( [A-Z][a-z]{3,8}Q)?$/);
    const glue = fc.constantFrom('', ' ', '\n', '**', '`', '. ', '# ', '|', 'x ', '，');
    fc.assert(
      fc.property(name, name, fc.array(fc.tuple(fc.nat(1), glue), { maxLength: 8 }), (customer, contact, pieces) => {
        const description = pieces.map(([which, between]) => (which ? customer : ` ${contact} `) + between).join('');
        const state = caseWith({
          receive: { title: description, description, impact: description, customer, contact },
        });
        const { text, slug } = draftArticle(state, 'zh-CN', 'c', '2026-11-22');
        assert.ok(!text.includes(customer) && !text.includes(contact), text);
        assert.ok(!slug.includes(customer.toLowerCase()));
      }),
    );
  });
});

describe('text that was wrapped', () => {
  const long = 'Since the upgrade on Monday the monthly report stops after about two';

  it('becomes one paragraph again', () => {
    assert.equal(
      toMarkdown(
        `${long}\nminutes for every user of the finance department, and the log of the\nserver shows an error.\nIt worked before.`,
      ),
      `${long} minutes for every user of the finance department, and the log of the server shows an error.\n\nIt worked before.`,
    );
    assert.equal(
      toMarkdown('升级之后财务部门的月度报表每天早上九点左右都会失败，重启服务之后\n可以恢复一段时间。\n请尽快处理'),
      '升级之后财务部门的月度报表每天早上九点左右都会失败，重启服务之后可以恢复一段时间。\n\n请尽快处理',
    );
    assert.equal(toMarkdown(`- ${long}\n  minutes\n- and again`), `- ${long} minutes\n- and again`);
  });

  it('stays apart where the author ended a line, or something else begins', () => {
    for (const next of [
      '- item',
      '1. item',
      '# head',
      '| a | b |',
      '> said',
      'Server: db01',
      '报错：x',
      '',
      '    x = 1',
    ]) {
      const lines = toMarkdown(`${long}\n${next}\nrest`).split('\n');
      assert.equal(lines[0], long, next);
    }
    assert.equal(toMarkdown('It is slow\nsince Monday'), 'It is slow\n\nsince Monday');
    assert.equal(toMarkdown(`${long}:\nnothing`), `${long}:\n\nnothing`);
    assert.match(toMarkdown(`${long}\n2026-11-22 09:01:02 ERROR x`), /two\n\n```text\n2026/);
  });

  it('keeps the rest of an error in its fence', () => {
    const error = '2026-11-22 09:01:02 ERROR: could not resize shared memory segment';
    const rest = '"/PostgreSQL.1804289383" to 134483968 bytes: No space left on device';
    assert.equal(toMarkdown(`${error}\n${rest}`), `\`\`\`text\n${error}\n${rest}\n\`\`\``);
    for (const other of ['It happens daily', '王工说每天都发生', '\nevery day', '- every day']) {
      assert.match(toMarkdown(`${error}\n${other}`), /segment\n```\n\n/, other);
    }
    assert.match(toMarkdown(`${error}.\nevery day`), /segment\.\n```\n\nevery day/);
  });

  it('loses and adds nothing but white space', () => {
    const word = fc.constantFrom(
      'report',
      'fails',
      '报表',
      '，',
      'ERROR ',
      '. ',
      '- ',
      '#',
      '\n',
      '\n',
      ' ',
      '  ',
      'db',
      ' at',
    );
    const line = fc.array(word, { minLength: 10, maxLength: 80 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(line, (text) => {
        const bare = (said: string) => said.replace(/```(?:text)?|[\s\\]/g, '');
        assert.equal(bare(toMarkdown(text)), bare(text));
      }),
    );
  });

  it('hides no name in a break', () => {
    const description = '升级之后财务部门的月度报表每天早上九点左右都会失败，请尽快联系华东\n某厂的王\n工。';
    const state = caseWith({ receive: { title: 't', description, customer: '华东某厂', contact: '王工 138' } });
    const { text } = draftArticle(state, 'zh-CN', '', '2026-11-22');
    assert.match(text, /请尽快联系〈客户〉的〈联系人〉。/);
  });
});

describe('file names of articles', () => {
  const cases: readonly [string, string][] = [
    ['PG: could not resize shared-memory segment!', 'pg-could-not-resize-shared-memory-segment'],
    ['容器内共享内存不足', '容器内共享内存不足'],
    ['导出失败，打开乱码', '导出失败-打开乱码'],
    ['容器内 PostgreSQL 并行查询报 could not resize', 'postgresql-could-not-resize'],
    ['升级到 v2 后报错', '升级到-v2-后报错'],
    ['〈客户〉的 Nginx 502 Bad Gateway', 'nginx-502-bad-gateway'],
    ['!!!', 'iss-1'],
    ['ＥＲＰ　login', 'erp-login'],
  ];
  for (const [title, slug] of cases) it(`"${title}"`, () => assert.equal(slugOf(title, 'ISS-1'), slug));

  it('end between two words', () => {
    const slug = slugOf('word '.repeat(40), 'x');
    assert.ok(slug.length <= 60 && slug.endsWith('word'));
    assert.equal(Array.from(slugOf('字'.repeat(200), 'x')).length, 60);
  });
});

function prose(body: string): string[] {
  const lines: string[] = [];
  let fence = '';
  for (const line of body.split('\n')) {
    const mark = /^(`{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && mark !== '') fence = mark;
    else if (fence !== '' && line === fence) fence = '';
    else if (fence === '') lines.push(line);
  }
  assert.equal(fence, '', 'a fence is left open');
  return lines;
}

function headings(text: string): string[] {
  return prose(partFrontMatter(text)?.body ?? text).flatMap(
    (line) => /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*#{1,6}(?:\s+|$)(.*)$/.exec(line)?.[1] ?? [],
  );
}
