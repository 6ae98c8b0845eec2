/** A case's messages to groups: what a form sends on a click, and what goes to the lead's group by itself (spec L26). */
import type { CaseState } from '../case/state';
import { isSamePerson } from '../person';
import type { Casebook, StoredCase } from '../ports';
import { StoreError } from '../ports';
import { mask } from '../redaction/finding';
import type { Act } from '../sop/engine';
import { textOf } from '../sop/field';
import { GuardError, rule } from '../sop/missing';
import { leadText } from '../text/leadText';
import type { Sent } from '../tickets/ticketDesk';
import type { OutboxItem } from '../tickets/outbox';
import { instantOf } from '../time';
import { type Language, w } from '../words';
import { botChannel, leadOf, ownLeadGroup } from './leadGroup';

export type TellerPorts = Pick<
  Casebook,
  'store' | 'desk' | 'settings' | 'bots' | 'tickets' | 'claims' | 'clock' | 'me' | 'secrets'
>;

/** One message as a form holds it. */
export interface Telling {
  readonly group: string;
  readonly text: string;
  /** The action whose form it stands in, with all that the form holds. */
  readonly action: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What came of telling the lead's group unasked. */
export type ToldItself =
  | Sent
  /** It is not for this window to tell, or nothing is to be told. */
  | { readonly is: 'notOurs' }
  /** No bot's group is known to be the lead's, or nobody knows who the lead is. */
  | { readonly is: 'noLead' };

/** The forms in which the lead's fields have names of their own. */
const LEAD_FORMS: ReadonlySet<string> = new Set([
  'assess',
  'changeUrgency',
  'verifyInternal',
  'verifyCustomer',
  'reopen',
]);

/** Milliseconds: what was reported longer before it was written down is filled in afterwards, and nobody is called. */
const RECENT = 86_400_000;

export class GroupTeller {
  constructor(private readonly ports: TellerPorts) {}

  /**
   * Sends what a form holds; done on the case only once the bot says that the group was told. Of step 1.2 the answers
   * are saved first: the case is urgent, and its time runs, whether or not the message gets through.
   * @throws GuardError, BotError, StoreError as the ticket desk does
   */
  async tell(caseId: string, telling: Telling, language: Language, signal?: AbortSignal): Promise<Sent> {
    const { tickets, claims } = this.ports;
    const { group, text, action } = telling;
    const stored = await this.stored(caseId);
    const act = this.actOf(telling, language);
    const aboutLead = isAboutLead(act);
    if (aboutLead && (await this.pending(caseId)).some(({ job }) => isAboutLead(job.act))) return { is: 'busy' };
    if (action === 'assess') {
      refuseWithoutLead(act);
      // before the case becomes urgent: what tells by itself must not be faster with a text that nobody has read
      await claims.claim(this.keyOf(stored));
      await this.saveAnswers(stored, telling);
    }
    return tickets.tell(caseId, group, text, act, signal);
  }

  /**
   * Tells the lead's group of a case that this engineer has just found urgent. Of all windows of this machine one does,
   * once for each emergency; a failure leaves it due.
   * @throws BotError, StoreError, GuardError
   */
  async tellLeadItself(caseId: string, language: Language, signal?: AbortSignal): Promise<ToldItself> {
    const { store, bots, claims, settings, tickets, secrets } = this.ports;
    const stored = await store.get(caseId);
    if (!stored || !(await this.isOurs(stored.state))) return { is: 'notOurs' };
    if (!(await claims.claim(this.keyOf(stored)))) return { is: 'notOurs' };
    const wanted = textOf(stored.state.values['assess'], 'leadLead');
    const bot = ownLeadGroup(bots.connections(), wanted);
    const { people, channels } = settings.current();
    const lead = wanted || (bot ? leadOf(bot, people) : '');
    if (!bot || lead === '') return { is: 'noLead' };
    const prepared = textOf(stored.state.values['assess'], 'leadText') || leadText(stored.state, language);
    // nobody looks at it before it goes out
    const text = mask(prepared, await secrets.scan(prepared, language));
    const values = { lead, channel: botChannel(bot.system, channels, language), text };
    return tickets.tell(caseId, bot.group, text, { action: 'notifyLead', values }, signal);
  }

  private async isOurs({ urgency, status, emergency, values, opened }: CaseState): Promise<boolean> {
    if (status !== 'open' || urgency !== 'urgent' || !emergency || emergency.notified || emergency.ended) return false;
    const { clock, settings, me } = this.ports;
    const limit = settings.current().timings.leadNotificationMinutes * 60_000;
    if (Math.abs(clock.now() - instantOf(emergency.at)) > limit) return false;
    const openedAt = instantOf(opened?.at ?? '');
    // urgent before it was written down here, as an imported case may be: whoever knew of it there told the lead
    if (instantOf(emergency.at) < openedAt) return false;
    const received = textOf(values['receive'], 'receivedAt');
    if (received !== '' && openedAt - instantOf(received) > RECENT) return false;
    // what a colleague found urgent is theirs to tell
    return isSamePerson(emergency.by, await me());
  }

  /** Each emergency whose lead was told makes the next one another. */
  private keyOf({ id, state }: StoredCase): string {
    const told = state.messages.filter(({ to, purpose }) => to === 'lead' && purpose === 'urgent').length;
    return `${this.ports.store.folder}|tellLead|${id}|${told}`;
  }

  private async pending(caseId: string): Promise<readonly OutboxItem[]> {
    return (await this.ports.tickets.outbox()).filter((item) => item.caseId === caseId && item.job.is === 'tell');
  }

  private actOf({ group, text, action, values }: Telling, language: Language): Act {
    const { bots, settings } = this.ports;
    const { people, channels } = settings.current();
    const bot = bots.connections().find((each) => each.group === group);
    const channel = bot ? botChannel(bot.system, channels, language) : '';
    const lead = (key: string) => said(values, key) || (bot ? leadOf(bot, people) : '');
    const { acknowledged: _early, leadAcknowledged: _earlier, ...rest } = values;
    switch (action) {
      case 'assess':
        return { action: 'notifyLead', values: { lead: lead('leadLead'), channel, text } };
      case 'notifyLead':
        return { action, values: { lead: lead('lead'), channel, text } };
      case 'followUp':
        return { action, values: { ...rest, group, content: text } };
      case 'logMessage':
        return { action, values: { ...rest, group, channel, text } };
      default:
        return { action, values: { ...rest, leadLead: lead('leadLead'), leadChannel: channel, leadText: text } };
    }
  }

  private async saveAnswers({ id, state }: StoredCase, { values }: Telling): Promise<void> {
    const kept = state.values['assess'];
    const answers = Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith('lead')));
    const isNew = Object.entries(answers).some(([key, value]) => JSON.stringify(kept?.[key]) !== JSON.stringify(value));
    if (isNew) await this.ports.desk.act(id, { action: 'save', for: 'assess', values: answers });
  }

  private async stored(id: string): Promise<StoredCase> {
    const stored = await this.ports.store.get(id);
    if (!stored) throw new StoreError('case-missing', id);
    return stored;
  }
}

function said(values: Telling['values'], key: string): string {
  const value = values[key];
  return typeof value === 'string' ? value.trim() : '';
}

function refuseWithoutLead({ values = {} }: Act): void {
  if (said(values, 'lead') !== '') return;
  throw new GuardError('notifyLead', [rule('required:lead', w('R&D lead is missing', '缺少研发负责人'), 'leadLead')]);
}

/** True for what tells a lead of an urgent case, in whichever form it was written. */
export function isAboutLead(act: Act | undefined): boolean {
  return act !== undefined && (act.action === 'notifyLead' || LEAD_FORMS.has(act.action));
}
