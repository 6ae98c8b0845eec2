/** The page's language: the procedures' own words, and dates as people write them there. */
import { instantOf, isCalendarDate, isInstant } from '../../../domain/time';
import { type Language, say, type Words } from '../../../domain/words';

let language: Language = 'en';

export function speak(chosen: Language): void {
  language = chosen;
}

export function text(words: Words): string {
  return say(words, language);
}

/** The editor's region, if it is the page's language; "en" alone would write the month first for everybody. */
function locale(): string {
  const wanted = language === 'en' ? 'en' : 'zh';
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${wanted}-`)) ?? language;
}

const thisYear = (iso: string) => iso.startsWith(String(new Date().getFullYear()));

export function when(iso: string): string {
  if (!isInstant(iso)) return iso;
  return new Intl.DateTimeFormat(locale(), {
    ...(thisYear(iso) ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(instantOf(iso));
}

export function day(iso: string): string {
  const instant = isCalendarDate(iso) ? instantOf(`${iso}T12:00:00Z`) : instantOf(iso);
  if (instant === 0) return iso;
  return new Intl.DateTimeFormat(locale(), { year: 'numeric', month: 'short', day: 'numeric' }).format(instant);
}

export function clock(iso: string, seconds = false): string {
  return new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hour12: false,
  }).format(instantOf(iso));
}

/** Between a colon and what follows it: a full-width colon brings its own space. */
export function afterColon(): string {
  return language === 'en' ? ' ' : '';
}

/** Facts side by side in one line; empty ones are left out. */
export function dotted(facts: readonly string[]): string {
  return facts.filter((fact) => fact !== '').join(' · ');
}

/** Between the items of a list in a sentence. */
export function listed(items: readonly string[]): string {
  return items.join(language === 'en' ? ' · ' : '、');
}
