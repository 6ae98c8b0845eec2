/** Addresses and names of machines, and mail addresses; what everybody has or may know is none of them. */
import { halfWidth, type Spot, spotsOf } from './finding';

const MAIL =
  /(?<![\w.%+-])[\w.%+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}(?:xn--[a-z0-9-]{2,30}|[a-z]{2,18})(?![\w-]|\.[a-z0-9])/dgi;
/** Names that are kept free for examples (RFC 2606, RFC 6761), and endings of files. */
const NOBODYS_MAIL =
  /@(?:.*\.)?(?:example(?:\.(?:com|net|org|cn))?|invalid|test|localhost)$|\.(?:png|jpe?g|gif|svg|webp|[cm]?[jt]sx?|css|json|ya?ml|xml|so|dll|jar|exe|md|log|txt)$/i;

function mailSpots(text: string): Spot[] {
  return spotsOf(text, 'mail', MAIL).filter(({ start, end }) => {
    const found = text.slice(start, end);
    // scheme://user:password@host and git@host:path name a service and its account
    if (/:\/\/[^\s/@]{0,120}$/.test(text.slice(Math.max(0, start - 130), start))) return false;
    return !NOBODYS_MAIL.test(found) && !(/^git@/i.test(found) && /^[:/]/.test(text.slice(end, end + 1)));
  });
}

const IP_V4 = /(?:(?<![\w.-])|(?<=\s-[hHis]))(\d{1,3}(?:\.\d{1,3}){3})(?![\w-]|\.\d)/dg;

/** Everybody's own machine, masks, broadcasts, addresses for documentation (RFC 5737), and public resolvers. */
function isEverybodys(parts: readonly number[]): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  const address = parts.join('.');
  return (
    a === 0 ||
    a === 127 ||
    a === 255 ||
    a >= 224 ||
    (a === 192 && b === 0 && c === 2) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113) ||
    (a === 10 && b === 0 && c === 0 && d === 0) ||
    ['169.254.169.254', '172.17.0.1', '10.96.0.1'].includes(address) ||
    /^(?:8\.8\.(?:8\.8|4\.4)|1\.(?:1\.1\.1|0\.0\.1)|9\.9\.9\.9|114\.114\.11[45]\.11[45]|119\.29\.29\.29|223\.(?:5\.5\.5|6\.6\.6))$/.test(
      address,
    )
  );
}

/** Four numbers that begin small: nearly always a version where nothing says that it is an address. */
const looksLikeVersion = ([a = 0, b = 0]: readonly number[]) => a < 24 && b < 33;

const isPrivate = ([a = 0, b = 0]: readonly number[]) =>
  a === 10 || (a === 172 && b > 15 && b < 32) || (a === 192 && b === 168) || (a === 100 && b > 63 && b < 128);

/** What makes the number behind it a version; the end of a placeholder is no comparison. */
const VERSION_WORD =
  /(?:\b(?:versions?|ver|v|releases?|build|rev|patch|hotfix|upgraded?|upgrad(?:e|ing) to|sp\d|fw|firmware|driver|jdk|jre|bios|kernel|agent|client version|requires?|since|before|until|below|above|<=?|(?<!<[^<>\r\n]{1,20})>=?|==)|版本号?|补丁|固件|驱动|升级[到至为]|升到|更新[到至为]|低于|高于|不低于|以上版本|回退[到至]|修复于|自)[^\S\r\n]{0,2}[:：=]?[^\S\r\n]{0,2}["'`“(（]?$/i;
/** Products whose versions have four numbers. */
const PRODUCT_WORD =
  /(?:oracle|database|grid|db2|sql server|mysql|postgresql|dm\d?|达梦|kingbase\w*|人大金仓|金仓|gbase|oceanbase|weblogic|websphere|was|ojdbc\d*|jdbc|odbc|chrome|firefox|edge|ie|safari|windows|office|wps|excel|java|openjdk|tomcat|nginx|redis|kafka|vmware|esxi|vcenter|citrix|f5|big-ip|ios|android|dotnet|\.net(?: framework)?|exchange|sap|erp|mes)[ \t]{0,2}(?:server|client|enterprise|edition|standard)?[ \t]{0,2}$/i;
const MACHINE_WORDS = String.raw`\b(?:host(?:name)?|ip|addr(?:ess)?|server|client|node|ping|ssh|telnet|curl|route|gateway|dns|listen(?:ing)?|peer|remote|bind|endpoint)|:\/\/|@|地址|服务器|主机|节点|来自|访问|连接|网关|客户端|登录|机器`;
const addressWord = (words: string) =>
  new RegExp(`(?:${words})[^\\S\\r\\n]{0,2}[:：=(（[\\]"'\`/]{0,3}[^\\S\\r\\n]{0,2}$`, 'i');
/** Right before an address. "From 5.2.1.6 to 5.2.1.8" is said of versions, too. */
const MACHINE_WORD = addressWord(MACHINE_WORDS);
const ADDRESS_WORD = addressWord(String.raw`${MACHINE_WORDS}|\b(?:from|to|at|via|on)|[ \t]在`);

function ipV4Spots(text: string, versions: ReadonlySet<string>): Spot[] {
  return spotsOf(text, 'ip', IP_V4).filter(({ start, end }) => {
    const found = text.slice(start, end);
    const parts = found.split('.').map(Number);
    if (parts.some((part) => part > 255) || isEverybodys(parts)) return false;
    if (/\.0\d/.test(found) || found.startsWith('0')) return false;
    const before = text.slice(Math.max(0, start - 40), start);
    const after = text.slice(end, end + 12);
    if (isPrivate(parts)) return !(VERSION_WORD.test(before) && !/^[:/]\d/.test(after));
    const isSmall = looksLikeVersion(parts);
    if ((isSmall ? MACHINE_WORD : ADDRESS_WORD).test(before) || /^(?::\d{2,5}\b|\/\d{1,2}\b)/.test(after)) return true;
    if (versions.has(found) || found.endsWith('.0.0') || isSmall) return false;
    return !(
      VERSION_WORD.test(before) ||
      PRODUCT_WORD.test(before) ||
      /^[ \t]*(?:版|节|章|及以[上下]|以[上下]|或更高|or (?:later|newer|higher))/i.test(after)
    );
  });
}

const IP_V6 =
  /(?<![\w:.])(?=[0-9a-f:.]*:[0-9a-f:.]*:)[0-9a-f:]{2,39}(?:(?<=:)(?:\d{1,3}\.){3}\d{1,3})?(?:%\w{1,15})?(?![\w:]|\.\d)/dgi;

/** Eight groups, or fewer with one "::"; documentation's 2001:db8::/32 and the machine's own address do not count. */
function isForeignV6(found: string): boolean {
  const [address = ''] = found.split('%');
  const isMapped = /\d\.\d/.test(address);
  const halves = address.split('::');
  const groups = address.split(/:+/).filter(Boolean);
  const count = groups.length + (isMapped ? 1 : 0);
  if (halves.length > 2 || groups.some((group) => group.length > 4 && !group.includes('.'))) return false;
  if (halves.length === 1 && count !== 8) return false;
  if (halves.length === 2 && (count > 7 || count < 2)) return false;
  if (!/\d/.test(address) || /^:?:?(?:ffff:)?(?:127\.|0\.0\.0\.0)/i.test(address)) return false;
  return !/^(?:2001:0?db8:|::1?$|ff0\d::|fe80::1?$)/i.test(address);
}

function ipV6Spots(text: string): Spot[] {
  return spotsOf(text, 'ip', IP_V6).filter(({ start, end }) => isForeignV6(text.slice(start, end)));
}

const LABEL = String.raw`[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?`;
const INTERNAL_END = String.raw`local|lan|corp|internal|intranet|intra|localdomain|home\.arpa|private|prod|priv|inner|idc|office|ad|domain`;
const INTERNAL = new RegExp(
  String.raw`(?<![\w.-])((?:${LABEL}\.){1,8}(?:${INTERNAL_END}))(?![\w-]|\.[\w])(?!\s*[(=])`,
  'dgi',
);

/** A name under a public ending, of two labels or more. */
const PUBLIC_END = String.raw`com|net|org|cn|com\.cn|net\.cn|org\.cn|gov\.cn|edu\.cn|gov|edu|io|co|info|biz|cloud|tech|top|vip|de|uk|co\.uk|fr|jp|co\.jp|kr|sg|com\.sg|hk|com\.hk|tw|com\.tw|in|ru|au|com\.au|eu|us|ca|nl|se|ch|it|es`;
const PUBLIC = new RegExp(
  String.raw`(?<![\w\\-])(?<!(?<!_(?:tcp|udp|tls))\.)(?<!(?<!:\/)\/)((?:${LABEL}\.){2,8}(?:${PUBLIC_END}))(?![\w-]|\.[\w]|\()`,
  'dgi',
);
/** Labels as machines have them: db01, app-prod-2, k8s-node3, uat; not www, docs, api, dev. */
const MACHINE_LABEL =
  /^(?:[a-z]{2,}[a-z-]*\d{1,4}[a-z]?|.*-(?:prod|prd|uat|sit|test|stg|staging|pre|dev|db|app|web|node|master|slave)\d*|(?:prod|prd|uat|sit|stg|intra|inner|oa|erp|mes|crm|vpn|nas|ldap|jumpserver|bastion|gitlab|jenkins|nexus|harbor|zentao|jira|wiki|mail|exchange|dc)(?:-\w+)?)$/i;
/** Where everybody reads: vendors, forges, registries. Their mirrors may well be called "mirror1". */
const PUBLIC_SITES =
  /(?:^|\.)(?:github(?:usercontent)?|gitlab|gitee|stackoverflow|stackexchange|microsoft|windows|oracle|java|mysql|postgresql|redis|apache|nginx|docker|kubernetes|k8s|elastic|google|googleapis|gstatic|aliyun(?:cs)?|aliyun-inc|tencent|huawei(?:cloud)?|qq|weixin|baidu|bing|feishu|larksuite|dingtalk|mozilla|w3|ietf|redhat|ubuntu|debian|centos|npmjs|npmmirror|pypi|python|maven|sonatype|spring|adobe|apple|vmware|ibm|sap|amazonaws|amazon|cloudflare|letsencrypt|digicert|zhihu|csdn|jianshu|cnblogs|wikipedia|example|ntp|pool)\.(?:com|cn|org|net|io|co|dev)(?:\.cn)?$/i;

function publicSpots(text: string): Spot[] {
  return spotsOf(text, 'host', PUBLIC).filter(({ start, end }) => {
    const name = text.slice(start, end);
    const before = text.slice(Math.max(0, start - 24), start);
    if (PUBLIC_SITES.test(name) || /\.(?:example|invalid|test)\.?$/i.test(name)) return false;
    const labels = name.split('.').slice(0, -2);
    const isNamedHost = /(?:\bhost(?:name)?|server|主机名?|服务器|域名)["']?[ \t]*[:=][ \t]*["']?$/i.test(before);
    return isNamedHost || labels.some((label) => MACHINE_LABEL.test(label));
  });
}

/** A single label counts where only a machine can stand. */
const BARE_HOSTS: readonly RegExp[] = [
  /\[\w[\w.-]{0,31}@([a-z][\w-]{1,62}) [^\]\r\n]{1,200}\][#$]/dgi, // [root@db01 ~]#
  /(?<![\w.@-])[a-z_][\w-]{0,31}@([a-z][\w-]{1,62}):[~/][^\s]{0,100}[#$]/dgi, // app@web2:~$
  /(?<![\w-])(?:host(?:[-_ ]?name)?|server[-_ ]?name|machine(?:[-_ ]?name)?|computer(?:[-_ ]?name)?|node[-_ ]?name|主机名?|服务器名?|计算机名|机器名)["']?[ \t]{0,3}[:=：][ \t]{0,3}["']?([a-z][\w-]{1,62})(?![\w.-]*[\w(])/dgi,
  /(?<![\w-])(?:ssh|scp|telnet|ping|rsync|sftp|nslookup)[ \t]+(?:-\w+[ \t]+(?:\d+[ \t]+)?)*(?:\w+@)?([a-z][\w-]*\d[\w-]*)(?![\w.])/dgi,
  /^(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ([a-z][\w-]{1,62}) [\w./-]{1,48}(?:\[\d+\])?:/dgim, // syslog
  /\\\\([a-z][\w-]{1,62})\\[\w$]/dgi, // \\FILES01\share
  /\bUnknownHostException: ([a-z][\w-]{1,62})(?=[:\s]|$)/dgim,
  /\bevent (?:id )?\d{1,5} on ([a-z][\w-]{1,62})(?![\w.])/dgi,
  /(?<![\w@.-])([A-Z][A-Z0-9]{1,14}-(?:TS|DC|FS|SQL|DB|WEB|APP|EX|RDS|SRV|PC|NB|WS)\d{1,4})(?![\w.-])/dg,
  /:\/\/(?:[^\s/@"']{1,80}@)?([a-z][\w-]{1,62})(?=:\d{2,5}\b|\/)/dgi, // jdbc:mysql://db01:3306/x
  /(?<=@|\/\/|\bHOST[ \t]{0,2}=[ \t]{0,2})([a-z][\w-]{1,62})(?=:\d{4,5}(?:[:/]|\b)|\)\(PORT)/dgi, // thin:@db01:1521
  /(?<=主机|服务器|节点|机器)[ \t]?([a-z][a-z-]*\d[\w-]*)(?![\w.])/dgi,
];

/** What a part of a system is called everywhere: in manuals, compose files and examples. */
const COMMON_HOST =
  /^(?:local_?host|host(?:name)?|server|servername|your.*|my.*|some.*|example.*|db|database|app|web|www|api|gateway|proxy|cache|queue|broker|node|master|slave|primary|standby|replica|leader|worker|redis|mysql|mariadb|postgres(?:ql)?|pg|oracle|mongo(?:db)?|kafka|zookeeper|zk|nginx|tomcat|elasticsearch|es|kibana|minio|rabbitmq|nacos|consul|eureka|etcd|unknown|null|none|any|all|in|is|not|the|a|to|name|port|error|down|up|not_found|docker|k8s|foo|bar|test|demo|x|y|h)[-_]?\d?$/i;

function bareSpots(text: string): Spot[] {
  return BARE_HOSTS.flatMap((pattern) => spotsOf(text, 'host', pattern)).filter(
    ({ start, end }) => !COMMON_HOST.test(text.slice(start, end)),
  );
}

function internalSpots(text: string): Spot[] {
  return spotsOf(text, 'host', INTERNAL).filter(({ start, end }) => {
    const name = text.slice(start, end).toLowerCase();
    // properties and files end like that too: "spring.profiles.prod", "settings.local"
    const before = text.slice(Math.max(0, start - 12), start);
    const isFile = /(?<!\/)[/\\]$/.test(before);
    if (isFile || name.startsWith('localhost.') || /\.(?:example|test)\.local$/.test(name)) return false;
    const isPlainWord = /\.(?:private|prod|priv|inner|office|domain|local|ad)$/.test(name);
    const isMachine = name
      .split('.')
      .slice(0, -1)
      .some((label) => MACHINE_LABEL.test(label) || /\d|-/.test(label));
    return !isPlainWord || isMachine || /(?:\/\/|@|\bhost["']?\s*[:=]\s*["']?)$/i.test(before);
  });
}

/**
 * IP addresses, host names and mail addresses.
 * @param versions version numbers of the team's products, which may look like addresses
 */
export function networkSpots(raw: string, versions: ReadonlySet<string> = new Set()): Spot[] {
  const text = halfWidth(raw);
  return [
    ...mailSpots(text),
    ...ipV4Spots(text, versions),
    ...ipV6Spots(text),
    ...internalSpots(text),
    ...publicSpots(text),
    ...bareSpots(text),
  ];
}
