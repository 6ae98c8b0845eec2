/** Feature: a case recorded in seconds, by keyboard alone. */
import * as vscode from 'vscode';
import type { CaseKind } from '../../domain/case/state';
import type { Session } from '../../platform/session';
import { type IntakePorts, QuickIntake } from './flow';

export function intake(session: Session, ports: IntakePorts): vscode.Disposable {
  const begin = async (kind: CaseKind) => new QuickIntake(session, ports, kind, await ports.me()).run();
  return vscode.Disposable.from(
    session.run('casebook.issue.quick', () => begin('issue'), { writes: true }),
    session.run('casebook.request.quick', () => begin('request'), { writes: true }),
  );
}
