/** Secrets as logs, configuration and command lines show them; what vendors' own tokens look like is not known here. */
import { halfWidth, type Spot, spotsOf } from './finding';

/** A value that tells nothing: masked already, taken from elsewhere, or a word about the password. */
const SAYS_NOTHING = new RegExp(
  [
    String.raw`^[*x•#.…_-]+$`,
    String.raw`^(?:<.*>?|〈.*|\[.*|\{\{?.*|\$[{(]?[\w.]+[})]?|%\w*%?|@\w+@?|:\w+|\?+)$`,
    String.raw`^(?:null|nil|none|undefined|true|false|yes|no|n\/a|empty|required|optional|enabled|disabled|on|off)$`,
    // "changed," and "failed(28P01)", but not the password "Reset@2026"
    String.raw`^(?:wrong|invalid|incorrect|expired|missing|changed|reset|failed|denied|error|ok|success|unknown|default)\b(?![@#$!&*+_.-]+\w*\d)`,
    String.raw`^(?:is|was|are|has|must|for|of|and|or|the|not|in|to|a|an|with|from)$`,
    String.raw`^(?:string|varchar\d*|text|password|passwd|pwd|secret|token|your[-_]?\w*|process\.env\b.*|env\.\w+)$`,
    String.raw`^kubernetes\.io/.*$`,
    String.raw`^/[\w.-]+(?:/[\w.-]*)+$`,
    // whole, or with more words: many a real password begins with "Secret"
    String.raw`^(?:REDACTED|MASKED|HIDDEN|PROTECTED|SECRET)(?:[-_ ][a-z]+)*\W*$`,
    String.raw`^ENC\(.*`,
  ].join('|'),
  'i',
);

const WORDS = String.raw`pass(?:word|wd|phrase)|passwd|pwd|requirepass|masterauth|口令|密码`;
const KEYS = String.raw`(?:secret|access|api|app|private|encryption|signing|account)[-_. ]?keys?|client[-_.]?secret|app[-_.]?secret|secret|credential|密钥|私钥`;
const TOKENS = String.raw`(?:access|refresh|auth|id|api|bot|session|csrf|xsrf)?[-_.]?token|JSESSIONID|PHPSESSID|ASP\.NET_SessionId|session[-_.]?id|(?:x-amz-)?signature|令牌`;
/** Between a name and its value: "=", ":", "=>", behind a quote in JSON. */
const LINK = String.raw`["']?[ \t]{0,4}(?:=>|[=:])[ \t]{0,4}`;

/** `password=…`, `"secretKey": "…"`, `密码：…`; what stands before the word belongs to it. */
const namedBy = (words: string) =>
  new RegExp(
    String.raw`(?<![A-Za-z0-9])(?:[A-Za-z][\w.-]{0,40}[._-]|[a-z]{1,20}(?=[A-Z]))?(?:${words})` +
      `(?<link>${LINK})` +
      String.raw`(?:"(?<double>(?:[^"\\\r\n]|\\.){1,400})"|'(?<single>(?:[^'\\\r\n]|\\.){1,400})'|(?<bare>[^\s"'${'`'}<\u0080-\uFFFF]{1,400}))`,
    'gdi',
  );

const passwordNamed = namedBy(WORDS);
/** "pass" alone is also said of tests and tickets. */
const passNamed = namedBy('pass(?![a-z])');
const keyNamed = namedBy(KEYS);
const tokenNamed = namedBy(TOKENS);

type Doubt = (value: string, link: string, isQuoted: boolean) => boolean;

/** In "Password: changed" and "token: SELECT" a word follows that is no secret. */
const isWordy: Doubt = (value, link, isQuoted) =>
  !isQuoted && !link.includes('=') && /^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+)$/.test(value);

/** A token is long and mixed; "token=5" and "token=EOF" are a parser's. */
const isNoToken: Doubt = (value) => value.length < 12 || !/\d/.test(value) || !/[a-z]/i.test(value);

const isShort: Doubt = (value) => value.length < 3;

function named(text: string, kind: Spot['kind'], pattern: RegExp, doubts: readonly Doubt[]): Spot[] {
  return [...text.matchAll(pattern)].flatMap(({ groups = {}, indices }) => {
    const quoted = groups['double'] ?? groups['single'];
    const key = groups['double'] !== undefined ? 'double' : groups['single'] !== undefined ? 'single' : 'bare';
    const found = indices?.groups?.[key];
    if (!found) return [];
    const raw = quoted ?? groups['bare'] ?? '';
    const value = quoted ?? withoutTail(raw);
    const link = groups['link'] ?? '';
    if (SAYS_NOTHING.test(value) || doubts.some((doubt) => doubt(value, link, quoted !== undefined))) return [];
    return [{ kind, start: found[0], end: found[0] + value.length }];
  });
}

/** Where a value without quotes ends: at the next parameter, and before what closes the sentence or the bracket. */
function withoutTail(value: string): string {
  const whole = value.split(/[;&|]|,(?=[\w.-]{1,40}[=:]|$)/)[0] ?? '';
  const isOpened = /[([{]/.test(whole);
  return whole.replace(isOpened ? /[.,:]+$/ : /[\])}.,:]+$/, '');
}

/** `-----BEGIN … PRIVATE KEY-----` to its end, or as far as its lines go where the paste was cut. */
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----(?:(?:(?!-----)[\s\S]){0,8000}-----END [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----|(?:(?:\s|\\[rn]){1,4}(?:[A-Za-z0-9+/=]{16,400}|(?:Proc-Type|DEK-Info): [^\r\n]{1,100})){0,200})/g;

/** scheme://user:password@host */
const URL_PASSWORD = /(?<![\w+.-])[a-z][\w+.-]{1,30}:\/\/[^\s:/?#@"'<>]{0,80}:([^\s/"'<>]{1,200}?)@(?=[\w[<〈])/dgi;
/** https://key@host, as error trackers and registries take it: long and mixed, so that it is no user's name. */
const URL_TOKEN = /:\/\/(?=[\w-]{0,199}\d)(?=[\w-]{0,199}[a-z])([\w-]{20,200})(?::[\w-]{0,200})?@[\w[]/dgi;
/** jdbc:oracle:thin:user/password@…, sqlplus user/password@… */
const ORACLE_PASSWORD =
  /(?:jdbc:oracle:(?:thin|oci8?):|\b(?:sqlplus|expdp|impdp|exp|imp|rman|sqlldr|conn(?:ect)?)[ \t]+(?:-\S+[ \t]+|target[ \t]+|userid=)*["']?)[\w$#]{1,40}\/"?([^\s"'/@]{1,100})"?@/dgi;

const COMMANDS: readonly RegExp[] = [
  /\b(?:mysql\w*|mariadb\w*|mongo\w*)\b[^\r\n|;]{0,200}?[ \t]-p(?!ort\b|rotocol\b|lugin)["']?([^\s"'`;|]{3,100})/dg,
  /\bsshpass[ \t]+-p[ \t]*["']?([^\s"']{1,100})/dg,
  /\bredis-cli\b[^\r\n|;]{0,200}?[ \t](?:-a|--pass)[ \t]+["']?([^\s"']{1,100})/dg,
  /\bcurl\b[^\r\n|;]{0,300}?[ \t](?:-u|--user|-U|--proxy-user)[ \t]*["']?[^\s:"']{1,80}:([^\s"']{1,100})/dg,
  /\b(?:sqlcmd|bcp|osql|isql|ldapsearch|ldapmodify|disql|ksql)\b[^\r\n|;]{0,200}?[ \t]-(?:P|w)[ \t]*["']?([^\s"']{3,100})/dg,
  /(?<![\w-])--?(?:password|passwd|pwd|passphrase)(?:[ \t]+|=)["']?(?!-)([^\s"'`]{3,200})/dgi,
  /\b(?:docker|podman|helm|az|oc|nerdctl)[ \t]+(?:registry[ \t]+)?login\b[^\r\n|;]{0,200}?[ \t]-p[ \t]+["']?([^\s"']{3,100})/dg,
  /\bnet[ \t]+use\b[^\r\n]{0,200}?[ \t]\/user:\S{1,80}[ \t]+(?!\/|\*)([^\s]{3,100})/dgi,
  /\bnet[ \t]+use\b[^\r\n]{0,200}?\\\\\S{3,100}[ \t]+(?!\/|\*)([^\s]{3,100})[ \t]+\/user:/dgi,
  /\bIDENTIFIED[ \t]+(?:WITH[ \t]+['"]?\w+['"]?[ \t]+)?(?:BY|AS)[ \t]+(?:PASSWORD[ \t]+|VALUES[ \t]+)?["']([^"'\r\n]{1,200})["']/dgi,
  /\b(?:CREATE|ALTER)[ \t]+(?:USER|ROLE|LOGIN)\b[^\r\n;]{0,200}?\bPASSWORD[ \t]*=?[ \t]*N?'([^'\r\n]{1,200})'/dgi,
];

/** Crypt hashes as /etc/shadow and tables of users hold them. */
const CRYPT = /(?<![\w$])(\$(?:1|5|6|y|2[abxy]?|argon2(?:id|i|d))\$[\w./$,=+-]{20,200})/dg;

/** `<password>…</password>`, `<add:secretKey>…</add:secretKey>` */
const XML_VALUE = new RegExp(`<(?:[\\w.:-]{0,40}[._:-])?(?:${WORDS}|${KEYS})>([^<>\\r\\n]{3,400})</`, 'dgi');

/** <property name="password" value="…"/>, in either order. */
const XML_ATTRIBUTES: readonly RegExp[] = [
  new RegExp(
    `\\b(?:name|key|id)=["'](?:[\\w.:-]{0,40}[._:-])?(?:${WORDS}|${KEYS})["'][^<>]{0,80}?\\bvalue=["']([^"'<>\\r\\n]{3,400})["']`,
    'dgi',
  ),
  new RegExp(
    `\\bvalue=["']([^"'<>\\r\\n]{3,400})["'][^<>]{0,80}?\\b(?:name|key|id)=["'](?:[\\w.:-]{0,40}[._:-])?(?:${WORDS}|${KEYS})["']`,
    'dgi',
  ),
];
/** A user and a password as an engineer writes them down: "用户 cbs/cbs_1qaz", "账号：admin / Abc@1". */
const ACCOUNT_SLASH =
  /(?:用户名?|账号|帐号|账户|\b(?:user(?:name)?|login|account))[^\S\r\n]{0,2}[:=]?[^\S\r\n]{0,2}[\w.@-]{1,40}[ \t]?\/[ \t]?(?=[!-~]{0,99}\d)((?![^\s/]*\/)[!-~]{4,100})/dgi;

/** "密码 Xt9!kd02": only what is mixed as no word is. */
const CHINESE_MIXED = /(?:密码|口令)[ \t]{1,3}(?=[!-~]{0,99}\d)(?=[!-~]{0,99}[A-Za-z])([!-~]{6,100})/dg;
const CHINESE_PASSWORD = /(?:密码|口令)(?:是|为|改为|改成|重置为|设置为|设为)[ \t"“'「]*([!-~]{3,100})/dg;

const TOKEN_PATTERNS: readonly RegExp[] = [
  /(?<![\w-])--?(?:(?:access|auth|api)[-_]?)?(?:secret|token|key)(?:[ \t]+|=)["']?(?=[^\s"'`]{0,199}\d)([^\s"'`-][^\s"'`]{7,199})/dgi,
  /\b(?:proxy-)?authorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?:bearer|basic|token|digest|apikey)[ \t]+["']?([\w.~+/=:-]{8,2000})/dgi,
  /\bbearer[ \t]+([\w.~+/-]{20,2000}=*)/dgi,
  /(?<![\w-])(eyJ[\w-]{8,2000}\.eyJ[\w-]{4,4000}\.[\w-]{8,2000})/dg,
  /\b(?:set-)?cookie["']?[ \t]{0,4}:[ \t]{0,4}["']?[^=\s;"']{1,80}=([^\s;"']{16,2000})/dgi,
  /(?<![A-Z0-9])((?:AKIA|ASIA|AROA|AIDA|A3T[A-Z0-9])[A-Z0-9]{16})(?![A-Z0-9])/dg,
  /(?<![\w-])(LTAI[A-Za-z0-9]{12,26}|AKID[A-Za-z0-9]{32}|AIza[\w-]{35}|[sr]k_live_[A-Za-z0-9]{16,100})(?![\w-])/dg,
  /qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=([0-9a-f-]{32,40})/dgi,
  /open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook\/([0-9a-f-]{32,40})/dgi,
  /hooks\.slack\.com\/services\/(T\w+\/B\w+\/\w{16,40})/dg,
];

const worthSaying = (text: string) => (spot: Spot) => !SAYS_NOTHING.test(text.slice(spot.start, spot.end));

/** Everything in the text that opens a door: in order of the rules, overlaps included. */
export function secretSpots(raw: string): Spot[] {
  const text = halfWidth(raw);
  return [
    ...spotsOf(text, 'privateKey', PRIVATE_KEY),
    ...named(text, 'password', passwordNamed, [isShort, isWordy]),
    ...named(text, 'password', passNamed, [isShort, isWordy, (value) => !/\d/.test(value) || !/[a-z]/i.test(value)]),
    ...named(text, 'token', keyNamed, [isWordy, (value) => value.length < 8]),
    ...named(text, 'token', tokenNamed, [isNoToken]),
    ...[
      ...[URL_PASSWORD, ORACLE_PASSWORD].flatMap((pattern) => spotsOf(text, 'connectionString', pattern)),
      ...[...COMMANDS, CRYPT, XML_VALUE, ...XML_ATTRIBUTES, ACCOUNT_SLASH, CHINESE_PASSWORD, CHINESE_MIXED].flatMap(
        (pattern) => spotsOf(text, 'password', pattern),
      ),
      ...[URL_TOKEN, ...TOKEN_PATTERNS].flatMap((pattern) => spotsOf(text, 'token', pattern)),
    ].filter(worthSaying(text)),
  ];
}
