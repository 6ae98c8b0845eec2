/** What host and view say to each other about a case's messages to groups. Free of vscode. */
import * as v from 'valibot';
import type { Missing } from '../../domain/sop/missing';

/** A group whose bot is connected. */
export interface PageGroup {
  readonly group: string;
  /** The R&D lead who reads there; empty where nobody is named. */
  readonly lead: string;
}

/** A message of the case that has not arrived yet. */
export interface PageTelling {
  /** In the outbox. */
  readonly id: string;
  readonly group: string;
  readonly text: string;
  /** It tells a lead of an urgent case. */
  readonly isAboutLead: boolean;
  /** `asks`: nobody knows whether it was said; `refused`: it was not, and is not tried again by itself. */
  readonly standing: 'waiting' | 'trying' | 'asks' | 'refused';
  /** Why; empty before the first answer. */
  readonly sentence: string;
  /** Of `waiting`: ISO-8601; empty otherwise. */
  readonly nextAt: string;
}

export interface PageGroups {
  readonly connected: readonly PageGroup[];
  readonly unsent: readonly PageTelling[];
}

export const groupDeedSchema = v.variant('do', [
  /** The view makes up the id; `text` counts, whatever the values say. */
  v.object({
    do: v.literal('tell'),
    id: v.number(),
    group: v.string(),
    text: v.string(),
    action: v.string(),
    values: v.record(v.string(), v.unknown()),
    language: v.picklist(['en', 'zh-CN']),
  }),
  v.object({ do: v.picklist(['retry', 'wasTold', 'takeOut']), item: v.string() }),
  v.object({ do: v.literal('connect'), group: v.string() }),
]);
export type GroupDeed = v.InferOutput<typeof groupDeedSchema>;
export type GroupTell = Extract<GroupDeed, { do: 'tell' }>;

/** What came of a `tell`. `failed`: one sentence says why; `refused`: the case lacks something. */
export interface GroupNews {
  readonly type: 'told';
  readonly id: number;
  readonly is: 'sent' | 'waiting' | 'busy' | 'refused' | 'failed';
  readonly sentence: string;
  readonly missing: readonly Missing[];
}
