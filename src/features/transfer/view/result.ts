/** What a trial found: what would be made, and every row that would not be, with the reason. */
import * as l10n from '@vscode/l10n';
import { type Language, say } from '../../../domain/words';
import type { Rejection } from '../../../domain/transfer/plan';
import { link } from '../../../platform/view/controls';
import { el, icon } from '../../../platform/view/dom';
import type { Trial } from '../protocol';

export function resultPart(trial: Trial, language: Language, showRejected: () => void): HTMLElement {
  const isAll = trial.rejectedCount + trial.duplicateCount + trial.warningCount === 0;
  const facts = [
    fact('check', l10n.t('Cases that would be made: {0}', trial.cases)),
    trial.rejectedCount > 0
      ? fact('error', l10n.t('Refused, for the reasons below: {0}', trial.rejectedCount))
      : fact('check', l10n.t('No row is refused.')),
    ...(trial.duplicateCount > 0
      ? [fact('info', l10n.t('Here already, or twice in the file: {0}', trial.duplicateCount))]
      : []),
    ...(trial.warningCount > 0 ? [fact('warning', l10n.t('Taken, but to be looked at: {0}', trial.warningCount))] : []),
  ];
  return el(
    'div',
    { class: 'result' },
    el('p', { class: 'quiet' }, l10n.t('Nothing has been written yet.')),
    el('ul', { class: 'facts' }, ...facts),
    list(l10n.t('Refused'), trial.rejected, trial.rejectedCount, language),
    list(l10n.t('To be looked at'), trial.warnings, trial.warningCount, language),
    list(l10n.t('Here already'), trial.duplicates, trial.duplicateCount, language),
    !isAll && link(l10n.t('Write all of them into a table'), showRejected),
  );
}

function fact(name: string, text: string): HTMLElement {
  return el('li', { class: name }, icon(name === 'check' ? 'pass' : name), ` ${text}`);
}

function list(title: string, shown: readonly Rejection[], count: number, language: Language): HTMLElement | false {
  if (count === 0) return false;
  const head = [l10n.t('Row'), l10n.t('Column'), l10n.t('Reason')];
  const rows = shown.map(({ row, column, reason }) =>
    el('tr', {}, el('td', { class: 'number' }, String(row)), el('td', {}, column), el('td', {}, say(reason, language))),
  );
  const cut = count > shown.length && el('p', { class: 'quiet' }, l10n.t('The first {0} of {1}.', shown.length, count));
  const body = el(
    'table',
    { class: 'rejections' },
    el('thead', {}, el('tr', {}, ...head.map((name) => el('th', {}, name)))),
    el('tbody', {}, ...rows),
  );
  const details = el(
    'details',
    {},
    el('summary', {}, `${title} (${count})`),
    el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title }, body),
    cut,
  );
  details.open = title === l10n.t('Refused');
  return details;
}
