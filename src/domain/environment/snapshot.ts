/** How a server stood at one moment: what a collector printed there, or what this machine knows of itself. */

/** The parts that a snapshot is made of. */
export const snapshotParts = ['clock', 'os', 'cpu', 'memory', 'disk', 'users', 'processes'] as const;
export type SnapshotPart = (typeof snapshotParts)[number];

export interface DiskUse {
  /** Where it is mounted: "/dev/shm", "C:". */
  readonly mount: string;
  /** KB. */
  readonly size: number;
  /** Of what users may use, 0 to 100; a file system keeps some for itself, so it isn't used / size. */
  readonly percent: number;
  /** Of the file system's inodes, 0 to 100; a full table refuses files although there is space. */
  readonly inodes?: number;
}

/** All processes of one name. */
export interface ProcessUse {
  readonly name: string;
  readonly count: number;
  /** Of one core: 250 is two and a half cores. */
  readonly cpu?: number;
  /** KB of the largest; sums would count shared memory several times. */
  readonly memory?: number;
}

/** Whatever could not be had is left out. */
export interface Snapshot {
  readonly host: string;
  /** By the server's own clock, with its offset. */
  readonly at?: string;
  /** "Asia/Shanghai", "China Standard Time". */
  readonly zone?: string;
  /** By the engineer's clock, milliseconds since the epoch: it was not taken before. */
  readonly notBefore?: number;
  readonly os?: string;
  readonly kernel?: string;
  /** Seconds. */
  readonly uptime?: number;
  /** "docker", "kubernetes"; left out on a machine of its own. */
  readonly container?: string;
  readonly cpu: {
    readonly model?: string;
    readonly count?: number;
    readonly load?: string;
    /** Percent of all of them. */
    readonly busy?: number;
    /** Cores that the container may use, and those that it does. */
    readonly limit?: number;
    readonly used?: number;
  };
  /** KB; `limit` and `used` are the container's. */
  readonly memory: {
    readonly total?: number;
    readonly available?: number;
    readonly limit?: number;
    readonly used?: number;
    readonly swapTotal?: number;
    readonly swapFree?: number;
    /** Processes that were killed for want of memory. */
    readonly killed?: number;
  };
  readonly disks: readonly DiskUse[];
  /** Network file systems: named, not measured, since one that hangs would hang the collector. */
  readonly shares: readonly string[];
  /** Sessions as the system words them; left out where they are not known. */
  readonly users?: readonly string[];
  readonly processes: readonly ProcessUse[];
  /** What could not be read there, and why. */
  readonly missing: readonly { readonly part: SnapshotPart; readonly reason: string }[];
}

/** True if the snapshot says something of that part. */
export function has(snapshot: Snapshot, part: SnapshotPart): boolean {
  switch (part) {
    case 'clock':
      return snapshot.at !== undefined;
    case 'os':
      return snapshot.os !== undefined;
    case 'cpu':
      return snapshot.cpu.count !== undefined || snapshot.cpu.busy !== undefined || snapshot.cpu.load !== undefined;
    case 'memory':
      return snapshot.memory.total !== undefined || snapshot.memory.limit !== undefined;
    case 'disk':
      return snapshot.disks.length > 0;
    case 'users':
      return snapshot.users !== undefined;
    case 'processes':
      return snapshot.processes.length > 0;
  }
}
