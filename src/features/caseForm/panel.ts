/** One panel shows one case, or the empty form of a new one; what is typed is kept as a draft until it is written. */
import * as vscode from 'vscode';
import { kindOfFile } from '../../domain/attachments/names';
import { emptyCase, type CaseKind, type CaseState } from '../../domain/case/state';
import { type AttachmentStore, type FormDraft, StoreError } from '../../domain/ports';
import { draftKey, newCaseKind } from '../../domain/intake/newCase';
import { GroupTeller } from '../../domain/notify/groupTeller';
import { GuardError } from '../../domain/sop/missing';
import { tagsInUse } from '../../domain/summary';
import { editorLanguage, textLanguage } from '../../platform/language';
import { type Channel, connect } from '../../platform/rpc';
import { logError } from '../../platform/run';
import { sentenceOf } from '../../platform/sentences';
import type { Session } from '../../platform/session';
import { viewRoots, webviewHtml } from '../../platform/webviewHtml';
import { answerTo } from './answers';
import { editorsPart, tellUnseen } from './editorsPart';
import { FileIntake } from './fileIntake';
import type { FileDeed, PageFile } from './fileProtocol';
import { addToDraft, type FormPorts } from './formPorts';
import { GroupDeeds } from './groupDeeds';
import type { GroupDeed } from './groupProtocol';
import { type CasePage, type Forms, type FromView, fromViewSchema, type Question, type ToView } from './protocol';
import { withChanges } from './sharedDraft';
import type { TicketAnswers } from './ticketAnswers';
import { noTickets, type PageTickets } from './ticketProtocol';
import { TicketTalks } from './ticketTalks';

/** A case id, or what names a case that isn't recorded yet (`domain/intake/newCase`). */
export type Target = string;

const isNew = (target: Target): boolean => newCaseKind(target) !== undefined;

/** The files of one case; of every case where its id is not known yet, since other roots would start the page anew. */
function attachmentsFolder(attachments: AttachmentStore, target: Target): vscode.Uri {
  return vscode.Uri.file(isNew(target) ? attachments.folder : attachments.pathOf(target));
}

export class CasePanel implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private readonly view: Channel<ToView>;
  private readonly intake: FileIntake;
  private readonly groups: GroupDeeds;
  private readonly talks: TicketTalks;
  private draft: FormDraft | undefined;
  private shownTickets = '';
  private focus: string;
  /** Acts and drafts are written one after the other, in the order in which the user did them. */
  private queue: Promise<void> = Promise.resolve();
  private isDisposed = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly session: Session,
    private readonly ports: FormPorts,
    public target: Target,
    focus: string,
    private readonly renamed: (from: Target, to: Target) => void,
    /** Puts a text into the note of another case and shows it there. */
    private readonly noteOn: (id: string, text: string) => Promise<void>,
    private readonly tickets: TicketAnswers,
  ) {
    this.focus = focus;
    const roots = [...viewRoots(session.context.extensionUri), attachmentsFolder(ports.attachments, target)];
    panel.webview.options = { enableScripts: true, localResourceRoots: roots };
    const icon = (name: string) => vscode.Uri.joinPath(session.context.extensionUri, 'media', name);
    panel.iconPath = { light: icon('tab-light.svg'), dark: icon('tab-dark.svg') };
    const channel = connect<ToView, typeof fromViewSchema>(panel.webview, fromViewSchema, session.log, (message) => {
      // what is asked is not about what was typed: it need not wait for acts, nor they for it
      if (message.type === 'ask') void this.answer(message.id, message.question);
      else if (message.type === 'file') this.changeFiles(message.deed);
      else if (message.type === 'group') this.tellGroup(message.deed);
      else if (message.type === 'ticketStop') this.talks.stop(message.id);
      else this.enqueue(() => this.receive(message));
    });
    this.view = channel;
    const caseId = () => (isNew(this.target) ? '' : this.target);
    this.intake = new FileIntake(
      ports,
      caseId,
      (news) => channel.send(news),
      () => this.show(),
      session.log,
    );
    this.groups = new GroupDeeds({
      ports: { ...ports, teller: new GroupTeller(ports) },
      caseId,
      tell: (news) => channel.send(news),
      used: (action) => this.enqueue(() => this.usedUp(action)),
      changed: () => this.show(),
      log: session.log,
    });
    this.talks = new TicketTalks(
      tickets,
      caseId,
      (id, reply) => channel.send({ type: 'ticketReply', id, reply }),
      (reply) => tellUnseen(caseId(), reply),
    );
    this.subscriptions = [
      channel,
      this.groups,
      this.talks,
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('casebook.trackers')) this.show();
      }),
      panel.onDidChangeViewState(() => {
        this.lastActive = Date.now();
      }),
      this.intake,
      ports.store.onDidChange((ids) => {
        if (!isNew(this.target) && (ids === 'all' || ids.includes(this.target))) this.show();
      }),
      ports.tickets.onDidChange(() => void this.ticketChanged()),
      ports.finder.onDidChange(() => this.view.send({ type: 'foundMore' })),
    ];
    panel.webview.html = webviewHtml(panel.webview, session.context.extensionUri, 'caseForm');
  }

  dispose(): void {
    this.isDisposed = true;
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** Milliseconds since the epoch at which somebody last came to its tab, or left it. */
  lastActive = Date.now();

  /** True while its tab is the one in front. */
  get isActive(): boolean {
    return this.panel.active;
  }

  reveal(focus: string, keepsFocus: boolean): void {
    this.panel.reveal(undefined, keepsFocus);
    if (focus === '') return;
    this.focus = focus;
    this.show();
  }

  /** More for a form of this page: in its draft, and on the screen. */
  async add(form: string, field: string, text: string): Promise<void> {
    const adding = this.queue.then(async () => {
      const forms = await addToDraft(this.ports, this.draftKey(), form, field, text);
      this.draft = { savedAt: this.ports.desk.nowIso(), forms };
      const value = forms[form]?.[field];
      if (typeof value === 'string') this.view.send({ type: 'put', form, values: { [field]: value } });
    });
    this.enqueue(() => adding.catch(() => undefined));
    return adding;
  }

  private async ticketChanged(): Promise<void> {
    const stored = isNew(this.target) ? undefined : await this.ports.store.get(this.target).catch(() => undefined);
    if (stored && whatIsShown(await this.tickets.here(stored.state)) !== this.shownTickets) this.show();
  }

  private draftKey(): string {
    return draftKey(this.ports.store.folder, this.target);
  }

  private enqueue(work: () => Promise<void>): void {
    this.queue = this.queue.then(work).catch((error: unknown) => this.failed(error));
  }

  private show(): void {
    this.enqueue(() => this.sendPage());
  }

  private async sendPage(): Promise<void> {
    const { store, settings, drafts, me } = this.ports;
    // a draft that can't be read must not keep the case itself from being shown
    this.draft ??= await drafts.read(this.draftKey()).catch((error: unknown) => {
      logError(this.session.log, 'draft', error);
      return undefined;
    });
    const stored = isNew(this.target) ? undefined : await store.get(this.target);
    if (!isNew(this.target) && !stored) {
      const gone = store.problems().some(({ code }) => code === 'folder-missing');
      const reason = gone
        ? new StoreError('folder-missing', store.folder)
        : new StoreError('case-missing', this.target);
      this.view.send({ type: 'failed', message: sentenceOf(reason) });
      return;
    }
    const kind = newCaseKind(this.target) ?? stored?.state.kind ?? 'issue';
    const state = stored?.state ?? emptyCase('', kind);
    const files = stored ? await this.filesOf(stored.id, state) : [];
    const tickets = stored ? await this.tickets.here(state) : noTickets;
    this.shownTickets = whatIsShown(tickets);
    const by = await me();
    // closed while the case was read: there is no title to set any more
    if (this.isDisposed) return;
    this.panel.title = this.titleOf(state.values['receive']?.['title'] ?? state.values['record']?.['title'], kind);
    const page: CasePage = {
      mode: stored ? 'case' : 'new',
      target: this.target,
      state,
      events: stored?.events ?? [],
      quarantined: stored?.quarantined ?? [],
      settings: settings.current(),
      tagsInUse: [...tagsInUse(store.summaries()).keys()],
      me: by,
      language: editorLanguage(),
      textLanguage: textLanguage(),
      bundle: vscode.l10n.bundle ?? {},
      draft: this.draft?.forms ?? {},
      draftSavedAt: this.draft?.savedAt ?? '',
      files,
      groups: await this.groups.page(),
      tickets,
      canReveal: vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop,
      readOnly: vscode.workspace.isTrusted
        ? ''
        : vscode.l10n.t('Restricted Mode: Casebook only reads here. Trust the workspace to go on.'),
      focus: this.focus,
    };
    this.focus = '';
    this.view.send({ type: 'show', page });
  }

  private titleOf(title: unknown, kind: CaseKind): string {
    if (typeof title === 'string' && title.trim() !== '') return title.length > 40 ? `${title.slice(0, 39)}…` : title;
    return kind === 'issue' ? vscode.l10n.t('New issue') : vscode.l10n.t('New request');
  }

  /** Its files must not keep a case from being shown. */
  private async filesOf(id: string, state: CaseState): Promise<readonly PageFile[]> {
    const { evidence, attachments } = this.ports;
    try {
      return (await evidence.files(id, state)).map((file) => {
        const isPicture = file.standing !== 'missing' && kindOfFile(file.name) === 'image';
        const uri = vscode.Uri.file(attachments.pathOf(id, file.name));
        return { ...file, picture: isPicture ? this.panel.webview.asWebviewUri(uri).toString() : '' };
      });
    } catch (error) {
      logError(this.session.log, 'files', error);
      this.view.send({ type: 'fileFailed', message: sentenceOf(error) });
      return [];
    }
  }

  private changeFiles(deed: FileDeed): void {
    if (vscode.workspace.isTrusted || deed.do === 'open' || deed.do === 'reveal') this.intake.receive(deed);
    else this.show();
  }

  /** After the drafts that came before it are kept; but it may take its time, and nothing waits for it. */
  private tellGroup(deed: GroupDeed): void {
    this.enqueue(async () => {
      if (vscode.workspace.isTrusted || deed.do === 'connect') this.groups.receive(deed);
      else await this.sendPage();
    });
  }

  private async usedUp(action: string): Promise<void> {
    await this.forget(action).catch(this.leftBehind);
    const done = action === 'assess' ? { action: 'save', for: action } : { action, for: '' };
    this.view.send({ type: 'done', ...done });
  }

  private async answer(id: number, question: Question): Promise<void> {
    try {
      const answer = await answerTo(question, this.session.context.extensionUri, this.ports);
      this.view.send({ type: 'answer', id, answer });
    } catch (error) {
      logError(this.session.log, `form ${question.about}`, error);
      // asked with every pause in typing, by nobody: a search that fails must not cover the form with its sentence
      const message = question.about === 'similar' ? '' : sentenceOf(error);
      this.view.send({ type: 'notAnswered', id, message });
    }
  }

  private async receive(message: Exclude<FromView, { type: 'ask' | 'file' | 'group' | 'ticketStop' }>): Promise<void> {
    switch (message.type) {
      case 'ready':
        await this.sendPage();
        this.intake.restarted();
        return;
      case 'draft':
        return this.keepDraft(message.forms).catch((error: unknown) => this.draftFailed(error));
      case 'act':
        return this.act(message);
      case 'join':
        return this.join(message.id, message.note);
      case 'ticket':
        // begun in its turn, after what was typed is kept; it may take as long as a server takes
        this.talks.begin(message.id, message.deed);
        return;
      case 'copy':
      case 'openUrl':
      case 'mail':
      case 'openCase':
      case 'command':
        // begun in its turn, but not waited for: it may ask a person, and what is typed meanwhile must be kept
        editorsPart(message, this.target).catch((error: unknown) => this.failed(error));
    }
  }

  private async keepDraft(forms: Forms): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const { drafts, desk } = this.ports;
    const key = this.draftKey();
    const kept = withChanges((await drafts.read(key))?.forms ?? {}, this.draft?.forms ?? {}, forms);
    const savedAt = desk.nowIso();
    if (Object.keys(kept).length === 0) await drafts.remove(key);
    else await drafts.write(key, { savedAt, forms: kept });
    // only now: what could not be written is still to be written the next time
    this.draft = { savedAt, forms };
    if (Object.keys(forms).length > 0) this.view.send({ type: 'draftSaved', at: savedAt });
  }

  private async act(message: Extract<FromView, { type: 'act' }>): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      await this.sendPage();
      return;
    }
    const target = message.for === '' ? {} : { for: message.for };
    try {
      const kind = newCaseKind(this.target);
      if (kind !== undefined) await this.open(kind, message.values);
      else await this.ports.desk.act(this.target, { action: message.action, ...target, values: message.values });
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
      this.view.send({ type: 'refused', action: message.action, missing: error.items });
      return;
    }
    // a correction, an excuse or a settled conflict sends its own small form, not the one it is about
    await this.forget(message.action === 'save' ? message.for : message.action).catch(this.leftBehind);
    this.view.send({ type: 'done', action: message.action, for: message.for });
    await this.sendPage();
    for (const link of message.links) {
      await this.ports.desk.act(this.target, { action: 'linkArticle', values: link });
    }
  }

  /** What is typed here is about a case that there is already: it goes there, and this form is not needed any more. */
  private async join(id: string, note: string): Promise<void> {
    if (!vscode.workspace.isTrusted || !isNew(this.target)) return;
    const draft = this.draftKey();
    await this.noteOn(id, note);
    this.panel.dispose();
    await this.ports.drafts.remove(draft).catch(this.leftBehind);
  }

  private async open(kind: CaseKind, values: Readonly<Record<string, unknown>>): Promise<void> {
    const draft = this.draftKey();
    const from = this.target;
    const stored = await this.ports.desk.open(kind, values);
    this.draft = undefined;
    this.target = stored.id;
    this.renamed(from, stored.id);
    await this.ports.drafts.remove(draft).catch(this.leftBehind);
  }

  /** A draft outlived its act: that is written, and a failure told now would have it written twice. */
  private readonly leftBehind = (error: unknown) => logError(this.session.log, 'draft', error);

  private async forget(action: string): Promise<void> {
    if (!this.draft || !(action in this.draft.forms)) return;
    const { [action]: _sent, ...rest } = this.draft.forms;
    await this.keepDraft(rest);
  }

  /** Not a failed act: what was typed is on the screen only, and an act under way goes on. */
  private draftFailed(error: unknown): void {
    logError(this.session.log, 'draft', error);
    this.view.send({
      type: 'draftFailed',
      message: vscode.l10n.t(
        'What you typed could not be kept as a draft: it is only in this form. Record it or copy it before you close the form; the log says why.',
      ),
    });
  }

  private failed(error: unknown): void {
    logError(this.session.log, 'form', error);
    this.view.send({ type: 'failed', message: sentenceOf(error) });
  }
}

/** What goes out for the first time is no news: whoever sends it is told. */
const whatIsShown = ({ waiting, ...known }: PageTickets): string =>
  JSON.stringify({ ...known, waiting: waiting.filter(({ isHeldUp }) => isHeldUp) });
