/** Connecting a group's bot, step by step; the group hears nothing of it unless somebody wants it to. */
import * as vscode from 'vscode';
import type { BotSystem } from '../../domain/notify/bot';
import type { Casebook } from '../../domain/ports';
import { botSystems } from '../../domain/tickets/connections';
import { withEntry } from '../../domain/tickets/entries';
import { changeSetting } from '../../platform/connectionSettings';
import { sentenceOf } from '../../platform/sentences';
import { type Answer, answered, askText, type Frame, framed, type TextQuestion } from '../../platform/steps';
import {
  type BotDraft,
  botEntryOf,
  type BotStep,
  botStepAfter,
  botStepBefore,
  botSteps,
  isBotAddress,
} from './botDraft';
import { allNames } from './mappings';
import { botName, withKept } from './words';

type Ports = Pick<Casebook, 'bots' | 'settings'>;

interface GroupItem extends vscode.QuickPickItem {
  readonly group: string;
}

export class ConnectBot {
  constructor(
    private readonly ports: Ports,
    private draft: BotDraft,
  ) {}

  /** What was typed so far, without what is secret. */
  get typed(): BotDraft {
    return { ...this.draft, address: '', secret: '' };
  }

  /** @returns the group; undefined where it was left, and nothing is kept then */
  async run(): Promise<string | undefined> {
    let at: BotStep | undefined = 'system';
    while (at !== undefined) {
      const answer: Answer<unknown> = await this.ask(at);
      if (answer.is === 'gone') return undefined;
      at = answer.is === 'back' ? botStepBefore(this.draft, at) : botStepAfter(this.draft, at);
    }
    return this.draft.group.trim();
  }

  /** After the last step; what can't be kept is said there, and nothing that was typed is gone. */
  private keptAfter(step: BotStep): Pick<TextQuestion, 'attempt'> {
    if (botStepAfter(this.draft, step) !== undefined) return {};
    return {
      attempt: async () => {
        try {
          await this.keep();
          return undefined;
        } catch (error) {
          return sentenceOf(error);
        }
      },
    };
  }

  private async keep(): Promise<void> {
    const { bots, settings } = this.ports;
    const { address, secret } = this.draft;
    const group = this.draft.group.trim();
    await changeSetting('bots', (entries) => withEntry(entries, 'group', botEntryOf(this.draft)));
    await bots.keep(group, address, botSteps(this.draft).includes('secret') ? secret : '');
    await settings.learn([{ group }]);
  }

  private put(change: Partial<BotDraft>): void {
    this.draft = { ...this.draft, ...change };
  }

  private frame(step: BotStep, placeholder: string): Frame {
    const steps = botSteps(this.draft);
    return {
      title: vscode.l10n.t('Connect a Group Bot'),
      step: steps.indexOf(step) + 1,
      of: steps.length,
      placeholder,
    };
  }

  private ask(step: BotStep): Promise<Answer<unknown>> {
    const { draft } = this;
    switch (step) {
      case 'system':
        return this.askSystem();
      case 'group':
        return this.askGroup();
      case 'address':
        return askText(
          this.frame('address', vscode.l10n.t('Webhook address')),
          {
            value: draft.address,
            isPassword: true,
            prompt: withKept(madeWhere(draft.system)),
            check: (address) =>
              isBotAddress(address)
                ? undefined
                : vscode.l10n.t("That is not the address of a bot. Copy it whole from the bot's page: https://…"),
          },
          (address) => this.put({ address }),
        );
      case 'secret':
        return askText(
          this.frame('secret', vscode.l10n.t('Signing secret; Enter where there is none')),
          {
            value: draft.secret,
            isPassword: true,
            prompt: withKept(vscode.l10n.t('Only where the bot is set to check a signature.')),
            check: () => undefined,
          },
          (secret) => this.put({ secret }),
        );
      case 'keyword':
        return askText(
          this.frame('keyword', vscode.l10n.t('Keyword; Enter where there is none')),
          {
            value: draft.keyword,
            prompt: vscode.l10n.t('A word that the bot is set to ask for in every message; Casebook adds it.'),
            check: () => undefined,
          },
          (keyword) => this.put({ keyword }),
        );
      case 'mentions':
        return askText(
          this.frame('mentions', mentionWords(draft.system)),
          {
            value: draft.mentions,
            prompt: vscode.l10n.t('Whom its messages call by name, separated by commas; Enter for nobody.'),
            check: () => undefined,
          },
          (mentions) => this.put({ mentions }),
        );
      case 'lead':
        return askText(
          this.frame('lead', vscode.l10n.t('R&D lead; Enter where the lead is not in this group')),
          {
            value: draft.lead ?? '',
            prompt: vscode.l10n.t('The group with the R&D lead is the one that hears of urgent cases.'),
            check: () => undefined,
            ...this.keptAfter('lead'),
          },
          (lead) => this.put({ lead }),
        );
    }
  }

  private async askSystem(): Promise<Answer<unknown>> {
    const pick = framed<vscode.QuickPickItem & { readonly system: BotSystem }>(
      this.frame('system', vscode.l10n.t('Which chat system is the group in?')),
    );
    pick.items = botSystems.map((system) => ({ label: botName(system), system }));
    const chosen = pick.items.find(({ system }) => system === this.draft.system);
    if (chosen) pick.activeItems = [chosen];
    const answer = await answered(pick);
    if (answer.is === 'item') this.put({ system: answer.item.system });
    return answer;
  }

  private async askGroup(): Promise<Answer<unknown>> {
    const connected = this.ports.bots.connections().map(({ group }) => group);
    const names = allNames(this.ports.settings.current().groups, connected);
    const pick = framed<GroupItem>(
      this.frame('group', vscode.l10n.t('Which group? Type to find it, or to name a new one')),
    );
    const items = names.map((group): GroupItem => ({
      label: group,
      description: connected.includes(group) ? vscode.l10n.t('has a bot; it will be replaced') : '',
      group,
    }));
    const show = () => {
      const typed = pick.value.trim();
      const isKnown = typed === '' || names.some((each) => each.toLowerCase() === typed.toLowerCase());
      const other: GroupItem = {
        label: `$(add) ${vscode.l10n.t('New group')}`,
        description: `“${typed}”`,
        alwaysShow: true,
        group: typed,
      };
      pick.items = isKnown ? items : [...items, other];
    };
    pick.value = names.includes(this.draft.group) ? '' : this.draft.group;
    show();
    const chosen = items.find(({ group }) => group === this.draft.group);
    if (chosen) pick.activeItems = [chosen];
    pick.onDidChangeValue(show);
    const answer = await answered(pick);
    if (answer.is === 'item') this.put({ group: answer.item.group });
    return answer;
  }
}

function madeWhere(system: BotSystem): string {
  switch (system) {
    case 'wecom':
      return vscode.l10n.t('In the group: Group settings → Message push (group bot) → add one, and copy its address.');
    case 'dingtalk':
      return vscode.l10n.t('In the group: Group settings → Bots → Add → Custom, and copy its Webhook.');
    case 'feishu':
      return vscode.l10n.t('In the group: Settings → Bots → Add bot → Custom bot, and copy its webhook address.');
    case 'slack':
      return vscode.l10n.t('At api.slack.com/apps: Incoming Webhooks → Add New Webhook, and copy its URL.');
    case 'teams':
      return vscode.l10n.t(
        'In the channel: Workflows → “Send webhook alerts to a channel” (when a webhook request is received), and copy its URL.',
      );
  }
}

function mentionWords(system: BotSystem): string {
  switch (system) {
    case 'wecom':
    case 'dingtalk':
      return vscode.l10n.t('Mobile numbers');
    case 'feishu':
    case 'slack':
    case 'teams':
      return vscode.l10n.t('User ids');
  }
}
