/** The end of a quick intake: the case, its links, and where the user goes on. */
import * as vscode from 'vscode';
import { wayDown } from '../../domain/article/place';
import type { CaseKind } from '../../domain/case/state';
import type { Filled } from '../../domain/intake/intakeForm';
import type { Casebook, FoundArticle } from '../../domain/ports';
import { procedureOf } from '../../domain/sop/engine';
import { report } from '../../platform/run';
import type { Session } from '../../platform/session';

interface Recorded {
  readonly kind: CaseKind;
  readonly values: Filled;
  /** Articles that the new case names. */
  readonly linked: readonly FoundArticle[];
  readonly opensForm: boolean;
  /** It is written: what was kept as a draft is not needed any more. */
  readonly recorded: () => Promise<void>;
}

type Ports = Pick<Casebook, 'desk' | 'knowledgeFolder'>;

/** @throws GuardError, StoreError; nothing is written then, and the draft stays */
export async function record(session: Session, { desk, knowledgeFolder }: Ports, intake: Recorded): Promise<void> {
  // nobody types seconds, and a moment ago is never in the future
  const thisMinute = desk.nowIso().replace(/:\d{2}(?=Z|[+-])/, ':00');
  const values = Object.fromEntries(
    Object.entries({ receivedAt: thisMinute, ...intake.values }).filter(([, value]) => value.trim() !== ''),
  );
  const { id } = await desk.open(intake.kind, values);
  await intake.recorded();
  for (const { id: path, title } of intake.linked) {
    const way = wayDown(knowledgeFolder, path);
    if (way === undefined) continue;
    await desk
      .act(id, { action: 'linkArticle', values: { path: way, title } })
      .catch((error: unknown) => report(session.log, 'link', error));
  }
  if (intake.opensForm) {
    await vscode.commands.executeCommand('casebook.form.show', id, procedureOf(intake.kind).intake);
    return;
  }
  const open = vscode.l10n.t('Open');
  void vscode.window
    .showInformationMessage(vscode.l10n.t('Recorded {0}: “{1}”.', id, values['title'] ?? ''), open)
    .then((chosen) => {
      if (chosen === open) void vscode.commands.executeCommand('casebook.form.show', id);
    });
}
