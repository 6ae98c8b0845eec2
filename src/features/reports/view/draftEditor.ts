/** One of the engineer's texts: lines that are drafted from the figures, and are theirs to change. */
import * as l10n from '@vscode/l10n';
import { button, link, setDisabled } from '../../../platform/view/controls';
import { el, place } from '../../../platform/view/dom';
import type { PageDraft, PageLine } from '../pageDocument';
import { DraftLineView, type LineActions } from './draftLine';
import type { ShowCases } from './figure';

export interface TypedLine {
  readonly key: string;
  readonly text: string;
}

export interface DraftActions {
  readonly showCases: ShowCases;
  readonly edit: (lines: readonly TypedLine[]) => void;
  /** Drafts that were taken out. */
  readonly restore: () => void;
  /** For everybody who does not see it. */
  readonly say: (message: string) => void;
}

/** Milliseconds after the last key. */
const PAUSE = 250;

export class DraftEditor implements LineActions {
  readonly element: HTMLElement;
  private lines: DraftLineView[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Changes that the host has got and not answered yet: what it answered before them is behind. */
  private unanswered = 0;
  private readonly list = el('ol', { class: 'draftLines' });
  private readonly empty = el('p', { class: 'quiet' });
  private readonly ways = el('div', { class: 'draftWays' });
  private readonly adder: HTMLElement;

  constructor(
    private draft: PageDraft,
    private readonly readOnly: boolean,
    private readonly actions: DraftActions,
  ) {
    const pressed = () => this.insert(this.lines.length);
    this.adder = button({ label: l10n.t('Add a line'), look: 'secondary', icon: 'add', does: 'addLine', pressed });
    setDisabled(this.adder, readOnly);
    this.element = el('div', { class: 'draft', 'data-draft': draft.id }, this.list, this.empty, this.ways);
    this.show(draft);
  }

  /** A change was written, or could not be. */
  answered(draft?: PageDraft): void {
    this.unanswered = Math.max(0, this.unanswered - 1);
    if (draft && this.unanswered === 0) this.show(draft);
  }

  /** As the host has it. What is being typed stays. */
  show(draft: PageDraft): void {
    this.draft = draft;
    this.unanswered = 0;
    if (this.timer === undefined) {
      const known = new Map(this.lines.map((line) => [line.key, line]));
      this.lines = draft.lines.map((line) => {
        const view = known.get(line.key) ?? this.lineView(line);
        view.show(line);
        return view;
      });
    }
    this.arrange();
  }

  /** Sends what was typed at once. */
  flush(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.unanswered += 1;
    this.actions.edit(this.typed());
  }

  changed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  showCases(line: PageLine): void {
    if (line.cases) this.actions.showCases(line.cases, `${this.draft.title} · ${line.text}`);
  }

  addAfter(line: DraftLineView): void {
    this.insert(this.lines.indexOf(line) + 1);
  }

  move(line: DraftLineView, by: -1 | 1): void {
    const from = this.lines.indexOf(line);
    const to = from + by;
    if (to < 0 || to >= this.lines.length) return;
    this.lines.splice(from, 1);
    this.lines.splice(to, 0, line);
    this.arrange();
    this.changed();
    line.focusMover(by);
    this.actions.say(l10n.t('Line {0} of {1}', to + 1, this.lines.length));
  }

  remove(line: DraftLineView): void {
    const index = this.lines.indexOf(line);
    this.lines.splice(index, 1);
    this.arrange();
    this.changed();
    const next = this.lines[index] ?? this.lines[index - 1];
    if (next) next.focus();
    else this.adder.focus();
    this.actions.say(l10n.t('The line is taken out'));
  }

  private lineView(line: PageLine): DraftLineView {
    return new DraftLineView(line, `${this.draft.id}-${line.key}`, this.readOnly, this);
  }

  private restore(): void {
    this.flush();
    this.unanswered += 1;
    // the way back goes with the last draft that is back
    this.adder.focus();
    this.actions.restore();
  }

  private insert(index: number): void {
    const line = this.lineView({ key: this.ownKey(), text: '', isEdited: true });
    this.lines.splice(index, 0, line);
    this.arrange();
    line.focus();
  }

  private ownKey(): string {
    const known = new Set(this.lines.map(({ key }) => key));
    for (let number = 1; ; number += 1) if (!known.has(`own:${number}`)) return `own:${number}`;
  }

  private typed(): TypedLine[] {
    return this.lines.map(({ key, text }) => ({ key, text }));
  }

  private arrange(): void {
    const { lines, draft } = this;
    place(
      this.list,
      lines.map(({ element }) => element),
    );
    for (const [index, line] of lines.entries()) line.placed(index, lines.length);
    this.empty.textContent = draft.empty;
    this.empty.hidden = lines.length > 0;
    const restore = l10n.t('Bring back the drafts that were taken out ({0})', draft.removed);
    place(this.ways, [
      this.adder,
      ...(draft.removed > 0 && !this.readOnly ? [link(restore, () => this.restore())] : []),
    ]);
  }
}
