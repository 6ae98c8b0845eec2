/** Beside the form: what was reported before and reads alike, to be opened, linked or gone on with. */
import * as l10n from '@vscode/l10n';
import { OPENING } from '../../../domain/intake/newCase';
import { barrier } from '../../../domain/sop/engine';
import { textOf } from '../../../domain/sop/field';
import { findAction, isBefore } from '../../../domain/sop/procedure';
import { button, link } from '../../../platform/view/controls';
import type { SimilarEntry, SimilarHere } from '../protocol';
import type { App } from './app';
import { el, place } from '../../../platform/view/dom';
import { dotted } from './l10n';
import { allValues } from './formValues';
import { actionSpec, openingSpec } from './formSpec';
import { type Link, linksField, linksIn, withLinkTurned } from './newLinks';

/** Milliseconds after the last key. */
const DELAY = 250;
/** The last step at which a colleague's answer still spares the work. */
const LAST_STEP = '2.1';

export class SimilarPanel {
  readonly element = el('section', { class: 'side similar', 'data-side': 'similar', 'aria-live': 'polite' });
  /** Below the title: how many there are, and the way to them where they stand far below. */
  readonly hint = el('p', { class: 'similarHint', role: 'status' });
  private found: SimilarHere = { open: [], solved: [], articles: [] };
  private asked = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly app: App,
    /** The report is about this case. */
    private readonly joined: (id: string) => void,
  ) {}

  /** Of a case that isn't recorded yet; they are written once it is. */
  get links(): readonly Link[] {
    return this.app.page.mode === 'new' ? linksIn(this.app.drafts.of(OPENING)) : [];
  }

  private isChosen(path: string): boolean {
    return this.links.some((chosen) => chosen.path === path);
  }

  get isShown(): boolean {
    const { mode, state } = this.app.page;
    return mode === 'new' || (state.status === 'open' && !isBefore(LAST_STEP, state.step));
  }

  /** Something was typed, or the case went on. */
  changed(): void {
    if (!this.isShown) return;
    const text = this.text();
    this.draw();
    if (text === this.asked) return;
    this.asked = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(text), DELAY);
  }

  /** More is indexed by now. */
  again(): void {
    if (this.isShown && this.asked !== '') void this.ask(this.asked);
  }

  private async ask(text: string): Promise<void> {
    const found = await this.app.ask({ about: 'similar', text, exclude: this.app.page.state.id });
    // what was found for less of the text stays until something newer is there
    if (found === undefined || text !== this.asked) return;
    this.found = found;
    this.draw();
  }

  /** What the report says so far, in its own words. */
  private text(): string {
    const { page, procedure, drafts } = this.app;
    const intake = findAction(procedure, procedure.intake);
    if (!intake) return '';
    const spec = page.mode === 'new' ? openingSpec(intake) : actionSpec(intake);
    const values = allValues(spec, drafts.of(spec.key), this.app.surroundings(spec.key));
    const seen = drafts.of('reproduce').get('actual') ?? page.state.values['reproduce']?.['actual'];
    const parts = ['title', 'description', 'content'].map((key) => textOf(values, key));
    return [...parts, typeof seen === 'string' ? seen : ''].filter((part) => part.trim() !== '').join('\n');
  }

  private draw(): void {
    const { open, solved, articles } = this.found;
    const count = open.length + solved.length + articles.length;
    const groups = [
      this.group(l10n.t('Open cases'), open, 'case'),
      this.group(l10n.t('Solved cases'), solved, 'case'),
      this.group(l10n.t('Articles'), articles, 'article'),
    ].filter((group) => group !== undefined);
    const nothing = l10n.t('Cases and articles that read alike appear here while you type.');
    place(this.element, [
      el('h2', { tabindex: '-1', 'data-focus': 'similar' }, l10n.t('Similar')),
      ...(count === 0 ? [el('p', { class: 'quiet' }, nothing)] : groups),
    ]);
    this.element.hidden = !this.isShown || (count === 0 && this.app.page.mode !== 'new');
    const kinds: readonly (readonly [string, number])[] = [
      [l10n.t('Open cases'), open.length],
      [l10n.t('Solved cases'), solved.length],
      [l10n.t('Articles'), articles.length],
    ];
    const counts = kinds.filter(([, number]) => number > 0).map(([kind, number]) => `${kind} ${number}`);
    const sentence = l10n.t('Similar: {0}', dotted(counts));
    if (this.hint.dataset['says'] !== sentence) {
      this.hint.dataset['says'] = sentence;
      place(this.hint, [link(sentence, () => this.show())]);
    }
    this.hint.hidden = count === 0;
  }

  private show(): void {
    const title = this.element.querySelector('h2');
    title?.scrollIntoView({ block: 'nearest' });
    title?.focus();
  }

  private group(title: string, entries: readonly SimilarEntry[], is: 'case' | 'article'): HTMLElement | undefined {
    if (entries.length === 0) return undefined;
    const items = entries.map((entry) => (is === 'case' ? this.caseItem(entry) : this.articleItem(entry)));
    return el('div', { class: 'similarGroup' }, el('h3', {}, title), el('ul', {}, ...items));
  }

  private caseItem(entry: SimilarEntry): HTMLElement {
    const { page, procedure } = this.app;
    const merge = findAction(procedure, 'merge');
    const mayMerge = page.mode === 'new' || (merge !== undefined && barrier(merge, page.state) === undefined);
    return this.item(
      entry,
      () => this.app.send({ type: 'openCase', id: entry.id }),
      mayMerge
        ? button({
            label: l10n.t('It is this one'),
            look: 'secondary',
            does: 'join',
            pressed: () => this.joined(entry.id),
          })
        : undefined,
    );
  }

  private articleItem(entry: SimilarEntry): HTMLElement {
    const { page } = this.app;
    const isLinked = this.isChosen(entry.id) || page.state.articles.some(({ path }) => path === entry.id);
    const mayChange = page.mode === 'new' || !isLinked;
    return this.item(
      entry,
      () => this.app.send({ type: 'command', command: 'openArticle', argument: entry.id }),
      mayChange
        ? button({
            label: isLinked ? l10n.t('Linked: take it back') : l10n.t('Link'),
            look: 'secondary',
            icon: 'link',
            does: 'link',
            pressed: () => this.link(entry),
          })
        : el('span', { class: 'quiet' }, l10n.t('linked')),
    );
  }

  private item(entry: SimilarEntry, open: () => void, act: HTMLElement | undefined): HTMLElement {
    const title = link(entry.title, open);
    title.dataset['focus'] = `similar-${entry.id}`;
    if (act && this.app.page.readOnly === '') act.dataset['focus'] = `similar-act-${entry.id}`;
    return el(
      'li',
      { 'data-similar': entry.id },
      title,
      el('div', { class: 'quiet' }, entry.facts),
      el('p', { class: 'excerpt' }, ...marked(entry)),
      this.app.page.readOnly === '' && act,
    );
  }

  private link({ id, title }: SimilarEntry): void {
    if (this.app.page.mode === 'new') {
      const { drafts } = this.app;
      drafts.edit(OPENING, linksField.key, withLinkTurned(drafts.of(OPENING), { path: id, title }));
      this.draw();
      this.element.querySelector<HTMLElement>(`[data-focus="${CSS.escape(`similar-act-${id}`)}"]`)?.focus();
      this.app.say(this.isChosen(id) ? l10n.t('Linked once the case is recorded.') : l10n.t('Not linked.'));
      return;
    }
    this.app.act({ action: 'linkArticle', for: '', values: { path: id, title } }, { refused: () => undefined });
  }
}

/** The excerpt with what matched marked in it. */
function marked({ excerpt, marks }: SimilarEntry): Node[] {
  let at = 0;
  const parts: Node[] = [];
  for (const [start, end] of marks) {
    parts.push(document.createTextNode(excerpt.slice(at, start)), el('mark', {}, excerpt.slice(start, end)));
    at = end;
  }
  return [...parts, document.createTextNode(excerpt.slice(at))];
}
