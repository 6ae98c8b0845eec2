/** What an answer of ZenTao says went wrong; it says so in many shapes, some of them with "200". */
import { TrackerError, type TrackerFailure } from '../../../domain/tickets/tracker';
import { type Call, failureOf, jsonOf, type Reply, retryAfter } from '../http';
import { isRaw, listOf, textOf } from './values';

/** Names that its Chinese messages give to what was left out, by the field it is. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/Bug标题|需求名称|Bug Title|Story Name/i, 'title'],
  [/影响版本|Affected Build|Opened Build/i, 'openedBuild'],
  [/严重程度|Severity/i, 'severity'],
  [/优先级|Priority/i, 'pri'],
  [/Bug类型|Bug Type/i, 'type'],
  [/类别|Category/i, 'category'],
  [/评审人|Reviewer/i, 'reviewer'],
  [/截止日期|Deadline/i, 'deadline'],
  [/重现步骤|需求描述|Repro Steps|Description/i, 'text'],
];

/** The field of ours that one of theirs is. */
const fieldOf = (key: string) => (key === 'steps' || key === 'spec' ? 'text' : key.replace(/\[.*$/, ''));

interface Complaint {
  readonly said: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A text, texts, or texts by field. */
function complaintOf(message: unknown): Complaint {
  if (isRaw(message)) {
    const entries = Object.entries(message).map(([key, value]): [string, string] => [fieldOf(key), flat(value)]);
    return { said: entries.map(([, text]) => text).join(' '), fields: Object.fromEntries(entries) };
  }
  const said = flat(message);
  const named = /『([^』]+)』/.exec(said)?.[1] ?? '';
  const field = NAMED.find(([pattern]) => pattern.test(named))?.[1];
  return { said, fields: field === undefined ? {} : { [field]: said } };
}

const flat = (value: unknown) => (typeof value === 'object' ? listOf(value).map(textOf).join(' ') : textOf(value));

/** @returns undefined where nothing is said to have gone wrong, which is not to say that it went well */
export function failureIn(
  reply: Reply,
  { method }: Pick<Call, 'method'>,
  now: number,
  clean: (text: string) => string,
): TrackerError | undefined {
  const body = jsonOf(reply);
  const isFailed = isRaw(body) && ('error' in body || body['status'] === 'fail' || body['result'] === 'fail');
  const byStatus = failureOf(reply.status);
  if (byStatus === undefined && !isFailed) return undefined;
  const { said, fields } = complaintOf(isRaw(body) ? (body['error'] ?? body['message']) : '');
  const wait = retryAfter(reply.headers, now);
  return new TrackerError(reasonOf(byStatus ?? 'refused', said, method), clean(said), {
    status: reply.status,
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(wait === undefined ? {} : { retryAfter: wait }),
  });
}

function reasonOf(reason: TrackerFailure, said: string, method: string): TrackerFailure {
  if (reason !== 'refused') return reason;
  // all it says of what is not there is {"error":"error"}
  if ((method === 'GET' && said === 'error') || /does not exist|不存在/i.test(said)) return 'not-found';
  return /not allowed|access denied|没有权限|无权/i.test(said) ? 'forbidden' : 'refused';
}

/** The classic pages answer "200" and the way to the login. */
export function isSignedOut(reply: Reply, { path }: Pick<Call, 'path'>): boolean {
  if (reply.status === 401) return true;
  if (path.startsWith('/api.php')) return false;
  const body = jsonOf(reply);
  // what is quoted in a bug is no way to the login
  if (!isRaw(body)) return LOGIN.test(reply.text);
  const data = jsonOf({ ...reply, text: textOf(body['data']) });
  return [body, data].some((each) => isRaw(each) && LOGIN.test(textOf(each['locate'])));
}

const LOGIN = /\bm=user&f=login\b|\buser-login\b/;
