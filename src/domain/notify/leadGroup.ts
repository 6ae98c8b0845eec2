/** Which group hears of urgent cases, who reads there, and what its system is called in the log. */
import type { Person } from '../casebook';
import { isSamePerson, personEntry } from '../person';
import { say, type Language, w, type Words } from '../words';
import type { BotConnection, BotSystem } from './bot';

export const botNames: Readonly<Record<BotSystem, Words>> = {
  wecom: w('WeCom', '企业微信'),
  dingtalk: w('DingTalk', '钉钉'),
  feishu: w('Feishu', '飞书'),
  slack: w('Slack', 'Slack'),
  teams: w('Teams', 'Teams'),
};

/** The channel as the team calls it, in either language. */
export function botChannel(system: BotSystem, channels: readonly string[], language: Language): string {
  const { en, zh } = botNames[system];
  const known = channels.find((channel) =>
    [en, zh].some((name) => name.toLowerCase() === channel.trim().toLowerCase()),
  );
  return known ?? say(botNames[system], language);
}

export type LeadBot = Pick<BotConnection, 'group' | 'lead'>;

/** The bots of the leads' groups first, the wanted lead's before all others. */
export function forLead<Bot extends LeadBot>(bots: readonly Bot[], wanted: string): readonly Bot[] {
  const rank = ({ lead = '' }: Bot) => (lead === '' ? 2 : isSamePerson(lead, wanted) ? 0 : 1);
  return bots.toSorted((a, b) => rank(a) - rank(b));
}

/** Who is told by a message to this group: its lead, else the only lead of the team. Empty where nobody can say. */
export function leadOf({ lead = '' }: LeadBot, people: readonly Person[]): string {
  const leads = people.filter(({ role }) => role === 'LD').map(personEntry);
  if (lead !== '') return leads.find((entry) => isSamePerson(entry, lead)) ?? lead;
  return leads.length === 1 ? (leads[0] ?? '') : '';
}

/** The group that is told without being asked: one that names its lead, else the only one there is. */
export function ownLeadGroup<Bot extends LeadBot>(bots: readonly Bot[], wanted: string): Bot | undefined {
  const [first] = forLead(bots, wanted);
  return first !== undefined && ((first.lead ?? '') !== '' || bots.length === 1) ? first : undefined;
}
