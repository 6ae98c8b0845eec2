// Looks at the page of a webview as axe does, in every theme.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Frame } from 'playwright-core';
import type { Theme, Workbench } from './driver';

/** What the editor writes into a webview's document to dress it in a theme. */
interface Dress {
  readonly style: string;
  readonly classes: string;
}

const axeSource = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const everything: RunOptions = { resultTypes: ['violations'] };
/** A theme changes nothing but colours. */
const colours: RunOptions = { ...everything, runOnly: ['color-contrast'] };

export class AxeCheck {
  /** Serious and critical ones, by where they were found. */
  readonly findings: string[] = [];
  private readonly dresses: Partial<Record<Theme, Dress>> = {};

  constructor(private readonly window: Workbench) {}

  async frame(): Promise<Frame> {
    const body = await this.window.webview().locator('body').elementHandle();
    const owner = await body?.ownerFrame();
    assert.ok(owner);
    return owner;
  }

  /**
   * Remembers how the editor dresses a page in each theme, so that every page can be looked at in all of them.
   * @param dressed with the page as the editor itself shows it in that theme
   */
  async lookAtThemes(dressed: (theme: Theme) => Promise<void> = async () => undefined): Promise<void> {
    for (const theme of ['dark', 'hc', 'light'] as const) {
      await this.window.setTheme(theme);
      const wanted = { light: 'vscode-light', dark: 'vscode-dark', hc: 'vscode-high-contrast' }[theme];
      await this.window.webview().locator(`body.${wanted}`).waitFor();
      const page = await this.frame();
      this.dresses[theme] = await page.evaluate(() => ({
        style: document.documentElement.style.cssText,
        classes: document.body.className,
      }));
      await dressed(theme);
    }
  }

  /** @param where for the findings */
  async check(where: string): Promise<void> {
    const page = await this.frame();
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
    for (const [theme, options] of [
      ['dark', colours],
      ['hc', colours],
      ['light', everything],
    ] as const) {
      await this.wear(page, theme);
      await this.run(page, options, `${where}, ${theme}`);
    }
  }

  /** As it stands, in the window's own theme. @param where for the findings */
  async checkNow(where: string): Promise<void> {
    const page = await this.frame();
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
    await this.run(page, everything, where);
  }

  private async wear(page: Frame, theme: Theme): Promise<void> {
    await page.evaluate(({ style, classes }: Dress) => {
      // the editor stands behind a webview, whose own ground is clear: the checker would take it for white
      document.documentElement.style.cssText = `${style}; background-color: var(--vscode-editor-background)`;
      document.body.className = classes;
      // the toolkit's controls follow a moment later
      return new Promise((dressed) => requestAnimationFrame(() => requestAnimationFrame(dressed)));
    }, this.dresses[theme] as Dress);
  }

  private async run(page: Frame, options: RunOptions, where: string): Promise<void> {
    const { violations } = await page.evaluate(
      (wanted): Promise<AxeResults> => (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(wanted),
      options,
    );
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      for (const { target, failureSummary } of nodes) {
        this.findings.push(`${where}: ${id}: ${target.flat().join(' ')}: ${failureSummary ?? ''}`);
      }
    }
  }
}
