/** People as the log names them: "name <mail>". */
import type { Person } from './casebook';

const NAME_AND_MAIL = /^(.*?)\s*<([^<>]*)>\s*$/;

/** "Li Wei <li.wei@example.com>" → "Li Wei"; where there is a mail address alone, that. */
export function personName(by: string): string {
  const name = (NAME_AND_MAIL.exec(by)?.[1] ?? by).trim();
  return name === '' ? by : name;
}

/** A person of the team's list, as the log names people. */
export function personEntry({ name, mail }: Person): string {
  return mail === undefined || mail === '' ? name : `${name} <${mail}>`;
}

/** The mail address, in small letters; empty where none is given. */
export function mailOf(by: string): string {
  const mail = NAME_AND_MAIL.exec(by)?.[2] ?? (/^\s*\S+@\S+\s*$/.test(by) ? by : '');
  return mail.trim().toLowerCase();
}

/** "Li Wei", "li.wei", "LI_WEI", "Wei Li" and "li.wei@…" all become the same; Chinese names keep their order. */
function nameKey(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s._,-]+/);
  return words
    .filter((word) => word !== '')
    .toSorted()
    .join(' ');
}

/**
 * True when two entries of a log mean one person: the same mail address, or, where one of them has none, the same name
 * in any spelling (order of its words, capitals, dots). Two people of one name are told apart by their addresses.
 */
export function isSamePerson(a: string, b: string): boolean {
  if (a === b) return a.trim() !== '';
  const [mailA, mailB] = [mailOf(a), mailOf(b)];
  if (mailA !== '' && mailB !== '') return mailA === mailB;
  const names = (by: string, mail: string) =>
    [personName(by), mail.split('@')[0] ?? ''].map(nameKey).filter((name) => name !== '');
  const namesB = names(b, mailB);
  return names(a, mailA).some((name) => namesB.includes(name));
}
