/** Rows of text: one thing each, in an order that can be changed; a pasted list becomes rows. */
import * as l10n from '@vscode/l10n';
import type { Value } from '../../../../domain/sop/field';
import { button, textArea } from '../../../../platform/view/controls';
import { el, place } from '../../../../platform/view/dom';
import { rowsFromText } from '../lists';
import type { FieldInput, FieldSetting } from './input';
import { type RowContent, RowFrame } from './rowFrame';

const MOST_OFFERED = 8;

export function rowsInput(setting: FieldSetting): FieldInput {
  const changed = () => {
    const texts = frame.values();
    setting.change(texts.every((row) => row.trim() === '') ? null : texts);
    offer();
  };
  const filled = () => frame.values().filter((row) => row.trim() !== '');
  const offers = el('div', { class: 'offers' });
  offers.hidden = true;
  let offered = '';
  /** What others have written in such rows, one press away. */
  const offer = () => {
    if (setting.field.suggest === undefined) return;
    const texts = frame.values();
    const others = setting.suggestions().filter((text) => !texts.includes(text));
    // drawn anew a button would lose its focus
    if (others.join('\n') === offered) return;
    offered = others.join('\n');
    const pressed = (text: string) => {
      const kept = filled();
      frame.put([...kept, text], kept.length);
    };
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
  const frame: RowFrame<string> = new RowFrame<string>({
    id: setting.id,
    listClass: 'rows',
    addLabel: l10n.t('Add a row'),
    note: l10n.t('Paste a list to get rows. Shift+Enter breaks the line; Alt+Up and Alt+Down move a row.'),
    empty: '',
    least: 1,
    below: offers,
    changed,
    make: (of) => textRow(of, setting.label, changed),
  });

  const { files, id } = setting;
  /** A file comes when it comes: what has the focus then keeps it. */
  const noted = (name: string) => {
    if (filled().includes(name)) return;
    frame.show([...filled(), name]);
    changed();
  };

  return {
    element: files
      ? el('div', { class: 'takesFiles', 'data-files': id }, frame.element, files.offer(id, noted))
      : frame.element,
    write: (value) => {
      offer();
      const wanted = textsOf(value);
      const shown = frame.values();
      if (JSON.stringify(wanted) === JSON.stringify(shown)) return;
      // a row just added is not worth keeping yet, but it is being typed in
      if (wanted.length > 0 || shown.some((row) => row.trim() !== '')) frame.show(wanted);
    },
    focus: () => frame.focus((row) => row.trim() === ''),
    describe: (about) => frame.describe(about),
  };
}

function textRow(frame: RowFrame<string>, label: string, changed: () => void): RowContent<string> {
  const control = textArea(1, changed);
  const { element } = control;
  const row: RowContent<string> = {
    element,
    read: () => control.read(),
    write: (value) => control.write(value),
    focus: () => control.focus(),
    describe: (about, nth) => control.describe({ ...about, label: l10n.t('{0}, row {1}', label, nth) }),
  };
  element.addEventListener('keydown', (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (event.isComposing || !isPlain) return;
    const at = frame.placeOf(row);
    if (event.key === 'Enter') {
      event.preventDefault();
      frame.insert(at + 1, ['']);
    } else if (event.key === 'Backspace' && control.read() === '' && frame.length > 1) {
      event.preventDefault();
      frame.remove(at, at - 1);
    }
  });
  element.addEventListener('paste', (event) => {
    const pasted = rowsFromText(event.clipboardData?.getData('text/plain') ?? '');
    if (pasted.length < 2) return;
    event.preventDefault();
    const at = frame.placeOf(row);
    const isEmpty = control.read().trim() === '';
    frame.insert(isEmpty ? at : at + 1, pasted, isEmpty ? 1 : 0);
  });
  return row;
}

function textsOf(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((row): row is string => typeof row === 'string') : [];
}
