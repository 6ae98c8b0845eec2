/** One job done at a tracker so that doing it again does nothing twice: what may have arrived is looked for first. */
import type { CaseKind } from '../case/state';
import type { Job } from './outbox';
import { type TicketComment, type TicketFile, type TicketSnapshot, type Tracker, TrackerError } from './tracker';

export interface Delivering {
  readonly tracker: Tracker;
  readonly kind: CaseKind;
  /** Of the case's ticket; empty before it is made. */
  readonly key: string;
  /** An earlier attempt may have arrived. */
  readonly isUncertain: boolean;
  /** Ids of the comments that were there before the first attempt; left out before it. */
  readonly before?: readonly string[];
  /** Keeps them, before anything is sent. */
  readonly keepBefore: (ids: readonly string[]) => Promise<void>;
  readonly files: (names: readonly string[]) => Promise<readonly TicketFile[]>;
  readonly signal?: AbortSignal | undefined;
}

/** @throws TrackerError, with `made` where only files are missing; or what reading a file throws */
export async function deliver(job: Exclude<Job, { is: 'tell' }>, delivering: Delivering): Promise<TicketSnapshot> {
  const { tracker, kind, key, signal } = delivering;
  if (job.is === 'create') {
    const { files: names, ...ticket } = job.ticket;
    const made = await tracker.create({ ...ticket, files: await delivering.files(names) }, signal);
    return delivering.isUncertain ? withFiles(delivering, made, await unsent(delivering, made, names)) : made;
  }
  const now = await tracker.read(key, kind, signal);
  if (delivering.before === undefined) await delivering.keepBefore(now.comments.map(({ id }) => id));
  const arrived = (text: string) => text.trim() === '' || (delivering.isUncertain && isSaid(delivering, now, text));
  switch (job.is) {
    case 'comment':
      return arrived(job.text) ? now : tracker.comment(key, kind, job.text, signal);
    case 'attach': {
      const files = await unsent(delivering, now, job.files);
      return files.length === 0 ? now : tracker.attach(key, kind, files, signal);
    }
    case 'assign': {
      const comment = arrived(job.comment) ? '' : job.comment;
      if (now.assignee?.id === job.person && comment === '') return now;
      return tracker.assign(key, kind, job.person, comment, signal);
    }
    case 'close': {
      const comment = arrived(job.comment) ? '' : job.comment;
      if (now.progress !== 'done') return tracker.close(key, kind, { comment, resolution: job.resolution }, signal);
      // R&D was faster: only the word about it is missing
      return comment === '' ? now : tracker.comment(key, kind, comment, signal);
    }
    case 'reactivate': {
      const comment = arrived(job.comment) ? '' : job.comment;
      // what can't be read is said before anything is done there
      const files = await unsent(delivering, now, job.files);
      const isActive = now.progress === 'open' || now.progress === 'inProgress';
      const after = !isActive
        ? await tracker.reactivate(key, kind, comment, signal)
        : comment === ''
          ? now
          : await tracker.comment(key, kind, comment, signal);
      return withFiles(delivering, after, files);
    }
  }
}

/** A name is given to one file of a case only: what is there by that name is that file. */
async function unsent({ files }: Delivering, now: TicketSnapshot, names: readonly string[]) {
  return files(names.filter((name) => !now.files.includes(name)));
}

/** What was done before the files failed stays done: begun anew, its text would be said twice. */
async function withFiles(
  { tracker, kind, signal }: Delivering,
  made: TicketSnapshot,
  files: readonly TicketFile[],
): Promise<TicketSnapshot> {
  if (files.length === 0) return made;
  return tracker.attach(made.key, kind, files, signal).catch((error: unknown) => {
    if (!(error instanceof TrackerError)) throw error;
    throw new TrackerError(error.reason, error.said, { ...error.details, made, cause: error });
  });
}

function isSaid({ before = [] }: Delivering, now: TicketSnapshot, text: string): boolean {
  const wanted = wordsOf(text);
  const isNew = ({ id }: TicketComment) => !before.includes(id);
  return now.comments.some((comment) => isNew(comment) && wordsOf(comment.text).includes(wanted));
}

/** Letters and digits alone: a text comes back from its system's own format with other marks and spaces. */
const wordsOf = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '');
