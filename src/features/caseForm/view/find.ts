/** Finding one of many by what is typed. Free of the DOM. */
import { matching } from './suggest';

interface Named {
  readonly value: string;
  readonly label: string;
}

/** A longer list is not read. */
const MOST_SHOWN = 50;

/** @returns those that have every word typed, and how many more of them there are */
export function found<T extends Named>(
  choices: readonly T[],
  typed: string,
  most = MOST_SHOWN,
): { readonly shown: readonly T[]; readonly more: number } {
  const all = matching(choices, typed, ({ label }) => label);
  return { shown: all.slice(0, most), more: Math.max(0, all.length - most) };
}

/** The one that what was typed can only mean; undefined where it may be several. */
export function meant<T extends Named>(choices: readonly T[], typed: string): T | undefined {
  const text = typed.trim().toLowerCase();
  if (text === '') return undefined;
  const same = choices.filter(({ label, value }) => label.toLowerCase() === text || value.toLowerCase() === text);
  const all = same.length > 0 ? same : matching(choices, typed, ({ label }) => label);
  return all.length === 1 ? all[0] : undefined;
}
