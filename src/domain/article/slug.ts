/** The file name of an article from its title. */
import { allPlaceholders } from '../redaction/finding';

const LONGEST = 60;

/**
 * Latin words in kebab case. A title that has hardly any, such as a Chinese one, keeps its Chinese characters.
 * @param fallback for a title without a single letter or digit
 */
export function slugOf(title: string, fallback: string): string {
  const bare = allPlaceholders.reduce(
    (text, placeholder) => text.replaceAll(placeholder, ' '),
    title.normalize('NFKC'),
  );
  const words = bare.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const latin = bare.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const isLatin = latin.filter((word) => /[a-z]/.test(word)).length > 1 || latin.join('') === words.join('');
  const parts = isLatin ? latin : words.flatMap((word) => word.match(/[a-z0-9]+|[^a-z0-9]+/g) ?? []);
  return shorten(parts) || fallback.toLowerCase();
}

/** Ends between two words; a first word that is too long by itself is cut. */
function shorten(parts: readonly string[]): string {
  let slug = '';
  for (const part of parts) {
    const longer = slug === '' ? part : `${slug}-${part}`;
    if (Array.from(longer).length > LONGEST) return slug === '' ? Array.from(part).slice(0, LONGEST).join('') : slug;
    slug = longer;
  }
  return slug;
}
