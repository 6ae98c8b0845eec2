/** Who is logged in here, and what keeps the machine busy: names only, never arguments. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProcessUse } from '../../domain/environment/snapshot';

/** Milliseconds between two looks at what the CPU has done. */
export const LOOK = 500;
/** Milliseconds until a command is given up. */
const PATIENCE = 3000;
/** By CPU, and as many by memory. */
const MOST = 6;
/** Linux counts a process's time in hundredths of a second and its memory in pages. */
const TICKS = 100;
const PAGE = 4;

/** What a command of the system prints; undefined when there is none, or it fails. */
function printed(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { timeout: PATIENCE, windowsHide: true, env: { ...process.env, LC_ALL: 'C' } };
    execFile(command, [...args], options, (error, stdout) => resolve(error ? undefined : stdout));
  });
}

/** One line a session; undefined where nothing tells. */
export async function sessions(): Promise<readonly string[] | undefined> {
  if (platform() === 'win32') return undefined;
  const lines = (await printed('who', []))?.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
  return lines?.filter((line) => line !== '' && !line.startsWith('USER '));
}

interface Seen {
  readonly name: string;
  readonly cpu?: number;
  /** KB. */
  readonly memory: number;
}

/** Those that use most of the CPU, then those that use most of the memory. */
export async function busiestProcesses(): Promise<readonly ProcessUse[]> {
  const seen = await (platform() === 'linux' ? onLinux() : platform() === 'win32' ? onWindows() : byPs());
  const byName = new Map<string, ProcessUse>();
  for (const { name, cpu, memory } of seen) {
    const known = byName.get(name) ?? { name, count: 0 };
    byName.set(name, {
      name,
      count: known.count + 1,
      ...(cpu === undefined ? {} : { cpu: (known.cpu ?? 0) + cpu }),
      memory: Math.max(known.memory ?? 0, memory),
    });
  }
  const most = (of: (use: ProcessUse) => number) =>
    [...byName.values()].toSorted((a, b) => of(b) - of(a)).slice(0, MOST);
  const busy = most(({ cpu }) => cpu ?? 0).filter(({ cpu }) => cpu !== undefined && cpu > 0);
  return [...new Set([...busy, ...most(({ memory }) => memory ?? 0)])];
}

/** Twice, since what a process used in all its life says nothing of now. */
async function onLinux(): Promise<readonly Seen[]> {
  const before = await statsOfAll();
  await wait(LOOK);
  const after = await statsOfAll();
  return [...after].map(([id, { name, ticks, memory }]) => {
    const spent = Math.max(0, ticks - (before.get(id)?.ticks ?? ticks));
    return { name, memory, cpu: (100 * spent * 1000) / (TICKS * LOOK) };
  });
}

interface Stat {
  readonly name: string;
  readonly ticks: number;
  readonly memory: number;
}

async function statsOfAll(): Promise<ReadonlyMap<string, Stat>> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(
    ids.map(async (id): Promise<[string, Stat] | undefined> => {
      // it may have ended meanwhile
      const stat = statOf(await readFile(`/proc/${id}/stat`, 'utf8').catch(() => ''));
      return stat && [id, stat];
    }),
  );
  return new Map(stats.filter((stat) => stat !== undefined));
}

/** "42 (name, of whatever characters) S 1 …"; threads of the kernel have no memory and are left out. */
function statOf(text: string): Stat | undefined {
  const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)/s.exec(text) ?? [];
  const fields = rest.split(' ');
  const memory = Number(fields[21] ?? 0) * PAGE;
  return memory > 0 ? { name, memory, ticks: Number(fields[11]) + Number(fields[12]) } : undefined;
}

async function byPs(): Promise<readonly Seen[]> {
  const lines = (await printed('ps', ['-Aco', 'pcpu=,rss=,comm=']))?.split('\n') ?? [];
  return lines.flatMap((line) => {
    const [, cpu, memory, name] = /^\s*(\d+[.,]\d+)\s+(\d+)\s+(\S.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, cpu: Number(cpu?.replace(',', '.')), memory: Number(memory) }];
  });
}

/** Without CPU, which only slower ways would tell: "name.exe","42","Console","1","12,345 K" */
async function onWindows(): Promise<readonly Seen[]> {
  const lines = (await printed('tasklist', ['/fo', 'csv', '/nh']))?.split('\n') ?? [];
  return lines.flatMap((line) => {
    const [, name, memory = ''] = /^"([^"]+)","\d+","[^"]*","\d+","([^"]+)"/.exec(line) ?? [];
    return name === undefined ? [] : [{ name: name.replace(/\.exe$/i, ''), memory: Number(memory.replace(/\D/g, '')) }];
  });
}
