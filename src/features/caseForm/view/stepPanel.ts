/** The present step: its log, its parts, the way on, and the other ways. */
import * as l10n from '@vscode/l10n';
import { barrier } from '../../../domain/sop/engine';
import { type ActionDef, findAction, findStep, isBefore } from '../../../domain/sop/procedure';
import { button, setExpanded } from '../../../platform/view/controls';
import type { App } from './app';
import { writeArticle } from './articles';
import { capturedList } from './captured';
import { ActionCard, type CardStanding } from './card';
import { el } from '../../../platform/view/dom';
import type { FormShelf } from './formShelf';
import { text } from './l10n';
import { logsAt } from './logs';
import { caseActions, firstToDo, formsOf, isPartDone, isTwin, type StepForms } from './progress';
import { emergencyNotice, questionNotice } from './notices';
import { actionsOf, earlierRounds } from './rounds';

export class StepPanel {
  private readonly cards = new Map<string, ActionCard>();
  /** Opened or folded by hand; the rest follows the state of the case. */
  private readonly byHand = new Map<string, boolean>();
  private moreOpen = false;

  constructor(
    private readonly app: App,
    private readonly shelf: FormShelf,
  ) {}

  /** The forms start over: nothing is open by hand any more. */
  settled(action: string): void {
    this.byHand.delete(action);
  }

  /** What was opened and folded by hand, to be opened and folded again when the tab is shown again. */
  opened(): Readonly<Record<string, boolean>> {
    return Object.fromEntries(this.byHand);
  }

  restore(opened: Readonly<Record<string, boolean>>): void {
    for (const [action, isOpen] of Object.entries(opened)) {
      if (isOpen) this.open(action);
      else this.byHand.set(action, false);
    }
  }

  open(action: string): void {
    this.byHand.set(action, true);
    const definition = findAction(this.app.procedure, action);
    if (definition && !this.isProminent(definition)) this.moreOpen = true;
  }

  focus(action: string): void {
    const card = this.cards.get(action);
    const form = card?.element.isConnected ? card.form : this.exitForm(action);
    form?.element.scrollIntoView({ block: 'nearest' });
    form?.focus();
  }

  /** What the form of the intake lacks first, once it was filled in from elsewhere. */
  focusIntake(): void {
    const intake = findAction(this.app.procedure, this.app.procedure.intake);
    if (this.app.page.mode === 'new' && intake) this.shelf.opening(intake).focus();
    else if (intake) this.focus(intake.name);
  }

  /** A case that is being recorded: its form is all there is. */
  focusOpening(): void {
    const intake = findAction(this.app.procedure, this.app.procedure.intake);
    if (intake) this.shelf.opening(intake).focusStart();
  }

  draw(): Node[] {
    const { page, procedure } = this.app;
    const { state } = page;
    if (page.mode === 'new') {
      const intake = findAction(procedure, procedure.intake);
      return intake ? [this.shelf.opening(intake).element] : [];
    }
    const step = findStep(procedure, state.step);
    const heading = (title: string, hint: string) => [
      el('h2', { tabindex: '-1', class: 'stepTitle', 'data-focus': 'title' }, title),
      el('p', { class: 'stepHint' }, hint),
    ];
    if (page.readOnly !== '') {
      const lists = actionsOf(procedure, state.step).flatMap(
        (action) => capturedList(action.fields, state.values[action.name]) ?? [],
      );
      const nothing = el('p', { class: 'quiet' }, l10n.t('Nothing is captured at this step yet.'));
      return [
        ...heading(`${state.step} ${step ? text(step.name) : ''}`, step ? text(step.hint) : ''),
        ...logsAt(state.step, state),
        ...(lists.length === 0 ? [nothing] : lists),
      ];
    }
    if (state.status !== 'open') {
      return [
        ...heading(
          l10n.t('Nothing is left to do'),
          l10n.t('The case has ended. The steps above show what was captured.'),
        ),
        ...this.drawOthers(caseActions(procedure, state), l10n.t('Still possible')),
      ];
    }
    const forms = formsOf(procedure, state, page.settings.supportMaySolve);
    const wholeCase = caseActions(procedure, state);
    const prominent = wholeCase.filter((action) => this.isProminent(action));
    return [
      ...heading(`${state.step} ${step ? text(step.name) : ''}`, step ? text(step.hint) : ''),
      ...emergencyNotice(this.app),
      ...questionNotice(this.app),
      ...logsAt(state.step, state),
      ...this.drawForms(forms),
      ...(state.kind === 'issue' && state.step === '5.2' ? [writeArticle(this.app)] : []),
      ...earlierRounds(procedure, state, state.step),
      ...this.drawOthers([...forms.others, ...prominent], l10n.t('Other actions')),
      ...this.drawMore(wholeCase.filter((action) => !prominent.includes(action))),
    ];
  }

  private drawForms(forms: StepForms): HTMLElement[] {
    const { state } = this.app.page;
    const first = firstToDo(forms, state);
    const elements = forms.parts.map((action) => this.drawPart(action, first, forms.isChecklist));
    const { exit } = forms;
    if (exit === undefined) return elements;
    if (forms.parts.length > 0) return [...elements, this.drawPart(exit, first, forms.isChecklist)];
    const form = this.exitForm(exit.name);
    form?.emphasize(true);
    return form ? [form.element] : [];
  }

  private exitForm(action: string) {
    const { procedure, page } = this.app;
    const definition = findAction(procedure, action);
    if (!definition || definition.role !== 'exit') return undefined;
    const twin = Object.values(procedure.actions).find(
      (candidate) => isTwin(candidate, definition) && barrier(candidate, page.state) === undefined,
    );
    return this.shelf.action(definition, twin);
  }

  private drawPart(action: ActionDef, first: ActionDef | undefined, isChecklist: boolean): HTMLElement {
    const { state } = this.app.page;
    const reason = barrier(action, state);
    const isDone = isPartDone(action.name, state);
    const standing: CardStanding = isDone ? 'done' : reason ? 'blocked' : action === first ? 'first' : 'open';
    // in a checklist one thing is open at a time; elsewhere the way on is shown from the start
    const opens = standing === 'first' || (standing === 'open' && !isChecklist);
    const open = this.byHand.get(action.name) ?? opens;
    const card = this.cardOf(action, this.shelf.action(action), () => {
      this.byHand.set(action.name, !open);
      this.app.draw();
      if (!open) this.focus(action.name);
    });
    card.form.emphasize(action === first);
    card.update({
      standing,
      reason: reason ? text(reason) : '',
      open,
      captured: isDone && !open ? capturedList(action.fields, state.values[action.name]) : undefined,
      isPart: true,
    });
    return card.element;
  }

  /** Buttons that open a form below them. */
  private drawOthers(actions: readonly ActionDef[], title: string): HTMLElement[] {
    if (actions.length === 0) return [];
    return [
      el('section', { class: 'others' }, el('h3', {}, title), this.drawWays(actions)),
      ...this.drawOpened(actions),
    ];
  }

  private drawMore(actions: readonly ActionDef[]): HTMLElement[] {
    if (actions.length === 0) return [];
    const summary = el('summary', { 'data-do': 'more', 'data-focus': 'more' }, l10n.t('More'));
    const more = el('details', { class: 'more' }, summary, this.drawWays(actions));
    more.open = this.moreOpen;
    more.addEventListener('toggle', () => {
      this.moreOpen = more.open;
    });
    return [more, ...this.drawOpened(actions)];
  }

  private drawWays(actions: readonly ActionDef[]): HTMLElement {
    const buttons = actions.map((action) => {
      const isOpen = this.byHand.get(action.name) === true;
      const element = button({
        label: `${text(action.label)}…`,
        look: 'secondary',
        does: 'open',
        pressed: () => (isOpen ? this.fold(action.name) : this.app.openForm(action.name)),
      });
      element.dataset['opens'] = action.name;
      element.dataset['focus'] = `open-${action.name}`;
      setExpanded(element, isOpen);
      return element;
    });
    return el('div', { class: 'ways' }, ...buttons);
  }

  private drawOpened(actions: readonly ActionDef[]): HTMLElement[] {
    return actions
      .filter((action) => this.byHand.get(action.name) === true)
      .map((action) => {
        const cancel = () => this.fold(action.name);
        const card = this.cardOf(action, this.shelf.action(action, undefined, cancel), cancel);
        card.form.emphasize(false);
        card.update({ standing: 'open', reason: '', open: true, captured: undefined, isPart: false });
        return card.element;
      });
  }

  private fold(action: string): void {
    this.byHand.delete(action);
    this.app.draw();
    document.querySelector<HTMLElement>(`[data-opens="${action}"]`)?.focus();
  }

  private cardOf(action: ActionDef, form: ActionCard['form'], toggle: () => void): ActionCard {
    const known = this.cards.get(action.name);
    if (known) {
      known.onToggle = toggle;
      return known;
    }
    const card = new ActionCard(action.name, text(action.label), form);
    card.onToggle = toggle;
    this.cards.set(action.name, card);
    return card;
  }

  /** Of the actions of the whole case: those that are a way on from here rather than a thing for once in a while. */
  private isProminent(action: ActionDef): boolean {
    const { state } = this.app.page;
    const isRunning = state.emergency !== undefined && state.emergency.ended === undefined;
    switch (action.name) {
      case 'notifyLead':
      case 'endEmergency':
        return true;
      case 'giveWorkaround':
        return isRunning && state.emergency.workaround === undefined;
      case 'convert':
        return !isBefore('3.2', state.step);
      case 'linkArticle':
        return state.step === '5.2';
      case 'reopen':
        return false;
      default:
        return isHere(action, state.step);
    }
  }
}

const isHere = (action: ActionDef, step: string) => Array.isArray(action.on) && action.on.includes(step);
