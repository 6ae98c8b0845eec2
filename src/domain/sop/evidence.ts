/** Files that belong to a case: each one's event follows its file, and stays when the file goes (spec L27). */
import { isSafeName } from '../attachments/names';
import type { Attachment, CaseState } from '../case/state';
import { w } from '../words';
import { reasonField } from './common';
import { stampOf } from './effects';
import { type FieldDef, textOf, type Values } from './field';
import { invariant, rule } from './missing';
import { type ActionDef, defineActions } from './procedure';

const nameField: FieldDef = { key: 'name', type: 'text', label: w('File', '文件'), required: true, internal: true };

const count = (values: Values, key: string): number => {
  const value = values[key];
  return typeof value === 'number' ? value : 0;
};

/** What is there to be looked at: no file that was removed. */
export function presentAttachments(state: CaseState): readonly Attachment[] {
  return state.attachments.filter((attachment) => attachment.removed === undefined);
}

/** A log that was changed by hand must not lead anywhere else than into the case's folder. */
const nameInvariant = (values: Values) =>
  !isSafeName(textOf(values, 'name')) &&
  invariant('attachment-name', w('That is not a name that a file of a case can have', '附件名称无效'), 'name');

export const evidenceActions: Readonly<Record<string, ActionDef>> = defineActions(
  {
    name: 'attach',
    label: w('Attach a file', '添加附件'),
    done: w('attached a file', '添加了附件'),
    on: 'any',
    role: 'other',
    fields: [
      nameField,
      { key: 'size', type: 'number', label: w('Size in bytes', '大小（字节）'), internal: true },
      { key: 'sha256', type: 'text', label: w('SHA-256 hash', 'SHA-256 校验值'), internal: true },
      { key: 'note', type: 'longText', label: w('Note', '备注'), internal: true },
      { key: 'masked', type: 'number', label: w('Secrets masked', '已遮盖的敏感信息'), internal: true },
      { key: 'kept', type: 'number', label: w('Secrets kept', '保留的敏感信息'), internal: true },
    ],
    invariants: (_state, values) => [nameInvariant(values)],
    apply: (draft, { event, values }) => {
      const name = textOf(values, 'name');
      const attachment: Attachment = {
        ...stampOf(event),
        event: event.id,
        name,
        size: count(values, 'size'),
        sha256: textOf(values, 'sha256'),
        note: textOf(values, 'note'),
        masked: count(values, 'masked'),
        kept: count(values, 'kept'),
        round: draft.round,
      };
      // two copies may give one name to two files: git keeps one of them, and so does the list
      draft.attachments = [...draft.attachments.filter((known) => known.name !== name), attachment];
    },
  },
  {
    name: 'removeAttachment',
    label: w('Remove a file', '移除附件'),
    done: w('removed a file', '移除了附件'),
    on: 'any',
    role: 'other',
    fields: [nameField, reasonField],
    invariants: (state, values) => [
      !state.attachments.some((known) => known.name === textOf(values, 'name')) &&
        invariant('attachment-unknown', w('The case has no such file', '该案例没有此附件'), 'name'),
    ],
    guard: (state, values) => {
      const known = state.attachments.find((attachment) => attachment.name === textOf(values, 'name'));
      return [
        known?.removed !== undefined && rule('attachment-removed', w('It is removed already', '该附件已移除'), 'name'),
      ];
    },
    apply: (draft, { event, values }) => {
      const removed = { ...stampOf(event), reason: textOf(values, 'reason') };
      draft.attachments = draft.attachments.map((known) =>
        known.name === textOf(values, 'name') ? { ...known, removed } : known,
      );
    },
  },
);
