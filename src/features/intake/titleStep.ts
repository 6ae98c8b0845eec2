/** The first step: what was reported. While it is typed, what reads alike stands below, to be opened instead. */
import * as vscode from 'vscode';
import type { CaseKind } from '../../domain/case/state';
import { statusWords, stepWords } from '../../domain/caseWords';
import { findSimilar, nothingSimilar, type Similar } from '../../domain/intake/similar';
import type { Unfinished } from '../../domain/intake/newCase';
import { readQuickLine } from '../../domain/intake/quickLine';
import { looksLikeReport } from '../../domain/intake/readReport';
import type { Casebook, FoundArticle, FoundCase } from '../../domain/ports';
import { local, shortDate } from '../../platform/language';
import { type Answer, answered, type Frame, framed } from '../../platform/steps';

export type TitleItem = vscode.QuickPickItem &
  (
    | { readonly is: 'record'; readonly line: string }
    | { readonly is: 'case'; readonly found: FoundCase; readonly line: string }
    | { readonly is: 'article'; readonly found: FoundArticle; readonly line: string }
    | { readonly is: 'unfinished'; readonly target: string }
    | { readonly is: 'paste' }
    | { readonly is: 'form' }
    | { readonly is: 'join'; readonly found: FoundCase; readonly line: string }
  );

export interface TitleStep {
  readonly kind: CaseKind;
  readonly frame: Frame;
  readonly line: string;
  readonly unfinished: readonly Unfinished[];
  /** Absolute paths of the articles that the new case will be linked with. */
  readonly linked: Map<string, FoundArticle>;
  readonly typed: (line: string) => void;
  /** A text of several lines was pasted into the box. @returns the line that stands for it */
  readonly pasted: (text: string) => string;
  readonly failed: (error: unknown) => void;
}

type Ports = Pick<Casebook, 'finder' | 'settings' | 'store'>;

/** Milliseconds after the last key until similar cases are asked for. */
const DELAY = 80;
/** Characters that appear at once only when they are pasted. */
const PASTED = 30;
const MOST_UNFINISHED = 5;

export async function askTitle(ports: Ports, step: TitleStep): Promise<Answer<TitleItem>> {
  const pick = framed<TitleItem>(step.frame);
  pick.matchOnDescription = false;
  const join: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('git-merge'),
    tooltip: vscode.l10n.t('It is this one: add what was typed to it as a note'),
  };
  const link: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('link'),
    tooltip: vscode.l10n.t('Link it with the new case, or not'),
  };
  let similar: Similar = nothingSimilar;
  let shown = '';
  const show = () => {
    const active = pick.activeItems[0];
    const items = itemsFor(ports, step, pick.value, similar, { join, link });
    const reads = JSON.stringify([pick.value, ...items.map((item) => [keyOf(item), item.label, item.description])]);
    // set anew, the same entries would lead somebody who just went down in them back to the first
    if (reads === shown) return;
    shown = reads;
    pick.items = items;
    // what arrives while somebody looks at an entry leaves him there
    const same = active && active.is !== 'record' ? items.find((item) => keyOf(item) === keyOf(active)) : undefined;
    if (same ?? items[0]) pick.activeItems = [same ?? (items[0] as TitleItem)];
  };
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const search = async (line: string) => {
    asked += 1;
    const question = asked;
    const { title } = readQuickLine(line, ports.settings.current(), ports.store.summaries());
    pick.busy = true;
    const answer = await findSimilar(ports.finder, { text: title }).catch((error: unknown) => {
      step.failed(error);
      return nothingSimilar;
    });
    // what was found for less of the title stays until something newer is there
    if (question !== asked) return;
    pick.busy = false;
    similar = answer;
    show();
  };
  // the first question begins the index; what it reads is found from then on
  const more = ports.finder.onDidChange(() => void search(pick.value));
  let before = step.line;
  pick.onDidChangeValue((line) => {
    const isLeap = line.length - before.length >= PASTED;
    before = line;
    if (isLeap) {
      void pastedText(line).then((text) => {
        if (text === undefined) return;
        before = step.pasted(text);
        pick.value = before;
        show();
        void search(before);
      });
    }
    step.typed(line);
    show();
    clearTimeout(timer);
    timer = setTimeout(() => void search(line), DELAY);
  });
  // all of it before it is shown: a value that came later would take away what was typed meanwhile
  pick.value = step.line;
  show();
  const answer = new Promise<Answer<TitleItem>>((resolve) => {
    pick.onDidTriggerItemButton(({ item, button }) => {
      if (item.is === 'article' && button === link) {
        if (!step.linked.delete(item.found.id)) step.linked.set(item.found.id, item.found);
        show();
      } else if (item.is === 'case' && button === join) {
        resolve({ is: 'item', item: { ...item, is: 'join' } });
        pick.hide();
      }
    });
    void answered(pick).then(resolve);
  });
  if (step.line !== '') void search(step.line);
  return answer.finally(() => {
    clearTimeout(timer);
    more.dispose();
  });
}

/** The box takes the line breaks out of what is pasted into it; the clipboard still has them. */
async function pastedText(line: string): Promise<string | undefined> {
  const text = await vscode.env.clipboard.readText();
  const flat = (each: string) => each.replace(/\s+/g, '');
  return looksLikeReport(text) && flat(line).includes(flat(text)) ? text : undefined;
}

function keyOf(item: TitleItem): string {
  return 'found' in item ? item.found.id : item.is;
}

interface ItemButtons {
  readonly join: vscode.QuickInputButton;
  readonly link: vscode.QuickInputButton;
}

function itemsFor(ports: Ports, step: TitleStep, line: string, similar: Similar, buttons: ItemButtons): TitleItem[] {
  const { kind, unfinished, linked } = step;
  const { title, intake } = readQuickLine(line, ports.settings.current(), ports.store.summaries());
  if (line.trim() === '') {
    const begun = unfinished.slice(0, MOST_UNFINISHED).map(({ title: name, savedAt, target }): TitleItem => ({
      is: 'unfinished',
      label: `$(edit) ${vscode.l10n.t('Unfinished: “{0}”', name || vscode.l10n.t('Untitled'))}`,
      description: vscode.l10n.t('draft of {0}', shortDate(savedAt)),
      target,
    }));
    const form = vscode.l10n.t('Record in the full form');
    const paste = vscode.l10n.t('Paste a chat or mail from the clipboard');
    return [{ is: 'paste', label: `$(clippy) ${paste}` }, { is: 'form', label: `$(list-selection) ${form}` }, ...begun];
  }
  const named = [intake.customer, intake.product, intake.version].filter((each) => each !== undefined).join(' · ');
  const record = kind === 'issue' ? vscode.l10n.t('Record this issue') : vscode.l10n.t('Record this request');
  const caseItem = (found: FoundCase, icon: string): TitleItem => ({
    is: 'case',
    label: `$(${icon}) ${found.title}`,
    description: [
      local(found.case.status === 'open' ? stepWords(found.case) : statusWords[found.case.status]),
      found.case.customer,
      [found.case.product, found.case.version].filter((each) => each !== '').join(' '),
    ]
      .filter((each) => each !== '')
      .join(' · '),
    alwaysShow: true,
    buttons: [buttons.join],
    found,
    line,
  });
  return [
    // the title alone in the label: it begins as the box reads, so it stands above everything else that matches
    {
      is: 'record',
      label: `$(add) ${title || line.trim()}`,
      description: [record, named].filter((each) => each !== '').join(' · '),
      alwaysShow: true,
      line,
    },
    ...similar.open.map((found) => caseItem(found, 'circle-large-outline')),
    ...similar.solved.map((found) => caseItem(found, 'pass')),
    ...similar.articles.map((found): TitleItem => ({
      is: 'article',
      label: `$(${linked.has(found.id) ? 'link' : 'book'}) ${found.title}`,
      description: linked.has(found.id)
        ? vscode.l10n.t('article, to be linked with the new case')
        : vscode.l10n.t('article'),
      alwaysShow: true,
      buttons: [buttons.link],
      found,
      line,
    })),
  ];
}
