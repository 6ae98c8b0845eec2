/** 3. Summary and outlook 工作总结与展望: the engineer's own texts. */
import { w } from '../../words';
import { editedDrafts, type ReportEdits } from '../edits';
import type { ServiceReport } from '../serviceReport';
import type { Cells } from './cells';
import type { Unnumbered } from './parts';

export function outlookParts({ drafts }: ServiceReport, edits: ReportEdits, cells: Cells): Unnumbered[] {
  const { results, plan } = editedDrafts(drafts, edits, cells.language);
  const titles = {
    results: cells.say(w('Main results of this period', '本周期主要工作成果')),
    plan: cells.say(w('Service improvements in the next period', '下周期服务改进计划')),
  };
  const empty = cells.say(w('Nothing has been written here.', '暂无内容。'));
  return [
    {
      id: 'results',
      title: titles.results,
      blocks: [{ kind: 'draft', id: 'results', title: titles.results, lines: results, empty }],
    },
    { id: 'plan', title: titles.plan, blocks: [{ kind: 'draft', id: 'plan', title: titles.plan, lines: plan, empty }] },
  ];
}
