/** About a second: the editor closes its question meanwhile, and may take the keyboard with it. */
const FRAMES = 60;
const PRESSED = 'button, vscode-button, vscode-link, summary, textarea';

/**
 * Gives the keyboard back to where it was: after a list or a question of the editor, and after a button that rested
 * meanwhile. What is gone by then has somebody who stands in for it.
 */
export class FocusKeeper {
  private last: HTMLElement | undefined;
  private isOwed = false;
  private framesLeft = 0;

  constructor(
    root: HTMLElement,
    private readonly page: {
      readonly isReady: () => boolean;
      readonly insteadOf: (gone: HTMLElement) => HTMLElement;
    },
  ) {
    root.addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLElement) this.last = target;
    });
    window.addEventListener('focus', () => this.restore());
    // what is pressed has the keyboard, also before it is drawn as ready; whoever presses beside everything wants none
    const press = ({ target }: Event) => {
      this.last = (target instanceof Element && target.closest<HTMLElement>(PRESSED)) || undefined;
    };
    document.addEventListener('pointerdown', press, { capture: true });
  }

  /** Does nothing while the keyboard is elsewhere, in the page or in the editor. */
  restore(): void {
    const isUnderWay = this.framesLeft > 0;
    this.framesLeft = FRAMES;
    if (!isUnderWay) this.tryAgain();
  }

  /** After a question that lay over everything the editor means to give it to the page, and at times loses it. */
  owe(): void {
    this.isOwed = true;
  }

  private tryAgain(): void {
    // the toolkit's buttons take no focus before they are drawn as no longer at rest
    requestAnimationFrame(() => {
      this.framesLeft -= 1;
      const isSettled = this.giveBack();
      if (!isSettled && this.framesLeft > 0) return this.tryAgain();
      if (!isSettled) this.isOwed = false;
      this.framesLeft = 0;
    });
  }

  /** @returns false where it is to be seen in the next frame whether it came */
  private giveBack(): boolean {
    const { last } = this;
    // once the page is ready it is drawn, and this is called again
    if (!last || !this.page.isReady()) return true;
    const isHere = document.hasFocus();
    if (!isHere && !this.isOwed) return true;
    const active = document.activeElement;
    const isSomewhere = active !== null && active !== document.body;
    if (isHere && isSomewhere) {
      this.isOwed = false;
      return true;
    }
    (canTake(last) ? last : this.page.insteadOf(last)).focus({ preventScroll: true });
    return false;
  }
}

export function canTake(element: HTMLElement): boolean {
  return element.isConnected && !element.hasAttribute('disabled') && element.checkVisibility();
}
