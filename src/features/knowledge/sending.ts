/** Sending published articles to the team: on a click, or by itself where the setting says so. */
import * as vscode from 'vscode';
import { type Casebook, GitError, type GitFailure, type Unsent } from '../../domain/ports';
import { sending } from '../../platform/publishing';
import { logError } from '../../platform/run';
import { gitSentence } from '../../platform/sentences';

/** Milliseconds after which articles that could not be sent are tried again. */
const TRY_AGAIN = 10 * 60_000;

type Ports = Pick<Casebook, 'remote' | 'knowledgeFolder'>;

export class Sending implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** What waits to be sent may be other than it was. */
  readonly onDidChange = this.changed.event;
  private readonly timer: ReturnType<typeof setInterval>;
  /** Told when it was tried without being asked for; it is not told again every ten minutes. */
  private told: GitFailure | 'others' | undefined;

  constructor(
    private readonly ports: Ports,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.timer = setInterval(() => void this.byItself(), TRY_AGAIN);
  }

  dispose(): void {
    clearInterval(this.timer);
    this.changed.dispose();
  }

  /** Undefined where nothing waits, or git can't say. */
  async waiting(): Promise<Unsent | undefined> {
    const unsent = await this.ports.remote.unsent(this.ports.knowledgeFolder).catch((error: unknown) => {
      logError(this.log, 'unsent articles', error);
      return undefined;
    });
    return unsent && unsent.commits.length > 0 ? unsent : undefined;
  }

  /** Says how it went. What is not an article and would go along is asked about. */
  async send(): Promise<void> {
    const { remote, knowledgeFolder } = this.ports;
    try {
      if ((await remote.holdsOthers(knowledgeFolder)) && !(await this.sendsOthersToo())) return;
      const { commits, checkedOut } = await vscode.window.withProgress(
        { location: { viewId: 'casebook.knowledge' }, title: vscode.l10n.t('Sending…') },
        () => remote.push(knowledgeFolder),
      );
      this.told = undefined;
      const done =
        commits.length === 0
          ? vscode.l10n.t('The team has everything already.')
          : vscode.l10n.t('Sent: {0}.', titlesOf(commits));
      const behind = checkedOut
        ? ''
        : ` ${vscode.l10n.t('Others had sent changes to files that you are working on: pull when your work is committed.')}`;
      void vscode.window.showInformationMessage(done + behind);
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      await this.explain(error);
    } finally {
      this.changed.fire();
    }
  }

  private async sendsOthersToo(): Promise<boolean> {
    const unsent = await this.waiting();
    const all = vscode.l10n.t('Send All of Them');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Commits of other things wait on this branch and would go along.'),
      { modal: true, detail: unsent?.commits.map(({ title }) => title).join('\n') ?? '' },
      all,
    );
    return answer === all;
  }

  /** After a publication. @returns true when it is being sent without being asked for */
  published(): boolean {
    if (sending() !== 'always') return false;
    void this.byItself();
    return true;
  }

  /** Quiet while the remote can't be reached: the view shows what waits. */
  async byItself(): Promise<void> {
    if (sending() !== 'always' || !(await this.waiting())) return;
    const { remote, knowledgeFolder } = this.ports;
    try {
      if (await remote.holdsOthers(knowledgeFolder)) {
        if (this.told !== 'others') void this.offer();
        this.told = 'others';
        return;
      }
      await remote.push(knowledgeFolder);
      this.told = undefined;
    } catch (error) {
      logError(this.log, 'send articles', error);
      if (!(error instanceof GitError) || error.reason === 'offline' || error.reason === 'merge-in-progress') return;
      if (error.reason !== this.told) void this.explain(error);
      this.told = error.reason;
    } finally {
      this.changed.fire();
    }
  }

  /** Half-done work of somebody on the same branch is not published because an article was. */
  private async offer(): Promise<void> {
    const send = vscode.l10n.t('Send to the Team');
    const message = vscode.l10n.t(
      'The article was not sent by itself: commits of other things wait on this branch, and would go along.',
    );
    if ((await vscode.window.showInformationMessage(message, send)) === send) await this.send();
  }

  private async explain(error: GitError): Promise<void> {
    this.log.warn(`send articles: ${error.reason}\n${error.output}`);
    const [title, act] = this.wayOut(error);
    if ((await vscode.window.showErrorMessage(gitSentence(error.reason, error.output), title)) === title) await act();
  }

  private wayOut({ reason }: GitError): readonly [string, () => unknown] {
    if (reason === 'offline' || reason === 'index-locked') return [vscode.l10n.t('Try Again'), () => this.send()];
    if (reason === 'sign-in') {
      const terminal = { name: 'git', cwd: this.ports.knowledgeFolder };
      return [vscode.l10n.t('Open Terminal'), () => vscode.window.createTerminal(terminal).show()];
    }
    if (needsGit.includes(reason)) {
      return [vscode.l10n.t('Open Source Control'), () => vscode.commands.executeCommand('workbench.view.scm')];
    }
    return [vscode.l10n.t('Show Log'), () => this.log.show()];
  }
}

const needsGit: readonly GitFailure[] = ['diverged', 'conflict', 'merge-in-progress', 'detached-head'];

function titlesOf(commits: Unsent['commits']): string {
  const titles = commits.slice(0, 3).map(({ title }) => title);
  return commits.length > 3
    ? vscode.l10n.t('{0} and {1} more', titles.join(', '), commits.length - 3)
    : titles.join(', ');
}
