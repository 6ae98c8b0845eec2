/** The bar above the report: which period, which language, and what can be done with it. */
import * as l10n from '@vscode/l10n';
import { button, setDisabled } from '../../../platform/view/controls';
import { el, icon, place } from '../../../platform/view/dom';
import { canTake } from './focusKeeper';
import type { FromView, ReportHead, ReportState } from '../protocol';

export class Toolbar {
  readonly element = el('header', { class: 'toolbar' });
  private readonly period = el('button', { class: 'periodName', 'data-do': 'choose' });
  private readonly filter = el('button', { class: 'periodName filterName', 'data-do': 'filter' });
  private readonly unfilter: HTMLElement;
  private readonly standing = el('span', { class: 'standing' });
  private readonly previous: HTMLElement;
  private readonly next: HTMLElement;
  private readonly kinds: Choice<'month' | 'quarter'>;
  private readonly languages: Choice<'zh-CN' | 'en'>;
  private readonly writers: readonly HTMLElement[];
  private readonly regenerate: HTMLElement;
  private readonly freeze: HTMLElement;
  private readonly unfreeze: HTMLElement;

  constructor(send: (message: FromView) => void) {
    this.element.setAttribute('aria-label', l10n.t('Report'));
    const step = (label: string, glyph: string, by: -1 | 1) =>
      button({
        label,
        look: 'icon',
        icon: glyph,
        does: by < 0 ? 'previous' : 'next',
        pressed: () => send({ type: 'beside', by }),
      });
    this.previous = step(l10n.t('The period before'), 'chevron-left', -1);
    this.next = step(l10n.t('The period after'), 'chevron-right', 1);
    this.period.type = 'button';
    this.period.title = l10n.t('Choose a period');
    this.period.addEventListener('click', () => send({ type: 'choose' }));
    this.filter.type = 'button';
    this.filter.title = l10n.t('Choose Customers and Products');
    this.filter.addEventListener('click', () => send({ type: 'filter' }));
    this.unfilter = button({
      label: l10n.t('Show All Customers and Products'),
      look: 'icon',
      icon: 'close',
      does: 'unfilter',
      pressed: () => send({ type: 'unfilter' }),
    });
    this.kinds = new Choice(
      l10n.t('Length of the period'),
      { month: l10n.t('Month'), quarter: l10n.t('Quarter') },
      (kind) => send({ type: 'kind', kind }),
    );
    this.languages = new Choice(l10n.t('Language of the report'), { 'zh-CN': '中文', en: 'English' }, (language) =>
      send({ type: 'language', language }),
    );
    const act = (label: string, glyph: string, does: 'export' | 'commit' | 'freeze' | 'unfreeze') =>
      button({ label, look: 'secondary', icon: glyph, does, pressed: () => send({ type: 'command', command: does }) });
    this.regenerate = button({
      label: l10n.t('Regenerate'),
      look: 'secondary',
      icon: 'refresh',
      does: 'regenerate',
      pressed: () => send({ type: 'regenerate' }),
    });
    this.freeze = act(l10n.t('Freeze…'), 'lock', 'freeze');
    this.unfreeze = act(l10n.t('Unfreeze…'), 'unlock', 'unfreeze');
    const [exporter, committer] = [
      act(l10n.t('Export…'), 'export', 'export'),
      act(l10n.t('Commit'), 'git-commit', 'commit'),
    ];
    this.writers = [exporter, committer, this.freeze, this.unfreeze];
    place(this.element, [
      el('div', { class: 'buttons' }, this.previous, this.period, this.next),
      this.kinds.element,
      el('div', { class: 'buttons' }, this.filter, this.unfilter),
      this.languages.element,
      this.standing,
      el('div', { class: 'buttons acts' }, this.regenerate, ...this.writers),
    ]);
  }

  /** Where the keyboard goes from what is gone: freezing turns into unfreezing, all else into making it anew. */
  standIn(gone: HTMLElement): HTMLElement {
    const { freeze, unfreeze, regenerate, filter, period } = this;
    const own = gone === freeze ? unfreeze : gone === unfreeze ? freeze : gone === this.unfilter ? filter : regenerate;
    return [own, regenerate].find(canTake) ?? period;
  }

  /** @param isBusy the report is being made, or written */
  show(head: ReportHead, isBusy: boolean): void {
    place(this.period, [document.createTextNode(head.label), icon('chevron-down')]);
    const filter = head.filterText === '' ? l10n.t('All customers and products') : head.filterText;
    place(this.filter, [icon('filter'), el('span', {}, filter), icon('chevron-down')]);
    const isFiltered = head.filterText !== '';
    this.filter.classList.toggle('isFiltered', isFiltered);
    this.unfilter.hidden = !isFiltered;
    this.kinds.show(head.kind);
    this.languages.show(head.language);
    setDisabled(this.next, !head.hasNext);
    const isMade = head.asOf !== '';
    setDisabled(this.regenerate, isBusy || head.state === 'frozen');
    for (const each of this.writers) setDisabled(each, isBusy || !isMade || head.readOnly !== '');
    if (head.state !== 'over' || isFiltered) setDisabled(this.freeze, true);
    this.freeze.hidden = head.state === 'frozen';
    this.unfreeze.hidden = head.state !== 'frozen';
    this.freeze.title = freezeHint(head.state, isFiltered);
    place(this.standing, isMade ? standing(head) : []);
  }
}

function freezeHint(state: ReportState, isFiltered: boolean): string {
  if (isFiltered) return l10n.t('Only the report on all customers and products can be frozen.');
  if (state === 'provisional') return l10n.t('A report can be frozen once its period is over.');
  return l10n.t('Keeps the figures as they are for good; what is recorded later is listed in the next report.');
}

function standing({ state, asOf }: ReportHead): readonly Node[] {
  const [glyph, word] = {
    provisional: ['history', l10n.t('provisional')],
    over: ['check', l10n.t('period over')],
    frozen: ['lock', l10n.t('frozen')],
  }[state] as [string, string];
  return [
    icon(glyph),
    el('span', { class: 'stateWord', 'data-state': state }, word),
    document.createTextNode(` · ${asOf}`),
  ];
}

/** One of a few, side by side. */
class Choice<Value extends string> {
  readonly element: HTMLElement;
  private readonly buttons = new Map<Value, HTMLButtonElement>();

  constructor(label: string, choices: Readonly<Record<Value, string>>, chosen: (value: Value) => void) {
    this.element = el('div', { class: 'choice', role: 'group', 'aria-label': label });
    for (const [value, text] of Object.entries(choices) as [Value, string][]) {
      const each = el('button', { 'data-choice': value }, text);
      each.type = 'button';
      each.addEventListener('click', () => {
        if (each.getAttribute('aria-pressed') !== 'true') chosen(value);
      });
      this.buttons.set(value, each);
    }
    this.element.append(...this.buttons.values());
  }

  show(value: Value): void {
    for (const [each, element] of this.buttons) element.setAttribute('aria-pressed', String(each === value));
  }
}
