/** What a new ticket starts with because the case says it already: how urgent it is, and where it was seen. */
import type { CaseState, Urgency } from '../case/state';
import { procedureOf } from '../sop/engine';
import { textOf } from '../sop/field';
import type { TicketChoice, TicketField, TrackerSystem } from './tracker';

/** The system's own start gives way only where the case's answer is clearly one of the choices (ours). */
export function preset(
  fields: readonly TicketField[],
  system: TrackerSystem,
  state: CaseState,
): readonly TicketField[] {
  const intake = state.values[procedureOf(state.kind).intake];
  const [version, product] = [textOf(intake, 'version'), textOf(intake, 'product')];
  return fields.map((field) => {
    const found = LEVELS[system].includes(field.key)
      ? levelOf(field.choices, system, state.urgency)
      : SEEN_IN[system] === field.key
        ? versionAmong(field.choices, version, product)
        : undefined;
    return found === undefined ? field : { ...field, initial: found };
  });
}

const LEVELS: Readonly<Record<TrackerSystem, readonly string[]>> = {
  zentao: ['severity', 'pri'],
  jira: ['priority'],
  redmine: ['priority_id'],
};

const SEEN_IN: Readonly<Record<TrackerSystem, string | undefined>> = {
  zentao: 'openedBuild',
  jira: 'versions',
  redmine: undefined,
};

/** ZenTao counts from 1, the worst; the others have names of which only these are as clear. */
const NAMED: Readonly<Partial<Record<Urgency, readonly string[]>>> = {
  urgent: ['urgent', '紧急', 'highest', '最高'],
  high: ['high', '高'],
};
const NUMBERED: Readonly<Partial<Record<Urgency, string>>> = { urgent: '1', high: '2' };

function levelOf(choices: readonly TicketChoice[], system: TrackerSystem, urgency: Urgency | undefined) {
  if (urgency === undefined) return undefined;
  if (system === 'zentao') return choices.find(({ value }) => value === NUMBERED[urgency])?.value;
  const named = (NAMED[urgency] ?? []).flatMap(
    (name) => choices.find(({ label }) => label.trim().toLowerCase() === name) ?? [],
  );
  return named[0]?.value;
}

/** "3.2.1" is "V3.2.1" and "DataHub 3.2.1", too; of several that fit none is taken. */
export function versionAmong(choices: readonly TicketChoice[], version: string, product: string): string | undefined {
  const wanted = version.trim();
  if (wanted === '') return undefined;
  const exact = choices.filter(({ label }) => label.trim() === wanted);
  const same = bare(wanted, product);
  const found = exact.length > 0 ? exact : choices.filter(({ label }) => bare(label, product) === same);
  return found.length === 1 ? found[0]?.value : undefined;
}

/** A version's name without the product's, and without a word for "version" before its number. */
function bare(name: string, product: string): string {
  const own = product.trim().toLowerCase();
  const rest = name.toLowerCase();
  return (own === '' ? rest : rest.replaceAll(own, ' '))
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '')
    .replace(/^(?:version|ver|v|版本)[\s.:：]*(?=\d)/, '');
}
