/** One step of a quick intake: a pick whose box may also hold a new value. */
import * as vscode from 'vscode';
import { type Answer, answered, type Frame, framed } from '../../platform/steps';

export interface Choice extends vscode.QuickPickItem {
  /** Empty: left open. */
  readonly value: string;
}

/** @param offers the likeliest first, which one Enter takes */
export async function pickValue(
  frame: Frame,
  offers: readonly Choice[],
  words: { readonly create: string; readonly leave: string },
): Promise<Answer<Choice>> {
  const pick = framed<Choice>(frame);
  const leave: Choice = { label: `$(dash) ${words.leave}`, value: '', alwaysShow: true };
  const show = () => {
    const typed = pick.value.trim();
    const isKnown = offers.some(({ value }) => value.toLowerCase() === typed.toLowerCase());
    // not in the label: what matches there would stand above the values that are known
    const create: Choice = {
      label: `$(add) ${words.create}`,
      description: `“${typed}”`,
      value: typed,
      alwaysShow: true,
    };
    pick.items = typed === '' || isKnown ? [...offers, leave] : [...offers, create, leave];
  };
  show();
  pick.onDidChangeValue(show);
  return answered(pick);
}
