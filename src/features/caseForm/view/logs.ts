/** What was logged at a step: follow-ups, talks, status checks, attempts. */
import * as l10n from '@vscode/l10n';
import type { Attempt, CaseState } from '../../../domain/case/state';
import { requestStatuses } from '../../../domain/sop/fields';
import { reproduceFields } from '../../../domain/sop/issueDiagnosis';
import { personName } from '../../../domain/person';
import { capturedList, textElement, valueText } from './captured';
import { el } from '../../../platform/view/dom';
import { dotted, text, when } from './l10n';

interface LogEntry {
  readonly head: string;
  readonly body: string;
  readonly foot: string;
}

function log(name: string, title: string, entries: readonly LogEntry[]): HTMLElement | undefined {
  if (entries.length === 0) return undefined;
  const items = entries
    .toReversed()
    .map((entry) =>
      el(
        'li',
        {},
        el('div', { class: 'quiet' }, entry.head),
        entry.body !== '' && textElement(entry.body),
        entry.foot !== '' && el('div', { class: 'quiet' }, entry.foot),
      ),
    );
  return el('section', { class: 'log-list', 'data-log': name }, el('h3', {}, title), el('ul', {}, ...items));
}

/** @returns the logs that belong above the forms of this step, newest first: the last word is what counts */
export function logsAt(step: string, state: CaseState): HTMLElement[] {
  const logs =
    state.kind === 'issue'
      ? [step === '3.2' && followUps(state)]
      : [(step === '2.2' || step === '3.1') && talks(state), (step === '3.1' || step === '3.2') && checks(state)];
  return logs.filter((entry): entry is HTMLElement => entry !== false && entry !== undefined);
}

function followUps(state: CaseState): HTMLElement | undefined {
  return log(
    'followUps',
    l10n.t('Follow-ups'),
    state.followUps.map((entry) => ({
      head: dotted([when(entry.at), entry.group, personName(entry.by), ...roundPart(state, entry.round)]),
      body: entry.content,
      foot: entry.nextAt === undefined ? '' : l10n.t('next: {0}', when(entry.nextAt)),
    })),
  );
}

function talks(state: CaseState): HTMLElement | undefined {
  return log(
    'talks',
    l10n.t('Talks with the manager'),
    state.talks.map((entry) => ({
      head: dotted([when(entry.at), personName(entry.by), ...roundPart(state, entry.round)]),
      body: entry.content,
      foot: '',
    })),
  );
}

function checks(state: CaseState): HTMLElement | undefined {
  return log(
    'checks',
    l10n.t('Status so far'),
    state.checks.map((entry) => {
      const status = requestStatuses.find((option) => option.value === entry.status);
      const words = [status ? text(status.label) : entry.status, entry.version].filter((part) => part !== '');
      return {
        head: dotted([when(entry.at), personName(entry.by), ...roundPart(state, entry.round)]),
        body: [words.join(' '), entry.reason].filter((part) => part !== '').join('\n'),
        foot: dotted([
          entry.told ? l10n.t('the customer was told') : l10n.t('not told to the customer'),
          ...(entry.nextAt === '' ? [] : [l10n.t('next: {0}', when(entry.nextAt))]),
        ]),
      };
    }),
  );
}

const roundPart = (state: CaseState, round: number): string[] => (state.round > 1 ? [l10n.t('round {0}', round)] : []);

export function attemptTitle(attempt: Attempt): string {
  const { reproduced, attempts, outcome } = attempt.values;
  const field = reproduceFields.find((candidate) => candidate.key === 'outcome');
  const counts =
    typeof reproduced === 'number' && typeof attempts === 'number' ? l10n.t('{0} of {1}', reproduced, attempts) : '';
  return dotted([valueText(field, outcome), counts, when(attempt.at)]);
}

export function attemptDetails(attempt: Attempt): HTMLElement | undefined {
  return capturedList(reproduceFields, attempt.values);
}
