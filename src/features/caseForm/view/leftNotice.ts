/** What was typed and has no form any more: it is shown here until somebody discards it. */
import * as l10n from '@vscode/l10n';
import { findAction, findStep } from '../../../domain/sop/procedure';
import { button } from '../../../platform/view/controls';
import type { App } from './app';
import { valueText } from './captured';
import { el } from '../../../platform/view/dom';
import { text } from './l10n';
import type { LeftDraft } from './leftDrafts';
import { notice } from './notices';

export function leftNotice(app: App, draft: LeftDraft, discard: () => void): HTMLElement {
  const lines = draft.typed.map(({ field, value }) => [text(field.label), valueText(field, value)] as const);
  const copy = button({
    label: l10n.t('Copy'),
    look: 'secondary',
    icon: 'copy',
    does: 'copyLeft',
    pressed: () => app.copy(lines.map(([label, value]) => l10n.t('{0}: {1}', label, value)).join('\n')),
  });
  const letGo = button({ label: l10n.t('Discard'), look: 'secondary', does: 'discardLeft', pressed: discard });
  copy.dataset['focus'] = `copy-${draft.key}`;
  letGo.dataset['focus'] = `discard-${draft.key}`;
  const typed = lines.flatMap(([label, value]) => [
    el('dt', {}, label),
    el('dd', {}, el('div', { class: 'comparedText content', tabindex: '0', 'aria-label': label }, value)),
  ]);
  const element = notice(
    'warning',
    'left',
    el('p', {}, sentence(app, draft)),
    el('dl', { class: 'captured' }, ...typed),
    el('div', { class: 'buttons' }, copy, letGo),
  );
  element.dataset['draft'] = draft.key;
  return element;
}

function sentence(app: App, draft: LeftDraft): string {
  const step = draft.step === undefined ? undefined : findStep(app.procedure, draft.step);
  const action = findAction(app.procedure, draft.action);
  const name = step ? `${step.id} ${text(step.name)}` : action ? text(action.label) : draft.key;
  return draft.why === 'others'
    ? l10n.t(
        'What you typed in “{0}” was not sent: somebody else completed that step. It is kept here until you discard it.',
        name,
      )
    : l10n.t(
        'What you typed in “{0}” was not sent, and the case has no place for it now. It is kept here until you discard it.',
        name,
      );
}
