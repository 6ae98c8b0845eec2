/** Feature: the case form, one panel a case, restored after a reload. */
import * as vscode from 'vscode';
import { isCaseId } from '../../domain/case/ids';
import { draftKey, newCaseKind, withDraftId } from '../../domain/intake/newCase';
import { StoreError } from '../../domain/ports';
import { textLanguage } from '../../platform/language';
import { jobText, reasonText, standingText } from '../../platform/outboxWords';
import { logError } from '../../platform/run';
import { sentenceOf } from '../../platform/sentences';
import type { Session } from '../../platform/session';
import { unreadReason, unreadSentence } from '../../platform/ticketSentences';
import { newFormFor, unfinished } from './newForms';
import { moveOldDrafts } from './oldDrafts';
import { addToDraft, type FormPorts } from './formPorts';
import { CasePanel, type Target } from './panel';
import { TicketAnswers } from './ticketAnswers';

const VIEW_TYPE = 'casebook.caseForm';

export function caseForm(session: Session, ports: FormPorts): vscode.Disposable {
  const panels = new Map<Target, CasePanel>();
  const tickets = new TicketAnswers(ports, {
    sentenceOf,
    unreadSentence,
    unreadReason,
    waitingWords: (item) => ({
      what: jobText(item),
      standingText: standingText(item, ports.tickets.lacksSecret(item), ports.clock.now()),
      sentence: reasonText(item),
    }),
    signIn: async (connection) => vscode.commands.executeCommand('casebook.tickets.signIn', connection),
    language: textLanguage,
    failed: (what, error) => logError(session.log, `ticket ${what}`, error),
  });

  const adopt = (panel: vscode.WebviewPanel, target: Target, focus: string) => {
    const renamed = (from: Target, to: Target) => {
      panels.delete(from);
      panels.set(to, form);
    };
    const form = new CasePanel(panel, session, ports, target, focus, renamed, noteOn, tickets);
    panels.set(target, form);
    panel.onDidDispose(() => {
      form.dispose();
      if (panels.get(form.target) === form) panels.delete(form.target);
    });
  };

  const moved = vscode.workspace.isTrusted
    ? moveOldDrafts(ports.store.folder, ports.drafts).catch((error: unknown) => logError(session.log, 'draft', error))
    : undefined;
  const wanted = async (target: Target) => {
    await moved;
    if (target !== 'issue' && target !== 'request') return target;
    // drafts that can't be read keep nobody from recording
    const begun = await unfinished(ports).catch((error: unknown) => {
      logError(session.log, 'draft', error);
      return [];
    });
    const open = [...panels.keys()].filter((shown) => newCaseKind(shown) === target);
    return newFormFor(target, begun, open);
  };

  /** @param fromList the list keeps the keyboard, so that one can go on in it; asked again, the form takes it */
  const show = async (asked: Target, focus = '', fromList = false) => {
    // a log may name whatever it likes as the case that goes on
    if (!isTarget(asked)) throw new StoreError('case-missing', String(asked));
    const target = await wanted(asked);
    if (target === undefined) return;
    const open = panels.get(target);
    if (open) {
      open.reveal(focus, fromList && !open.isActive);
      return;
    }
    const title = vscode.l10n.t('Case');
    const where = { viewColumn: vscode.ViewColumn.Active, preserveFocus: fromList };
    adopt(vscode.window.createWebviewPanel(VIEW_TYPE, title, where, {}), target, focus);
  };

  /** What was typed elsewhere turns out to be about this case: it waits in the form of a note there. */
  async function noteOn(id: string, text: string): Promise<void> {
    if (!isCaseId(id)) throw new StoreError('case-missing', id);
    const open = panels.get(id);
    if (open) await open.add('note', 'text', text);
    else await addToDraft(ports, draftKey(ports.store.folder, id), 'note', 'text', text);
    await show(id, 'note');
  }

  return vscode.Disposable.from(
    session.run('casebook.form.show', show),
    session.run(
      'casebook.form.note',
      async (id: string, text: string) => {
        await noteOn(id, text);
        // what fails is told to the user here: whoever asks must not take silence for success
        return true;
      },
      { writes: true },
    ),
    session.run('casebook.form.activeCase', () => [...panels.values()].find((form) => form.isActive)?.target),
    session.run('casebook.form.openCases', () =>
      [...panels.values()]
        .toSorted((a, b) => b.lastActive - a.lastActive)
        .map((form) => form.target)
        .filter(isCaseId),
    ),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        await moved;
        const target = targetOf(state);
        if (target === undefined || panels.has(target)) panel.dispose();
        else adopt(panel, target, '');
      },
    }),
    new vscode.Disposable(() => {
      for (const form of panels.values()) form.dispose();
    }),
  );
}

/** What the view left with `setState({ target })`; anything else is closed rather than guessed at. */
function targetOf(state: unknown): Target | undefined {
  const target = typeof state === 'object' && state !== null && 'target' in state ? state.target : undefined;
  return isTarget(target) ? withDraftId(target) : undefined;
}

function isTarget(target: unknown): target is Target {
  return typeof target === 'string' && (newCaseKind(target) !== undefined || isCaseId(target));
}
