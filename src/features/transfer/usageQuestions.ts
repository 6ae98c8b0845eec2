/** Which columns hold the figures, where they come from and why they may be used: one question after the other. */
import * as vscode from 'vscode';
import { type DateOrder, orderOf } from '../../domain/transfer/dates';
import type { Sheet } from '../../domain/transfer/files';
import type { Table } from '../../domain/transfer/table';
import { guessUsage, usageLabels, type UsageMapping } from '../../domain/transfer/usage';
import { local } from '../../platform/language';
import { type Answer, answered, askText, type Frame, framed } from '../../platform/steps';

export type Origin = Pick<UsageMapping, 'source' | 'legalBasis'>;

export interface UsageSaid {
  readonly table: Table;
  readonly mapping: UsageMapping;
  readonly order: DateOrder;
}

type Column = keyof typeof usageLabels;
type Step = 'sheet' | Column | 'order' | keyof Origin;

interface Choice extends vscode.QuickPickItem {
  readonly value: string;
}

const EMPTY: Table = { headers: [], rows: [] };

export class UsageQuestions {
  #table: Table;
  #mapping: UsageMapping;
  #order: DateOrder | undefined;

  constructor(
    private readonly sheets: readonly Sheet[],
    private readonly origin: Partial<Origin>,
  ) {
    this.#table = sheets[0]?.table ?? EMPTY;
    this.#mapping = { ...guessUsage(this.#table), ...origin };
  }

  /** @returns undefined where it was left */
  async run(): Promise<UsageSaid | undefined> {
    for (let at = 0; at < this.#steps().length;) {
      const step = this.#steps()[at];
      if (step === undefined) break;
      const answer = await this.#ask(step);
      if (answer.is === 'gone') return undefined;
      at += answer.is === 'back' ? -1 : 1;
    }
    return { table: this.#table, mapping: this.#mapping, order: this.#order ?? 'dmy' };
  }

  #steps(): readonly Step[] {
    return [
      ...(this.sheets.length > 1 ? (['sheet'] as const) : []),
      'customer',
      'period',
      ...(this.#orderFound() === 'either' ? (['order'] as const) : []),
      'logins',
      'coreUses',
      'source',
      'legalBasis',
    ];
  }

  /** What the dates say themselves about day and month. */
  #orderFound() {
    const column = this.#table.headers.indexOf(this.#mapping.period);
    const found = orderOf(this.#table.rows.map((row) => row[column] ?? ''));
    if (found === 'dmy' || found === 'mdy') this.#order = found;
    return found;
  }

  #frame(step: Step, placeholder: string): Frame {
    const steps = this.#steps();
    const title = vscode.l10n.t('Import Usage Figures');
    return { title, step: steps.indexOf(step) + 1, of: steps.length, placeholder };
  }

  #ask(step: Step): Promise<Answer<unknown>> {
    switch (step) {
      case 'sheet':
        return this.#askSheet();
      case 'order':
        return this.#askOrder();
      case 'source':
        return this.#askOrigin(
          step,
          vscode.l10n.t('Where do the figures come from?'),
          vscode.l10n.t('e.g. login statistics of the management console, exported on 1 October'),
        );
      case 'legalBasis':
        return this.#askOrigin(
          step,
          vscode.l10n.t('On what legal basis may they be used?'),
          vscode.l10n.t('e.g. clause 7 of the service contract, or the consent of the customer'),
        );
      case 'customer':
      case 'period':
      case 'logins':
      case 'coreUses':
        return this.#askColumn(step);
    }
  }

  async #askSheet(): Promise<Answer<Choice>> {
    const pick = framed<Choice>(this.#frame('sheet', vscode.l10n.t('Which sheet holds the figures?')));
    pick.items = this.sheets.map(({ name, table }, index) => ({
      label: name,
      description: vscode.l10n.t('rows: {0}, columns: {1}', table.rows.length, table.headers.length),
      value: String(index),
    }));
    const answer = await answered(pick);
    const table = answer.is === 'item' ? this.sheets[Number(answer.item.value)]?.table : undefined;
    if (table && table !== this.#table) {
      this.#table = table;
      this.#mapping = { ...guessUsage(table), ...this.origin };
    }
    return answer;
  }

  async #askColumn(column: Column): Promise<Answer<Choice>> {
    const { headers, rows } = this.#table;
    const placeholder = vscode.l10n.t('Which column says: {0}?', local(usageLabels[column]));
    const pick = framed<Choice>(this.#frame(column, placeholder));
    const example = (index: number) => rows.map((row) => row[index]?.trim() ?? '').find((cell) => cell !== '') ?? '';
    const columns = headers.flatMap((header, index): Choice[] =>
      header.trim() === ''
        ? []
        : [{ label: header, description: vscode.l10n.t('e.g. {0}', example(index).slice(0, 60)), value: header }],
    );
    const isOptional = column === 'logins' || column === 'coreUses';
    const none: Choice = { label: vscode.l10n.t('$(dash) No such column'), value: '' };
    pick.items = isOptional ? [...columns, none] : columns;
    pick.activeItems = pick.items.filter(({ value }) => value === this.#mapping[column]);
    const answer = await answered(pick, ({ value }) => {
      if (column !== 'coreUses' || value !== '' || this.#mapping.logins !== '') return true;
      pick.placeholder = vscode.l10n.t('A column for logins or for uses of core features is needed');
      return false;
    });
    if (answer.is === 'item') this.#mapping = { ...this.#mapping, [column]: answer.item.value };
    return answer;
  }

  async #askOrder(): Promise<Answer<Choice & { readonly order: DateOrder }>> {
    const placeholder = vscode.l10n.t('The dates can be read both ways. Which comes first?');
    const pick = framed<Choice & { readonly order: DateOrder }>(this.#frame('order', placeholder));
    pick.items = [
      { label: vscode.l10n.t('Day first: 31/12/2026'), value: 'dmy', order: 'dmy' },
      { label: vscode.l10n.t('Month first: 12/31/2026'), value: 'mdy', order: 'mdy' },
    ];
    const answer = await answered(pick);
    if (answer.is === 'item') this.#order = answer.item.order;
    return answer;
  }

  #askOrigin(step: keyof Origin, prompt: string, placeholder: string): Promise<Answer<string>> {
    const typed = (text: string) => (this.#mapping = { ...this.#mapping, [step]: text });
    return askText(
      this.#frame(step, placeholder),
      {
        value: this.#mapping[step],
        prompt,
        check: (text) =>
          text.trim() === '' ? vscode.l10n.t('The report names it: it cannot be left out.') : undefined,
      },
      typed,
    );
  }
}
