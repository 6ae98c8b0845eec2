/** A text as it is once its secrets are masked, for whoever compares it with one that was. */
import type { Language } from '../words';
import { type FindingKind, mask, placeholderOf, worded } from './finding';
import { secretSpots } from './secrets';

const KINDS: readonly FindingKind[] = ['token', 'password', 'privateKey', 'connectionString'];
const LANGUAGES: readonly Language[] = ['en', 'zh-CN'];

/** The text with its secrets masked in every language in which `other` holds a mask; none where it holds none. */
export function maskedAs(text: string, other: string): readonly string[] {
  const used = LANGUAGES.filter((language) => KINDS.some((kind) => other.includes(placeholderOf(kind, language))));
  if (used.length === 0) return [];
  const spots = secretSpots(text);
  return used.map((language) => mask(text, worded(text, spots, language)));
}
