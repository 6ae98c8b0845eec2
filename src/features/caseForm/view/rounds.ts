/** What earlier rounds captured at a step: to be read and copied, never counted for this one. */
import * as l10n from '@vscode/l10n';
import type { CaseState } from '../../../domain/case/state';
import { type ActionDef, homeOf, type Procedure } from '../../../domain/sop/procedure';
import { capturedList } from './captured';
import { el } from '../../../platform/view/dom';
import { when } from './l10n';

export function actionsOf(procedure: Procedure, step: string): readonly ActionDef[] {
  return Object.values(procedure.actions).filter((action) => homeOf(action) === step);
}

export function earlierRounds(procedure: Procedure, state: CaseState, step: string): HTMLElement[] {
  return state.rounds.toReversed().flatMap((round) => {
    const lists = actionsOf(procedure, step).flatMap(
      (action) => capturedList(action.fields, round.values[action.name]) ?? [],
    );
    if (lists.length === 0) return [];
    const ended = when(round.ended.at);
    const title =
      round.reason === ''
        ? l10n.t('Round {0}, ended on {1}', round.round, ended)
        : l10n.t('Round {0}, ended on {1}: {2}', round.round, ended, round.reason);
    return [el('details', { class: 'more', 'data-fold': `round-${round.round}` }, el('summary', {}, title), ...lists)];
  });
}

/** Something was captured at this step, in this round or in an earlier one. */
export function hasRecords(procedure: Procedure, state: CaseState, step: string): boolean {
  return actionsOf(procedure, step).some(
    ({ name }) => state.values[name] !== undefined || state.rounds.some((round) => round.values[name] !== undefined),
  );
}
