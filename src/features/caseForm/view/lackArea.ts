/** What a form still lacks: a calm line at first, a list with ways out after an attempt. */
import * as l10n from '@vscode/l10n';
import { excusableCodes } from '../../../domain/sop/engine';
import { generalActions } from '../../../domain/sop/general';
import type { Missing } from '../../../domain/sop/missing';
import { belongsToRound, findAction } from '../../../domain/sop/procedure';
import { personName } from '../../../domain/person';
import { button, link, setDisabled, textField } from '../../../platform/view/controls';
import type { ActSender, App } from './app';
import { el, icon, place } from '../../../platform/view/dom';
import type { FormSpec } from './formSpec';
import { afterColon, listed, text } from './l10n';
import { shortly } from './missingNow';

export interface LackArea {
  readonly element: HTMLElement;
  show(missing: readonly Missing[], tried: boolean): void;
  focus(): void;
}

export function lackArea(app: App, spec: FormSpec, goTo: (item: Missing) => void): LackArea {
  const calm = el('p', { class: 'calm', 'data-lack': 'calm' });
  const alert = el('div', { class: 'alert', role: 'alert', tabindex: '-1', 'data-lack': 'alert' });
  const excused = el('ul', { class: 'excused' });
  const element = el('div', { class: 'lack' }, calm, alert, excused);
  const action = spec.for === '' ? spec.action : spec.for;
  const definition = findAction(app.procedure, action);
  const isOfRound = definition !== undefined && belongsToRound(app.procedure, definition);
  // the reason that a form itself asks for is never excused with another reason
  const excusable =
    definition === undefined || app.page.mode === 'new' || spec.action === 'goBack'
      ? []
      : excusableCodes(definition).filter((code) => code !== 'required:reason');
  let open: ExcuseRow | undefined;
  let drawn = '';

  const showAlert = (missing: readonly Missing[]) => {
    // drawn again only when it says something else: a live region repeats what is put into it
    const now = JSON.stringify(missing.map((item) => item.code));
    if (now === drawn) {
      open?.refresh();
      return;
    }
    drawn = now;
    const items = missing.map((item) => {
      const row = el('li', { 'data-missing': item.code });
      row.append(item.field === undefined ? text(item.text) : link(text(item.text), () => goTo(item)));
      if (!item.excusable || !excusable.includes(item.code)) return row;
      const ask = link(l10n.t('Excuse with a reason…'), () => {
        open?.element.remove();
        open = excuseRow(app, action, item, () => {
          open?.element.remove();
          open = undefined;
          ask.focus();
        });
        row.append(open.element);
        open.focus();
      });
      ask.dataset['do'] = 'excuse';
      ask.classList.add('excuse');
      row.append(ask);
      return row;
    });
    open = undefined;
    place(alert, [
      el('p', { class: 'alertTitle' }, icon('error'), ' ', l10n.t('Not yet possible. Still missing:')),
      el('ul', {}, ...items),
    ]);
  };

  return {
    element,
    focus: () => alert.focus(),
    show: (missing, tried) => {
      const isCalm = !tried && missing.length > 0;
      calm.hidden = !isCalm;
      if (isCalm) {
        place(calm, [
          el('span', { class: 'calmTitle' }, l10n.t('Still missing:')),
          document.createTextNode(`${afterColon()}${listed(missing.map((item) => shortly(item, spec.fields)))}`),
        ]);
      }
      alert.hidden = !tried || missing.length === 0;
      if (alert.hidden) {
        drawn = '';
        alert.replaceChildren();
      } else {
        showAlert(missing);
      }
      const deviations = app.page.state.deviations.filter(
        (entry) => entry.action === action && (!isOfRound || entry.round === app.page.state.round),
      );
      place(
        excused,
        deviations.map((entry) =>
          el('li', {}, icon('info'), ' ', l10n.t('Excused by {0}: {1}', personName(entry.by), entry.reason)),
        ),
      );
      excused.hidden = deviations.length === 0;
    },
  };
}

interface ExcuseRow {
  readonly element: HTMLElement;
  focus(): void;
  refresh(): void;
}

function excuseRow(app: App, action: string, item: Missing, close: () => void): ExcuseRow {
  const key = `excuse/${action}/${item.code}`;
  const error = el('span', { class: 'error', role: 'alert' });
  const reason = textField(() => {
    app.drafts.edit(key, 'reason', reason.read().trim() === '' ? undefined : reason.read());
  });
  const draft = app.drafts.of(key).get('reason');
  if (typeof draft === 'string') reason.write(draft);
  reason.element.setAttribute('placeholder', l10n.t('Why it cannot be had; it is shown on the case'));
  reason.describe({
    label: text(generalActions.excuse.fields[1].label),
    required: true,
    invalid: false,
    details: text(item.text),
  });
  const sender: ActSender = {
    refused: (missing) => error.replaceChildren(listed(missing.map((entry) => text(entry.text)))),
  };
  const send = () => {
    if (reason.read().trim() === '') {
      error.replaceChildren(l10n.t('Say why.'));
      reason.focus();
      return;
    }
    app.act({ action: 'excuse', for: action, values: { codes: [item.code], reason: reason.read() } }, sender);
  };
  const excuse = button({ label: l10n.t('Excuse'), look: 'secondary', does: 'excuseSend', pressed: send });
  const cancel = button({
    label: l10n.t('Cancel'),
    look: 'secondary',
    does: 'cancel',
    pressed: () => {
      app.drafts.edit(key, 'reason', undefined);
      close();
    },
  });
  reason.element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      send();
    } else if (event.key === 'Escape') {
      close();
    }
  });
  return {
    element: el('div', { class: 'excuseRow', 'data-field': 'excuse' }, reason.element, excuse, cancel, error),
    focus: () => reason.focus(),
    refresh: () => {
      for (const each of [excuse, cancel]) setDisabled(each, app.busy);
    },
  };
}
