/** What the arrangement of the Cases view is called. */
import * as vscode from 'vscode';
import { statusWords, urgencyWords, waitingWords } from '../../domain/caseWords';
import { personName } from '../../domain/person';
import { procedureOf } from '../../domain/sop/engine';
import { local } from '../../platform/language';
import { type Condition, daysOf, type Facet, sameConditions } from './facets';
import type { Grouping } from './groups';
import { builtIn, type SavedFilter } from './savedFilters';
import type { Sorting } from './sorting';

export function groupingWord(grouping: Grouping): string {
  switch (grouping) {
    case 'stage':
      return vscode.l10n.t('Stage of the procedure');
    case 'urgency':
      return vscode.l10n.t('Urgency');
    case 'customer':
      return vscode.l10n.t('Customer');
    case 'owner':
      return vscode.l10n.t('Owner');
    case 'version':
      return vscode.l10n.t('Product and version');
    case 'kind':
      return vscode.l10n.t('Issue or request');
    case 'problemType':
      return vscode.l10n.t('Problem type');
    case 'tag':
      return vscode.l10n.t('Tag');
    case 'none':
      return vscode.l10n.t('No groups');
  }
}

export function sortingWord(sorting: Sorting): string {
  switch (sorting) {
    case 'due':
      return vscode.l10n.t('What is due first');
    case 'changed':
      return vscode.l10n.t('Last changed');
    case 'received':
      return vscode.l10n.t('Last received');
    case 'urgency':
      return vscode.l10n.t('Urgency');
    case 'customer':
      return vscode.l10n.t('Customer');
  }
}

export function facetWord(facet: Facet): string {
  switch (facet) {
    case 'mine':
    case 'owner':
      return vscode.l10n.t('Owner');
    case 'status':
      return vscode.l10n.t('Status');
    case 'due':
    case 'urgency':
    case 'trouble':
      return vscode.l10n.t('Attention');
    case 'waitingOn':
      return vscode.l10n.t('Waiting');
    case 'stage':
      return vscode.l10n.t('Stage of the procedure');
    case 'kind':
      return vscode.l10n.t('Kind');
    case 'tag':
      return vscode.l10n.t('Tag');
    case 'problemType':
      return vscode.l10n.t('Problem type');
    case 'channel':
      return vscode.l10n.t('Channel');
    case 'customer':
      return vscode.l10n.t('Customer');
    case 'version':
      return vscode.l10n.t('Product and version');
    case 'received':
      return vscode.l10n.t('Received');
  }
}

/** Elsewhere they stand within a line. */
const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** @param value anything: it may come out of the settings */
export function conditionWord({ facet, value }: Condition): string {
  const known = <Key extends string, Entry>(entries: Readonly<Record<Key, Entry>>, key: string) =>
    Object.hasOwn(entries, key) ? entries[key as Key] : undefined;
  switch (facet) {
    case 'mine':
      return vscode.l10n.t('Mine');
    case 'due':
      return vscode.l10n.t('Overdue');
    case 'status': {
      const words = known(statusWords, value);
      return words ? local(words) : value;
    }
    case 'urgency':
      return local(urgencyWords(value)) || value;
    case 'waitingOn': {
      const words = known(waitingWords, value);
      return words ? capital(local(words)) : value;
    }
    case 'trouble':
      return value === 'conflict' ? vscode.l10n.t('In conflict') : vscode.l10n.t('With unreadable lines');
    case 'stage':
      return stageWord(value);
    case 'kind':
      return local(procedureOf(value === 'issue' ? 'issue' : 'request').name);
    case 'owner':
      return value === '' ? vscode.l10n.t("Nobody's") : personName(value);
    case 'received':
      return periodWord(value);
    case 'tag':
    case 'problemType':
    case 'channel':
    case 'customer':
    case 'version':
      return value;
  }
}

function stageWord(key: string): string {
  const [kind, id] = key.split('-');
  const procedure = procedureOf(kind === 'request' ? 'request' : 'issue');
  const stage = procedure.stages.find((each) => each.id === id);
  if (!stage) return key;
  const name = `${stage.id} ${local(stage.name)}`;
  return kind === 'request' ? vscode.l10n.t('Request: {0}', name) : name;
}

function periodWord(period: string): string {
  const range = daysOf(period);
  if (!range) {
    const days = Number(/\d+/.exec(period)?.[0] ?? 0);
    return days === 1 ? vscode.l10n.t('In the last 24 hours') : vscode.l10n.t('In the last {0} days', days);
  }
  if (range.from === '') return vscode.l10n.t('Until {0}', range.to);
  return range.to === '' ? vscode.l10n.t('Since {0}', range.from) : vscode.l10n.t('{0} to {1}', range.from, range.to);
}

/** What the view says above the list while a filter is on; a filter with a name is called by it. */
export function filterMessage(
  filter: readonly Condition[],
  saved: readonly SavedFilter[],
  shown: number,
  total: number,
): string | undefined {
  if (filter.length === 0) return undefined;
  const named = [...saved, ...builtIn.map(({ label, conditions }) => ({ name: local(label), conditions }))];
  const name = named.find(({ conditions }) => sameConditions(conditions, filter))?.name;
  const words = name ?? filter.map(conditionWord).join(', ');
  return vscode.l10n.t('Filter: {0} ({1} of {2} cases)', words, shown, total);
}
