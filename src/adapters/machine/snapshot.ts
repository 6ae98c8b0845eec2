/** How the machine stands that Casebook runs on, which in a remote window is the remote one. Only reads. */
import { readFile, statfs } from 'node:fs/promises';
import * as os from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { pruned } from '../../domain/environment/reading';
import type { DiskUse, Snapshot } from '../../domain/environment/snapshot';
import type { Clock, Machine } from '../../domain/ports';
import { toIso } from '../../domain/time';
import { busiestProcesses, LOOK, sessions } from './processes';

/** Milliseconds; a disk that doesn't answer must not keep the rest from being shown. */
const PATIENCE = 3000;

export function thisMachine(clock: Clock): Machine {
  return { snapshot: () => takeSnapshot(clock) };
}

async function takeSnapshot(clock: Clock): Promise<Snapshot> {
  const [busy, disks, users, processes, system, used] = await Promise.all([
    busyOf(),
    disksOf(),
    sessions(),
    busiestProcesses(),
    systemName(),
    containersMemory(),
  ]);
  const cpus = os.cpus();
  const now = clock.now();
  const limit = process.constrainedMemory();
  const isLimited = limit > 0 && limit < os.totalmem();
  const [load = 0, ...earlier] = os.loadavg();
  return pruned<Snapshot>({
    host: os.hostname(),
    at: toIso(now, clock.offsetAt(now)),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    notBefore: undefined,
    os: system,
    kernel: `${os.type()} ${os.release()} ${os.machine()}`,
    uptime: Math.round(os.uptime()),
    container: undefined,
    cpu: pruned<Snapshot['cpu']>({
      model: cpus[0]?.model.replace(/\s+/g, ' ').trim(),
      count: cpus.length > 0 ? cpus.length : undefined,
      // Windows knows no load
      load: os.platform() === 'win32' ? undefined : [load, ...earlier].map((each) => each.toFixed(2)).join(' '),
      busy,
      limit: undefined,
      used: undefined,
    }),
    memory: pruned<Snapshot['memory']>({
      total: kilobytes(os.totalmem()),
      available: kilobytes(os.freemem()),
      limit: isLimited ? kilobytes(limit) : undefined,
      used: isLimited ? used : undefined,
      swapTotal: undefined,
      swapFree: undefined,
      killed: undefined,
    }),
    disks,
    shares: [],
    users,
    processes,
    missing: users === undefined ? [{ part: 'users', reason: 'no who' }] : [],
  });
}

const kilobytes = (bytes: number) => Math.round(bytes / 1024);

async function busyOf(): Promise<number | undefined> {
  const sum = () => {
    const times = os.cpus().map((cpu) => cpu.times);
    const idle = times.reduce((total, each) => total + each.idle, 0);
    return { idle, all: times.reduce((total, each) => total + Object.values(each).reduce((a, b) => a + b, 0), 0) };
  };
  const before = sum();
  await wait(LOOK);
  const after = sum();
  if (after.all <= before.all) return undefined;
  return Math.round(100 * (1 - (after.idle - before.idle) / (after.all - before.all)));
}

/** What a system calls itself; os.version() tells on Linux only how the kernel was built. */
async function systemName(): Promise<string> {
  if (os.platform() !== 'linux') return os.platform() === 'darwin' ? 'macOS' : os.version();
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(release)?.[1] ?? 'Linux';
}

async function containersMemory(): Promise<number | undefined> {
  const used = Number(await readFile('/sys/fs/cgroup/memory.current', 'utf8').catch(() => 'none'));
  return Number.isFinite(used) ? kilobytes(used) : undefined;
}

const LOCAL = /^(ext[234]|xfs|btrfs|zfs|f2fs|jfs|reiserfs|vfat|exfat|ntfs3?|fuseblk|overlay)$/;
const OTHERS = /^\/(proc|sys|snap|boot\/efi|var\/lib\/(docker|containers|containerd|kubelet))(\/|$)/;

async function mounts(): Promise<string[]> {
  if (os.platform() === 'win32') return Array.from('CDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `${letter}:\\`);
  if (os.platform() === 'darwin') return ['/System/Volumes/Data'];
  const devices = new Set<string>();
  const table = await readFile('/proc/mounts', 'utf8').catch(() => '');
  const found = table.split('\n').flatMap((line) => {
    const [device = '', where = '', kind = ''] = line.split(' ');
    const isOne = where === '/dev/shm' || (LOCAL.test(kind) && !OTHERS.test(where));
    // the same disk under other names, and /dev/shm mounted over itself
    const name = kind === 'overlay' || kind === 'tmpfs' ? where : device;
    if (!isOne || devices.has(name)) return [];
    devices.add(name);
    return [where.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))];
  });
  return found.length === 0 ? ['/'] : found;
}

async function disksOf(): Promise<readonly DiskUse[]> {
  const late = wait(PATIENCE, undefined, { ref: false });
  const disks = await Promise.all((await mounts()).map((mount) => Promise.race([diskOf(mount), late])));
  return disks.filter((disk) => disk !== undefined);
}

async function diskOf(mount: string): Promise<DiskUse | undefined> {
  const found = await statfs(mount).catch(() => undefined);
  if (!found || found.blocks === 0) return undefined;
  const used = found.blocks - found.bfree;
  const inodes = found.files > 0 ? Math.round((100 * (found.files - found.ffree)) / found.files) : undefined;
  return {
    mount: mount.replace(/\\$/, ''),
    size: kilobytes(found.blocks * found.bsize),
    // as df does: what is kept for the system is not for users
    percent: used + found.bavail === 0 ? 100 : Math.ceil((100 * used) / (used + found.bavail)),
    ...(inodes === undefined ? {} : { inodes }),
  };
}
