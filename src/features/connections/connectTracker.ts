/** Connecting a ticket system, step by step: nothing is kept before the system itself has said who is signed in. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { namesIn, withEntry } from '../../domain/tickets/entries';
import { TrackerError, type TrackerIdentity } from '../../domain/tickets/tracker';
import { changeSetting, rawSetting } from '../../platform/connectionSettings';
import { logError } from '../../platform/run';
import type { Session } from '../../platform/session';
import { type Answer, answered, askText, type Frame, framed } from '../../platform/steps';
import {
  connectionOf,
  entryOf,
  freeName,
  siteOf,
  stepAfter,
  stepBefore,
  stepsFor,
  tokenPage,
  travelsOpenly,
  type TrackerDraft,
  type TrackerStep,
} from './trackerDraft';
import {
  accountFault,
  addressExamples,
  browserButton,
  byHandWords,
  type Choice,
  hostingChoices,
  httpChoices,
  nameFault,
  systemChoices,
  textFormatChoices,
} from './trackerQuestions';
import { askingSentence, secretWords, trackerName, withKept } from './words';

type Ports = Pick<Casebook, 'trackers' | 'tickets' | 'clock'>;

export interface Connected {
  readonly name: string;
  readonly identity: TrackerIdentity;
}

export class ConnectTracker {
  private identity: TrackerIdentity | undefined;

  constructor(
    private readonly session: Session,
    private readonly ports: Ports,
    /** What was typed before; see {@link typed}. */
    private draft: TrackerDraft,
  ) {}

  /** What was typed so far, without the secret: nobody types an address twice. */
  get typed(): TrackerDraft {
    return { ...this.draft, secret: '' };
  }

  /** @returns undefined where it was left */
  async run(): Promise<Connected | undefined> {
    let at: TrackerStep = 'system';
    for (;;) {
      const answer = await this.ask(at);
      if (this.identity) return { name: this.draft.name.trim(), identity: this.identity };
      if (answer.is === 'gone') return undefined;
      at = answer.is === 'back' ? stepBefore(this.draft, at) : (stepAfter(this.draft, at) ?? at);
    }
  }

  private put(change: Partial<TrackerDraft>): void {
    this.draft = { ...this.draft, ...change };
  }

  private frame(step: TrackerStep, placeholder: string): Frame {
    const steps = stepsFor(this.draft);
    const title = vscode.l10n.t('Connect a Ticket System');
    return { title, step: steps.indexOf(step) + 1, of: steps.length, placeholder };
  }

  private ask(step: TrackerStep): Promise<Answer<unknown>> {
    switch (step) {
      case 'system':
        return this.askSystem();
      case 'address':
        return this.askAddress();
      case 'http':
        return this.askHttp();
      case 'hosting':
        return this.askHosting();
      case 'textFormat':
        return this.askTextFormat();
      case 'name':
        return this.askName();
      case 'account':
        return this.askAccount();
      case 'secret':
        return this.askSecret();
    }
  }

  private async choose<T>(
    frame: Frame,
    key: 'system' | 'allowHttp' | 'hosting' | 'textFormat',
    choices: readonly Choice<T>[],
  ): Promise<Answer<Choice<T>>> {
    const pick = framed<Choice<T>>(frame);
    pick.items = choices;
    const chosen = choices.find(({ value }) => value === this.draft[key]);
    if (chosen) pick.activeItems = [chosen];
    return answered(pick);
  }

  private async askSystem(): Promise<Answer<unknown>> {
    const frame = this.frame('system', vscode.l10n.t('Which ticket system does your R&D use?'));
    const answer = await this.choose(frame, 'system', systemChoices());
    if (answer.is !== 'item') return answer;
    const system = answer.item.value;
    if (system === undefined) {
      void vscode.window.showInformationMessage(byHandWords());
      return { is: 'gone' };
    }
    // a name that nobody chose follows the system
    if (this.draft.name === this.usualName()) this.put({ name: '' });
    this.put({ system });
    return answer;
  }

  private usualName(): string {
    return freeName(trackerName(this.draft.system), namesIn(rawSetting('trackers'), 'name'));
  }

  private async askAddress(): Promise<Answer<unknown>> {
    const answer = await askText(
      this.frame('address', addressExamples[this.draft.system]),
      {
        value: this.draft.address,
        prompt: vscode.l10n.t('Address of the site, as in the browser; one below a path is fine.'),
        check: (address) =>
          siteOf({ ...this.draft, address }) === undefined
            ? vscode.l10n.t('That is not the address of a site, or it holds a user name or password: https://…')
            : undefined,
      },
      (address) => this.put({ address }),
    );
    if (answer.is === 'item') this.put({ address: siteOf({ ...this.draft, address: answer.item }) ?? answer.item });
    if (!travelsOpenly(this.draft)) this.put({ allowHttp: false });
    return answer;
  }

  private async askHttp(): Promise<Answer<unknown>> {
    const secure = this.draft.address.replace(/^http:/i, 'https:');
    const frame = this.frame(
      'http',
      vscode.l10n.t('This address is not encrypted: whoever is on the same network could read the password.'),
    );
    const answer = await this.choose(frame, 'allowHttp', httpChoices(secure));
    if (answer.is !== 'item') return answer;
    this.put(answer.item.value ? { allowHttp: true } : { allowHttp: false, address: secure });
    return answer;
  }

  private async askHosting(): Promise<Answer<unknown>> {
    const frame = this.frame('hosting', vscode.l10n.t('Which Jira is it?'));
    const answer = await this.choose(frame, 'hosting', hostingChoices());
    if (answer.is === 'item') this.put({ hosting: answer.item.value });
    return answer;
  }

  private async askTextFormat(): Promise<Answer<unknown>> {
    const frame = this.frame(
      'textFormat',
      vscode.l10n.t('Which format are texts in there? An administrator sees it in Settings → General.'),
    );
    const answer = await this.choose(frame, 'textFormat', textFormatChoices());
    if (answer.is === 'item') this.put({ textFormat: answer.item.value });
    return answer;
  }

  private askName(): Promise<Answer<unknown>> {
    const taken = namesIn(rawSetting('trackers'), 'name');
    if (this.draft.name === '') this.put({ name: this.usualName() });
    return askText(
      this.frame('name', vscode.l10n.t('Name of the connection')),
      {
        value: this.draft.name,
        prompt: vscode.l10n.t('What it is called on forms and in cases.'),
        check: (name) => nameFault(name, taken),
      },
      (name) => this.put({ name }),
    );
  }

  private askAccount(): Promise<Answer<unknown>> {
    const isMail = this.draft.system === 'jira';
    return askText(
      this.frame('account', isMail ? 'you@example.com' : vscode.l10n.t('Account')),
      {
        value: this.draft.account,
        prompt: isMail
          ? vscode.l10n.t('The mail address of your Atlassian account.')
          : vscode.l10n.t('The account that you sign in to ZenTao with.'),
        check: (account) => accountFault(account, isMail),
      },
      (account) => this.put({ account }),
    );
  }

  private askSecret(): Promise<Answer<unknown>> {
    const { name, hint } = secretWords(this.draft);
    const address = siteOf(this.draft) ?? '';
    let page = tokenPage(this.draft);
    return askText(
      this.frame('secret', name),
      {
        value: this.draft.secret,
        isPassword: true,
        prompt: withKept(hint),
        attempting: vscode.l10n.t('Signing in at {0} …', address),
        check: (secret) => (secret.trim() === '' ? vscode.l10n.t('Enter it to sign in.') : undefined),
        attempt: async (secret, signal) => {
          try {
            await this.connect(this.draft.system === 'zentao' ? secret : secret.trim(), signal);
            return undefined;
          } catch (error) {
            if (error instanceof TrackerError) page = error.details.signInAt ?? page;
            else logError(this.session.log, 'connect', error);
            return askingSentence(error, address);
          }
        },
        more: { button: browserButton(), run: () => void vscode.env.openExternal(vscode.Uri.parse(page)) },
      },
      (secret) => this.put({ secret }),
    );
  }

  /** The secret is written first, and taken back where the setting can't be: half a connection is none. */
  private async connect(secret: string, signal: AbortSignal): Promise<void> {
    const { trackers, tickets, clock } = this.ports;
    const connection = connectionOf(this.draft, clock.offsetAt(clock.now()));
    if (!connection) throw new TrackerError('not-found', '');
    const identity = await tickets.signIn(connection, secret, signal);
    try {
      // somebody may have changed his mind while the last answer came
      if (signal.aborted) throw new TrackerError('cancelled', '');
      await changeSetting('trackers', (entries) => withEntry(entries, 'name', entryOf(this.draft)));
    } catch (error) {
      await trackers.signOut(connection.name);
      throw error;
    }
    this.identity = identity;
  }
}
