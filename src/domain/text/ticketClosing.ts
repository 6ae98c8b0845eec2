/** The word with which a ticket is closed: what was verified and where, or what became of it (spec L32, L33, L52). */
import type { CaseState } from '../case/state';
import { procedureOf } from '../sop/engine';
import type { FieldDef, Values } from '../sop/field';
import { readPatch, withPatch } from '../sop/field';
import { type Language, say, w } from '../words';
import { describeFields, line } from './describe';

/** @param typed what the closing form holds at this moment */
export function closingComment(
  state: CaseState,
  language: Language,
  typed: Readonly<Record<string, unknown>> = {},
): string {
  const fields = procedureOf(state.kind).actions['close']?.fields ?? [];
  const values = withPatch({}, readPatch(fields, typed).patch);
  const described = (action: string, of: Values | undefined, keys: readonly string[]) => {
    const own: readonly FieldDef[] = procedureOf(state.kind).actions[action]?.fields ?? [];
    return describeFields(own, of ?? {}, keys, state, language);
  };
  const outcome =
    state.kind === 'issue'
      ? described('close', values, ['disposition'])
      : described('close', values, ['conclusion', 'version', 'releasedOn', 'reason']);
  return [
    ...(state.kind === 'issue' ? verified(state, language, described) : []),
    ...outcome,
    ...described('close', values, ['summary']),
    line(say(w('Case', '案例编号'), language), state.id, language),
  ].join('\n');
}

type Describe = (action: string, of: Values | undefined, keys: readonly string[]) => string[];

function verified({ verification }: CaseState, language: Language, described: Describe): string[] {
  const { customer, upgrade } = verification;
  if (customer?.passed !== true) return [];
  return [
    say(w("Verified in the customer's production.", '已在客户生产环境验证通过。'), language),
    ...described('upgrade', upgrade?.values, ['toVersion']),
    ...described('verifyCustomer', customer.values, ['checkedAt', 'observation', 'confirmedBy', 'evidence']),
  ];
}
