/** What the ticket's own system says that it needs: asked for beside the form, which can be used meanwhile. */
import * as l10n from '@vscode/l10n';
import type { TicketField } from '../../../domain/tickets/tracker';
import type { TicketDeed, TicketReply } from '../ticketProtocol';
import type { App } from './app';
import { type Answers, fieldValue } from './ticketDraft';
import { TicketRun } from './ticketRun';

type Asked = Extract<TicketDeed, { do: 'form' | 'people' | 'resolutions' }>;
/** What is asked, without whether a person asks. */
type Wanted = Asked extends infer One ? (One extends Asked ? Omit<One, 'isAsked'> : never) : never;
type Told = Extract<TicketReply, { is: 'form' | 'people' | 'resolutions' }>;

export class TicketReading<Is extends Told['is']> {
  readonly run: TicketRun;
  /** As it was told last; it stays while it is asked for anew. */
  told: Extract<Told, { is: Is }> | undefined;
  private askedFor = '';
  private toldFor = '';
  private chosenFor: string | undefined;

  constructor(
    app: App,
    name: string,
    private readonly is: Is,
    private readonly changed: () => void,
  ) {
    this.run = new TicketRun(app, name);
  }

  /** Asks unless that was asked already, whatever came of it. */
  want(deed: Wanted, isAsked = false): void {
    const { connection, place } = deed;
    const isSame = this.askedFor === `${connection}\n${place}`;
    if (this.run.isRunning || (isSame && !isAsked && !this.isOutdated(deed))) return;
    // the places of a system stay while one of them is chosen
    if (!this.askedFor.startsWith(`${connection}\n`)) this.told = undefined;
    this.askedFor = `${connection}\n${place}`;
    void this.ask({ ...deed, isAsked });
  }

  /** What it told is about this place. */
  isOf(connection: string, place: string): boolean {
    return this.told !== undefined && this.toldFor === `${connection}\n${place}`;
  }

  /** Fields that decide about others hold something else than when it was told. */
  private isOutdated(deed: Wanted): boolean {
    if (this.chosenFor === undefined || !('chosen' in deed)) return false;
    return decided(this.fields(), deed.chosen) !== this.chosenFor;
  }

  private fields(): readonly TicketField[] {
    const told: Told | undefined = this.told;
    return told?.is === 'form' ? told.fields : [];
  }

  private async ask(deed: Asked): Promise<void> {
    // one that fails is not asked again by itself
    if ('chosen' in deed) this.chosenFor = decided(this.fields(), deed.chosen);
    const reply = await this.run.run({
      deed,
      sentence: l10n.t('Asking {0} what it needs…', deed.connection),
      connection: deed.connection,
      again: () => this.want(deed, true),
      offersAgain: true,
    });
    if (reply?.is === this.is) {
      this.told = reply as Extract<Told, { is: Is }>;
      this.toldFor = `${deed.connection}\n${deed.place}`;
      if ('chosen' in deed) this.chosenFor = decided(this.fields(), deed.chosen);
    }
    this.changed();
  }
}

/** What the fields that decide about others hold. */
function decided(fields: readonly TicketField[], answers: Answers): string {
  return JSON.stringify(
    fields.filter(({ decides }) => decides).map((field) => [field.key, fieldValue(field, answers)]),
  );
}
