/** Actions about other actions' forms: open, save, correct, excuse, go back, settle. */
import type { CaseState } from '../case/state';
import { w, type Words } from '../words';
import type { FieldDef } from './field';
import { isBefore } from './procedure';

export interface GeneralAction {
  readonly name: string;
  readonly label: Words;
  readonly done: Words;
  readonly fields: readonly FieldDef[];
}

const reason: FieldDef = { key: 'reason', type: 'longText', label: w('Reason', '原因'), required: true };

export const generalActions = {
  open: { name: 'open', label: w('Record', '登记'), done: w('opened the case', '登记了案例'), fields: [] },
  save: { name: 'save', label: w('Save', '保存'), done: w('saved', '保存了'), fields: [] },
  correct: {
    name: 'correct',
    label: w('Correct', '更正'),
    done: w('corrected', '更正了'),
    fields: [reason],
  },
  excuse: {
    name: 'excuse',
    label: w('Excuse what is missing', '说明缺失原因'),
    done: w('excused a missing detail', '说明了缺失的内容'),
    fields: [{ key: 'codes', type: 'rows', label: w('Missing', '缺失项'), required: true }, reason],
  },
  goBack: {
    name: 'goBack',
    label: w('Go back', '返回之前的步骤'),
    done: w('went back', '返回到之前的步骤'),
    fields: [{ key: 'to', type: 'text', label: w('To step', '返回到步骤'), required: true }, reason],
  },
  settle: {
    name: 'settle',
    label: w('Settle the conflict', '解决冲突'),
    done: w('settled a conflict', '解决了冲突'),
    fields: [
      { key: 'event', type: 'text', label: w('Conflict', '冲突'), required: true },
      {
        key: 'choice',
        type: 'choice',
        label: w('Choice', '选择'),
        options: [
          { value: 'keep', label: w('Keep what the case shows', '保留当前内容') },
          { value: 'take', label: w('Take the other side', '采用另一方的内容') },
        ],
        required: true,
      },
    ],
  },
} as const satisfies Record<string, GeneralAction>;

export type GeneralName = keyof typeof generalActions;

export function isGeneral(name: string): name is GeneralName {
  return Object.hasOwn(generalActions, name);
}

/**
 * The steps that a case may go back to, before closure: those of this round that led to where it is. A step that was
 * never done in this round, or whose guard must be passed anew since the case went back before it, is none of them.
 */
export function stepsToGoBackTo(state: CaseState): readonly string[] {
  if (state.status !== 'open' || state.closedAt !== undefined) return [];
  let path: string[] = [];
  for (const visit of state.visits) {
    if (visit.round === state.round) path = [...path.filter((id) => isBefore(id, visit.step)), visit.step];
  }
  return path.filter((id) => isBefore(id, state.step));
}
