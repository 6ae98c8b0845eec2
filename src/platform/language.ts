/** Which of its two languages Casebook speaks: the editor's, and that of tickets, messages and articles. */
import * as vscode from 'vscode';
import { type Language, languageOf, say, type Words } from '../domain/words';

export function editorLanguage(): Language {
  return languageOf(vscode.env.language);
}

/** Tickets, messages and articles have a language of their own: a setting, by default the editor's. */
export function textLanguage(): Language {
  const chosen = vscode.workspace.getConfiguration('casebook').get<string>('text.language', 'editor');
  return chosen === 'editor' ? editorLanguage() : languageOf(chosen);
}

/** The procedures' own words in the editor's language. */
export function local(words: Words): string {
  return say(words, editorLanguage());
}

/** Sentences one after the other; empty ones are left out. */
export function inARow(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(editorLanguage() === 'en' ? ' ' : '');
}

export function shortDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleString(vscode.env.language, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}

/** "14:05" of today, with the day in front of it otherwise. @param now milliseconds since the epoch, like `at` */
export function shortTime(at: number, now: number): string {
  const date = new Date(at);
  if (date.toDateString() !== new Date(now).toDateString()) return shortDate(date.toISOString());
  return date.toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit', hour12: false });
}
