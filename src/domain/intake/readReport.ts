/**
 * What a pasted chat, mail or log says, offered to the fields of an intake. Nothing is made up: each finding names the
 * piece of the text that it was read from.
 */
import type { CaseKind } from '../case/state';
import type { CasebookSettings } from '../casebook';
import { toIso } from '../time';
import { type Message, type Pasted, readMessages } from './messages';
import { findTimes, type FoundTime, type Here } from './times';

export type FindingKey =
  | 'title'
  | 'description'
  | 'occurredAt'
  | 'occurredUntil'
  | 'receivedAt'
  | 'customer'
  | 'contact'
  | 'product'
  | 'version'
  | 'channel'
  /** A line with an error: another title, or a part of the description. */
  | 'error';

export interface Finding {
  readonly key: FindingKey;
  readonly value: string;
  /** As it stands in the text. */
  readonly from: string;
}

export interface Around extends Here {
  readonly kind: CaseKind;
  readonly settings: CasebookSettings;
  /** "name <mail>" of the engineer: what he wrote himself is not the customer's name. */
  readonly me: string;
}

/** Longer text is a file; what a report says, it says in its beginning. */
const MOST_TEXT = 200_000;
const LONGEST_LINE = 2000;
const LONGEST_TITLE = 80;
const MOST_ERRORS = 3;

/** @returns at most one finding a key, but for errors; in the order in which a form asks */
export function readReport(text: string, around: Around): Finding[] {
  const whole = text.slice(0, MOST_TEXT).replace(/\r\n?/g, '\n');
  if (whole.trim() === '') return [];
  const pasted = readMessages(whole, around);
  const body = bodyOf(pasted);
  const said = pasted.messages.flatMap(({ lines }) => lines).map((line) => line.slice(0, LONGEST_LINE));
  const product = findProduct(whole, around.settings);
  const errors = errorLines(said);
  const title = titleOf(pasted, said);
  return [
    title === '' ? undefined : { key: 'title' as const, value: title, from: title },
    ...errors
      .filter((line) => !title.includes(line))
      .map((line) => ({ key: 'error' as const, value: line, from: line })),
    body === ''
      ? undefined
      : { key: 'description' as const, value: body, from: said.find((line) => line.trim() !== '')?.trim() ?? '' },
    ...(around.kind === 'issue' ? occurrence(said.join('\n'), pasted, around) : []),
    findCustomer(whole, around.settings),
    findContact(pasted, whole, around),
    findChannel(pasted, around.settings),
    product,
    findVersion(said, product?.value, around.settings),
    received(pasted, around),
  ].filter((finding): finding is Finding => finding !== undefined && finding.value !== '');
}

/** Whether it is worth asking what a pasted text says: a chat, a mail, or several lines. */
export function looksLikeReport(text: string): boolean {
  const beginning = text.slice(0, MOST_TEXT).trim();
  return beginning.length >= 40 && /[\r\n]/.test(beginning);
}

/** The text without the heads of its messages; who said what stays where several talk. */
function bodyOf({ messages }: Pasted): string {
  const senders = new Set(messages.map(({ sender }) => sender).filter((sender) => sender !== ''));
  const parts = messages.map((message) => {
    const body = trimmedLines(message.lines);
    return senders.size > 1 && body !== '' && message.sender !== '' ? `${message.sender}: ${body}` : body;
  });
  return parts.filter((part) => part !== '').join('\n');
}

const trimmedLines = (lines: readonly string[]) =>
  lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\s+$/g, '');

const GREETING =
  /^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))(?:\s+(?:all|team|everyone|there|support|[A-Z][a-z]+))?|(?:各位|大家|老师|领导|你|您|[\p{Script=Han}]{1,3}(?:工|总|经理|老师))?(?:你好|您好|好|早|早上好|上午好|下午好|晚上好)|在吗|在么|打扰(?:一下|了)?|麻烦(?:看一下|看下|帮忙看一下)?|请问|@\S+)(?=$|[\s,，.。!！?？:：~～、])[\s,，.。!！?？:：~～、]*/u;
const MEANS_LITTLE =
  /^(?:\[[^\]]{1,12}\]|【[^】]{1,12}】|[\p{P}\p{S}\s\d]*|(?:收到|好的|嗯+|ok|thanks?|谢谢)[\s.。!！]*)$/iu;

function titleOf({ subject }: Pasted, said: readonly string[]): string {
  if (subject !== '') return cut(subject);
  for (const line of said) {
    let rest = line.trim();
    for (let before = ''; before !== rest;) {
      before = rest;
      rest = rest.replace(GREETING, '');
    }
    if (rest.length >= 4 && !MEANS_LITTLE.test(rest) && !isStackLine(rest)) return cut(rest);
  }
  return '';
}

/** The first sentence, where the whole is too long for a title. */
function cut(line: string): string {
  if (line.length <= 40) return line.replace(/[。.,，;；]+$/, '');
  const sentence = /^.{8,}?(?=[。！？!?；;]|\.\s|，(?=.{20}))/u.exec(line)?.[0] ?? line;
  if (sentence.length <= LONGEST_TITLE) return sentence.replace(/[。.,，;；]+$/, '');
  const end = /[\uD800-\uDBFF]$/.test(sentence.slice(0, LONGEST_TITLE)) ? LONGEST_TITLE - 1 : LONGEST_TITLE;
  const blank = sentence.lastIndexOf(' ', end);
  return sentence.slice(0, blank > LONGEST_TITLE / 2 ? blank : end).trim();
}

const isStackLine = (line: string) => /^(?:at\s+\S+\(|\s*\.\.\. \d+ more|File ".*", line \d+)/.test(line);

const ERROR =
  /\b(?:ORA|TNS|PLS|SQL|DB|MSG|ERR|SQLSTATE)[-_ ]?\d{4,6}\b|\b[A-Z]{2,5}-\d{4,6}\b|\b[\w.$]*(?:Exception|Error)\b|\b(?:ERROR|FATAL|SEVERE|CRITICAL|PANIC)\b|\bHTTP(?:\/\d(?:\.\d)?)?\s?(?:status\s?)?[45]\d\d\b|\b[45]\d\d\s(?:Bad|Internal|Gateway|Service|Not Found|Forbidden|Unauthorized|Request|Too Many)\b|\b0x[0-9A-Fa-f]{6,16}\b|\bE[A-Z]{4,}\b(?=:)|\berrno\b|\berror code\b|错误码|错误代码|\b[45]0[0-9]\s?(?:错误|报错)/;

function errorLines(said: readonly string[]): string[] {
  const lines = said.map((line) => line.trim()).filter((line) => ERROR.test(line) && line.length <= 300);
  return [...new Set(lines.filter((line) => !isStackLine(line)))].slice(0, MOST_ERRORS);
}

/** Between two times that are a beginning and an end. */
const UNTIL = /^\s?(?:-|–|—|~|～|到|至|直到|to|till|until|and|和)\s?(?:about |around |大概|约)?$/i;

function occurrence(body: string, pasted: Pasted, around: Around): (Finding | undefined)[] {
  const heard = pasted.messages.find(({ at }) => at !== undefined)?.at;
  // "yesterday" was said on the day of the message, which may be pasted a week later
  const here = heard ? { now: heard.instant, offset: around.offset } : around;
  const latest = (heard?.instant ?? around.now) + 60_000;
  const times = findTimes(body, here).filter((time) => time.hasClock);
  for (const [index, time] of times.entries()) {
    if (time.instant > latest) continue;
    const first: Finding = { key: 'occurredAt', value: time.at, from: time.from };
    const next = times[index + 1];
    if (!next || !UNTIL.test(body.slice(time.end, next.start))) return [first];
    const until = next.hasDay ? next : onDayOf(time, next, around.offset);
    if (until.instant <= time.instant || until.instant > latest) return [first];
    return [first, { key: 'occurredUntil', value: until.at, from: until.from }];
  }
  return [];
}

const DAY = 86_400_000;

/** "yesterday 15:30 to 16:10": the end is of the same day, or of the night that follows. */
function onDayOf(day: FoundTime, time: FoundTime, offset: number): FoundTime {
  const shift = offset * 60_000;
  const start = Math.floor((day.instant + shift) / DAY) * DAY;
  const clock = (((time.instant + shift) % DAY) + DAY) % DAY;
  const same = start + clock - shift;
  const instant = same < day.instant ? same + DAY : same;
  return { ...time, instant, at: toIso(instant, offset) };
}

function received(pasted: Pasted, { now }: Around): Finding | undefined {
  const at = pasted.messages.find((message) => message.at !== undefined)?.at;
  return at && at.instant <= now + 60_000 ? { key: 'receivedAt', value: at.at, from: at.from } : undefined;
}

/** Where it stands in the text, as it is spelled there; a Latin name only as a word of its own. */
function spelled(text: string, name: string): string | undefined {
  if (name.trim().length < 2) return undefined;
  const escaped = name.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9])`, 'i').exec(text)?.[0];
}

function longestKnown(text: string, names: readonly string[]): { name: string; from: string } | undefined {
  return names
    .flatMap((name) => {
      const from = spelled(text, name);
      return from === undefined ? [] : [{ name, from }];
    })
    .toSorted((a, b) => b.from.length - a.from.length)[0];
}

function findCustomer(text: string, settings: CasebookSettings): Finding | undefined {
  const known = longestKnown(
    text,
    settings.customers.map(({ name }) => name),
  );
  return known && { key: 'customer', value: known.name, from: known.from };
}

/** Whoever wrote first and is not one of us; a contact of the team's list by that name is meant. */
function findContact({ messages }: Pasted, text: string, { settings, me }: Around): Finding | undefined {
  const ours = [me, ...settings.people.map(({ name }) => name)].map((name) => name.replace(/\s*<.*$/, '').trim());
  const isOurs = (sender: string) => ours.some((name) => name !== '' && plainName(sender) === name);
  const contacts = settings.customers.flatMap((customer) => customer.contacts ?? []);
  const sender = messages.map((message) => message.sender).find((name) => name !== '' && !isOurs(name));
  if (sender === undefined) {
    const known = longestKnown(text, contacts);
    return known && { key: 'contact', value: known.name, from: known.from };
  }
  const alike = contacts.filter((contact) => contact === sender || plainName(contact) === plainName(sender));
  const [only] = alike;
  return { key: 'contact', value: alike.length === 1 && only !== undefined ? only : sender, from: sender };
}

/** "王工（信息科）", "王工@微信", "Tom (IT operations)" → the name alone. */
const plainName = (name: string) => name.replace(/\s*[(（@＠].*$/u, '').trim();

function findProduct(text: string, settings: CasebookSettings): Finding | undefined {
  const names = settings.products.map(({ name }) => name);
  const known = longestKnown(text, names);
  if (known) return { key: 'product', value: known.name, from: known.from };
  // "数据看板 BI" is also called by either half
  const parts = names.flatMap((name) => name.split(/\s+/).map((part) => ({ name, part })));
  const found = parts.flatMap(({ name, part }) => {
    const from = /^[A-Za-z]{1,2}$/.test(part) && !text.includes(part) ? undefined : spelled(text, part);
    return from === undefined ? [] : [{ name, from }];
  });
  const [first] = found;
  return first && found.every(({ name }) => name === first.name)
    ? { key: 'product', value: first.name, from: first.from }
    : undefined;
}

const FOREIGN =
  /(?:jdk|java|jre|mysql|mariadb|postgres(?:ql)?|pg|redis|nginx|tomcat|kafka|oracle|sql ?server|elasticsearch|es|chrome|edge|firefox|safari|windows|win|linux|ubuntu|centos|kernel|python|node(?:\.?js)?|php|go|docker|k8s|kubernetes|excel|office|wps|ios|android|openssl|glibc|ip|tls|http)[\s/:=-]{0,2}v?$/i;

function findVersion(
  said: readonly string[],
  product: string | undefined,
  settings: CasebookSettings,
): Finding | undefined {
  const text = said.join('\n');
  const listed = settings.products.filter(({ name }) => product === undefined || name === product);
  const known = longestKnown(
    text,
    listed.flatMap(({ versions }) => versions).filter((version) => isAlone(text, version)),
  );
  if (known) return { key: 'version', value: known.name, from: known.from };
  const named = /(?:版本号?|version|\bver\.?|\brelease)\s*(?:是|为|is|[:：=])?\s*(v?\d+(?:\.\d+)+[\w-]*)/i.exec(
    text,
  )?.[1];
  const build = /\bbuild[\s:#]*\d{3,}\b/i.exec(text)?.[0];
  const written = [...text.matchAll(/(?<![\w.-])(?:v\d+(?:\.\d+)+|\d+\.\d+\.\d+)(?:-?[a-z]{1,5}\d*)?(?![\w]|\.\d)/gi)]
    .filter(({ 0: match, index }) => !FOREIGN.test(text.slice(Math.max(0, index - 24), index)) && !isDate(match))
    .map(([match]) => match)[0];
  const value = named ?? written ?? build;
  return value === undefined ? undefined : { key: 'version', value, from: value };
}

const isDate = (version: string) => /^(?:19|20)\d{2}\.\d{1,2}\.\d{1,2}$/.test(version);

/** "8.3.1" is not meant by "18.3.1" or "8.3.1.4". */
function isAlone(text: string, version: string): boolean {
  const escaped = version.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\d.])${escaped}(?!\\d|\\.\\d)`).test(text);
}

/** Chats copy their heads each in a way of its own. */
const CHATS: readonly (readonly [head: RegExp, name: RegExp])[] = [
  [
    /@微信|\s\d{4}\/\d{1,2}\/\d{1,2}\s+\d{1,2}:\d{2}:\d{2}\s*$|\s\d{1,2}\/\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?\s*$/,
    /企业微信|wecom|wechat|微信/i,
  ],
  [/\s\d{1,2}-\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?\s*$/, /钉钉|dingtalk/i],
  [/\s\d{1,2}月\d{1,2}日\s*(?:上午|下午|晚上)?\s*\d{1,2}:\d{2}\s*$/, /飞书|feishu|lark/i],
];

function findChannel({ form, messages }: Pasted, { channels }: CasebookSettings): Finding | undefined {
  const head = messages.find((message: Message) => message.head !== '')?.head ?? '';
  const name =
    form === 'mail' ? /邮件|邮箱|mail/i : CHATS.find(([pattern]) => form === 'chat' && pattern.test(head))?.[1];
  const value = name && channels.find((channel) => name.test(channel));
  return value === undefined ? undefined : { key: 'channel', value, from: head };
}
