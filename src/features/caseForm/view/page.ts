/** The page: it takes what the host sends, draws it, and hands back what the engineer does. */
import * as l10n from '@vscode/l10n';
import { check, procedureOf } from '../../../domain/sop/engine';
import { type Context, findStep, type Procedure } from '../../../domain/sop/procedure';
import { prepared } from '../../../domain/text/prepared';
import type { Language } from '../../../domain/words';
import type { AnswerTo, CasePage, FromView, Question, ToView } from '../protocol';
import type { ActSender, App, SentAct } from './app';
import { el, keepingPlace, place } from '../../../platform/view/dom';
import { CaseFiles } from './caseFiles';
import { Drafts } from './drafts';
import { isUsedUp } from './formSpec';
import { draftFields, isFormNow } from './draftForms';
import { FormShelf } from './formShelf';
import type { Surroundings } from './formValues';
import { goTo, showDraft } from './goTo';
import { groupNotices } from './groupNotices';
import { Groups } from './groups';
import { header } from './header';
import { IntakeHelp } from './intakeHelp';
import { clock, speak } from './l10n';
import { nowIso, thisMinute } from './localTime';
import { type Memory, newestDraft, type Place } from './memory';
import { failureNotice, notices } from './notices';
import { leftDrafts } from './leftDrafts';
import { leftNotice } from './leftNotice';
import { Questions } from './questions';
import { ReviewPanel } from './review';
import { nextSection, sideColumn } from './sideColumn';
import { StepPanel } from './stepPanel';
import { stepper } from './stepper';
import { TicketActs } from './ticketActs';
import { sentAndOver } from './ticketDraft';
import { TicketTalk } from './ticketTalk';
import { beginToCustomer } from './writing';

export class Page implements App {
  readonly procedure: Procedure;
  readonly drafts: Drafts;
  readonly files: CaseFiles;
  readonly groups: Groups;
  readonly tickets: TicketTalk;
  readonly ticketActs: TicketActs;
  private isActing = false;
  draftNote = '';
  private readonly shelf: FormShelf;
  private readonly step: StepPanel;
  private readonly reviewed: ReviewPanel;
  private readonly questions: Questions;
  private readonly help: IntakeHelp;
  private reviewedStep: string | undefined;
  private restoredAt = '';
  private typedAt = '';
  private failure = '';
  private sender: ActSender | undefined;
  private afterwards = '';
  /** By form, where somebody chose another one than the team's. */
  private readonly textLanguages: Map<string, Language>;

  private readonly top = el('div', { class: 'top' });
  private readonly failureArea = el('div', { class: 'failure' });
  private readonly main = el('main', { class: 'main' });
  private readonly side = el('aside', { class: 'sideColumn' });
  private readonly next = el('div');
  private readonly spokenLine = el('div', { class: 'spoken', role: 'status' });
  private readonly columns = el('div', { class: 'columns' }, this.main, this.side);

  constructor(
    readonly root: HTMLElement,
    public page: CasePage,
    readonly send: (message: FromView) => void,
    private readonly remember: (memory: Memory) => void,
    memory: Memory | undefined,
  ) {
    this.procedure = procedureOf(page.state.kind);
    const chosen = memory?.target === page.target ? memory.place?.textLanguages : undefined;
    this.textLanguages = new Map(Object.entries(chosen ?? {}));
    this.drafts = new Drafts(
      () => {
        this.typedAt = nowIso(Date.now());
        this.memorize();
      },
      (forms) => send({ type: 'draft', forms }),
    );
    const failed = (sentence: string) => {
      this.failure = sentence;
      this.draw();
    };
    this.questions = new Questions(send, failed);
    this.files = new CaseFiles(this, failed);
    this.groups = new Groups(this, () => this.draw());
    this.tickets = new TicketTalk(send, () => this.draw());
    this.ticketActs = new TicketActs(this);
    this.help = new IntakeHelp(this, () => {
      this.shelf.refresh();
      this.changed();
      this.step.focusIntake();
    });
    this.shelf = new FormShelf(this, this.help);
    this.step = new StepPanel(this, this.shelf);
    this.reviewed = new ReviewPanel(this, this.shelf);
    this.restore(memory);
    const was = memory?.target === page.target && page.focus === '' ? memory.place : undefined;
    if (was) this.goBackTo(was);
    place(root, [this.top, this.failureArea, this.columns, this.files.tray.element, this.spokenLine]);
    this.draw();
    if (page.focus !== '') goTo(this, this.step, page.focus);
    else if (was && was.scroll > 0) requestAnimationFrame(() => window.scrollTo(0, was.scroll));
    else if (page.mode === 'new') this.step.focusOpening();
  }

  get busy(): boolean {
    return this.isActing || this.groups.isTelling || this.tickets.isSending;
  }

  private goBackTo(was: Place): void {
    this.step.restore(was.opened);
    if (was.reviewed === undefined || !findStep(this.procedure, was.reviewed)) return;
    this.reviewedStep = was.reviewed;
    if (was.correcting !== '') this.reviewed.put(was.correcting);
  }

  /** For the next time that the tab is shown: a hidden page is thrown away. */
  memorize(): void {
    const { step, reviewed, reviewedStep } = this;
    this.remember({
      target: this.page.target,
      forms: this.drafts.asForms(),
      at: this.typedAt,
      place: {
        reviewed: reviewedStep,
        correcting: reviewed.opened,
        opened: step.opened(),
        scroll: Math.round(window.scrollY),
        textLanguages: Object.fromEntries(this.textLanguages),
      },
    });
  }

  private restore(memory: Memory | undefined): void {
    const { forms, at } = newestDraft(this.page, memory);
    this.typedAt = at;
    this.drafts.restore(forms, (key) => draftFields(this.procedure, key));
    this.drafts.clear(sentAndOver(this.drafts, this.isFormNow));
    // what was typed for a form that has no place any more is said apart
    if (this.shownDrafts().length > 0) this.restoredAt = this.typedAt;
  }

  receive(message: Exclude<ToView, { type: 'show' }>): void {
    switch (message.type) {
      case 'draftSaved':
        this.draftNote = l10n.t('Draft saved {0}', clock(message.at, true));
        this.shelf.refresh();
        return;
      case 'draftFailed':
        this.failure = message.message;
        this.draw();
        return;
      case 'refused': {
        const { sender } = this;
        this.answered();
        this.draw();
        sender?.refused(message.missing);
        return;
      }
      case 'answer':
      case 'notAnswered':
        this.questions.receive(message);
        return;
      case 'ticketReply':
        this.tickets.receive(message);
        return;
      case 'arrivals':
      case 'arrived':
      case 'fileFailed':
        this.files.receive(message);
        return;
      case 'told':
        this.groups.receive(message);
        return;
      case 'foundMore':
        this.help.similar.again();
        return;
      case 'put':
        for (const [field, value] of Object.entries(message.values)) this.drafts.edit(message.form, field, value);
        this.shelf.refresh();
        return;
      case 'failed':
        this.answered();
        this.failure = message.message;
        this.draw();
        return;
      case 'done':
        this.answered(message.action === 'open');
        this.settled(message.action, message.for);
        if (message.action === 'correct') this.corrected();
    }
  }

  settled(action: string, target = ''): void {
    this.drafts.clear((key) => isUsedUp(key, action, target));
    // at once: the panel may be closed on what was just written
    this.drafts.flush();
    this.shelf.settled(action, target);
    this.step.settled(action);
    this.reviewed.close();
    if (!['excuse', 'save', 'correct'].includes(action)) this.reviewedStep = undefined;
    this.draftNote = '';
    this.restoredAt = '';
    this.draw();
  }

  /** It stays at the step that was corrected, where the new values stand. */
  private corrected(): void {
    const title = this.main.querySelector<HTMLElement>('.stepTitle');
    title?.focus({ preventScroll: true });
    title?.scrollIntoView({ block: 'start' });
    this.say(l10n.t('Corrected.'));
  }

  say(sentence: string): void {
    this.spokenLine.textContent = sentence;
    setTimeout(() => this.spokenLine.replaceChildren(), 2000);
  }

  /** @param keepsPlan what was to be done next is still to be done */
  private answered(keepsPlan = false): void {
    this.isActing = false;
    this.failure = '';
    this.sender = undefined;
    if (!keepsPlan) this.afterwards = '';
  }

  /** The case as it is now; what is being typed stays. */
  show(page: CasePage): void {
    const moved = page.state.step !== this.page.state.step || page.state.status !== this.page.state.status;
    const leftBefore = this.left().map((draft) => draft.key);
    this.page = page;
    this.isActing = false;
    this.drafts.clear(sentAndOver(this.drafts, this.isFormNow));
    this.draw();
    if (this.left().some((draft) => !leftBefore.includes(draft.key))) {
      this.top.querySelector('[data-notice="left"]')?.scrollIntoView({ block: 'nearest' });
    }
    if (moved && document.hasFocus() && document.activeElement === document.body) {
      this.main.querySelector<HTMLElement>('.stepTitle')?.focus();
    }
    if (page.focus !== '') goTo(this, this.step, page.focus);
  }

  private shownDrafts(): readonly string[] {
    return this.drafts.keys().filter(this.isFormNow);
  }

  private readonly isFormNow = (key: string) => isFormNow(this.procedure, this.page.state, key);

  private left() {
    return leftDrafts(this.procedure, this.page.state, this.drafts, this.page.me);
  }

  /** Recording a case and going on is one click and two events. */
  takeOver(action: string): void {
    if (action === '' || check(this.page.state, { action }, this.context()).length > 0) return;
    this.act({ action, for: '', values: {} }, { refused: () => undefined });
  }

  get planned(): string {
    return this.afterwards;
  }

  context(): Context {
    const { timings, supportMaySolve } = this.page.settings;
    return { now: nowIso(Date.now()), timings, supportMaySolve };
  }

  surroundings(key: string): Surroundings {
    const { state, me, settings } = this.page;
    const house = { templates: settings.messageTemplates, me };
    const prepare: Surroundings['prepare'] = (...asked) => prepared(...asked, house);
    return { state, me, textLanguage: this.textLanguageOf(key), now: thisMinute(Date.now()), prepare };
  }

  textLanguageOf(key: string): Language {
    return this.textLanguages.get(key) ?? this.page.textLanguage;
  }

  chooseTextLanguage(key: string, language: Language): void {
    this.textLanguages.set(key, language);
    this.memorize();
  }

  writeToCustomer(): void {
    this.openForm(beginToCustomer(this));
  }

  act(act: SentAct, sender: ActSender): void {
    if (this.busy) return;
    this.drafts.flush();
    this.isActing = true;
    this.failure = '';
    this.sender = sender;
    this.afterwards = act.afterwards ?? '';
    const links = act.action === 'open' ? this.help.similar.links : [];
    this.send({ type: 'act', action: act.action, for: act.for, values: act.values, links: [...links] });
    this.draw();
  }

  ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked> | undefined> {
    return this.questions.ask(question);
  }

  copy(text: string): void {
    this.send({ type: 'copy', text });
    this.say(l10n.t('Copied.'));
  }

  review(step: string | undefined): void {
    this.reviewedStep = step;
    this.reviewed.close();
    this.draw();
    this.main.querySelector<HTMLElement>('.stepTitle')?.focus();
  }

  openForm(action: string): void {
    this.reviewedStep = undefined;
    this.step.open(action);
    this.draw();
    this.step.focus(action);
  }

  /** Time goes by: "now" in a form nobody touched stays now, and what was due becomes overdue. */
  tick(): void {
    const active = document.activeElement;
    // not while somebody reads there: drawing takes away the focus, and what is marked to be copied
    const isRead = this.top.contains(active) || this.side.contains(active);
    if (!isRead && document.getSelection()?.isCollapsed !== false) this.draw();
    else this.shelf.refresh();
  }

  refresh(): void {
    this.shelf.refresh();
    this.changed();
  }

  changed(): void {
    const next = nextSection(this);
    keepingPlace(this.root, () => place(this.next, next ? [next] : []));
    this.help.similar.changed();
  }

  draw(): void {
    speak(this.page.language);
    keepingPlace(this.root, () => {
      const { page } = this;
      const show = () => showDraft(this, this.step, this.reviewed, this.shownDrafts()[0] ?? '');
      place(this.top, [
        header(this),
        ...(page.mode === 'new' ? [] : [stepper(this, this.reviewedStep)]),
        ...this.left().map((draft) => leftNotice(this, draft, () => this.discardOf(draft.key))),
        ...groupNotices(this),
        ...notices(this, this.restoredAt, { show, discard: () => this.discard() }),
      ]);
      place(this.failureArea, this.failure === '' ? [] : [failureNotice(this.failure, () => this.closeFailure())]);
      place(this.main, this.reviewedStep === undefined ? this.step.draw() : this.reviewed.draw(this.reviewedStep));
      this.columns.classList.toggle('opening', page.mode === 'new');
      const { element: similar } = this.help.similar;
      const { section } = this.files;
      place(this.side, page.mode === 'new' ? [similar] : [this.next, similar, section.element, ...sideColumn(this)]);
      section.update();
      this.ticketActs.update();
      this.root.setAttribute('aria-busy', String(this.busy));
    });
    this.shelf.refresh();
    this.changed();
    this.memorize();
  }

  private closeFailure(): void {
    this.failure = '';
    this.draw();
  }

  private discardOf(key: string): void {
    this.drafts.clear((each) => each === key);
    this.draw();
    this.main.querySelector<HTMLElement>('.stepTitle')?.focus();
  }

  private discard(): void {
    const shown = this.shownDrafts();
    this.drafts.clear((key) => shown.includes(key));
    this.restoredAt = '';
    this.draftNote = '';
    this.draw();
  }
}
