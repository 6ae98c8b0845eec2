/** A prepared message in a form: the language it is in, the engineer's own wording, and the ways out. */
import type { Value } from '../../../domain/sop/field';
import { mailChannel, mailRecipient, mailSubject, usualChannel } from '../../../domain/text/mail';
import { isMessage } from '../../../domain/text/prepared';
import type { Language } from '../../../domain/words';
import type { App } from './app';
import { allValues } from './formValues';
import type { FormSpec } from './formSpec';
import { thisMinute } from './localTime';

export class Letter {
  /** A channel that was filled in because of how the text left the form. */
  private channelFilled = '';
  private ownText: string | undefined;

  /** @returns undefined for a field that holds no prepared message */
  static of(app: App, spec: FormSpec, field: string, changed: (key: string, value: Value | null) => void) {
    const action = spec.startsAs;
    return action !== undefined && isMessage(action, field) ? new Letter(app, spec, action, field, changed) : undefined;
  }

  private constructor(
    private readonly app: App,
    private readonly spec: FormSpec,
    private readonly action: string,
    private readonly field: string,
    private readonly changed: (key: string, value: Value | null) => void,
  ) {}

  get language(): Language {
    return this.app.textLanguageOf(this.spec.key);
  }

  /** Undefined where the case knows too little for one. */
  get prepared(): string | undefined {
    const around = this.app.surroundings(this.spec.key);
    return around.prepare(this.action, this.field, around.state, around.textLanguage, this.values());
  }

  /** True where the text is the engineer's own: only a click puts another one in its place. */
  get isOwn(): boolean {
    const shown = this.values()[this.field];
    return typeof shown === 'string' && shown.trim() !== '' && shown !== this.prepared;
  }

  /** The text that `usePrepared` took away, until something else is typed. */
  get canUndo(): boolean {
    return this.ownText !== undefined && !this.isOwn;
  }

  choose(language: Language): void {
    const wasOwn = this.isOwn;
    const { prepared } = this;
    this.app.chooseTextLanguage(this.spec.key, language);
    // what says just what was prepared is nobody's own
    if (!wasOwn && prepared !== undefined) this.follow();
    this.app.refresh();
  }

  usePrepared(): void {
    const shown = this.values()[this.field];
    this.ownText = typeof shown === 'string' ? shown : undefined;
    this.follow();
    this.app.refresh();
  }

  undo(): void {
    if (this.ownText !== undefined) this.changed(this.field, this.ownText);
    this.ownText = undefined;
    this.app.refresh();
  }

  copied(): void {
    this.left(this.isForCustomer() ? usualChannel(this.app.page.state) : '');
  }

  mail(text: string): void {
    const { state, settings } = this.app.page;
    const to = mailRecipient(this.action, this.field, this.values(), state, settings);
    this.app.send({ type: 'mail', to, subject: mailSubject(state), body: text });
    this.left(mailChannel(settings.channels, this.language));
  }

  /** The text follows the case, its purpose and its language again. */
  private follow(): void {
    const { prepared } = this;
    const kept = this.spec.kept(this.app.page.state)[this.field];
    this.app.drafts.edit(this.spec.key, this.field, kept === undefined ? undefined : (prepared ?? null));
  }

  /** It left the form now, through this channel: what was filled in by hand stays. */
  private left(channel: string): void {
    const { app, spec, field } = this;
    const keys = spec.fields.map(({ key }) => key);
    const prefixed = (name: string) => (field === 'leadText' ? `lead${name[0]?.toUpperCase()}${name.slice(1)}` : name);
    const at = [prefixed('sentAt'), prefixed('notifiedAt')].find((key) => keys.includes(key));
    const isTouched = (key: string) => app.drafts.of(spec.key).has(key) || spec.kept(app.page.state)[key] !== undefined;
    if (at !== undefined && !isTouched(at)) this.changed(at, thisMinute(Date.now()));
    const through = prefixed('channel');
    const filled = this.values()[through];
    if (channel === '' || !keys.includes(through)) return;
    if (filled !== undefined && filled !== '' && filled !== this.channelFilled) return;
    this.channelFilled = channel;
    this.changed(through, channel);
  }

  private isForCustomer(): boolean {
    if (this.field !== 'text' || this.action === 'notifyLead') return false;
    const { to } = this.values();
    return to === undefined || to === 'customer';
  }

  private values() {
    return allValues(this.spec, this.app.drafts.of(this.spec.key), this.app.surroundings(this.spec.key));
  }
}
