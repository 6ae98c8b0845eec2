/** A text of a form that a group may be told by its bot. */
import { forLead } from '../../../domain/notify/leadGroup';
import { type Value, textOf } from '../../../domain/sop/field';
import { preparedQuestion } from '../../../domain/text/prepared';
import type { Answers } from '../protocol';
import type { GroupNews } from '../groupProtocol';
import type { App } from './app';
import type { FormSpec } from './formSpec';
import { allValues, submitted } from './formValues';

export class GroupLetter {
  /** @returns undefined for a field whose text is for no group */
  static of(app: App, spec: FormSpec, field: string, changed: (key: string, value: Value | null) => void) {
    const action = spec.startsAs;
    if (action === undefined || spec.halfDone === 'open') return undefined;
    const isLead = field === 'leadText' || (action === 'notifyLead' && field === 'text');
    const isLogged = (action === 'followUp' && field === 'content') || (action === 'logMessage' && field === 'text');
    return isLead || isLogged ? new GroupLetter(app, spec, action, field, isLead, changed) : undefined;
  }

  private constructor(
    private readonly app: App,
    private readonly spec: FormSpec,
    private readonly action: string,
    private readonly field: string,
    /** It tells the lead of an urgent case. */
    readonly isLead: boolean,
    private readonly changed: (key: string, value: Value | null) => void,
  ) {}

  /** The form is written down with the message: it is what makes the case urgent (again). */
  get isWholeForm(): boolean {
    return this.isLead && this.action !== 'assess' && this.action !== 'notifyLead';
  }

  /** The groups that it may go to, the likeliest first. */
  get groups(): readonly string[] {
    const { connected } = this.app.page.groups;
    if (this.isLead) return forLead(connected, this.lead).map(({ group }) => group);
    return connected.flatMap(({ group }) => (group === this.named ? [group] : []));
  }

  /** The group that would be told if its bot were connected; undefined where no group is meant. */
  get unconnected(): string | undefined {
    if (this.groups.length > 0) return undefined;
    return this.isLead ? '' : this.named || undefined;
  }

  /** What R&D could be asked; undefined where something is written already. */
  get question(): string | undefined {
    const { state } = this.app.page;
    if (textOf(this.values(), this.field).trim() !== '') return undefined;
    return preparedQuestion(this.action, state, this.app.textLanguageOf(this.spec.key));
  }

  ask(): void {
    const { question } = this;
    if (question !== undefined) this.changed(this.field, question);
    this.app.refresh();
  }

  /** What waits for an answer is not said a second time. */
  get isUnderWay(): boolean {
    return this.isLead && this.app.page.groups.unsent.some(({ isAboutLead }) => isAboutLead);
  }

  async secretsIn(text: string): Promise<Answers['secrets'] | undefined> {
    return this.app.ask({ about: 'secrets', text });
  }

  mask(text: string): void {
    this.changed(this.field, text);
  }

  async tell(group: string, text: string): Promise<GroupNews> {
    const { app, spec, action } = this;
    const values = submitted(spec, app.drafts.of(spec.key), app.surroundings(spec.key));
    return app.groups.tell({ group, text, action, values, language: app.textLanguageOf(spec.key) });
  }

  get isBusy(): boolean {
    return this.app.busy;
  }

  connect(): void {
    this.app.groups.do({ do: 'connect', group: this.unconnected ?? '' });
  }

  say(sentence: string): void {
    this.app.say(sentence);
  }

  private get lead(): string {
    const values = this.values();
    return textOf(values, this.action === 'notifyLead' ? 'lead' : 'leadLead');
  }

  private get named(): string {
    const values = this.values();
    if (this.action === 'logMessage' && values['to'] !== 'group') return '';
    return textOf(values, 'group').trim();
  }

  private values() {
    return allValues(this.spec, this.app.drafts.of(this.spec.key), this.app.surroundings(this.spec.key));
  }
}
