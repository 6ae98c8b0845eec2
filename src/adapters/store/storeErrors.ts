/** What the operating system says, as the reasons that the store gives. */
import { StoreError, type StoreFailure } from '../../domain/ports';

/** Node's code of a failed system call, "ENOENT". */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}

const reasons: Readonly<Record<string, StoreFailure>> = {
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  ENOENT: 'folder-missing',
  // a file stands where a folder should be
  ENOTDIR: 'folder-missing',
  ELOCKED: 'locked',
};

export function storeErrorOf(path: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError(reasons[codeOf(error)] ?? 'failed', path, { cause: error });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
