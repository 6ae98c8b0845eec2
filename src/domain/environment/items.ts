/** A snapshot as the items of the form's environment: one line each, as an engineer would write it. */
import type { EnvironmentKey } from '../sop/field';
import { fill, type Language, say, type Words, w } from '../words';
import { span } from './clock';
import { has, type ProcessUse, type Snapshot } from './snapshot';

export type Found = Readonly<Partial<Record<EnvironmentKey, string>>>;

/** @param skew how far its clock is wrong, see `skewOf` */
export function itemsOf(snapshot: Snapshot, skew: number, language: Language): Found {
  const lines: Partial<Record<EnvironmentKey, Words | undefined>> = {
    cpu: has(snapshot, 'cpu') ? cpu(snapshot) : undefined,
    memory: has(snapshot, 'memory') ? memory(snapshot) : undefined,
    disk: has(snapshot, 'disk') ? disk(snapshot) : undefined,
    users: users(snapshot),
    os: has(snapshot, 'os') ? os(snapshot) : undefined,
    processes: has(snapshot, 'processes') ? list(snapshot.processes.map(processLine), '; ', '；') : undefined,
    clock: clock(snapshot, skew),
  };
  return Object.fromEntries(
    Object.entries(lines).flatMap(([key, words]) => (words === undefined ? [] : [[key, say(words, language)]])),
  );
}

const plain = (text: string): Words => ({ en: text, zh: text });

/** Those that say something, one after the other. */
function list(parts: readonly (Words | undefined)[], en: string, zh: string): Words {
  const known = parts.filter((part) => part !== undefined);
  return { en: known.map((part) => part.en).join(en), zh: known.map((part) => part.zh).join(zh) };
}

const facts = (...parts: readonly (Words | undefined)[]) => list(parts, ', ', '，');

function put(words: Words, ...values: readonly (string | number | undefined)[]): Words | undefined {
  return values.every((value) => value !== undefined) ? fill(words, ...values.map(String)) : undefined;
}

function cpu({ cpu: { model, count, load, busy, limit, used } }: Snapshot): Words {
  const chips = [count === undefined ? '' : `${count} ×`, model ?? 'CPU'].filter((part) => part !== '').join(' ');
  return list(
    [
      facts(
        plain(chips),
        put(w('load {0}', '负载 {0}'), load),
        put(w('{0} % busy', '使用率 {0} %'), busy === undefined ? undefined : Math.round(busy)),
      ),
      put(w('container: {0} of {1} cores used', '容器：已用 {0} / {1} 核'), used, limit),
    ],
    '; ',
    '；',
  );
}

function memory({ memory: { total, available, limit, used, swapTotal, swapFree, killed } }: Snapshot): Words {
  const free = available === undefined || total === undefined ? undefined : total - available;
  return list(
    [
      facts(usedOf(free, total), swap(swapTotal, swapFree)),
      container(used, limit),
      killed === undefined || killed === 0
        ? undefined
        : put(w('{0} processes killed for want of memory', '{0} 个进程因内存不足被终止'), killed),
    ],
    '; ',
    '；',
  );
}

/** "31.0 of 32.0 GB used (97 %)" */
function usedOf(used: number | undefined, total: number | undefined): Words | undefined {
  if (total === undefined || total <= 0) return undefined;
  const unit = unitOf(total);
  const whole = inUnit(total, unit);
  if (used === undefined) return put(w('{0} {1}', '{0} {1}'), whole, unit.name);
  const percent = Math.round((100 * used) / total);
  return put(
    w('{0} of {1} {2} used ({3} %)', '已用 {0} / {1} {2}（{3} %）'),
    inUnit(used, unit),
    whole,
    unit.name,
    percent,
  );
}

function container(used: number | undefined, limit: number | undefined): Words | undefined {
  const words = usedOf(used, limit);
  return words && fill(w('container: {0}', '容器：{0}'), words);
}

function swap(total: number | undefined, free: number | undefined): Words | undefined {
  if (total === undefined) return undefined;
  if (total === 0) return w('swap 0', '无交换空间');
  const words = usedOf(free === undefined ? undefined : total - free, total);
  return words && fill(w('swap {0}', '交换空间{0}'), words);
}

interface Unit {
  readonly name: string;
  readonly kilobytes: number;
}
const units: readonly Unit[] = [
  { name: 'TB', kilobytes: 1024 ** 3 },
  { name: 'GB', kilobytes: 1024 ** 2 },
  { name: 'MB', kilobytes: 1024 },
];
const KB: Unit = { name: 'KB', kilobytes: 1 };
const unitOf = (kilobytes: number) => units.find((unit) => kilobytes >= unit.kilobytes) ?? KB;
const inUnit = (kilobytes: number, unit: Unit) => (kilobytes / unit.kilobytes).toFixed(unit === KB ? 0 : 1);

/** "50 GB", "1.5 TB" */
function size(kilobytes: number): string {
  const unit = unitOf(kilobytes);
  return `${inUnit(kilobytes, unit).replace(/\.0$/, '')} ${unit.name}`;
}

/** A table of inodes that is nearly full is worth a word. */
const MANY_INODES = 80;

function disk({ disks, shares }: Snapshot): Words {
  const lines = disks.map(({ mount, size: of, percent, inodes }) =>
    facts(
      put(w('{0} {1} % of {2}', '{0} 已用 {1} %，共 {2}'), mount, percent, size(of)),
      inodes !== undefined && inodes >= MANY_INODES ? put(w('inodes {0} %', 'inode 已用 {0} %'), inodes) : undefined,
    ),
  );
  const far = shares.map((share) => put(w('{0} not measured', '{0} 未测量'), share));
  return list([...lines, ...far], '; ', '；');
}

function users({ users: sessions }: Snapshot): Words | undefined {
  if (sessions === undefined) return undefined;
  if (sessions.length === 0) return w('nobody is logged in', '无人登录');
  return fill(w('{0}: {1}', '{0} 个会话：{1}'), String(sessions.length), list(sessions.map(plain), '; ', '；'));
}

function os({ os: name, kernel, container: box, uptime }: Snapshot): Words {
  return facts(
    plain(name ?? ''),
    kernel === undefined ? undefined : plain(kernel),
    put(w('in a container ({0})', '容器（{0}）'), box),
    uptime === undefined ? undefined : fill(w('up {0}', '已运行 {0}'), span(uptime * 1000)),
  );
}

function processLine({ name, count, cpu: percent, memory: kilobytes }: ProcessUse): Words {
  const called = plain(count > 1 ? `${name} ×${count}` : name);
  return list(
    [
      called,
      facts(
        put(w('{0} % CPU', 'CPU {0} %'), percent === undefined ? undefined : Math.round(percent)),
        put(
          count > 1 ? w('up to {0}', '最大 {0}') : w('{0}', '{0}'),
          kilobytes === undefined ? undefined : size(kilobytes),
        ),
      ),
    ],
    ' ',
    ' ',
  );
}

/** "db01: 2026-11-22 14:02:11 (UTC+08:00, Asia/Shanghai), at least 3 min ahead of the engineer's clock" */
function clock({ host, at, zone }: Snapshot, skew: number): Words | undefined {
  if (at === undefined) return undefined;
  const offset = /([+-]\d{2}:\d{2})$/.exec(at)?.[1] ?? '';
  const time = at.slice(0, 19).replace('T', ' ');
  const place = zone === undefined ? `UTC${offset}` : `UTC${offset}, ${zone}`;
  return facts(
    fill(w('{0}{1} ({2})', '{0}{1}（{2}）'), host === '' ? '' : w(`${host}: `, `${host}：`), time, place),
    skewWords(skew),
  );
}

function skewWords(skew: number): Words | undefined {
  if (skew === 0) return undefined;
  return fill(
    skew > 0
      ? w("at least {0} ahead of the engineer's clock", '比工程师的时钟至少快 {0}')
      : w("at least {0} behind the engineer's clock", '比工程师的时钟至少慢 {0}'),
    span(skew),
  );
}
