import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { ReportEdits } from '../../../src/domain/report/edits';
import { type PageBlock, PageMaker, type PageTable, ROWS_AT_ONCE } from '../../../src/features/reports/pageDocument';
import { fromViewSchema } from '../../../src/features/reports/protocol';
import { sampleReport } from '../report/document/sampleReport';

const made = (size = 142, edits: ReportEdits = {}) => {
  const report = sampleReport(size);
  return { report, page: new PageMaker(report, 'en', { edits, isFrozen: false }) };
};
const blocksOf = ({ document }: PageMaker): readonly PageBlock[] =>
  document.sections.flatMap(({ parts }) => parts.flatMap((part) => part.blocks));
const tableOf = (page: PageMaker, id: string): PageTable => {
  const table = blocksOf(page).find((block): block is PageTable => block.kind === 'table' && block.id === id);
  assert.ok(table, id);
  return table;
};

describe('a report for its page', () => {
  it('gives every figure a number by which its cases are found again', () => {
    const { report, page } = made();
    const received = page.document.headline.find(({ id }) => id === 'received')?.cell;
    assert.equal(received?.text, String(report.headline.received.count));
    assert.equal(received?.cases?.count, report.headline.received.cases.length);
    assert.deepEqual(page.casesOf(received?.cases?.figure ?? -1), report.headline.received.cases);
    assert.deepEqual(page.casesOf(1_000_000), []);
    const first = report.concentration.customers[0];
    const chart = blocksOf(page).find((block) => block.kind === 'chart');
    assert.ok(chart?.kind === 'chart' && first);
    assert.deepEqual(page.casesOf(chart.bars.series[0]?.cases[0]?.figure ?? -1), first.cases);
  });

  it('leaves the ids of cases with the host, but for those that are read', () => {
    const small = JSON.stringify(made(200).page.document).length;
    const large = JSON.stringify(made(3_000).page.document).length;
    assert.ok(large < small * 1.1, `${large} for 3,000 cases, ${small} for 200`);
  });

  it('sends a long table in parts that add up to the whole', () => {
    const { report, page } = made(250);
    const { rows, more } = tableOf(page, 'cases');
    assert.deepEqual([rows.length, more], [ROWS_AT_ONCE, report.cases.length - ROWS_AT_ONCE]);
    const ids = rows.map((row) => row[0]?.text);
    for (let left = more; left > 0;) {
      const next = page.rowsOf('cases', ids.length);
      ids.push(...next.rows.map((row) => row[0]?.text));
      assert.equal(next.more, left - next.rows.length);
      left = next.more;
    }
    assert.deepEqual(
      ids,
      report.cases.map(({ id }) => id),
    );
    assert.deepEqual(page.rowsOf('no such table', 0), { rows: [], more: 0 });
  });

  it('shows beside an edited line what is drafted now, and how many drafts were taken out', () => {
    const { report } = made();
    const [first, second] = report.drafts.results;
    assert.ok(first && second);
    const edits = {
      results: {
        lines: [{ key: first.key, text: 'In other words', drafted: 'something older' }],
        removed: [second.key],
      },
    };
    const draft = blocksOf(made(142, edits).page).find((block) => block.kind === 'draft' && block.id === 'results');
    assert.ok(draft?.kind === 'draft');
    const [line] = draft.lines;
    assert.deepEqual(
      [line?.text, line?.isEdited, line?.redrafted, line?.drafted, draft.removed],
      ['In other words', true, first.text.en, first.text.en, 1],
    );
  });

  it('makes a page of an empty period', () => {
    const page = new PageMaker(sampleReport(0), 'zh-CN', { edits: {}, isFrozen: false });
    assert.equal(page.document.sections.length, 4);
    assert.notEqual(tableOf(page, 'cases').empty, '');
  });
});

describe('what the report page may say', () => {
  const accepts = (message: unknown) => v.safeParse(fromViewSchema, message).success;

  it('is checked', () => {
    assert.ok(accepts({ type: 'beside', by: -1 }));
    assert.ok(accepts({ type: 'edit', draft: 'plan', report: '2026-Q3', lines: [{ key: 'own:1', text: 'x' }] }));
    assert.ok(!accepts({ type: 'beside', by: 5 }));
    assert.ok(!accepts({ type: 'edit', draft: 'title', report: '2026-Q3', lines: [] }));
    assert.ok(!accepts({ type: 'command', command: 'workbench.action.quit' }));
    assert.ok(!accepts({ type: 'cases', figure: '1', about: '' }));
  });
});
