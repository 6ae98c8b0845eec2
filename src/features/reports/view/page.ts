/** The report's page: it takes what the host sends, draws it, and hands back what the engineer does. */
import * as l10n from '@vscode/l10n';
import { button } from '../../../platform/view/controls';
import { el, keepingPlace, place } from '../../../platform/view/dom';
import type { PageDocument, PageDraft } from '../pageDocument';
import type { DraftId, FromView, Memory, ReportHead, ToView } from '../protocol';
import { DocumentView } from './documentView';
import { DraftEditor } from './draftEditor';
import type { ShowCases } from './figure';
import { FocusKeeper } from './focusKeeper';
import { notice } from './notice';
import { Toolbar } from './toolbar';

export class Page {
  private readonly toolbar: Toolbar;
  private readonly notices = el('div', { class: 'notices' });
  private readonly progress: HTMLElement;
  private readonly report: DocumentView;
  private readonly focus: FocusKeeper;
  private readonly spokenLine = el('div', { class: 'spoken', role: 'status' });
  private readonly editors = new Map<DraftId, DraftEditor>();
  /** Whose texts the editors hold, and whether they may be changed. */
  private editorsOf = '';
  private document: PageDocument | undefined;
  /** Until the first answer it is under way. */
  private isMaking = true;
  private isBusy = false;
  /** The editor asks before it does what was pressed. */
  private isAsked = false;
  private isOutdated = false;
  private failure = '';

  constructor(
    root: HTMLElement,
    private head: ReportHead,
    private readonly post: (message: FromView) => void,
    private readonly remember: (memory: Memory) => void,
  ) {
    this.toolbar = new Toolbar((message) => this.send(message));
    const making = l10n.t('Generating the report…');
    const bar = el('progress', { 'aria-label': making });
    const pressed = () => this.send({ type: 'cancel' });
    const cancel = button({ label: l10n.t('Cancel'), look: 'secondary', does: 'cancel', pressed });
    this.progress = el('div', { class: 'making' }, el('span', {}, making), bar, cancel);
    this.report = new DocumentView(el('main', { class: 'report' }), {
      showCases: this.showCases,
      openCase: (id) => this.send({ type: 'openCase', id }),
      more: (table, from) => this.send({ type: 'more', table, from }),
      editorOf: (draft) => this.editorOf(draft),
    });
    this.focus = new FocusKeeper(root, {
      // buttons rest while something is under way: then it is too early
      isReady: () => !this.isMaking && !this.isBusy,
      insteadOf: (gone) => this.toolbar.standIn(gone),
    });
    place(root, [this.toolbar.element, this.notices, this.progress, this.report.element, this.spokenLine]);
  }

  receive(message: ToView): void {
    switch (message.type) {
      case 'making':
        this.making(message.head);
        break;
      case 'show':
        this.show(message.head, message.document);
        break;
      case 'cancelled':
        this.isMaking = false;
        this.say(l10n.t('Cancelled'));
        break;
      case 'failed':
        this.isMaking = false;
        this.failure = message.message;
        break;
      case 'outdated':
        this.isOutdated = true;
        break;
      case 'busy':
        this.isBusy = message.isBusy;
        if (!this.isBusy && this.isAsked) this.focus.owe();
        this.isAsked &&= this.isBusy;
        break;
      case 'done':
        this.say(message.message);
        break;
      case 'saved':
        this.editors.get(message.draft.id)?.answered(message.draft);
        this.report.showKept(message.draft.id, l10n.t('Kept'));
        break;
      case 'notSaved':
        this.failure = message.message;
        this.editors.get(message.draft)?.answered();
        this.report.showKept(message.draft, '');
        break;
      case 'rows':
        this.report.addRows(message.table, message.rows, message.more);
    }
    this.draw();
  }

  /** What was typed is sent, since the page may go away. */
  flush(): void {
    for (const editor of this.editors.values()) editor.flush();
  }

  memorize(): void {
    const { period, language, filter } = this.head;
    this.remember({ period, language, filter, scroll: window.scrollY });
  }

  private making(head: ReportHead): void {
    // figures of one report must not stand under the name of another
    if (head.report !== this.head.report) {
      this.flush();
      this.editors.clear();
      this.report.clear();
      this.document = undefined;
    }
    this.head = head;
    this.isMaking = true;
    this.failure = '';
    this.memorize();
    this.say(l10n.t('Generating the report…'));
  }

  private show(head: ReportHead, document: PageDocument): void {
    const isAnother = this.document === undefined;
    this.head = head;
    this.document = document;
    this.isMaking = false;
    this.isOutdated = false;
    this.failure = '';
    const texts = `${head.report} ${this.isFixed}`;
    if (texts !== this.editorsOf) this.editors.clear();
    this.editorsOf = texts;
    keepingPlace(this.report.element, () => this.report.show(document));
    if (isAnother) {
      this.report.unfold();
      window.scrollTo(0, 0);
    }
    this.memorize();
    this.say(l10n.t('The report on {0} is ready.', head.label));
  }

  private say(message: string): void {
    this.spokenLine.textContent = message;
  }

  private send(message: FromView): void {
    // what was typed comes first: the report is made anew with it
    this.flush();
    if (message.type === 'command') this.isAsked = message.command === 'freeze' || message.command === 'unfreeze';
    this.post(message);
  }

  private draw(): void {
    const { head, isMaking } = this;
    this.toolbar.show(head, isMaking || this.isBusy);
    this.progress.hidden = !isMaking;
    this.report.element.setAttribute('aria-busy', String(isMaking));
    this.report.element.lang = head.language;
    place(this.notices, [...this.allNotices()]);
    this.focus.restore();
  }

  private *allNotices(): Iterable<Node> {
    const { head, failure } = this;
    if (head.readOnly !== '') {
      const pressed = () => this.send({ type: 'command', command: 'manageTrust' });
      const trust = button({ label: l10n.t('Manage trust'), look: 'secondary', does: 'manageTrust', pressed });
      yield notice('info', head.readOnly, trust);
    }
    if (failure !== '') yield notice('error', failure, this.again(l10n.t('Try again')));
    if (this.isMaking || failure !== '') return;
    if (head.isPartOfFrozen) {
      yield notice(
        'info',
        l10n.t(
          'The report on all customers and products is frozen. This one follows the cases and may differ from it.',
        ),
      );
    }
    if (!this.document) yield notice('info', l10n.t('The report was not generated.'), this.again(l10n.t('Generate')));
    else if (this.isOutdated && head.state !== 'frozen')
      yield notice(
        'info',
        l10n.t('Cases have changed since this report was generated.'),
        this.again(l10n.t('Regenerate')),
      );
  }

  private again(label: string): HTMLElement {
    const pressed = () => this.send({ type: 'regenerate' });
    return button({ label, look: 'secondary', does: 'again', pressed });
  }

  private get isFixed(): boolean {
    return this.head.readOnly !== '' || this.head.state === 'frozen';
  }

  /** A text that is being written stays the same field, with its caret. */
  private editorOf(draft: PageDraft): DraftEditor {
    const known = this.editors.get(draft.id);
    if (known) {
      known.show(draft);
      return known;
    }
    const { report } = this.head;
    const editor = new DraftEditor(draft, this.isFixed, {
      showCases: this.showCases,
      edit: (lines) => this.post({ type: 'edit', draft: draft.id, report, lines: [...lines] }),
      restore: () => this.send({ type: 'restore', draft: draft.id, report }),
      say: (message) => this.say(message),
    });
    this.editors.set(draft.id, editor);
    return editor;
  }

  private readonly showCases: ShowCases = ({ figure }, about) => this.send({ type: 'cases', figure, about });
}
