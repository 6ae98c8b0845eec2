/** What the case form's host and view say to each other. Free of vscode; both sides import it. */
import * as v from 'valibot';
import type { CaseState } from '../../domain/case/state';
import type { CasebookSettings } from '../../domain/casebook';
import type { CaseEvent } from '../../domain/case/event';
import type { Snapshot } from '../../domain/environment/snapshot';
import type { QuarantinedLine } from '../../domain/ports';
import type { FindingKind } from '../../domain/redaction/finding';
import type { Missing } from '../../domain/sop/missing';
import type { Language } from '../../domain/words';
import { fileDeedSchema, type FileNews, type PageFile } from './fileProtocol';
import { groupDeedSchema, type GroupNews, type PageGroups } from './groupProtocol';
import { type PageTickets, ticketDeedSchema, type TicketReply } from './ticketProtocol';

/** Action name → what its form holds. */
export type Forms = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Everything the view needs to draw one case, or the empty form of a new one. */
export interface CasePage {
  /** "new" until the case is recorded; `state` is then an empty case of that kind. */
  readonly mode: 'new' | 'case';
  /** Whose page it is, for the host: a case id, or what names the draft of a new case. */
  readonly target: string;
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  readonly quarantined: readonly QuarantinedLine[];
  readonly settings: CasebookSettings;
  /** Of all cases, the most used first. */
  readonly tagsInUse: readonly string[];
  /** The engineer at this machine, "name <mail>". */
  readonly me: string;
  /** Of the editor. */
  readonly language: Language;
  /** Of tickets and messages to customers. */
  readonly textLanguage: Language;
  /** vscode.l10n.bundle: English string → translation. */
  readonly bundle: Readonly<Record<string, string>>;
  /** What was typed earlier and not sent. */
  readonly draft: Forms;
  readonly draftSavedAt: string;
  readonly files: readonly PageFile[];
  readonly groups: PageGroups;
  readonly tickets: PageTickets;
  /** The editor runs where the files are: the system's file manager can show them. */
  readonly canReveal: boolean;
  /** Why nothing may be changed (workspace not trusted, …); empty when it may. */
  readonly readOnly: string;
  /** What the user asked for: an action's name, "step:2.1", "exit" (the way on), "correct", or nothing. */
  readonly focus: string;
}

export type ToView =
  | FileNews
  | GroupNews
  | { readonly type: 'show'; readonly page: CasePage }
  /** The guard said no; nothing was written, the form stays as it is. */
  | { readonly type: 'refused'; readonly action: string; readonly missing: readonly Missing[] }
  /** Something else failed: one sentence; the form stays as it is. */
  | { readonly type: 'failed'; readonly message: string }
  /** It was written; the form of that action is to be emptied. A `show` follows. */
  | { readonly type: 'done'; readonly action: string; readonly for: string }
  | { readonly type: 'draftSaved'; readonly at: string }
  /** What was typed is in the form alone: one sentence. An act that is under way is not concerned. */
  | { readonly type: 'draftFailed'; readonly message: string }
  /** More can be found by now than when it was last asked. */
  | { readonly type: 'foundMore' }
  /** For a form of this page, from elsewhere; it is in the draft already. */
  | { readonly type: 'put'; readonly form: string; readonly values: Readonly<Record<string, string>> }
  /** What a question came to, out of turn. */
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answers[keyof Answers] }
  /** One sentence; empty where no person asked. */
  | { readonly type: 'notAnswered'; readonly id: number; readonly message: string }
  /** What became of a deed at the ticket's own system, out of turn. */
  | { readonly type: 'ticketReply'; readonly id: number; readonly reply: TicketReply };

/** What the view may ask for, and what it gets; asking writes nothing on the case. */
export interface Answers {
  /** The text on the clipboard. */
  readonly clipboard: string;
  /** The script as it ships. */
  readonly collector: string;
  /** The machine that the extensions run on: of a remote window the remote one. */
  readonly machine: Snapshot;
  /** What a text must not tell, and the text without it. */
  readonly secrets: { readonly count: number; readonly kinds: readonly FindingKind[]; readonly masked: string };
  /** What was reported before and reads alike. */
  readonly similar: SimilarHere;
}

export interface SimilarHere {
  readonly open: readonly SimilarEntry[];
  readonly solved: readonly SimilarEntry[];
  readonly articles: readonly SimilarEntry[];
}

export interface SimilarEntry {
  /** Case id, or the article's way from the knowledge folder. */
  readonly id: string;
  readonly title: string;
  /** Where it stands, whose it is; in the page's language. */
  readonly facts: string;
  readonly excerpt: string;
  /** Ranges [start, end) of the matches in the excerpt. */
  readonly marks: readonly (readonly [start: number, end: number])[];
}

export const questionSchema = v.variant('about', [
  v.object({ about: v.literal('clipboard') }),
  v.object({ about: v.literal('collector'), kind: v.picklist(['bash', 'powershell']) }),
  v.object({ about: v.literal('machine') }),
  v.object({ about: v.literal('secrets'), text: v.string() }),
  v.object({ about: v.literal('similar'), text: v.string(), exclude: v.string() }),
]);
export type Question = v.InferOutput<typeof questionSchema>;
export type AnswerTo<Asked extends Question> = Answers[Asked['about']];

const record = v.record(v.string(), v.unknown());

/** Every message of the view, checked before the host believes it. */
export const fromViewSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('draft'), forms: v.record(v.string(), record) }),
  v.object({
    type: v.literal('act'),
    action: v.string(),
    for: v.string(),
    values: record,
    /** Articles that a new case is linked with once it is recorded. */
    links: v.array(v.object({ path: v.string(), title: v.string() })),
  }),
  v.object({ type: v.literal('join'), id: v.string(), note: v.string() }),
  v.object({ type: v.literal('ask'), id: v.number(), question: questionSchema }),
  v.object({ type: v.literal('file'), deed: fileDeedSchema }),
  v.object({ type: v.literal('group'), deed: groupDeedSchema }),
  v.object({ type: v.literal('ticket'), id: v.number(), deed: ticketDeedSchema }),
  /** Of a deed that is under way. */
  v.object({ type: v.literal('ticketStop'), id: v.number() }),
  v.object({ type: v.literal('copy'), text: v.string() }),
  v.object({ type: v.literal('openUrl'), url: v.string() }),
  v.object({ type: v.literal('mail'), to: v.string(), subject: v.string(), body: v.string() }),
  v.object({ type: v.literal('openCase'), id: v.string() }),
  v.object({
    type: v.literal('command'),
    command: v.picklist([
      'writeArticle',
      'openLog',
      'openArticle',
      'saveAppointment',
      'manageTrust',
      'refreshTicket',
      'signIn',
      'showOutbox',
      'connectTickets',
    ]),
    argument: v.string(),
  }),
]);

export type FromView = v.InferOutput<typeof fromViewSchema>;
