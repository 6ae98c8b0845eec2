/** The frame of every list of rows: numbered, added to, taken from, and put in order by mouse and by keyboard. */
import * as l10n from '@vscode/l10n';
import { button, setDisabled, type Description } from '../../../../platform/view/controls';
import { el, place, spoken } from '../../../../platform/view/dom';
import { movedTo } from '../lists';
import { draggable } from './rowDrag';

/** What one kind of row is made of. */
export interface RowContent<T> {
  readonly element: HTMLElement;
  read(): T;
  /** The same again changes nothing, not even the caret. */
  write(value: T): void;
  focus(): void;
  /** @param place 1-based */
  describe(about: Description, place: number): void;
}

export interface RowFrameOptions<T> {
  /** Of the whole list. */
  readonly id: string;
  readonly listClass: string;
  readonly addLabel: string;
  /** A line beside the button that adds. */
  readonly note: string;
  readonly empty: T;
  /** Between the rows and the button. */
  readonly below?: HTMLElement;
  /** Rows that are there even when nothing is filled in. */
  readonly least: number;
  make(frame: RowFrame<T>): RowContent<T>;
  /** A person changed something. */
  changed(): void;
}

interface Row<T> {
  readonly element: HTMLElement;
  readonly number: HTMLElement;
  readonly content: RowContent<T>;
  readonly up: HTMLElement;
  readonly down: HTMLElement;
}

export class RowFrame<T> {
  readonly element: HTMLElement;
  private readonly list: HTMLOListElement;
  private readonly add: HTMLElement;
  private readonly told = spoken('');
  private rows: Row<T>[] = [];
  private about: Description = { label: '', required: false, invalid: false, details: '' };

  constructor(private readonly options: RowFrameOptions<T>) {
    this.list = el('ol', { class: `rowList ${options.listClass}` });
    this.told.setAttribute('role', 'status');
    this.add = button({
      label: options.addLabel,
      look: 'secondary',
      icon: 'add',
      does: 'addRow',
      pressed: () => this.insert(this.rows.length, [options.empty]),
    });
    this.element = el(
      'div',
      { class: 'rowsField', role: 'group', id: options.id },
      this.list,
      options.below,
      el('div', { class: 'beside' }, this.add, options.note !== '' && el('span', { class: 'quiet' }, options.note)),
      this.told,
    );
    this.show([]);
  }

  values(): T[] {
    return this.rows.map((row) => row.content.read());
  }

  /** Shows these rows; the controls that are there are used again, so a row that stays keeps its caret. */
  show(wanted: readonly T[]): void {
    const { least, empty } = this.options;
    const shown = wanted.length >= least ? wanted : [...wanted, ...Array<T>(least - wanted.length).fill(empty)];
    const kept = this.rows.slice(0, shown.length);
    this.rows = shown.map((_, index) => kept[index] ?? this.makeRow());
    place(
      this.list,
      this.rows.map((row) => row.element),
    );
    for (const [index, row] of this.rows.entries()) {
      row.content.write(shown[index] ?? empty);
      row.number.textContent = String(index + 1);
      setDisabled(row.up, index === 0);
      setDisabled(row.down, index === this.rows.length - 1);
    }
    this.describeRows();
  }

  /** Puts rows in before the one at `index`, in the place of `instead` of them; the last one gets the focus. */
  insert(index: number, values: readonly T[], instead = 0): void {
    this.put(this.values().toSpliced(index, instead, ...values), index + values.length - 1);
  }

  /** Takes a row away; the one before or after it gets the focus. */
  remove(index: number, focus = index): void {
    this.put(this.values().toSpliced(index, 1), focus);
  }

  move(from: number, to: number): void {
    if (to < 0 || to >= this.rows.length || from === to) return;
    this.put(movedTo(this.values(), from, to), to);
    this.told.textContent = l10n.t('Row moved to place {0} of {1}.', to + 1, this.rows.length);
  }

  placeOf(content: RowContent<T>): number {
    return this.rows.findIndex((row) => row.content === content);
  }

  get length(): number {
    return this.rows.length;
  }

  /** @param wanted the row to go to, else the first, else the button that adds one */
  focus(wanted: (value: T) => boolean): void {
    const row = this.rows.find(({ content }) => wanted(content.read())) ?? this.rows[0];
    if (row) row.content.focus();
    else this.add.focus();
  }

  describe(about: Description): void {
    this.about = about;
    this.element.setAttribute('aria-label', about.label);
    this.describeRows();
  }

  /** Shows these rows as a person's change; the one at `focus` gets it. */
  put(wanted: readonly T[], focus: number): void {
    this.show(wanted);
    this.options.changed();
    const row = this.rows[Math.max(0, Math.min(focus, this.rows.length - 1))];
    if (row) row.content.focus();
    else this.add.focus();
  }

  private describeRows(): void {
    for (const [index, row] of this.rows.entries()) row.content.describe(this.about, index + 1);
  }

  private makeRow(): Row<T> {
    const content = this.options.make(this);
    const at = () => this.placeOf(content);
    const icon = (label: string, name: string, does: string, pressed: () => void) =>
      button({ label, look: 'icon', icon: name, does, pressed });
    const up = icon(l10n.t('Move up'), 'arrow-up', 'rowUp', () => this.move(at(), at() - 1));
    const down = icon(l10n.t('Move down'), 'arrow-down', 'rowDown', () => this.move(at(), at() + 1));
    const remove = icon(l10n.t('Remove'), 'close', 'removeRow', () => this.remove(at()));
    const number = el('span', { class: 'rowNumber', 'aria-hidden': 'true' });
    // the keyboard has Alt+Up and Alt+Down and the two buttons
    const handle = el('span', {
      class: 'rowHandle codicon codicon-gripper',
      title: l10n.t('Drag to another place'),
      'aria-hidden': 'true',
    });
    const buttons = el('span', { class: 'rowButtons' }, up, down, remove);
    const element = el('li', {}, handle, number, content.element, buttons);
    draggable(this.list, element, handle, (to) => this.move(at(), to));
    content.element.addEventListener('keydown', (event) => {
      if (event.isComposing || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      event.preventDefault();
      this.move(at(), at() + (event.key === 'ArrowUp' ? -1 : 1));
    });
    return { element, number, content, up, down };
  }
}
