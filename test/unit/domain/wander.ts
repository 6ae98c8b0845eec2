/** Random work on a case: mostly what could be done well just now, with mistakes, junk and detours between. */
import * as fc from 'fast-check';
import { type Act, actionsNow, excusableCodes, procedureOf } from '../../../src/domain/sop/engine';
import { stepsToGoBackTo } from '../../../src/domain/sop/general';
import type { ActionDef } from '../../../src/domain/sop/procedure';
import { MINUTE, type Pick, type Play, type Raw, usualAction, usualValues } from './play';

export interface Turn {
  /** 0-99: which sort of thing is done. */
  readonly way: number;
  readonly seed: number;
  readonly junk: unknown;
  /** Only these actions are done, by themselves or as corrections. */
  readonly focus?: readonly string[];
}

export const turn: fc.Arbitrary<Turn> = fc.record({
  way: fc.nat(99),
  seed: fc.nat(),
  junk: fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>('', ' ', null, true, 0, [], {}, '2026-11-01T00:00:00Z'),
  ),
});

function pickFrom(seed: number): Pick {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    return (state >>> 8) % Math.max(1, below);
  };
}

const oneOf = <T>(pick: Pick, choices: readonly T[]): T | undefined => choices[pick(choices.length)];

function junkFor(definition: ActionDef, play: Play, pick: Pick, junk: unknown): Raw {
  const usual = usualValues(definition, play.state, play.now, pick);
  const keys = definition.fields.map((field) => field.key);
  // some of the fields are broken, some left out, the rest is as it should be
  const broken = Object.entries(usual).flatMap(([key, value]): [string, unknown][] => {
    const fate = pick(5);
    if (fate === 0) return [];
    return [[key, fate === 1 ? junk : value]];
  });
  return { ...Object.fromEntries(broken), ...(pick(4) === 0 ? { [oneOf(pick, keys) ?? 'x']: null } : {}) };
}

/** The next thing that somebody wants to do; the guards may refuse it. */
export function nextAct(play: Play, { way, seed, junk, focus }: Turn): Act {
  const pick = pickFrom(seed);
  const { state } = play;
  const procedure = procedureOf(state.kind);
  const all = Object.values(procedure.actions);
  const usual = (definition: ActionDef): Raw => usualValues(definition, state, play.now, pick);
  const anyAction = oneOf(pick, all) ?? play.definition('note');
  if (focus) {
    const definition = play.definition(oneOf(pick, focus) ?? 'note');
    const values = usual(definition);
    const target = { for: definition.name, values: { ...values, reason: 'it was wrong' } };
    return definition.correctable && pick(2) === 0
      ? { action: 'correct', ...target }
      : { action: definition.name, values };
  }
  if (way < 45 && state.status === 'open') {
    const definition = play.definition(usualAction(state));
    return { action: definition.name, values: usual(definition) };
  }
  if (way < 65) {
    const now = actionsNow(state, play.context).map(({ definition }) => definition);
    // the ways out end the story: they come seldom
    const inside = now.filter(({ name }) => !['withdraw', 'merge', 'convert'].includes(name) || pick(12) === 0);
    const definition = oneOf(pick, inside) ?? anyAction;
    return { action: definition.name, values: usual(definition) };
  }
  if (way < 72) return { action: anyAction.name, values: junkFor(anyAction, play, pick, junk) };
  if (way < 78) {
    const own = actionsNow(state, play.context).filter(({ definition }) => definition.keeps);
    const definition = oneOf(pick, own)?.definition ?? anyAction;
    return { action: 'save', for: definition.name, values: junkFor(definition, play, pick, junk) };
  }
  if (way < 84) {
    const definition =
      oneOf(
        pick,
        all.filter((action) => action.correctable),
      ) ?? anyAction;
    const { reason: _reason, ...values } = pick(2) === 0 ? usual(definition) : junkFor(definition, play, pick, junk);
    return { action: 'correct', for: definition.name, values: { ...values, reason: 'it was wrong' } };
  }
  if (way < 90) {
    const definition =
      pick(3) === 0 ? anyAction : play.definition(state.status === 'open' ? usualAction(state) : 'note');
    const codes = [
      ...excusableCodes(definition).filter(() => pick(2) === 0),
      ...(pick(9) === 0 ? ['not-verified'] : []),
    ];
    return { action: 'excuse', for: definition.name, values: { codes, reason: 'it could not be had' } };
  }
  if (way < 93) {
    const to = pick(4) === 0 ? `${pick(6)}.${pick(3)}` : oneOf(pick, stepsToGoBackTo(state));
    return { action: 'goBack', values: { to: to ?? '1.1', reason: 'looked again' } };
  }
  if (way < 97 && state.conflicts.length > 0) {
    const conflict = oneOf(pick, state.conflicts);
    return { action: 'settle', values: { event: conflict?.event, choice: oneOf(pick, ['keep', 'take']) } };
  }
  return {
    action: pick(2) === 0 ? JSON.stringify(junk) : anyAction.name,
    values: typeof junk === 'object' ? { ...junk } : {},
  };
}

/** Does the turns one after another; `each` is called after every event that was written. */
export function wander(play: Play, turns: readonly Turn[], each?: (play: Play) => void): Play {
  if (play.events.length === 0) {
    const intake = play.definition(procedureOf(play.kind).intake);
    const seed = turns[0]?.seed ?? 0;
    play.tries({ action: 'open', values: usualValues(intake, play.state, play.now, pickFrom(seed)) });
  }
  for (const next of turns) {
    play.wait((next.seed % 600) * MINUTE);
    if (play.tries(nextAct(play, next))) each?.(play);
  }
  return play;
}
