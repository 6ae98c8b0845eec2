/** The page as a whole: source, preview, columns, words, dates, the trial and the import. */
import * as l10n from '@vscode/l10n';
import { say } from '../../../domain/words';
import type { Mapping } from '../../../domain/transfer/mapping';
import { button, checkbox, dropdown, radioGroup, setDisabled, textField } from '../../../platform/view/controls';
import { el, icon, keepingPlace } from '../../../platform/view/dom';
import type { FromView, ImportPage, Outcome, ToView, Trial } from '../protocol';
import { columnRows } from './columns';
import { datesPart } from './dates';
import { labelled, section } from './labelled';
import { previewTable } from './preview';
import { resultPart } from './result';
import { valueParts } from './values';

type News = Exclude<ToView, { type: 'show' }>;

export class ImportView {
  #page: ImportPage;
  #mapping: Mapping;
  #trial: Trial | undefined;
  #outcome: Outcome | undefined;
  #busy: 'no' | 'trying' | 'importing' = 'no';
  #progress = { done: 0, total: 0 };
  #failure = '';
  #saveAs: string;
  /** Changes that the host has not answered yet. */
  #unanswered = 0;
  readonly #words = el('div', { class: 'form' });
  #isLearning = true;
  readonly #form = el('div', { class: 'form' });
  readonly #foot = el('div', { class: 'foot', role: 'region' });
  readonly #live = el('div', { class: 'spoken', 'aria-live': 'polite' });

  constructor(
    root: HTMLElement,
    page: ImportPage,
    private readonly send: (message: FromView) => void,
  ) {
    this.#page = page;
    this.#mapping = page.mapping;
    this.#saveAs = page.mapping.name;
    this.#foot.setAttribute('aria-label', l10n.t('Trial and import'));
    root.replaceChildren(this.#form, this.#foot, this.#live);
    this.#draw();
  }

  receive(news: News): void {
    switch (news.type) {
      case 'look':
        this.#look(news);
        return;
      case 'tried':
        this.#busy = 'no';
        this.#trial = news.trial;
        this.#say(l10n.t('Cases that would be made: {0}', news.trial.cases));
        break;
      case 'progress':
        this.#progress = news;
        this.#drawFoot();
        return;
      case 'done':
        this.#busy = 'no';
        this.#outcome = news.outcome;
        this.#trial = undefined;
        this.#say(outcomeText(news.outcome));
        break;
      case 'saved':
        this.#page = { ...this.#page, saved: news.saved };
        this.#saveAs = news.name;
        this.#say(l10n.t('The mapping is saved as {0}.', news.name));
        break;
      case 'failed':
        this.#busy = 'no';
        this.#failure = news.message;
        break;
    }
    this.#draw();
    // what came of it stands at the end of a long page
    if (news.type === 'tried' || news.type === 'done') this.#foot.scrollIntoView({ block: 'nearest' });
  }

  /** What the host makes of a change. Columns stay as they are: one of their lists may be open by now. */
  #look({ mapping, order, lacks }: Extract<News, { type: 'look' }>): void {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    // an answer to an older change knows nothing of the newer ones
    if (this.#unanswered > 0) return;
    const isAsChosen = JSON.stringify(chosenIn(mapping)) === JSON.stringify(chosenIn(this.#mapping));
    this.#mapping = mapping;
    this.#page = { ...this.#page, mapping, order, lacks };
    if (!isAsChosen) return this.#draw();
    keepingPlace(this.#form, () => this.#drawWords());
    this.#drawFoot();
  }

  #say(text: string): void {
    this.#live.textContent = text;
  }

  #change(mapping: Mapping): void {
    this.#mapping = mapping;
    this.#trial = undefined;
    this.#outcome = undefined;
    this.#failure = '';
    this.#unanswered += 1;
    this.send({ type: 'change', mapping: mapping as unknown as Extract<FromView, { type: 'change' }>['mapping'] });
    this.#draw();
  }

  #draw(): void {
    keepingPlace(this.#form, () => {
      const { fileName, rowCount, headerRow, headers } = this.#page;
      const facts = l10n.t('rows: {0}, columns: {1}', rowCount, headers.length);
      const below = l10n.t('The headers are in row {0}; what stands above is left out.', headerRow);
      this.#form.replaceChildren(
        el('h1', {}, l10n.t('Import cases from {0}', fileName)),
        el('p', { class: 'quiet' }, headerRow === 1 ? facts : `${facts} · ${below}`),
        this.#source(),
        section(l10n.t('The first rows'), previewTable(this.#page)),
        section(
          l10n.t('Columns'),
          columnRows(this.#page, this.#mapping, (mapping) => this.#change(mapping)),
        ),
        this.#words,
      );
      this.#drawWords();
    });
    this.#drawFoot();
  }

  #drawWords(): void {
    this.#words.replaceChildren(
      section(l10n.t('Words'), ...this.#wordParts()),
      section(
        l10n.t('Dates'),
        datesPart(this.#page, this.#mapping, (mapping) => this.#change(mapping)),
      ),
    );
  }

  #source(): HTMLElement {
    const { sheets, sheet, saved } = this.#page;
    const source = textField(() => undefined);
    source.write(this.#mapping.source);
    source.element.dataset['focus'] = 'source';
    source.element.addEventListener('change', () => this.#change({ ...this.#mapping, source: source.read() }));
    const rows = radioGroup(
      [
        { value: 'case', label: l10n.t('One row is one case') },
        { value: 'change', label: l10n.t('Each row is a change of a case (an audit log)') },
      ],
      () => this.#change({ ...this.#mapping, rows: rows.read() === 'change' ? 'change' : 'case' }),
    );
    rows.write(this.#mapping.rows);
    const parts = [
      labelled(
        l10n.t('What the file comes from'),
        source,
        l10n.t('A case is known again by this name and its number.'),
      ),
      labelled(l10n.t('Rows'), rows),
    ];
    if (sheets.length > 1) {
      const chosen = dropdown(
        sheets.map((label, index) => ({ value: String(index), label: label === '' ? String(index + 1) : label })),
        () => this.send({ type: 'sheet', sheet: Number(chosen.read()) }),
      );
      chosen.write(String(sheet));
      parts.unshift(labelled(l10n.t('Sheet'), chosen));
    }
    return section(l10n.t('Where it comes from'), el('div', { class: 'fields' }, ...parts), this.#savedPart(saved));
  }

  #savedPart(saved: readonly string[]): HTMLElement {
    const parts: HTMLElement[] = [];
    if (saved.length > 0) {
      const chosen = dropdown(
        [{ value: '', label: l10n.t('(none)') }, ...saved.map((name) => ({ value: name, label: name }))],
        () => chosen.read() !== '' && this.send({ type: 'load', name: chosen.read() }),
      );
      chosen.write(saved.includes(this.#mapping.name) ? this.#mapping.name : '');
      chosen.element.dataset['focus'] = 'saved';
      parts.push(labelled(l10n.t('Saved mapping'), chosen));
    }
    const name = textField(() => {
      this.#saveAs = name.read();
      setDisabled(save, this.#saveAs.trim() === '');
    });
    name.write(this.#saveAs);
    name.element.dataset['focus'] = 'saveAs';
    const save = button({
      label: l10n.t('Save the mapping'),
      look: 'secondary',
      does: 'save',
      pressed: () => this.send({ type: 'save', name: this.#saveAs }),
    });
    save.dataset['focus'] = 'save';
    setDisabled(save, this.#saveAs.trim() === '');
    const hint = l10n.t('It is kept in the casebook, so that the team imports the same export alike.');
    parts.push(el('div', { class: 'saving' }, labelled(l10n.t('Save it as'), name, hint), save));
    return el('div', { class: 'fields' }, ...parts);
  }

  #wordParts(): HTMLElement[] {
    const unknown = textField(() => undefined);
    unknown.write(this.#mapping.unknown.join('  '));
    unknown.element.dataset['focus'] = 'unknown';
    unknown.element.addEventListener('change', () =>
      this.#change({
        ...this.#mapping,
        unknown: unknown
          .read()
          .split(/\s+/)
          .filter((word) => word !== ''),
      }),
    );
    return [
      ...valueParts(this.#page, this.#mapping, (mapping) => this.#change(mapping)),
      labelled(l10n.t('Words that mean "not known"'), unknown, l10n.t('With blanks between them.')),
    ];
  }

  #drawFoot(): void {
    const { lacks, language } = this.#page;
    const trial = this.#trial;
    const check = button({
      label: l10n.t('Check the file'),
      look: trial || this.#outcome ? 'secondary' : 'primary',
      does: 'try',
      pressed: () => this.#start('trying', { type: 'try' }),
    });
    setDisabled(check, lacks.length > 0 || this.#busy !== 'no');
    const parts: (Node | false)[] = [];
    if (this.#failure !== '')
      parts.push(el('p', { class: 'failure', role: 'alert' }, icon('error'), ` ${this.#failure}`));
    if (this.#outcome) parts.push(this.#outcomePart(this.#outcome));
    if (lacks.length > 0) {
      const items = lacks.map((words) => el('li', {}, icon('circle-large-outline'), ` ${say(words, language)}`));
      parts.push(el('h2', {}, l10n.t('Still needed')), el('ul', { class: 'lacks' }, ...items));
    }
    if (trial)
      parts.push(
        resultPart(trial, language, () => this.send({ type: 'showRejected' })),
        this.#learning(trial),
      );
    keepingPlace(this.#foot, () =>
      this.#foot.replaceChildren(...parts.filter((part) => part !== false), this.#buttons(check)),
    );
  }

  /** Whoever wants neat lists may leave out what a ticket system has gathered in years. */
  #learning({ fresh }: Trial): HTMLElement | false {
    const between = this.#page.language === 'en' ? ', ' : '、';
    const counts = [
      fresh.customers > 0 && l10n.t('customers: {0}', fresh.customers),
      fresh.products > 0 && l10n.t('products: {0}', fresh.products),
      fresh.versions > 0 && l10n.t('versions: {0}', fresh.versions),
      fresh.channels > 0 && l10n.t('channels: {0}', fresh.channels),
      fresh.problemTypes > 0 && l10n.t('problem types: {0}', fresh.problemTypes),
    ].filter((count) => count !== false);
    if (counts.length === 0) return false;
    const box = checkbox(l10n.t("Add new names to the team's lists ({0})", counts.join(between)), () => {
      this.#isLearning = box.read() === 'true';
    });
    box.write(this.#isLearning ? 'true' : '');
    box.element.dataset['do'] = 'learn';
    box.element.dataset['focus'] = 'learn';
    return box.element;
  }

  #start(busy: 'trying' | 'importing', message: FromView): void {
    this.#busy = busy;
    this.#failure = '';
    this.#progress = { done: 0, total: this.#trial?.cases ?? 0 };
    this.send(message);
    this.#drawFoot();
  }

  #buttons(check: HTMLElement): HTMLElement {
    if (this.#busy === 'importing') return this.#running();
    check.dataset['focus'] = 'try';
    const trial = this.#trial;
    const go =
      trial &&
      trial.cases > 0 &&
      button({
        label: trial.cases === 1 ? l10n.t('Import 1 case') : l10n.t('Import {0} cases', trial.cases),
        look: 'primary',
        does: 'import',
        pressed: () => this.#start('importing', { type: 'import', isLearning: this.#isLearning }),
      });
    if (go) go.dataset['focus'] = 'import';
    const note = this.#busy === 'trying' && el('span', { class: 'quiet', role: 'status' }, l10n.t('Checking…'));
    return el('div', { class: 'buttons' }, go, check, note);
  }

  #running(): HTMLElement {
    const { done, total } = this.#progress;
    const bar = el('progress', { 'aria-label': l10n.t('Import') });
    bar.max = Math.max(total, 1);
    bar.value = done;
    const stop = button({
      label: l10n.t('Stop'),
      look: 'secondary',
      does: 'cancel',
      pressed: () => this.send({ type: 'cancel' }),
    });
    stop.dataset['focus'] = 'cancel';
    return el('div', { class: 'buttons' }, bar, el('span', {}, l10n.t('{0} of {1} cases', done, total)), stop);
  }

  #outcomePart(outcome: Outcome): HTMLElement {
    const show = button({
      label: l10n.t('Show the cases'),
      look: 'primary',
      does: 'showCases',
      pressed: () => this.send({ type: 'showCases' }),
    });
    const rejected =
      outcome.left > 0 &&
      button({
        label: l10n.t('Show what was left out'),
        look: 'secondary',
        does: 'showRejected',
        pressed: () => this.send({ type: 'showRejected' }),
      });
    return el(
      'div',
      { class: 'outcome' },
      el('p', {}, icon(outcome.isCancelled ? 'warning' : 'pass'), ` ${outcomeText(outcome)}`),
      outcome.left > 0 &&
        el('p', { class: 'quiet' }, l10n.t('What was left out can be corrected in its table and imported from there.')),
      el('div', { class: 'buttons' }, show, rejected),
    );
  }
}

/** What the parts of the page above the words show. */
function chosenIn({ name, source, rows, columns }: Mapping) {
  return [name, source, rows, Object.entries(columns).toSorted(([one], [other]) => (one < other ? -1 : 1))];
}

function outcomeText({ made, isCancelled, left }: Outcome): string {
  if (isCancelled) {
    return l10n.t(
      'Stopped. Cases imported until then: {0}; they are whole and stay. Check the file again to go on with the rest.',
      made,
    );
  }
  return left > 0 ? l10n.t('Cases imported: {0}. Left out: {1}.', made, left) : l10n.t('Cases imported: {0}.', made);
}
