/** Numbered rows: one thing each, in an order that can be changed by mouse and by keyboard. */
import * as l10n from '@vscode/l10n';
import type { Value } from '../../../../domain/sop/field';
import { button, setDisabled, textField, type Control, type Description } from '../../../../platform/view/controls';
import { el, place } from '../dom';
import { moved, rowsFromText } from '../lists';
import type { FieldInput, FieldSetting } from './input';

interface Row {
  readonly element: HTMLElement;
  readonly number: HTMLElement;
  readonly control: Control;
  readonly up: HTMLElement;
  readonly down: HTMLElement;
}

const MOST_OFFERED = 8;

export function rowsInput(setting: FieldSetting): FieldInput {
  const list = el('ol', { class: 'rows' });
  const add = button({
    label: l10n.t('Add a row'),
    look: 'secondary',
    icon: 'add',
    does: 'addRow',
    pressed: () => put([...texts(), ''], rows.length),
  });
  const note = el('span', { class: 'quiet' }, l10n.t('Paste a list to get rows. Alt+Up and Alt+Down move a row.'));
  const offers = el('div', { class: 'offers' });
  const element = el(
    'div',
    { class: 'rowsField', role: 'group', id: setting.id },
    list,
    offers,
    el('div', { class: 'beside' }, add, note),
  );
  let rows: Row[] = [];
  let about: Description = { label: setting.label, required: false, invalid: false, details: '' };

  const texts = () => rows.map((row) => row.control.read());
  const changed = () => {
    setting.change(texts().every((row) => row.trim() === '') ? null : texts());
    offer();
  };

  /** Shows these rows; the controls that are there are used again, so a row that stays keeps its caret. */
  const show = (wanted: readonly string[]) => {
    const kept = rows.slice(0, wanted.length);
    rows = wanted.map((_, index) => kept[index] ?? makeRow());
    place(
      list,
      rows.map((row) => row.element),
    );
    for (const [index, row] of rows.entries()) {
      row.control.write(wanted[index] ?? '');
      row.number.textContent = String(index + 1);
      setDisabled(row.up, index === 0);
      setDisabled(row.down, index === rows.length - 1);
    }
    describeRows();
    offer();
  };
  /** What others have written in such rows, one press away. */
  const offer = () => {
    if (setting.field.suggest === undefined) return;
    const there = new Set(texts());
    const others = setting.suggestions().filter((text) => !there.has(text));
    const kept = (text: string) => texts().filter((row) => row.trim() !== '' && row !== text);
    const pressed = (text: string) => put([...kept(text), text], rows.length);
    place(
      offers,
      others
        .slice(0, MOST_OFFERED)
        .map((text) =>
          button({ label: text, look: 'secondary', icon: 'add', does: 'offer', pressed: () => pressed(text) }),
        ),
    );
    offers.hidden = others.length === 0;
  };
  const put = (wanted: readonly string[], focus: number) => {
    show(wanted.length === 0 ? [''] : wanted);
    changed();
    rows[Math.max(0, Math.min(focus, rows.length - 1))]?.control.focus();
  };
  const describeRows = () => {
    for (const [index, row] of rows.entries()) {
      row.control.describe({ ...about, label: l10n.t('{0}, row {1}', setting.label, index + 1) });
    }
  };

  function makeRow(): Row {
    const control = textField(changed);
    const at = () => rows.findIndex((row) => row.control === control);
    const icon = (label: string, name: string, does: string, pressed: () => void) =>
      button({ label, look: 'icon', icon: name, does, pressed });
    const move = (by: -1 | 1) => put(moved(texts(), at(), by), at() + by);
    const up = icon(l10n.t('Move up'), 'arrow-up', 'rowUp', () => move(-1));
    const down = icon(l10n.t('Move down'), 'arrow-down', 'rowDown', () => move(1));
    const remove = icon(l10n.t('Remove'), 'close', 'removeRow', () => put(texts().toSpliced(at(), 1), at()));
    const number = el('span', { class: 'rowNumber', 'aria-hidden': 'true' });
    const rowElement = el('li', {}, number, control.element, el('span', { class: 'rowButtons' }, up, down, remove));

    control.element.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      const index = at();
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key === 'Enter' && isPlain) {
        event.preventDefault();
        put(texts().toSpliced(index + 1, 0, ''), index + 1);
      } else if (event.key === 'Backspace' && isPlain && control.read() === '' && rows.length > 1) {
        event.preventDefault();
        put(texts().toSpliced(index, 1), index - 1);
      } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        event.preventDefault();
        move(event.key === 'ArrowUp' ? -1 : 1);
      }
    });
    control.element.addEventListener('paste', (event) => {
      const pasted = rowsFromText(event.clipboardData?.getData('text/plain') ?? '');
      if (pasted.length < 2) return;
      event.preventDefault();
      const index = at();
      const isEmpty = control.read().trim() === '';
      put(texts().toSpliced(isEmpty ? index : index + 1, isEmpty ? 1 : 0, ...pasted), index + pasted.length - 1);
    });
    return { element: rowElement, number, control, up, down };
  }

  show(['']);
  return {
    element,
    write: (value) => {
      const wanted = rowsOf(value);
      if (JSON.stringify(wanted) !== JSON.stringify(texts())) {
        // a row just added is not worth keeping yet, but it is being typed in
        if (wanted.length > 0 || texts().some((row) => row.trim() !== '')) show(wanted.length === 0 ? [''] : wanted);
      }
    },
    focus: () => (rows.find((row) => row.control.read().trim() === '') ?? rows[0])?.control.focus(),
    describe: (wanted) => {
      about = wanted;
      element.setAttribute('aria-label', wanted.label);
      describeRows();
    },
  };
}

function rowsOf(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((row): row is string => typeof row === 'string') : [];
}
