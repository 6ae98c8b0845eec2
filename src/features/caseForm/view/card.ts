/** A part of a step, or another way on: a heading that opens its form. It stays on the page while it is typed in. */
import * as l10n from '@vscode/l10n';
import { button, setExpanded } from '../../../platform/view/controls';
import type { ActionForm } from './actionForm';
import { el, icon, place } from '../../../platform/view/dom';

export type CardStanding = 'done' | 'first' | 'open' | 'blocked';

export interface CardState {
  readonly standing: CardStanding;
  /** Why it can't be done yet. */
  readonly reason: string;
  readonly open: boolean;
  /** What was captured already. */
  readonly captured: HTMLElement | undefined;
  /** Whether the card shows its standing, as the parts of a step do. */
  readonly isPart: boolean;
}

const glyphs = {
  done: 'pass-filled',
  first: 'circle-large-outline',
  open: 'circle-large-outline',
  blocked: 'circle-slash',
};

export class ActionCard {
  readonly element: HTMLElement;
  private readonly head = el('div', { class: 'cardHead' });
  private readonly body = el('div', { class: 'cardBody' });

  onToggle: () => void = () => undefined;

  constructor(
    readonly name: string,
    private readonly title: string,
    readonly form: ActionForm,
  ) {
    this.element = el('section', { class: 'card', 'data-card': name, 'aria-label': title }, this.head, this.body);
  }

  update(state: CardState): void {
    const heading = el('h3', {}, this.title);
    this.element.dataset['standing'] = state.standing;
    this.element.classList.toggle('isFirst', state.isPart && state.standing === 'first');
    const word = el('span', { class: 'standing' }, standingWord(state));
    place(this.head, [
      ...(state.isPart ? [icon(glyphs[state.standing])] : []),
      heading,
      ...(state.isPart ? [word] : []),
      ...(state.standing === 'done' || (state.isPart && state.standing === 'open' && !state.open)
        ? [this.toggleButton(state)]
        : []),
    ]);
    place(this.body, [
      ...(state.captured === undefined ? [] : [state.captured]),
      ...(state.open && state.standing !== 'blocked' ? [this.form.element] : []),
    ]);
    this.body.hidden = this.body.childNodes.length === 0;
  }

  private toggleButton(state: CardState): HTMLElement {
    const again = this.form.spec.halfDone === 'save' ? l10n.t('Change…') : l10n.t('Log another…');
    const label = state.open ? l10n.t('Fold') : state.standing === 'done' ? again : l10n.t('Unfold');
    const element = button({ label, look: 'secondary', does: 'toggle', pressed: () => this.onToggle() });
    element.dataset['focus'] = `toggle-${this.name}`;
    setExpanded(element, state.open);
    return element;
  }
}

function standingWord({ standing, reason }: CardState): string {
  switch (standing) {
    case 'done':
      return l10n.t('done');
    case 'first':
      return l10n.t('to do now');
    case 'open':
      return l10n.t('open');
    case 'blocked':
      return reason;
  }
}
