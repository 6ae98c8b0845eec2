/** Opens one casebook with everything that works on it: the only place that puts adapters together. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Desk } from '../domain/desk';
import { Evidence } from '../domain/attachments/evidence';
import { Library } from '../domain/library';
import {
  type ArticleRemote,
  type ArticleRepository,
  type ArticleShelf,
  type AttachmentStore,
  type Casebook,
  type CaseStore,
  type Publishing,
  StoreError,
} from '../domain/ports';
import type { ReportShelf } from '../domain/report/reportShelf';
import type { Secrets } from '../domain/tickets/connections';
import type { Outbox } from '../domain/tickets/outbox';
import { TicketDesk } from '../domain/tickets/ticketDesk';
import type { TransferFiles } from '../domain/transfer/files';
import type { Language } from '../domain/words';
import { readOnlyReports } from './report/reportShelf';
import { GitArticleRemote } from './git/articleRemote';
import { icsCalendar } from './calendar/icsCalendar';
import { SimpleGitArticleRepository } from './git/articleRepository';
import { FileArticleShelf } from './knowledge/articleShelf';
import { breathing } from './machine/breathing';
import { openClaims } from './machine/claims';
import { systemClock, systemRandom } from './machine/clock';
import { thisMachine } from './machine/snapshot';
import { openBots } from './notify/connectedBots';
import { secretScanner } from './secrets/secretScanner';
import { openReports } from './openReports';
import { openFinder } from './search/finder';
import { openAttachments } from './store/attachments';
import { openCaseStore } from './store/caseStore';
import { openDrafts } from './store/drafts';
import { createCasebook } from './store/layout';
import { openOrderedRests } from './store/orderedRests';
import { openOutbox } from './store/outbox';
import { openSettingsFile } from './store/settingsFile';
import { openTicketLooks } from './store/ticketLooks';
import { openTrackers } from './tickets/connectedTrackers';
import { openTransferFiles } from './transfer/transferFiles';

/** Milliseconds after which git, or the setting, is asked again who sits here. */
const IDENTITY_LASTS = 10_000;

export interface OpenOptions {
  /** Absolute path of the casebook. */
  readonly folder: string;
  /** Absolute path of the folder that holds the articles. */
  readonly knowledgeFolder: string;
  /** The folder is Casebook's own and is made when missing; a folder that the user named is not. */
  readonly ownFolder: boolean;
  /** Absolute path of this machine's state: drafts, indexes. */
  readonly stateFolder: string;
  /** Absolute path of the built thread that keeps the search index. */
  readonly searchThread: string;
  /** Absolute path of the built thread that reads and writes spreadsheets. */
  readonly sheetThread: string;
  /** Absolute path of the built thread that draws and packs reports. */
  readonly reportThread: string;
  /** Of the lists that a new casebook starts with. */
  readonly language: Language;
  /** Version of the extension. */
  readonly version: string;
  readonly secretStorage: Secrets;
  /** The settings that name ticket systems and group bots, as they stand now. */
  readonly connections: { readonly trackers: () => unknown; readonly bots: () => unknown };
  /** "name <mail>", or empty: git's identity, else the account's name. Asked anew for every event. */
  readonly engineer: () => string;
  readonly publishing: () => Publishing;
  /** False in Restricted Mode: nothing is written and no git is run. */
  readonly isTrusted: boolean;
  /** What goes wrong beside the work that was asked for. */
  readonly onProblem: (error: unknown) => void;
}

export async function openCasebook(options: OpenOptions): Promise<Casebook & { dispose(): void }> {
  const { folder, knowledgeFolder, isTrusted, onProblem } = options;
  if (isTrusted) await prepare(options);
  const settings = await openSettingsFile({ folder, onProblem });
  const indexFile = join(options.stateFolder, 'index', `${hash(folder)}.json`);
  const { version } = options;
  const clock = systemClock;
  const files = openCaseStore({ folder, indexFile, version, clock, random: systemRandom, settings });
  const shelf = new FileArticleShelf();
  const refuse = async () => {
    throw new StoreError('restricted', folder);
  };
  const store = isTrusted ? files : readOnlyStore(files, refuse);
  const attachments = isTrusted ? openAttachments(folder) : readOnlyAttachments(openAttachments(folder), refuse);
  const articles = isTrusted ? shelf : readOnlyShelf(shelf, refuse);
  const { publishing } = options;
  const remote = isTrusted ? new GitArticleRemote() : withoutRemote(refuse);
  const repository = isTrusted ? new SimpleGitArticleRepository() : withoutGit(refuse);
  // asked with every event and every page; git is asked once in a while
  let known: { readonly name: Promise<string>; readonly until: number } | undefined;
  const me = () => {
    const now = clock.now();
    if (!known || now > known.until) known = { name: engineerOf(options, repository), until: now + IDENTITY_LASTS };
    return known.name;
  };
  const desk = new Desk(store, settings, clock, me);
  const { connections, secretStorage: vault } = options;
  const refuseAll = {
    connections: () => [],
    problems: () => [],
    open: refuse,
    signIn: refuse,
    signedIn: async () => undefined,
    isKept: async () => false,
    signOut: refuse,
    keep: refuse,
    forget: refuse,
  };
  const trackers = isTrusted ? openTrackers({ setting: connections.trackers, secrets: vault, clock }) : refuseAll;
  const bots = isTrusted ? openBots({ setting: connections.bots, secrets: vault, clock }) : refuseAll;
  const outboxFiles = openOutbox(join(options.stateFolder, 'outbox'), folder);
  const outbox = isTrusted ? outboxFiles : readOnlyOutbox(outboxFiles, refuse);
  const looks = openTicketLooks(join(options.stateFolder, 'tickets', `${hash(folder)}.json`));
  const orderedRests = openOrderedRests(join(options.stateFolder, 'tickets', 'rests.json'));
  const finder = openFinder({
    folder,
    knowledgeFolder,
    file: join(options.stateFolder, 'search', `${hash(`${folder}\n${knowledgeFolder}`)}.json`),
    version,
    thread: options.searchThread,
    store,
  });
  const guarded = (all: ReportShelf) => (isTrusted ? all : readOnlyReports(all, refuse));
  const { reportThread } = options;
  const reports = openReports({ store, settings, clock, repository, publishing, reportThread, guarded });
  return {
    store,
    desk,
    settings,
    drafts: openDrafts(join(options.stateFolder, 'drafts')),
    clock,
    breathing,
    articles,
    repository,
    remote,
    publishing,
    library: new Library({
      store,
      desk,
      settings,
      articles,
      repository,
      publishing,
      secrets: secretScanner,
      knowledgeFolder,
      me,
    }),
    secrets: secretScanner,
    attachments,
    evidence: new Evidence({ store, desk, settings, attachments, secrets: secretScanner }),
    ...reports,
    machine: isTrusted ? thisMachine(clock) : { snapshot: refuse },
    trackers,
    bots,
    tickets: new TicketDesk({
      store,
      desk,
      attachments,
      clock,
      outbox,
      trackers,
      bots,
      looks,
      orderedRests,
      random: systemRandom,
    }),
    transfer: isTrusted ? openTransferFiles(folder, options.sheetThread) : withoutTransfer(refuse),
    finder,
    calendar: icsCalendar,
    // where nothing is written nobody can say that it was theirs
    claims: isTrusted ? openClaims(join(options.stateFolder, 'claims')) : { claim: async () => false },
    knowledgeFolder,
    me,
    dispose: () => {
      finder.dispose();
      looks.dispose();
      orderedRests.dispose();
      outboxFiles.dispose();
      files.dispose();
    },
  };
}

/** Makes a casebook where there is none. A folder that is missing may be a drive that is not mounted: left alone. */
async function prepare({ folder, ownFolder, language, onProblem }: OpenOptions): Promise<void> {
  const exists = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!exists && !ownFolder) return;
  try {
    await createCasebook(folder, language);
  } catch (error) {
    onProblem(error);
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

async function engineerOf({ engineer, folder }: OpenOptions, repository: ArticleRepository): Promise<string> {
  const chosen = engineer().trim();
  if (chosen !== '') return chosen;
  const known = await repository.identity(folder).catch(() => undefined);
  return known ?? accountName();
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // a container may run under a number that no account has
    return process.env['USER'] ?? process.env['USERNAME'] ?? `user ${process.getuid?.() ?? ''}`.trim();
  }
}

/** What Restricted Mode puts in the place of whatever writes; here, since the public API leads past every command. */
type Refuse = () => Promise<never>;

function readOnlyStore(store: CaseStore, refuse: Refuse): CaseStore {
  return {
    get folder() {
      return store.folder;
    },
    summaries: () => store.summaries(),
    problems: () => store.problems(),
    load: () => store.load(),
    refresh: () => store.refresh(),
    get: (id) => store.get(id),
    append: refuse,
    create: refuse,
    createMany: refuse,
    copyMany: refuse,
    pathOf: (id) => store.pathOf(id),
    onDidChange: (listener) => store.onDidChange(listener),
    dispose: () => store.dispose(),
  };
}

function readOnlyAttachments(files: AttachmentStore, refuse: Refuse): AttachmentStore {
  return {
    folder: files.folder,
    list: (caseId) => files.list(caseId),
    read: (caseId, name) => files.read(caseId, name),
    pathOf: (caseId, name) => files.pathOf(caseId, name),
    sha256: (content) => files.sha256(content),
    textIn: (content) => files.textIn(content),
    write: refuse,
    remove: refuse,
  };
}

function readOnlyOutbox(files: Outbox, refuse: Refuse): Outbox {
  return {
    list: () => files.list(),
    add: refuse,
    work: refuse,
    onDidChange: (listener) => files.onDidChange(listener),
    dispose: () => files.dispose(),
  };
}

function readOnlyShelf(shelf: ArticleShelf, refuse: Refuse): ArticleShelf {
  return {
    list: (folder) => shelf.list(folder),
    read: (path) => shelf.read(path),
    entry: (path) => shelf.entry(path),
    parse: (path, text) => shelf.parse(path, text),
    textOf: (path) => shelf.textOf(path),
    existing: (paths) => shelf.existing(paths),
    replace: refuse,
    writeNew: refuse,
    watch: (folder, listener) => shelf.watch(folder, listener),
  };
}

function withoutTransfer(refuse: Refuse): TransferFiles {
  return {
    alone: refuse,
    read: refuse,
    readCasebook: refuse,
    write: refuse,
    mappings: async () => [],
    saveMapping: refuse,
    writeUsage: refuse,
  };
}

function withoutGit(refuse: Refuse): ArticleRepository {
  return {
    ensure: refuse,
    commitFile: refuse,
    authors: refuse,
    setIdentity: refuse,
    identity: async () => undefined,
  };
}

function withoutRemote(refuse: Refuse): ArticleRemote {
  return { unsent: async () => undefined, holdsOthers: refuse, push: refuse };
}
