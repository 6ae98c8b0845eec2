/** The urgent notification of the R&D lead (spec L26): what is down, for whom, since when, and what is asked. */
import type { CaseState } from '../case/state';
import { textOf } from '../sop/field';
import { fill, say, type Language, w } from '../words';
import { line, moment } from './describe';
import { intakeOf } from './letter';

/** @param occasion why it is urgent only now, in the engineer's words */
export function leadText(state: CaseState, language: Language, occasion = ''): string {
  const told = (label: ReturnType<typeof w>, text: string) =>
    text.trim() === '' ? [] : [line(say(label, language), text.trim(), language)];
  const intake = (key: string) => intakeOf(state, key);
  const lacksWorkaround = state.values['assess']?.['workaround'] === false;
  return [
    say(fill(w('[Urgent] {0}', '【紧急】{0}'), intake('title') || state.id), language),
    ...told(w('Why now', '紧急原因'), occasion),
    ...told(w('Customer', '客户'), intake('customer')),
    ...told(w('Product and version', '产品与版本'), `${intake('product')} ${intake('version')}`),
    ...told(w('Occurred at', '发生时间'), moment(intake('occurredAt'), language)),
    ...told(w('Impact scope', '影响范围'), intake('impact')),
    ...told(w('Description', '问题描述'), intake('description')),
    ...(lacksWorkaround ? told(w('Workaround', '规避方案'), say(w('none known', '暂无'), language)) : []),
    ...told(w('Note', '备注'), textOf(state.values['assess'], 'overrideReason')),
    ...told(w('Ticket', '工单'), state.ticket?.key ?? ''),
    ...told(w('Case', '案例编号'), state.id),
    ...(state.round > 1 ? told(w('Round', '轮次'), String(state.round)) : []),
    say(
      w(
        'The emergency procedure has started. Please confirm receipt and name somebody to work on it.',
        '已启动应急响应流程，请确认收到并安排人员支持。',
      ),
      language,
    ),
  ].join('\n');
}
