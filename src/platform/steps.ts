/** The steps of a chain of questions at the top of the window: a pick, a box to type in, and the way back. */
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

/** The box stays while a notification or another window takes the focus: the customer is still on the phone. */
export function framed<Item extends vscode.QuickPickItem>(frame: Frame): vscode.QuickPick<Item> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.placeholder = frame.placeholder;
  put(pick, frame);
  return pick;
}

function put(input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox, { title, step, of }: Frame): void {
  input.title = title;
  // a question alone has no number
  if (of > 1) {
    input.step = step;
    input.totalSteps = of;
  }
  input.ignoreFocusOut = true;
  if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
}

/** Shows it until something is chosen. @param chosen false: stay */
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

export interface TextQuestion {
  readonly value: string;
  /** Stands below the box. */
  readonly prompt: string;
  readonly isPassword?: boolean;
  /** Already known to be wrong with it. */
  readonly fault?: string | undefined;
  /** What is wrong with a text, in words; undefined where it will do. */
  check(text: string): string | undefined;
  /**
   * Does something with what was entered, while the box stays and shows that it works. A button, typing, the way back
   * and Esc cancel it. @returns what went wrong, in words; undefined where it is done
   */
  attempt?(text: string, signal: AbortSignal): Promise<string | undefined>;
  /** Said while it is attempted. */
  readonly attempting?: string;
  /** A further way out at the right end of the title. */
  readonly more?: { readonly button: vscode.QuickInputButton; run(): void };
}

/** Asks for a text until it will do. What was typed is handed over also on the way back. */
export function askText(
  frame: Frame,
  question: TextQuestion,
  typed: (text: string) => void = () => {},
): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  box.placeholder = frame.placeholder;
  put(box, frame);
  box.password = question.isPassword ?? false;
  box.value = question.value;
  box.prompt = question.prompt;
  const { more } = question;
  if (more) box.buttons = [...box.buttons, more.button];
  const { buttons } = box;
  const cancel: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('debug-stop'),
    tooltip: vscode.l10n.t('Cancel'),
  };
  if (question.fault !== undefined) box.validationMessage = question.fault;
  return new Promise((resolve) => {
    let isAnswered = false;
    let running: AbortController | undefined;
    const answer = (given: Answer<string>) => {
      if (isAnswered) return;
      isAnswered = true;
      running?.abort();
      const leave = () => {
        resolve(given);
        box.dispose();
      };
      if (!question.isPassword || given.is === 'gone') return leave();
      // The next question has the same box, in plain text: a browser that keeps what stands in boxes must not find a
      // secret in it. The editor is told after this turn, so the way goes on after the next.
      box.value = '';
      setTimeout(leave, 0);
    };
    const stop = () => {
      if (!running) return;
      running.abort();
      running = undefined;
      box.busy = false;
      box.prompt = question.prompt;
      box.buttons = buttons;
    };
    const attempt = async (text: string) => {
      if (!question.attempt) return undefined;
      const mine = new AbortController();
      running = mine;
      box.busy = true;
      box.prompt = question.attempting ?? question.prompt;
      box.buttons = [...buttons, cancel];
      const fault = await question.attempt(text, mine.signal);
      if (running !== mine) return '';
      stop();
      return fault;
    };
    box.onDidChangeValue((text) => {
      if (isAnswered) return;
      stop();
      box.validationMessage = '';
      typed(text);
    });
    box.onDidAccept(async () => {
      if (running) return;
      const text = box.value;
      const fault = question.check(text) ?? (await attempt(text));
      if (fault === undefined) answer({ is: 'item', item: text });
      else if (fault !== '') box.validationMessage = fault;
    });
    box.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) answer({ is: 'back' });
      else if (button === cancel) stop();
      else more?.run();
    });
    box.onDidHide(() => answer({ is: 'gone' }));
    box.show();
  });
}
