/** A step that lies behind: what was captured, and the ways back. */
import * as l10n from '@vscode/l10n';
import { correctionBarrier } from '../../../domain/sop/engine';
import { generalActions, stepsToGoBackTo } from '../../../domain/sop/general';
import { type ActionDef, findAction, findStep } from '../../../domain/sop/procedure';
import { button, setDisabled } from '../../../platform/view/controls';
import type { ActionForm } from './actionForm';
import type { App } from './app';
import { capturedList } from './captured';
import { el, icon } from '../../../platform/view/dom';
import type { FormShelf } from './formShelf';
import { text, when } from './l10n';
import { logsAt } from './logs';
import { actionsOf, earlierRounds } from './rounds';

export class ReviewPanel {
  /** "correct/<action>" or "goBack", while that form is open. */
  private open = '';
  /** It stays while the rest is drawn anew, so that its form keeps focus and caret. */
  private readonly holder = el('section', { class: 'card isFirst' });

  constructor(
    private readonly app: App,
    private readonly shelf: FormShelf,
  ) {}

  close(): void {
    this.open = '';
  }

  draw(step: string): Node[] {
    const { app } = this;
    const definition = findStep(app.procedure, step);
    const actions = actionsOf(app.procedure, step);
    const captured = actions.flatMap((action) => this.drawAction(action));
    const logs = logsAt(step, app.page.state);
    const isEmpty = captured.length === 0 && logs.length === 0;
    return [
      el(
        'div',
        { class: 'reviewHead' },
        el(
          'h2',
          { tabindex: '-1', class: 'stepTitle', 'data-focus': 'title' },
          `${step} ${definition ? text(definition.name) : ''}`,
        ),
        button({
          label: l10n.t('Back to the present step'),
          look: 'secondary',
          icon: 'arrow-right',
          does: 'present',
          pressed: () => app.review(undefined),
        }),
      ),
      el('p', { class: 'stepHint' }, this.visitLine(step)),
      ...logs,
      ...captured,
      ...(isEmpty ? [el('p', { class: 'quiet' }, l10n.t('Nothing was captured here in this round.'))] : []),
      ...this.drawGoBack(step),
      ...earlierRounds(app.procedure, app.page.state, step),
    ];
  }

  private visitLine(step: string): string {
    const visit = this.app.page.state.visits.findLast((entry) => entry.step === step);
    if (!visit) return '';
    if (!visit.left) return l10n.t('Reached on {0}.', when(visit.entered.at));
    return l10n.t('From {0} to {1}.', when(visit.entered.at), when(visit.left.at));
  }

  private drawAction(action: ActionDef): HTMLElement[] {
    const { app } = this;
    const { state } = app.page;
    const list = capturedList(action.fields, state.values[action.name]);
    if (list === undefined) return [];
    const key = `correct/${action.name}`;
    const canCorrect = correctionBarrier(action, state) === undefined && app.page.readOnly === '';
    const isOpen = canCorrect && this.open === key;
    const correct = button({
      label: `${text(generalActions.correct.label)}…`,
      look: 'secondary',
      icon: 'edit',
      does: 'correct',
      pressed: () => this.openForm(key),
    });
    setDisabled(correct, app.busy);
    const head = el(
      'div',
      { class: 'cardHead' },
      icon('check'),
      el('h3', {}, text(action.label)),
      canCorrect && correct,
    );
    const card = el(
      'section',
      { class: 'card', 'data-captured': action.name },
      head,
      el('div', { class: 'cardBody' }, list),
    );
    return isOpen ? [this.holder] : [card];
  }

  private drawGoBack(step: string): HTMLElement[] {
    const { app } = this;
    if (app.page.readOnly !== '' || !stepsToGoBackTo(app.page.state).includes(step)) return [];
    const key = `goBack/${step}`;
    if (this.open === key) return [this.holder];
    const goBack = button({
      label: l10n.t('Go back here…'),
      look: 'secondary',
      icon: 'discard',
      does: 'goBack',
      pressed: () => this.openForm(key),
    });
    return [el('p', {}, goBack, ' ', el('span', { class: 'quiet' }, l10n.t('What was captured since then stays.')))];
  }

  openForm(key: string): void {
    const form = this.put(key);
    this.app.draw();
    form?.focusStart();
    this.holder.scrollIntoView({ block: 'nearest' });
  }

  /** The form that is open, as its draft is named; empty when none is. */
  get opened(): string {
    return this.open;
  }

  /** Makes the form of a correction or a way back the open one. */
  put(key: string): ActionForm | undefined {
    const [kind = '', name = ''] = key.split('/');
    const close = () => this.fold();
    const { correct, goBack } = generalActions;
    const action = findAction(this.app.procedure, name);
    const made =
      kind === 'goBack'
        ? { title: text(goBack.label), form: this.shelf.goingBack(name, close) }
        : kind === 'correct' && action
          ? {
              title: l10n.t('{0}: {1}', text(correct.label), text(action.label)),
              form: this.shelf.correction(action, close),
            }
          : undefined;
    if (!made) return undefined;
    this.open = key;
    this.holder.replaceChildren(
      el('div', { class: 'cardHead' }, el('h3', {}, made.title)),
      el('div', { class: 'cardBody' }, made.form.element),
    );
    return made.form;
  }

  private fold(): void {
    this.open = '';
    this.app.draw();
  }
}
