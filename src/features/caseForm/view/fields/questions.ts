/** Open questions, each with its answer once there is one. */
import * as l10n from '@vscode/l10n';
import type { Question, Value } from '../../../../domain/sop/field';
import { button, textArea, textField, type Control, type Description } from '../../../../platform/view/controls';
import { el, place } from '../dom';
import type { FieldInput, FieldSetting } from './input';

interface Row {
  readonly element: HTMLElement;
  readonly question: Control;
  readonly answer: Control;
}

export function questionsInput(setting: FieldSetting): FieldInput {
  const list = el('ol', { class: 'questions' });
  const add = button({
    label: l10n.t('Add a question'),
    look: 'secondary',
    icon: 'add',
    does: 'addQuestion',
    pressed: () => {
      show([...read(), { question: '', answer: '' }]);
      rows.at(-1)?.question.focus();
    },
  });
  const element = el(
    'div',
    { class: 'questionsField', role: 'group', id: setting.id },
    list,
    el('div', { class: 'beside' }, add),
  );
  let rows: Row[] = [];
  let about: Description = { label: setting.label, required: false, invalid: false, details: '' };

  const read = (): Question[] => rows.map((row) => ({ question: row.question.read(), answer: row.answer.read() }));
  const changed = () => {
    const asked = read().filter((row) => row.question.trim() !== '');
    setting.change(asked.length === 0 ? null : asked);
  };
  const show = (wanted: readonly Question[]) => {
    const kept = rows.slice(0, wanted.length);
    rows = wanted.map((_, index) => kept[index] ?? makeRow());
    place(
      list,
      rows.map((row) => row.element),
    );
    for (const [index, row] of rows.entries()) {
      row.question.write(wanted[index]?.question ?? '');
      row.answer.write(wanted[index]?.answer ?? '');
    }
    describeRows();
  };
  const describeRows = () => {
    for (const [index, row] of rows.entries()) {
      row.question.describe({ ...about, label: l10n.t('Question {0}', index + 1) });
      row.answer.describe({ ...about, label: l10n.t('Answer {0}', index + 1) });
    }
  };
  function makeRow(): Row {
    const question = textField(changed);
    const answer = textArea(1, changed);
    question.element.setAttribute('placeholder', l10n.t('Question'));
    answer.element.setAttribute('placeholder', l10n.t('Answer, once there is one'));
    const remove = button({
      label: l10n.t('Remove'),
      look: 'icon',
      icon: 'close',
      does: 'removeQuestion',
      pressed: () => {
        const at = rows.findIndex((row) => row.question === question);
        show(read().toSpliced(at, 1));
        changed();
        (rows[Math.min(at, rows.length - 1)]?.question.element ?? add).focus();
      },
    });
    return { element: el('li', {}, el('div', {}, question.element, answer.element), remove), question, answer };
  }

  return {
    element,
    write: (value) => {
      const wanted = questionsOf(value);
      const asked = read().filter((row) => row.question.trim() !== '');
      // a question that is just being added stays, though it asks nothing yet
      if (JSON.stringify(wanted) !== JSON.stringify(asked)) show(wanted);
    },
    focus: () => (rows.find((row) => row.answer.read().trim() === '')?.answer.element ?? add).focus(),
    describe: (wanted) => {
      about = wanted;
      element.setAttribute('aria-label', wanted.label);
      describeRows();
    },
  };
}

function questionsOf(value: Value | undefined): readonly Question[] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry): entry is Question => typeof entry === 'object' && entry !== null && 'question' in entry);
}
