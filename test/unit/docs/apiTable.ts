/** The README's tables of actions, made from the definitions, so that the two can't differ. */
import type { FieldDef } from '../../../src/domain/sop/field';
import { IMPORT_HISTORY } from '../../../src/domain/sop/imported';
import { generalActions } from '../../../src/domain/sop/general';
import type { ActionDef, Procedure } from '../../../src/domain/sop/procedure';

function fieldWord(field: FieldDef): string {
  const type = field.type === 'choice' ? (field.options ?? []).map((option) => option.value).join('\\|') : field.type;
  const must = field.required === true && !field.shown ? '' : '?';
  return `\`${field.key}${must}\` ${type}`;
}

function place(action: ActionDef): string {
  if (Array.isArray(action.on)) return action.on.join(', ');
  return { open: 'any open case', unclosed: 'before closure', any: 'always' }[action.on as 'open' | 'unclosed' | 'any'];
}

export function actionTable(procedure: Procedure): string {
  const rows = Object.values(procedure.actions)
    // nobody can do what only an import writes
    .filter(({ name }) => name !== IMPORT_HISTORY)
    .map(
      (action) =>
        `| \`${action.name}\` | ${place(action)} | ${action.label.en} | ${action.fields.map(fieldWord).join(', ')} |`,
    );
  return ['| action | at step | what | data |', '|---|---|---|---|', ...rows].join('\n');
}

export function generalTable(): string {
  const extra: Readonly<Record<string, string>> = {
    open: 'done by `cases.open`; the fields of step 1.1',
    save: '`for` action, and any of its fields',
    correct: '`for` action, any of its fields, `reason` longText',
    excuse: '`for` action',
  };
  const rows = Object.values(generalActions).map((action) => {
    const fields = action.name === 'correct' ? [] : action.fields.map(fieldWord);
    return `| \`${action.name}\` | ${action.label.en} | ${[extra[action.name], ...fields].filter(Boolean).join(', ')} |`;
  });
  return ['| action | what | data |', '|---|---|---|', ...rows].join('\n');
}
