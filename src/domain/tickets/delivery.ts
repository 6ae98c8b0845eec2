/** One job done at a tracker so that doing it again does nothing twice: what may have arrived is looked for first. */
import type { CaseKind } from '../case/state';
import type { Job } from './outbox';
import type { TicketComment, TicketFile, TicketSnapshot, Tracker } from './tracker';

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

/** @throws TrackerError, or what reading a file throws */
export async function deliver(job: Exclude<Job, { is: 'tell' }>, delivering: Delivering): Promise<TicketSnapshot> {
  const { tracker, kind, key, signal } = delivering;
  if (job.is === 'create') {
    const { files, ...ticket } = job.ticket;
    const made = await tracker.create({ ...ticket, files: await delivering.files(files) }, signal);
    return delivering.isUncertain ? attachMissing(delivering, made, files) : made;
  }
  const now = await tracker.read(key, kind, signal);
  if (delivering.before === undefined) await delivering.keepBefore(now.comments.map(({ id }) => id));
  const arrived = (text: string) => text.trim() === '' || (delivering.isUncertain && isSaid(delivering, now, text));
  switch (job.is) {
    case 'comment':
      return arrived(job.text) ? now : tracker.comment(key, kind, job.text, signal);
    case 'attach':
      return attachMissing(delivering, now, job.files);
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
      const isActive = now.progress === 'open' || now.progress === 'inProgress';
      const after = !isActive
        ? await tracker.reactivate(key, kind, comment, signal)
        : comment === ''
          ? now
          : await tracker.comment(key, kind, comment, signal);
      return attachMissing(delivering, after, job.files);
    }
  }
}

/** A name is given to one file of a case only: what is there by that name is that file. */
async function attachMissing(
  { tracker, kind, files, signal }: Delivering,
  now: TicketSnapshot,
  names: readonly string[],
): Promise<TicketSnapshot> {
  const missing = names.filter((name) => !now.files.includes(name));
  return missing.length === 0 ? now : tracker.attach(now.key, kind, await files(missing), signal);
}

function isSaid({ before = [] }: Delivering, now: TicketSnapshot, text: string): boolean {
  const wanted = wordsOf(text);
  const isNew = ({ id }: TicketComment) => !before.includes(id);
  return now.comments.some((comment) => isNew(comment) && wordsOf(comment.text).includes(wanted));
}

/** Letters and digits alone: a text comes back from its system's own format with other marks and spaces. */
const wordsOf = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '');
