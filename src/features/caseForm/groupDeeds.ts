/** Messages to groups from one case's page: sent on a click, and what became of them. */
import * as vscode from 'vscode';
import { type GroupTeller, isAboutLead } from '../../domain/notify/groupTeller';
import { leadOf } from '../../domain/notify/leadGroup';
import type { Casebook } from '../../domain/ports';
import { GuardError } from '../../domain/sop/missing';
import { errorOf, type OutboxItem } from '../../domain/tickets/outbox';
import { report } from '../../platform/run';
import { sentenceOf } from '../../platform/sentences';
import type { GroupDeed, GroupNews, GroupTell, PageGroups, PageTelling } from './groupProtocol';

type Ports = Pick<Casebook, 'bots' | 'tickets' | 'settings'> & { readonly teller: GroupTeller };

export interface GroupDeedsOptions {
  readonly ports: Ports;
  readonly caseId: () => string;
  readonly tell: (news: GroupNews) => void;
  /** It is on its way or written down: the form of that action is used up. */
  readonly used: (action: string) => void;
  /** The case, or what waits, is another now. */
  readonly changed: () => void;
  readonly log: vscode.LogOutputChannel;
}

export class GroupDeeds implements vscode.Disposable {
  private readonly listening: { dispose(): void };
  private shown = '';
  private isDisposed = false;

  constructor(private readonly options: GroupDeedsOptions) {
    this.listening = options.ports.tickets.onDidChange(() => void this.heard());
  }

  dispose(): void {
    this.isDisposed = true;
    this.listening.dispose();
  }

  /** For the page; what can't be read keeps no case from being shown. */
  async page(): Promise<PageGroups> {
    const { bots, tickets, settings } = this.options.ports;
    const { people } = settings.current();
    const connected = bots.connections().map((bot) => ({ group: bot.group, lead: leadOf(bot, people) }));
    const id = this.options.caseId();
    const items = id === '' ? [] : await tickets.outbox().catch(() => []);
    const groups: PageGroups = {
      connected,
      unsent: items.flatMap((item) => (item.caseId === id ? tellingOf(item) : [])),
    };
    this.shown = JSON.stringify(groups);
    return groups;
  }

  /** The outbox holds what other cases send too: only what is shown here is drawn again. */
  private async heard(): Promise<void> {
    const before = this.shown;
    const now = JSON.stringify(await this.page());
    if (now !== before && !this.isDisposed) this.options.changed();
  }

  receive(deed: GroupDeed): void {
    this.work(deed).catch((error: unknown) => report(this.options.log, `group ${deed.do}`, error));
  }

  private async work(deed: GroupDeed): Promise<void> {
    const { ports, changed } = this.options;
    switch (deed.do) {
      case 'tell':
        return this.send(deed);
      case 'connect':
        await vscode.commands.executeCommand('casebook.connections.manage');
        return;
      case 'takeOut':
        await ports.tickets.cancel(deed.item).finally(changed);
        return;
      case 'retry':
      case 'wasTold': {
        const tried = deed.do === 'retry' ? ports.tickets.retry(deed.item) : ports.tickets.wasTold(deed.item);
        const delivery = await tried.finally(changed);
        if (delivery.is === 'needsPerson') throw delivery.error;
      }
    }
  }

  private async send(deed: GroupTell): Promise<void> {
    const { ports, caseId, used, changed } = this.options;
    const { id, language, action } = deed;
    try {
      const sent = await ports.teller.tell(caseId(), deed, language);
      if (sent.is === 'sent') used(action);
      // what waits logs itself: the form must not log it once more; a lead who is called instead is logged by hand
      if (sent.is === 'waiting' && (action === 'followUp' || action === 'logMessage')) used(action);
      if (sent.is === 'waiting') this.answer(id, 'waiting', sentenceOf(errorOf(sent.failure)));
      else this.answer(id, sent.is === 'sent' ? 'sent' : 'busy', '');
    } catch (error) {
      if (error instanceof GuardError) this.answer(id, 'refused', sentenceOf(error), error);
      else this.answer(id, 'failed', sentenceOf(error));
      this.options.log.warn(`group tell: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      changed();
    }
  }

  private answer(id: number, is: GroupNews['is'], sentence: string, refusal?: GuardError): void {
    this.options.tell({ type: 'told', id, is, sentence, missing: refusal?.items ?? [] });
    // nobody sees the page any more
    if (this.isDisposed && sentence !== '') void vscode.window.showWarningMessage(sentence);
  }
}

function tellingOf({ id, connection, job, state, failure, nextAt, isUncertain }: OutboxItem): PageTelling[] {
  if (job.is !== 'tell') return [];
  const asks = isUncertain ? 'asks' : 'refused';
  const standing = state === 'needsPerson' ? asks : state === 'waiting' && failure ? 'waiting' : 'trying';
  return [
    {
      id,
      group: connection,
      text: job.text,
      isAboutLead: isAboutLead(job.act),
      standing,
      sentence: failure === undefined ? '' : sentenceOf(errorOf(failure)),
      nextAt: standing === 'waiting' ? new Date(nextAt).toISOString() : '',
    },
  ];
}
