// A tree view in the side bar, used as a person does: by what is written on its rows.
import type { Locator, Page } from 'playwright-core';

export interface Row {
  text: string;
  description: string;
  /** 1 is the top. */
  level: number;
  /** Undefined for a row that cannot be expanded. */
  expanded: boolean | undefined;
}

/** Of a label: its middle may be cut off, and to click there would scroll the row. */
const START = { x: 6, y: 8 };

export class Tree {
  readonly list: Locator;

  constructor(
    private readonly page: Page,
    readonly title: string,
  ) {
    this.list = page.locator(`.pane-body .monaco-list[aria-label=${JSON.stringify(title)}]`);
  }

  /** The rows that are on the screen now, from top to bottom. */
  async rows(): Promise<Row[]> {
    await this.list.waitFor();
    const rows = await this.list.getByRole('treeitem').evaluateAll((elements) =>
      elements.map((row) => ({
        top: row.getBoundingClientRect().top,
        text: row.querySelector('.label-name')?.textContent ?? row.textContent ?? '',
        description: row.querySelector('.label-description')?.textContent ?? '',
        level: Number(row.getAttribute('aria-level')),
        expanded: row.getAttribute('aria-expanded'),
      })),
    );
    return rows
      .toSorted((a, b) => a.top - b.top)
      .map(({ text, description, level, expanded }) => ({
        text,
        description,
        level,
        expanded: expanded === null ? undefined : expanded === 'true',
      }));
  }

  /** The row with exactly this text or title, or the first whose text matches. */
  row(text: string | RegExp): Locator {
    const label = this.page.locator('.label-name', { hasText: typeof text === 'string' ? titled(text) : text });
    return this.list.getByRole('treeitem').filter({ has: label }).first();
  }

  async click(text: string | RegExp): Promise<void> {
    await this.row(text).locator('.label-name').click({ position: START });
  }

  async doubleClick(text: string | RegExp): Promise<void> {
    await this.row(text).locator('.label-name').dblclick({ position: START });
  }

  async expand(text: string | RegExp): Promise<void> {
    await this.setExpanded(text, true);
  }

  async collapse(text: string | RegExp): Promise<void> {
    await this.setExpanded(text, false);
  }

  private async setExpanded(text: string | RegExp, expanded: boolean): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== String(expanded)) {
      await row.locator('.monaco-tl-twistie').click();
    }
    await this.list.locator(`[aria-expanded="${expanded}"]`).and(row).waitFor();
  }

  /** Clicks one of the small buttons that a row shows under the mouse. */
  async action(text: string | RegExp, title: string): Promise<void> {
    await this.row(text).hover();
    await this.row(text).getByRole('button', { name: title }).click();
  }

  /** Chooses from a row's context menu. */
  async menu(text: string | RegExp, item: string): Promise<void> {
    const menu = await this.openMenu(text);
    const entry = menu.getByRole('menuitem', { name: item, exact: true });
    // A menu that has just opened lets a click pass unheard, lest it be the one that opened it
    for (let attempt = 0; attempt < 10 && (await menu.isVisible()); attempt += 1) {
      await entry.click();
      await menu.waitFor({ state: 'hidden', timeout: 1_000 }).catch(() => undefined);
    }
    await menu.waitFor({ state: 'hidden' });
  }

  /** The names in a row's context menu. */
  async menuItems(text: string | RegExp): Promise<string[]> {
    const menu = await this.openMenu(text);
    const names = await menu.getByRole('menuitem').allTextContents();
    await this.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    return names.filter((name) => name !== '');
  }

  private async openMenu(text: string | RegExp): Promise<Locator> {
    await this.row(text).locator('.label-name').click({ button: 'right', position: START });
    const menu = this.page.locator('.context-view .monaco-menu');
    await menu.getByRole('menuitem').first().waitFor();
    return menu;
  }

  /** Clicks a button in the view's own title bar. */
  async titleAction(title: string): Promise<void> {
    const sideBar = this.page.locator('.part.sidebar');
    await this.list.hover();
    await sideBar.locator('.title-actions, .pane-header .actions').getByRole('button', { name: title }).first().click();
  }
}

export const exactly = (text: string): RegExp =>
  new RegExp(`^\\s*${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);

/** What presses stands in front of a title: "2 d over · ". */
const titled = (text: string): RegExp => new RegExp(exactly(text).source.replace('^', '^(?:[^·]* · )?'));
