/** One step of a quick intake: a pick whose box may also hold a new value. */
import * as vscode from 'vscode';

export interface Frame {
  readonly title: string;
  /** 1-based. */
  readonly step: number;
  readonly of: number;
  readonly placeholder: string;
}

export type Answer<Item> =
  | { readonly is: 'item'; readonly item: Item }
  | { readonly is: 'back' }
  | { readonly is: 'gone' };

export interface Choice extends vscode.QuickPickItem {
  /** Empty: left open. */
  readonly value: string;
}

/** The box stays while a notification or another window takes the focus: the customer is still on the phone. */
export function framed<Item extends vscode.QuickPickItem>(frame: Frame): vscode.QuickPick<Item> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = frame.title;
  pick.step = frame.step;
  pick.totalSteps = frame.of;
  pick.placeholder = frame.placeholder;
  pick.ignoreFocusOut = true;
  if (frame.step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  return pick;
}

/** Shows it until something is chosen. @param chosen undefined: stay */
export function answered<Item extends vscode.QuickPickItem>(
  pick: vscode.QuickPick<Item>,
  chosen: (item: Item) => Promise<boolean> | boolean = () => true,
): Promise<Answer<Item>> {
  return new Promise((resolve) => {
    let isAnswered = false;
    const answer = (given: Answer<Item>) => {
      if (isAnswered) return;
      isAnswered = true;
      resolve(given);
      pick.dispose();
    };
    pick.onDidAccept(async () => {
      const [item] = pick.activeItems;
      if (item && (await chosen(item))) answer({ is: 'item', item });
    });
    pick.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) answer({ is: 'back' });
    });
    pick.onDidHide(() => answer({ is: 'gone' }));
    pick.show();
  });
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
