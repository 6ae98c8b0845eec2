/** Answers what the view asks for: what only the host can know or reach. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { mask } from '../../domain/redaction/finding';
import { textLanguage } from '../../platform/language';
import type { AnswerTo, Question } from './protocol';

const collectors = { bash: 'casebook-collect.sh', powershell: 'casebook-collect.ps1' };

/** @throws whatever keeps it from an answer; the page then shows a sentence, and what was typed stays */
export async function answerTo(
  question: Question,
  extension: vscode.Uri,
  { machine, secrets }: Pick<Casebook, 'machine' | 'secrets'>,
): Promise<AnswerTo<Question>> {
  switch (question.about) {
    case 'clipboard':
      return vscode.env.clipboard.readText();
    case 'collector': {
      const file = vscode.Uri.joinPath(extension, 'media', 'collector', collectors[question.kind]);
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    }
    case 'machine':
      return machine.snapshot();
    case 'secrets': {
      const { text } = question;
      const findings = await secrets.scan(text, textLanguage());
      const kinds = [...new Set(findings.map((finding) => finding.kind))];
      return { count: findings.length, kinds, masked: mask(text, findings) };
    }
  }
}
