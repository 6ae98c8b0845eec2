/**
 * Reads what a collector printed (media/collector), however it came here: through terminals, mails and chats, with
 * prompts around it, quoted, wrapped, or cut off. Never throws.
 */
import { toIso } from '../time';
import { factsOf } from './facts';
import { has, type Snapshot, type SnapshotPart, snapshotParts } from './snapshot';

/** The format that is read here; a collector writes it into its marks. */
export const FORMAT = '1';

export interface Output {
  readonly snapshot: Snapshot;
  /** Parts that were lost on the way; what the collector itself could not read is in `snapshot.missing`. */
  readonly lost: readonly SnapshotPart[];
  /** Of its format, where that is not ours: it was read as far as it could be. */
  readonly unknownFormat?: string;
}

const MARK = /CASEBOOK\s+ENVIRONMENT\s+(\d{1,6})\s+(BEGIN|END)/i;

/** True if somebody pasted a collector's output rather than a sentence. */
export function looksLikeOutput(text: string): boolean {
  return MARK.test(text);
}

interface Block {
  format: string;
  lines: string[];
  ended: boolean;
}

/** Every output in the text, in its order; none: there is no block of a collector. */
export function readOutputs(text: string): readonly Output[] {
  const outputs = blocksOf(cleaned(text), /[\r\n]\s*$/.test(text)).map(readBlock);
  return outputs.filter(({ snapshot }) => snapshotParts.some((part) => has(snapshot, part)));
}

/** The one that was taken last; of those that don't know their time, the one that stands last. */
export function latest(outputs: readonly Output[]): Output | undefined {
  return outputs.reduce<Output | undefined>(
    (best, each) => (best === undefined || instant(each) >= instant(best) ? each : best),
    undefined,
  );
}

const instant = ({ snapshot }: Output) => (snapshot.at === undefined ? 0 : Date.parse(snapshot.at));

/** Colours, a window's title, a choice of characters: what a terminal is told between its texts. */
const TERMINAL = /\p{Cc}\][^\p{Cc}]*\p{Cc}\\?|\p{Cc}\[[0-9;?]*[ -/]*[@-~]|\p{Cc}[()][0-9A-B]/gu;
const QUOTED = /^[\s>|│┃＞]+/;

function cleaned(text: string): string[] {
  return text.split(/\r\n|\r|\n/).map((line) =>
    line
      .replace(/[\t\u00A0\u3000]/g, ' ')
      .replace(TERMINAL, '')
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .replace(QUOTED, '')
      .trimEnd(),
  );
}

function blocksOf(lines: readonly string[], isWhole: boolean): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let before: string[] = [];
  for (const line of lines) {
    const mark = MARK.exec(line);
    if (!mark) {
      (open?.lines ?? before).push(line);
      continue;
    }
    const [, format = '', which = ''] = mark;
    if (which.toUpperCase() === 'BEGIN') {
      if (open) blocks.push(open);
      open = { format, lines: [], ended: false };
    } else {
      // an end without a beginning: its upper part was cut off
      blocks.push({ format, lines: open?.lines ?? before, ended: true });
      open = undefined;
    }
    before = [];
  }
  const rest = open ?? (blocks.length === 0 ? { format: FORMAT, lines: before, ended: false } : undefined);
  if (!rest) return blocks;
  // where it was cut off within a line, that line may say 24 instead of 24684
  return [...blocks, { ...rest, lines: isWhole ? rest.lines : rest.lines.slice(0, -1) }];
}

function readBlock({ format, lines, ended }: Block): Output {
  const facts = factsOf(lines);
  const one = (key: string) => facts.find((fact) => fact.key === key)?.value;
  const all = (key: string) => facts.filter((fact) => fact.key === key).map(({ value }) => value);
  const number = (key: string) => numberOf(one(key));
  const asked = number('asked');
  const count = number('users');
  const users = all('user');
  const missing = all('missing').flatMap((entry) => {
    const [, name = '', reason = ''] = /^(\w+),?\s*(.*)$/.exec(entry) ?? [];
    const part = snapshotParts.find((each) => each === name.toLowerCase());
    return part === undefined ? [] : [{ part, reason }];
  });
  const snapshot = pruned<Snapshot>({
    host: one('host') ?? '',
    at: atOf(number('epoch'), one('time')),
    zone: one('zone'),
    notBefore: asked === undefined ? undefined : asked * 1000,
    os: one('os'),
    kernel: one('kernel'),
    uptime: number('uptime'),
    container: one('container'),
    cpu: pruned<Snapshot['cpu']>({
      model: one('cpu.model'),
      count: number('cpu.count'),
      load: one('cpu.load'),
      busy: number('cpu.busy'),
      limit: number('cpu.limit'),
      used: number('cpu.used'),
    }),
    memory: pruned<Snapshot['memory']>({
      total: number('memory.total'),
      available: number('memory.available'),
      limit: number('memory.limit'),
      used: number('memory.used'),
      swapTotal: number('swap.total'),
      swapFree: number('swap.free'),
      killed: number('memory.oom'),
    }),
    disks: all('disk').flatMap(diskOf),
    shares: all('share'),
    // without their number it is not known whether there were more
    users: count === undefined && users.length === 0 ? undefined : users,
    processes: all('process').flatMap(processOf),
    missing,
  });
  const lost = snapshotParts.filter(
    (part) =>
      (!has(snapshot, part) && !missing.some((entry) => entry.part === part)) ||
      (part === 'users' && users.length < Math.min(count ?? 0, 20)) ||
      // the last ones may be gone, and nothing tells how many there were
      (part === 'processes' && !ended),
  );
  return { snapshot, lost, ...(format === FORMAT ? {} : { unknownFormat: format }) };
}

/** 2001 to 2100: whatever else a number says, it is no time. */
const isEpoch = (seconds: number) => seconds > 978_307_200 && seconds < 4_102_444_800;

/** "2026-11-22 14:02:11 +0800", and the seconds since the epoch, which no wrong zone can change. */
function atOf(epoch: number | undefined, time: string | undefined): string | undefined {
  const [, date = '', clock = '', sign = '', hours = '', minutes = ''] =
    /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}) ?([+-])(\d{2}):?(\d{2})/.exec(time ?? '') ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  if (Math.abs(offset) > 14 * 60) return undefined;
  if (epoch !== undefined && isEpoch(epoch)) return toIso(Math.floor(epoch) * 1000, offset);
  const parsed = Date.parse(`${date}T${clock}Z`);
  return Number.isNaN(parsed) ? undefined : toIso(parsed - offset * 60_000, offset);
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}

function diskOf(value: string): Snapshot['disks'] {
  const [, percent, size, , nodes, mount = ''] =
    /^(\d{1,3}) (\d{1,15}) (\d{1,15}) (\d{1,3}|-) (\S.*)$/.exec(value) ?? [];
  if (percent === undefined) return [];
  const inodes = numberOf(nodes);
  return [{ mount, size: Number(size), percent: Number(percent), ...(inodes === undefined ? {} : { inodes }) }];
}

function processOf(value: string): Snapshot['processes'] {
  const [, cpu, memory, count, name = ''] = /^(\d{1,7}(?:\.\d+)?) (\d{1,15}) (\d{1,7}) (\S.*)$/.exec(value) ?? [];
  return cpu === undefined ? [] : [{ name, count: Number(count), cpu: Number(cpu), memory: Number(memory) }];
}

type Loose<T> = { [Key in keyof T]: T[Key] | undefined };

/** Without what is undefined: an optional property is there or it isn't. */
export function pruned<T extends object>(loose: Loose<Required<T>>): T {
  return Object.fromEntries(Object.entries(loose).filter(([, value]) => value !== undefined)) as T;
}
