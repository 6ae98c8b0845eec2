/** Open questions, each with its answer once there is one. */
import * as l10n from '@vscode/l10n';
import type { Question, Value } from '../../../../domain/sop/field';
import { textArea } from '../../../../platform/view/controls';
import { el } from '../../../../platform/view/dom';
import type { FieldInput, FieldSetting } from './input';
import { type RowContent, RowFrame } from './rowFrame';

const asks = ({ question }: Question) => question.trim() !== '';

export function questionsInput(setting: FieldSetting): FieldInput {
  const changed = () => {
    const asked = frame.values().filter(asks);
    setting.change(asked.length === 0 ? null : asked);
  };
  const frame: RowFrame<Question> = new RowFrame<Question>({
    id: setting.id,
    listClass: 'questions',
    addLabel: l10n.t('Add a question'),
    note: '',
    empty: { question: '', answer: '' },
    least: 0,
    changed,
    make: () => questionRow(changed),
  });

  return {
    element: frame.element,
    write: (value) => {
      const wanted = questionsOf(value);
      // a question that is just being added stays, though it asks nothing yet
      if (JSON.stringify(wanted) !== JSON.stringify(frame.values().filter(asks))) frame.show(wanted);
    },
    focus: () => frame.focus((row) => row.answer.trim() === ''),
    describe: (about) => frame.describe(about),
  };
}

function questionRow(changed: () => void): RowContent<Question> {
  const question = textArea(1, changed);
  const answer = textArea(1, changed);
  question.element.setAttribute('placeholder', l10n.t('Question'));
  answer.element.setAttribute('placeholder', l10n.t('Answer, once there is one'));
  return {
    element: el('div', {}, question.element, answer.element),
    read: () => ({ question: question.read(), answer: answer.read() }),
    write: (value) => {
      question.write(value.question);
      answer.write(value.answer);
    },
    focus: () => (question.read().trim() === '' ? question : answer).focus(),
    describe: (about, place) => {
      question.describe({ ...about, label: l10n.t('Question {0}', place) });
      answer.describe({ ...about, label: l10n.t('Answer {0}', place) });
    },
  };
}

function questionsOf(value: Value | undefined): readonly Question[] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry): entry is Question => typeof entry === 'object' && entry !== null && 'question' in entry);
}
