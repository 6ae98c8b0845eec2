/** One line of a text: typed over, moved, taken out; Enter begins the next. */
import * as l10n from '@vscode/l10n';
import { numberText } from '../../../domain/report/sayFigures';
import { button, link, setDisabled } from '../../../platform/view/controls';
import { el, icon, place } from '../../../platform/view/dom';
import type { PageLine } from '../pageDocument';
import { casesWords } from './figure';

export interface LineActions {
  changed(): void;
  addAfter(line: DraftLineView): void;
  move(line: DraftLineView, by: -1 | 1): void;
  remove(line: DraftLineView): void;
  showCases(line: PageLine): void;
}

export class DraftLineView {
  readonly element: HTMLElement;
  private readonly input = el('textarea', { class: 'native' });
  private readonly note = el('div', { class: 'draftNote' });
  private readonly cases = el('button', { class: 'figure lineCases' });
  private readonly up: HTMLElement;
  private readonly down: HTMLElement;

  constructor(
    private line: PageLine,
    /** Finds its field again when the page is drawn anew. */
    focusName: string,
    private readonly readOnly: boolean,
    private readonly actions: LineActions,
  ) {
    const { input, cases } = this;
    const tool = (label: string, glyph: string, does: string, pressed: () => void) =>
      button({ label, look: 'icon', icon: glyph, does, pressed });
    this.up = tool(l10n.t('Move up'), 'arrow-up', 'up', () => actions.move(this, -1));
    this.down = tool(l10n.t('Move down'), 'arrow-down', 'down', () => actions.move(this, 1));
    const remove = tool(l10n.t('Take out'), 'close', 'removeLine', () => actions.remove(this));
    for (const each of [this.up, this.down, remove]) setDisabled(each, readOnly);
    cases.type = 'button';
    cases.addEventListener('click', () => actions.showCases(this.line));
    input.rows = 1;
    input.dataset['focus'] = focusName;
    input.readOnly = readOnly;
    input.value = line.text;
    input.addEventListener('input', () => {
      actions.changed();
      this.describe();
    });
    input.addEventListener('keydown', (event) => this.pressed(event));
    const tools = el('div', { class: 'lineTools' }, this.up, this.down, remove);
    this.element = el(
      'li',
      { class: 'draftLine', 'data-line': line.key },
      el('div', { class: 'lineRow' }, input, cases, tools),
      this.note,
    );
    this.describe();
  }

  get key(): string {
    return this.line.key;
  }

  get text(): string {
    return this.input.value;
  }

  /** As the host has it; what has the caret in it stays as it is typed. */
  show(line: PageLine): void {
    const isUntouched = this.input.value.trim() === this.line.text || document.activeElement !== this.input;
    this.line = line;
    if (isUntouched && this.input.value.trim() !== line.text) this.input.value = line.text;
    this.describe();
  }

  placed(index: number, count: number): void {
    this.input.setAttribute('aria-label', l10n.t('Line {0} of {1}', index + 1, count));
    setDisabled(this.up, this.readOnly || index === 0);
    setDisabled(this.down, this.readOnly || index === count - 1);
  }

  focus(): void {
    this.input.focus();
  }

  /** The button that was pressed, or the other one where it can go no further. */
  focusMover(by: -1 | 1): void {
    const [wanted, other] = by === -1 ? [this.up, this.down] : [this.down, this.up];
    (wanted.hasAttribute('disabled') ? other : wanted).focus();
  }

  private pressed(event: KeyboardEvent): void {
    // Enter that confirms a word of an input method is none of ours
    if (event.isComposing || this.readOnly) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.actions.addAfter(this);
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      this.actions.move(this, event.key === 'ArrowUp' ? -1 : 1);
      this.focus();
    } else if (event.key === 'Backspace' && this.input.value === '') {
      event.preventDefault();
      this.actions.remove(this);
    }
  }

  private describe(): void {
    const { cases, drafted, redrafted } = this.line;
    this.cases.hidden = cases === undefined;
    if (cases) {
      this.cases.textContent = cases.count === 1 ? l10n.t('1 case') : l10n.t('{0} cases', numberText(cases.count));
      this.cases.title = casesWords(cases);
    }
    place(this.note, this.readOnly || drafted === undefined ? [] : this.differs(drafted, redrafted));
  }

  /** What Casebook drafts now, where the line says something else. */
  private differs(drafted: string, redrafted: string | undefined): readonly Node[] {
    if (this.input.value.replace(/\s+/g, ' ').trim() === drafted) return [];
    const take = link(l10n.t('Take over the draft'), () => {
      this.input.value = drafted;
      this.actions.changed();
      this.describe();
      this.focus();
    });
    if (redrafted === undefined) return [el('span', { class: 'quiet' }, l10n.t('Changed by hand')), take];
    const words = l10n.t('The figures have changed since this was written. Drafted now: {0}', redrafted);
    return [el('span', { class: 'redrafted' }, icon('info'), ` ${words}`), take];
  }
}
