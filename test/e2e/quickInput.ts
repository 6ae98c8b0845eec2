// The box at the top of the window in which one chooses or types: the command palette, picks and inputs.
import type { Locator, Page } from 'playwright-core';
import { waitFor } from './editor';
import { exactly } from './tree';

export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget:visible');
    this.input = this.widget.locator('.quick-input-box input');
  }

  row(label: string | RegExp): Locator {
    const name = this.page.locator('.label-name', { hasText: typeof label === 'string' ? exactly(label) : label });
    return this.widget.locator('.quick-input-list .monaco-list-row').filter({ has: name }).first();
  }

  /** What can be chosen, as far as it is on the screen. */
  async labels(): Promise<string[]> {
    const names = this.widget.locator(
      '.quick-input-list .monaco-list-row .quick-input-list-row:first-child .label-name',
    );
    await names.first().waitFor();
    return names.allTextContents();
  }

  async title(): Promise<string> {
    return (await this.widget.locator('.quick-input-title').textContent()) ?? '';
  }

  /** What the box asks, or what is wrong with what was typed. */
  async message(): Promise<string> {
    return (await this.widget.locator('.quick-input-message').textContent()) ?? '';
  }

  /** Replaces what is typed in the box. @param timeout milliseconds until the box must be there */
  async type(text: string, timeout = 30_000): Promise<void> {
    await this.input.waitFor({ timeout });
    await this.input.fill(text, { timeout });
  }

  /** Chooses by keyboard: arrows down to the entry, then Enter. */
  async choose(label: string | RegExp): Promise<void> {
    await this.focus(label);
    await this.page.keyboard.press('Enter');
  }

  /** Ticks entries of a pick that takes several, and confirms. */
  async tick(...labels: (string | RegExp)[]): Promise<void> {
    for (const label of labels) await this.row(label).locator('.monaco-checkbox').click();
    await this.accept();
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.input.press('Escape');
    await this.widget.waitFor({ state: 'hidden' });
  }

  async focus(label: string | RegExp): Promise<void> {
    const row = this.row(label);
    await row.waitFor();
    const focused = this.widget.locator('.monaco-list-row.focused').and(row);
    const place = () =>
      this.widget
        .locator('.monaco-list-row.focused')
        .evaluateAll((rows) => rows.map((each) => each.getAttribute('data-index')).join());
    const entries = await this.widget.locator('.monaco-list-row').count();
    for (let step = 0; step <= entries && (await focused.count()) === 0; step += 1) {
      const before = await place();
      await this.page.keyboard.press('ArrowDown');
      // a list that is slow to follow would be passed by
      await waitFor('the next entry', async () => ((await place()) === before ? undefined : true));
    }
    await focused.waitFor();
  }
}
