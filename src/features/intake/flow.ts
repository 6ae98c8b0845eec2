/** The quick intake, step by step: title, then what the casebook foresees, then recorded. */
import * as vscode from 'vscode';
import type { CaseKind } from '../../domain/case/state';
import { descriptionKey, type Filled, filledBy, withOccurrence } from '../../domain/intake/intakeForm';
import { type Unfinished, unfinishedIn } from '../../domain/intake/newCase';
import { type Intake, type IntakeKey, keysAsked, type Offer, offersFor } from '../../domain/intake/predict';
import { readQuickLine } from '../../domain/intake/quickLine';
import { readReport } from '../../domain/intake/readReport';
import type { Casebook, FoundArticle } from '../../domain/ports';
import { mask } from '../../domain/redaction/finding';
import { procedureOf } from '../../domain/sop/engine';
import { askSecrets } from '../../platform/askSecrets';
import { local, shortDate, textLanguage } from '../../platform/language';
import { logError } from '../../platform/run';
import type { Session } from '../../platform/session';
import { answered, type Frame, framed } from '../../platform/steps';
import { Keeper } from './keeper';
import { type Choice, pickValue } from './pick';
import { record } from './record';
import { askTitle, type TitleItem } from './titleStep';

export type IntakePorts = Pick<
  Casebook,
  'store' | 'desk' | 'settings' | 'drafts' | 'clock' | 'finder' | 'knowledgeFolder' | 'me' | 'secrets'
>;

type Step = 'title' | IntakeKey | 'finish';

export class QuickIntake {
  private readonly keeper: Keeper;
  private readonly linked = new Map<string, FoundArticle>();
  /** As typed in the first box. */
  private line = '';
  /** What was chosen, found in a pasted text, or typed behind a sign. */
  private values: Filled = {};
  /** Typed behind a sign: not asked again. */
  private said: Intake = {};
  /** Read from a pasted text; asked, with the answer on Enter. */
  private read: Filled = {};

  constructor(
    private readonly session: Session,
    private readonly ports: IntakePorts,
    private readonly kind: CaseKind,
    /** "name <mail>" of the engineer. */
    private readonly me: string,
  ) {
    this.keeper = new Keeper(ports, kind, (error) => logError(session.log, 'draft', error));
  }

  async run(): Promise<void> {
    // what it foresees stands in the list, which may not be read yet
    this.ports.store.load().catch((error: unknown) => logError(this.session.log, 'load', error));
    let at: Step | undefined = 'title';
    while (at !== undefined) at = await this.ask(at);
  }

  private steps(): readonly Step[] {
    const asked = keysAsked(this.kind).filter((key) => this.said[key] === undefined);
    return ['title', ...asked, 'finish'];
  }

  /** @returns the next step; undefined when it is over, one way or the other */
  private ask(step: Step): Promise<Step | undefined> {
    switch (step) {
      case 'title':
        return this.askTitle();
      case 'finish':
        return this.askFinish();
      case 'customer':
      case 'product':
      case 'version':
      case 'problemType':
      case 'channel':
      case 'contact':
        return this.askValue(step);
    }
  }

  private after(step: Step): Step {
    const steps = this.steps();
    return steps[steps.indexOf(step) + 1] ?? 'finish';
  }

  private before(step: Step): Step {
    const steps = this.steps();
    return steps[steps.indexOf(step) - 1] ?? 'title';
  }

  private frame(step: Step, placeholder: string): Frame {
    const steps = this.steps();
    const title =
      this.kind === 'issue' ? vscode.l10n.t('Quick Intake of an Issue') : vscode.l10n.t('Quick Intake of a Request');
    return { title, step: steps.indexOf(step) + 1, of: steps.length, placeholder };
  }

  /** Everything there is, as the form of a new case holds it. */
  private entered(): Filled {
    const { title, intake } = readQuickLine(this.line, this.ports.settings.current(), this.ports.store.summaries());
    return withOccurrence({ ...this.read, ...this.values, ...intake, title }, this.kind);
  }

  /** Esc, or something else was opened: it waits as a draft. */
  private async leave(): Promise<undefined> {
    const isKept = await this.keeper.flush();
    if (this.keeper.isEmpty) return;
    if (!isKept) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t('What you typed could not be kept: “{0}”. The log says why.', this.entered()['title'] ?? ''),
      );
      return;
    }
    const message = vscode.l10n.t('What you typed is kept: the next quick intake offers it.');
    vscode.window.setStatusBarMessage(`$(save) ${message}`, 8000);
  }

  private async askTitle(): Promise<Step | undefined> {
    const answer = await askTitle(this.ports, {
      kind: this.kind,
      frame: this.frame('title', vscode.l10n.t('What was reported? Or all in one line: title @customer #version')),
      line: this.line,
      unfinished: await this.unfinished(),
      linked: this.linked,
      typed: (line) => {
        this.line = line;
        this.keeper.keep(this.entered());
      },
      pasted: (text) => {
        this.takeReport(text);
        return this.line;
      },
      failed: (error) => logError(this.session.log, 'similar cases', error),
    });
    if (answer.is !== 'item') return this.leave();
    return this.titleChosen(answer.item);
  }

  private async titleChosen(item: TitleItem): Promise<Step | undefined> {
    switch (item.is) {
      case 'record': {
        const { intake } = readQuickLine(this.line, this.ports.settings.current(), this.ports.store.summaries());
        if (this.entered()['title'] === '') return 'title';
        this.said = intake;
        return this.after('title');
      }
      case 'paste': {
        const text = await vscode.env.clipboard.readText();
        if (text.trim() === '') {
          void vscode.window.showInformationMessage(vscode.l10n.t('There is no text on the clipboard.'));
        } else this.takeReport(text);
        return 'title';
      }
      case 'form':
        await vscode.commands.executeCommand('casebook.form.show', this.kind);
        return undefined;
      case 'unfinished':
        await vscode.commands.executeCommand('casebook.form.show', item.target);
        return undefined;
      case 'case':
        await this.leave();
        await vscode.commands.executeCommand('casebook.form.show', item.found.id);
        return undefined;
      case 'article':
        await this.leave();
        await vscode.commands.executeCommand('casebook.article.open', item.found.id);
        return undefined;
      case 'join': {
        const entered = this.entered();
        const note = [entered['title'], entered[descriptionKey(this.kind)]].filter(
          (each) => each !== undefined && each !== '',
        );
        const isNoted = await vscode.commands.executeCommand<true | undefined>(
          'casebook.form.note',
          item.found.id,
          note.join('\n'),
        );
        if (isNoted !== true) return this.leave();
        await this.keeper.drop();
        return undefined;
      }
    }
  }

  private async unfinished(): Promise<readonly Unfinished[]> {
    try {
      const drafts = await this.ports.drafts.list();
      return unfinishedIn(this.ports.store.folder, drafts).filter(
        ({ kind, target, isHeldElsewhere }) => kind === this.kind && target !== this.keeper.target && !isHeldElsewhere,
      );
    } catch (error) {
      logError(this.session.log, 'draft', error);
      return [];
    }
  }

  /** What a pasted text says is foreseen at the steps that follow. */
  private takeReport(text: string): void {
    const { settings, clock } = this.ports;
    const now = clock.now();
    const findings = readReport(text, {
      kind: this.kind,
      settings: settings.current(),
      me: this.me,
      now,
      offset: clock.offsetAt(now),
    });
    this.read = filledBy(findings, this.kind);
    this.line = this.read['title'] ?? text.trim().split(/\r?\n/)[0] ?? '';
    this.keeper.keep(this.entered());
  }

  private async askValue(key: IntakeKey): Promise<Step | undefined> {
    const { settings, store, clock } = this.ports;
    const entered = this.entered();
    const past = { cases: store.summaries(), settings: settings.current(), now: clock.now() };
    const offers = offersFor(key, entered, past);
    const known = entered[key] ?? '';
    const isRead = known !== '' && known === this.read[key];
    const choices = offers.filter(({ value }) => value !== known).map((offer) => choiceOf(offer));
    const first: Choice[] =
      known === ''
        ? []
        : [
            {
              label: known,
              value: known,
              description: isRead ? vscode.l10n.t('read from the text') : vscode.l10n.t('chosen'),
            },
          ];
    const name = this.nameOf(key);
    const answer = await pickValue(
      this.frame(key, vscode.l10n.t('{0}: Enter takes the first; type to find or create', name)),
      [...first, ...choices],
      { create: vscode.l10n.t('Create'), leave: vscode.l10n.t('Leave it open') },
    );
    if (answer.is === 'gone') return this.leave();
    if (answer.is === 'back') return this.before(key);
    this.values = { ...this.values, [key]: answer.item.value };
    this.keeper.keep(this.entered());
    return this.after(key);
  }

  /** What was pasted may hold secrets. @returns false where somebody wants to think about it */
  private async settleSecrets(): Promise<boolean> {
    const key = descriptionKey(this.kind);
    const text = this.entered()[key] ?? '';
    const findings = await this.ports.secrets.scan(text, textLanguage());
    if (findings.length === 0) return true;
    const choice = await askSecrets(this.nameOf(key), findings);
    if (choice === 'mask') {
      this.values = { ...this.values, [key]: mask(text, findings) };
      this.keeper.keep(this.entered());
    }
    return choice !== undefined;
  }

  private nameOf(key: string): string {
    const { intake, actions } = procedureOf(this.kind);
    const field = actions[intake]?.fields.find((candidate) => candidate.key === key);
    return field ? local(field.label) : key;
  }

  private async askFinish(): Promise<Step | undefined> {
    const entered = this.entered();
    const summary = keysAsked(this.kind)
      .map((key) => entered[key] ?? '')
      .filter((each) => each !== '');
    const pick = framed<vscode.QuickPickItem & { readonly does: 'form' | 'record' | 'paste' }>(
      this.frame('finish', [entered['title'], ...summary].join(' · ')),
    );
    const described = (entered[descriptionKey(this.kind)] ?? '') !== '';
    pick.items = [
      {
        label: `$(list-selection) ${vscode.l10n.t('Record and open the form')}`,
        description: vscode.l10n.t('at what is still missing'),
        does: 'form',
      },
      { label: `$(check) ${vscode.l10n.t('Record')}`, description: vscode.l10n.t('complete it later'), does: 'record' },
      {
        label: `$(clippy) ${vscode.l10n.t('Paste the description from the clipboard')}`,
        description: described ? vscode.l10n.t('replaces the one there is') : '',
        does: 'paste',
      },
    ];
    const answer = await answered(pick);
    if (answer.is === 'gone') return this.leave();
    if (answer.is === 'back') return this.before('finish');
    if (answer.item.does === 'paste') {
      const text = (await vscode.env.clipboard.readText()).trim();
      if (text !== '') this.values = { ...this.values, [descriptionKey(this.kind)]: text };
      this.keeper.keep(this.entered());
      return 'finish';
    }
    if (!(await this.settleSecrets())) return 'finish';
    await this.keeper.flush();
    await record(this.session, this.ports, {
      kind: this.kind,
      values: this.entered(),
      linked: [...this.linked.values()],
      opensForm: answer.item.does === 'form',
      recorded: () => this.keeper.drop(),
    });
    return undefined;
  }
}

function choiceOf({ value, uses, lastAt }: Offer): Choice {
  return {
    label: value,
    value,
    description: uses === 0 ? '' : vscode.l10n.t('{0}×, last on {1}', uses, shortDate(lastAt)),
  };
}
