/** A sentence above the report, with the one thing that can be done about it. */
import { el, icon } from '../../../platform/view/dom';

export function notice(kind: 'info' | 'error', text: string, action?: HTMLElement): HTMLElement {
  const attributes = { class: `notice ${kind}`, role: kind === 'error' ? 'alert' : 'status', 'data-notice': kind };
  return el('div', attributes, icon(kind), el('div', { class: 'noticeBody' }, text), action);
}
