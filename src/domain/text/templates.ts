/** A team's own wording of the messages to customers: `messageTemplates` in casebook.json. */
import type { Language } from '../words';
import { isRecord } from '../record';

/** What can be worded anew; the built-in text stands in for what isn't. */
export const templatePurposes = [
  'acknowledgement',
  'workaround',
  'plan',
  'schedule',
  'closing',
  'requestReceived',
  'requestStatus',
] as const;
export type TemplatePurpose = (typeof templatePurposes)[number];

/** What may stand in braces. What the case does not know is left out, with its line if that says nothing else. */
export const placeholders = [
  'customer',
  'contact',
  'title',
  'id',
  'product',
  'version',
  'date',
  'approach',
  'ticket',
  'workaround',
  'start',
  'end',
  'manager',
  'status',
  'reason',
  'me',
] as const;
export type Placeholder = (typeof placeholders)[number];

export type TemplateFacts = Readonly<Partial<Record<Placeholder, string>>>;
export type MessageTemplates = Readonly<Partial<Record<TemplatePurpose, Readonly<Partial<Record<Language, string>>>>>>;

const languages: readonly Language[] = ['en', 'zh-CN'];
const BRACES = /\{([A-Za-z]+)\}/g;

const isPlaceholder = (name: string): name is Placeholder => placeholders.some((known) => known === name);

/**
 * Reads purpose → language → text (a string, or its lines). A text that can't be used is left out, so that the built-in
 * one is sent instead, and named: "messageTemplates.plan.en: {verson}".
 */
export function readTemplates(raw: unknown): { templates: MessageTemplates; problems: string[] } {
  if (raw === undefined) return { templates: {}, problems: [] };
  if (!isRecord(raw)) return { templates: {}, problems: ['messageTemplates'] };
  const templates: Partial<Record<TemplatePurpose, Partial<Record<Language, string>>>> = {};
  const problems: string[] = [];
  for (const [purpose, byLanguage] of Object.entries(raw)) {
    const name = `messageTemplates.${purpose}`;
    const known = templatePurposes.find((each) => each === purpose);
    if (known === undefined || !isRecord(byLanguage)) {
      problems.push(name);
      continue;
    }
    for (const [tag, written] of Object.entries(byLanguage)) {
      const language = languages.find((each) => each === tag);
      const text = textOf(written);
      const unknown = [...(text ?? '').matchAll(BRACES)]
        .map((match) => match[1] ?? '')
        .filter((key) => !isPlaceholder(key));
      if (language === undefined || text === undefined) problems.push(`${name}.${tag}`);
      else if (unknown.length > 0) {
        problems.push(`${name}.${tag}: ${unknown.map((key) => `{${key}}`).join(' ')}`);
      } else if (text.trim() !== '') templates[known] = { ...templates[known], [language]: text };
    }
  }
  return { templates, problems };
}

/** Puts the facts in; a line all of whose placeholders are unknown is left out. */
export function fillTemplate(template: string, facts: TemplateFacts): string {
  const factOf = (name: string) => (isPlaceholder(name) ? (facts[name] ?? '').trim() : '');
  return template
    .split('\n')
    .filter((line) => {
      const names = [...line.matchAll(BRACES)].map((match) => match[1] ?? '');
      return names.length === 0 || names.some((name) => factOf(name) !== '');
    })
    .map((line) => line.replace(BRACES, (_whole, name: string) => factOf(name)))
    .join('\n')
    .trim();
}

function textOf(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw.replace(/\r\n?/g, '\n');
  return Array.isArray(raw) && raw.every((line) => typeof line === 'string') ? raw.join('\n') : undefined;
}
