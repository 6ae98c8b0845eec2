const PRESSED = 'button, vscode-button, vscode-link, summary, textarea';

/**
 * Gives the keyboard back to where it was: after a list or a question of the editor, and after a button that rested
 * meanwhile. What is gone by then has somebody who stands in for it.
 */
export class FocusKeeper {
  private last: HTMLElement | undefined;
  private isOwed = false;

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
    // the toolkit's buttons take no focus before they are drawn as no longer at rest
    requestAnimationFrame(() => this.giveBack());
  }

  /** After a question that lies over everything the editor means to give it to the page, and at times loses it. */
  owe(): void {
    this.isOwed = true;
  }

  private giveBack(): void {
    const { last } = this;
    if (!last || !this.page.isReady() || !(document.hasFocus() || this.isOwed)) return;
    this.isOwed = false;
    const active = document.activeElement;
    if (active !== null && active !== document.body) return;
    (canTake(last) ? last : this.page.insteadOf(last)).focus({ preventScroll: true });
  }
}

export function canTake(element: HTMLElement): boolean {
  return element.isConnected && !element.hasAttribute('disabled') && element.checkVisibility();
}
