/** What host and view say to each other about the files of a case. Free of vscode. */
import * as v from 'valibot';
import type { CaseFile } from '../../domain/attachments/evidence';
import type { FindingKind } from '../../domain/redaction/finding';

/** A file of the case as the page shows it. */
export interface PageFile extends CaseFile {
  /** What a picture is shown from; empty for everything else. */
  readonly picture: string;
}

/** A file on its way into the case. */
export interface Arrival {
  readonly id: string;
  readonly name: string;
  /** Bytes; and how many of them are there. */
  readonly size: number;
  readonly received: number;
  /** `asking`: it holds secrets, and waits for what is to be done with them; `refused`: `sentence` says why. */
  readonly standing: 'arriving' | 'storing' | 'asking' | 'refused';
  readonly sentence: string;
  readonly secrets?: FoundSecrets;
}

/** Never the secrets themselves. */
export interface FoundSecrets {
  readonly count: number;
  readonly kinds: readonly FindingKind[];
  /** Where the first of them are: 1-based lines. */
  readonly places: readonly { readonly line: number; readonly kind: FindingKind }[];
}

/** Where the name of a stored file is to be written down as well: the id of a field; empty: nowhere. */
const field = v.string();

export const fileDeedSchema = v.variant('do', [
  /** Bytes follow. The view makes up the id. */
  v.object({ do: v.literal('begin'), id: v.string(), name: v.string(), size: v.number(), field }),
  v.object({ do: v.literal('bytes'), id: v.string(), bytes: v.instance(Uint8Array) }),
  v.object({ do: v.literal('decide'), id: v.string(), choice: v.picklist(['mask', 'keep', 'cancel']) }),
  /** Files of the editor's own explorer, by their URIs. */
  v.object({ do: v.literal('take'), uris: v.array(v.string()), field }),
  v.object({ do: v.literal('pick'), field }),
  v.object({ do: v.picklist(['open', 'reveal', 'record']), name: v.string() }),
  v.object({ do: v.literal('remove'), name: v.string(), reason: v.string() }),
]);
export type FileDeed = v.InferOutput<typeof fileDeedSchema>;

export type FileNews =
  | { readonly type: 'arrivals'; readonly arrivals: readonly Arrival[] }
  /** A file is in the case; `isNew` is false where it was there before. */
  | { readonly type: 'arrived'; readonly name: string; readonly field: string; readonly isNew: boolean }
  /** Something else about a file failed: one sentence. */
  | { readonly type: 'fileFailed'; readonly message: string };
