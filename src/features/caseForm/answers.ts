/** Answers what the view asks for: what only the host can know or reach. */
import * as vscode from 'vscode';
import type { AnswerTo, Question } from './protocol';

/** @throws whatever keeps it from an answer; the page then shows a sentence, and what was typed stays */
export async function answerTo(question: Question): Promise<AnswerTo<Question>> {
  switch (question.about) {
    case 'clipboard':
      return vscode.env.clipboard.readText();
  }
}
