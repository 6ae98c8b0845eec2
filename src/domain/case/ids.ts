/** Ids that two engineers offline never make twice: no counters. */
import { pad } from '../time';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Fills an array with random bytes; the only source of chance, so tests can hold it still. */
export type RandomBytes = (size: number) => Uint8Array;

/** "ISS-20261122-7K3F": kind, local calendar date, four random characters (Crockford base 32). */
export function newCaseId(kind: 'issue' | 'request', today: Date, random: RandomBytes): string {
  const date = `${today.getFullYear()}${pad(today.getMonth() + 1)}${pad(today.getDate())}`;
  return `${kind === 'issue' ? 'ISS' : 'REQ'}-${date}-${characters(4, random)}`;
}

const CASE_ID = /^(ISS|REQ)-(\d{4})(\d{2})(\d{2})-[0-9A-HJKMNP-TV-Z]{4}$/;

/** True for a well-formed id; nothing else is ever turned into a file name. */
export function isCaseId(text: string): boolean {
  return CASE_ID.test(text);
}

/** The folder below `cases/` that holds a case: its year. */
export function yearOf(caseId: string): string {
  const match = CASE_ID.exec(caseId);
  if (!match?.[2]) throw new RangeError(`not a case id: ${caseId}`);
  return match[2];
}

export function kindOfId(caseId: string): 'issue' | 'request' {
  return caseId.startsWith('REQ-') ? 'request' : 'issue';
}

/** A ULID: 48 bits of milliseconds, 80 bits of chance, 26 characters, sorts by time. */
export function newUlid(epochMilliseconds: number, random: RandomBytes): string {
  let rest = epochMilliseconds;
  let time = '';
  for (let index = 0; index < 10; index += 1) {
    time = CROCKFORD.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  return time + characters(16, random);
}

function characters(count: number, random: RandomBytes): string {
  return Array.from(random(count), (byte) => CROCKFORD.charAt(byte % 32)).join('');
}
