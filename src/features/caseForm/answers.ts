/** Answers what the view asks for: what only the host can know or reach. */
import * as vscode from 'vscode';
import { wayDown } from '../../domain/article/place';
import { statusWords, stepWords } from '../../domain/caseWords';
import { findSimilar } from '../../domain/intake/similar';
import type { Casebook, FoundArticle, FoundCase } from '../../domain/ports';
import { mask } from '../../domain/redaction/finding';
import { local, textLanguage } from '../../platform/language';
import type { AnswerTo, Question, SimilarEntry, SimilarHere } from './protocol';

export type AnswerPorts = Pick<Casebook, 'finder' | 'knowledgeFolder' | 'machine' | 'secrets'>;

const collectors = { bash: 'casebook-collect.sh', powershell: 'casebook-collect.ps1' };

/** @throws whatever keeps it from an answer; the page then shows a sentence, and what was typed stays */
export async function answerTo(
  question: Question,
  extension: vscode.Uri,
  ports: AnswerPorts,
): Promise<AnswerTo<Question>> {
  switch (question.about) {
    case 'clipboard':
      return vscode.env.clipboard.readText();
    case 'collector': {
      const file = vscode.Uri.joinPath(extension, 'media', 'collector', collectors[question.kind]);
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    }
    case 'machine':
      return ports.machine.snapshot();
    case 'secrets': {
      const { text } = question;
      const findings = await ports.secrets.scan(text, textLanguage());
      const kinds = [...new Set(findings.map((finding) => finding.kind))];
      return { count: findings.length, kinds, masked: mask(text, findings) };
    }
    case 'similar':
      return similarHere(question, ports);
  }
}

async function similarHere(
  { text, exclude }: Extract<Question, { about: 'similar' }>,
  { finder, knowledgeFolder }: AnswerPorts,
): Promise<SimilarHere> {
  const found = await findSimilar(finder, exclude === '' ? { text } : { text, exclude });
  return {
    open: found.open.map(caseEntry),
    solved: found.solved.map(caseEntry),
    articles: found.articles.flatMap((article) => articleEntry(article, knowledgeFolder)),
  };
}

function caseEntry({ id, title, excerpt, marks, case: summary }: FoundCase): SimilarEntry {
  const standing = local(summary.status === 'open' ? stepWords(summary) : statusWords[summary.status]);
  const product = [summary.product, summary.version].filter((part) => part !== '').join(' ');
  const facts = [summary.customer, product, standing].filter((part) => part !== '').join(' · ');
  return { id, title, facts, excerpt, marks };
}

function articleEntry({ id, title, excerpt, marks, article }: FoundArticle, folder: string): SimilarEntry[] {
  const way = wayDown(folder, id);
  const facts = [...article.categories, ...article.tags].slice(0, 4).join(' · ');
  return way === undefined ? [] : [{ id: way, title, facts, excerpt, marks }];
}
