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

/** The time of what was today, else the day as well. */
export function lately(iso: string): string {
  return new Date(instantOf(iso)).toDateString() === new Date().toDateString() ? clock(iso) : when(iso);
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

/** "12 kB", "4.9 MB": powers of 1,000, as the limit is. */
export function sizeText(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(bytes / 1000 ** power);
}

/** One after the other inside a sentence. */
export function enumerated(items: readonly string[]): string {
  return items.join(language === 'en' ? ', ' : '、');
}
