/** What is entered, step by step, to connect a group's bot; no editor here. */
import type { BotSystem } from '../../domain/notify/bot';
import { botUrl } from '../../domain/tickets/connections';

export interface BotDraft {
  readonly system: BotSystem;
  readonly group: string;
  /** With the token in it: as secret as a password. */
  readonly address: string;
  /** For signing; empty where the bot does not ask for it. */
  readonly secret: string;
  readonly keyword: string;
  /** As typed, separated by commas or spaces. */
  readonly mentions: string;
  /** The R&D lead who reads there; empty for any other group. */
  readonly lead?: string;
}

export const emptyBot: BotDraft = { system: 'wecom', group: '', address: '', secret: '', keyword: '', mentions: '' };

const order = ['system', 'group', 'address', 'secret', 'keyword', 'mentions', 'lead'] as const;
export type BotStep = (typeof order)[number];

/** Bots of these may ask for a signature, and for a word in every message. */
const guarded: readonly BotSystem[] = ['dingtalk', 'feishu'];

export function botSteps({ system }: Pick<BotDraft, 'system'>): readonly BotStep[] {
  const isGuarded = guarded.includes(system);
  return order.filter((step) => {
    if (step === 'secret' || step === 'keyword') return isGuarded;
    return step !== 'mentions' || system !== 'teams';
  });
}

export function botStepAfter(draft: BotDraft, step: BotStep): BotStep | undefined {
  const steps = botSteps(draft);
  return steps[steps.indexOf(step) + 1];
}

export function botStepBefore(draft: BotDraft, step: BotStep): BotStep {
  const steps = botSteps(draft);
  return steps[steps.indexOf(step) - 1] ?? 'system';
}

/** An address that a message would reach safely, as far as it can be told without calling it. */
export function isBotAddress(address: string): boolean {
  return botUrl(address) !== undefined;
}

export function mentionsIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,，;；、]+/).filter((each) => each !== ''))];
}

/** The entry of the setting: neither address nor secret is in it. */
export function botEntryOf(draft: BotDraft): Readonly<Record<string, unknown>> {
  const asked = botSteps(draft);
  const keyword = asked.includes('keyword') ? draft.keyword.trim() : '';
  const mentions = asked.includes('mentions') ? mentionsIn(draft.mentions) : [];
  const lead = draft.lead?.trim() ?? '';
  return {
    group: draft.group.trim(),
    system: draft.system,
    ...(keyword === '' ? {} : { keyword }),
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(lead === '' ? {} : { lead }),
  };
}
