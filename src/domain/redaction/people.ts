/** Numbers that lead to a person: telephones and identity papers. */
import { halfWidth, type Spot, spotsOf } from './finding';

const MOBILE = /(?<![\w.+-]|\d[ /])(?:(?:\+|00)?86[- ]?)?1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4})(?![\w-]|\.\d)/dg;
/** Area code with its bracket or dash; 7 or 8 digits; an extension. */
const LANDLINE =
  /(?<![\w.+-])(?:(?:\+|00)86[- ]?)?(?:[(]0?(?:10|2[0-57-9]|[3-9]\d{2})[)][- ]?|0(?:10|2[0-57-9]|[3-9]\d{2})[- ])[2-9]\d{2,3}[- ]?\d{4}(?:[ \t]?(?:-|转|ext\.?|x|分机)[ \t]?\d{2,5})?(?![\w-]|\.\d)/dgi;
const HOTLINE = /(?<![\w.+-])[48]00[- ]?\d{3,4}[- ]\d{3,4}(?![\w-]|\.\d)/dg;
const INTERNATIONAL =
  /(?<![\w.+-])(?:\+|00(?=[1-9]\d{0,2}[ -]))[1-9]\d{0,2}(?:[ .-]?[(]?\d{1,5}[)]?){1,5}(?![\w-]|\.\d|[ -]\d)/dg;
const AMERICAN = /(?<![\w.+/-])(?:1[-. ])?(?:[(][2-9]\d{2}[)] ?|[2-9]\d{2}[-.])[2-9]\d{2}[-.]\d{4}(?![\w-]|\.\d)/dg;
const NAMED =
  /(?:电话|手机号?|座机|传真|联系方式|微信号?|\b(?:phone|tel|telephone|mobile|cell|fax|whatsapp|wechat))[ \t]{0,2}(?:no\.?|number|号码?)?[ \t]{0,2}[:=为是][ \t]{0,2}((?:\+|0)?\d(?:[- ]?\d){6,14})(?![\w-])/dgi;

/** A number with such a word right before it counts something. */
const COUNTED =
  /(?:\b[\w.-]*(?:id|no|num|seq|offset|size|bytes|length|count|total|lsn|scn|xid|pid|tid|port|code|order|batch|txn|ts|time(?:stamp)?|epoch|version|amount|serial|sn|trace|session)|订单号?|单号|流水号?|编号|序列号|批号|工号|金额|时间戳|线程)["']?[ \t]{0,2}[:=#[ ：][ \t]{0,2}["']?$/i;

const UNIT =
  /^[ \t]?(?:字节|毫秒|微秒|秒|条|次|行|个|元|笔|项|(?:[kmg]i?b|bytes?|ms|us|ns|s|rows?|records?|times|%)\b)/i;

function phoneSpots(text: string): Spot[] {
  const isCounted = ({ start, end }: Spot) =>
    COUNTED.test(text.slice(Math.max(0, start - 32), start)) || UNIT.test(text.slice(end, end + 8));
  const digits = ({ start, end }: Spot) => text.slice(start, end).replace(/\D/g, '').length;
  return [
    ...[MOBILE, LANDLINE, HOTLINE, AMERICAN].flatMap((pattern) => spotsOf(text, 'phone', pattern)),
    ...spotsOf(text, 'phone', INTERNATIONAL).filter((spot) => digits(spot) > 7 && digits(spot) < 16),
  ]
    .filter((spot) => !isCounted(spot))
    .concat(spotsOf(text, 'phone', NAMED));
}

const RESIDENT =
  /(?<![\w.-])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\w-]|\.\d)/dg;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** The last character of a Chinese resident's number (GB 11643). */
function isResident(id: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(id.charAt(index)), 0);
  return CHECKS.charAt(sum % 11) === id.charAt(17).toUpperCase();
}

/** Papers whose numbers could be anything: only behind their name. */
const PAPERS: readonly RegExp[] = [
  /(?:身份证(?:件)?|证件)(?:号码?)?[ \t]{0,2}[:=为是]?[ \t]{0,2}([1-9]\d{16}[\dXx]|[1-9]\d{14})(?![\w-])/dg,
  /(?:护照|passport)(?:号码?|[ \t]*(?:no\.?|number|#))?[ \t]{0,2}[:=为是#]?[ \t]{0,2}((?=[A-Z0-9]*\d{5})[A-Z]{0,2}\d{6,9})(?![\w-])/dgi,
  /(?:港澳(?:居民来往内地)?通行证|回乡证|台胞证|军官证)(?:号码?)?[ \t]{0,2}[:=为是]?[ \t]{0,2}([A-Z]?\d{6,10})(?![\w-])/dgi,
  /\b(?:ssn|social security(?: no\.?| number)?)[ \t]{0,2}[:=#]?[ \t]{0,2}(\d{3}-\d{2}-\d{4}|\d{9})(?![\w-])/dgi,
];

function paperSpots(text: string): Spot[] {
  return [
    ...spotsOf(text, 'personId', RESIDENT).filter(({ start, end }) => isResident(text.slice(start, end))),
    ...PAPERS.flatMap((pattern) => spotsOf(text, 'personId', pattern)),
  ];
}

export function peopleSpots(raw: string): Spot[] {
  const text = halfWidth(raw);
  return [...phoneSpots(text), ...paperSpots(text)];
}
