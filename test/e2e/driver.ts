// A window of VS Code with the packaged Casebook in it, driven by mouse and keyboard.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContext, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { type Server, concernsUs, extensionHostOf, scripts, startEditor, temporaryFolder, waitFor } from './editor';
import { QuickInput } from './quickInput';
import { Tree } from './tree';

const themes = { light: 'Light Modern', dark: 'Dark Modern', hc: 'Default High Contrast' };
const themeClass = { light: '.vs', dark: '.vs-dark', hc: '.hc-black' };
export type Theme = keyof typeof themes;

export interface OpenOptions {
  /** The folder the window opens; an empty temporary one when left out. */
  folder?: string;
  /** The packaged extension; the one `npm test` has just made when left out. */
  vsix?: string;
  settings?: Record<string, unknown>;
  language?: 'en' | 'zh-cn';
  theme?: Theme;
  /** False opens the window in Restricted Mode. */
  trusted?: boolean;
  /** Where the editor keeps its state; give one window's to the next to see what it remembers. */
  dataDir?: string;
  viewport?: { width: number; height: number };
  env?: Record<string, string>;
}

/** The editor itself puts a style attribute on a webview's body; the policy blocks it, without effect (hash of ""). */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** An editor in a browser asks its server for a key to its secrets; this server has none, and they stay in memory. */
const NO_SECRET_KEY = /405 \(Method Not Allowed\)|getServerKeyPart/;

const windows = new Set<Workbench>();
let current: Mocha.Test | undefined;

beforeEach(function () {
  current = this.currentTest;
});

afterEach(async function () {
  if (this.currentTest?.state === 'failed') for (const window of windows) await window.pictureOfFailure();
});

export class Workbench {
  readonly quickPick: QuickInput;
  readonly inputBox: QuickInput;
  private readonly errors: string[] = [];
  private readonly lines: string[] = [];
  private killed = false;

  private constructor(
    readonly page: Page,
    readonly folder: string,
    readonly dataDir: string,
    private readonly server: Server,
    private readonly context: BrowserContext,
    private readonly options: OpenOptions,
  ) {
    this.quickPick = new QuickInput(page);
    this.inputBox = this.quickPick;
    page.on('console', (message) => {
      this.lines.push(message.text());
      if (message.type() === 'error') this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.errors.push(String(error)));
  }

  static async open(options: OpenOptions = {}): Promise<Workbench> {
    const dataDir = options.dataDir ?? temporaryFolder('window');
    const folder = options.folder ?? temporaryFolder('folder');
    const { server, context } = await startEditor({
      vsix: resolve(options.vsix ?? process.env['CASEBOOK_VSIX'] ?? 'dist/casebook.vsix'),
      dataDir,
      trusted: options.trusted ?? true,
      settings: settingsOf(options),
      env: options.env ?? {},
      viewport: options.viewport ?? { width: 1280, height: 800 },
    });
    writeFileSync(join(dataDir, 'port'), String(server.port));
    const page = context.pages()[0] ?? (await context.newPage());
    const window = new Workbench(page, folder, dataDir, server, context, options);
    windows.add(window);
    try {
      await page.addInitScript((language) => {
        Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
      }, options.language ?? 'en');
      await page.goto(server.url(folder));
      await window.ready();
      return window;
    } catch (error) {
      await window.pictureOfFailure();
      await window.close();
      throw error;
    }
  }

  /** Waits until the window shows Casebook's icon, which the extension host contributes. */
  private async ready(): Promise<void> {
    await this.page
      .locator(`.monaco-workbench${themeClass[this.options.theme ?? 'light']}`)
      .waitFor({ timeout: 60_000 });
    await this.activityIcon().waitFor({ timeout: 60_000 });
  }

  private activityIcon(): Locator {
    const name = this.options.language === 'zh-cn' ? '案例簿' : 'Casebook';
    return this.page.locator('.part.activitybar').getByRole('tab', { name });
  }

  /** Opens Casebook's side bar with a click on its icon. */
  async openCasebook(): Promise<void> {
    const icon = this.activityIcon();
    if ((await icon.getAttribute('aria-selected')) !== 'true') await icon.click();
    await this.page.locator('.part.sidebar .pane-body').first().waitFor();
  }

  /** Runs a command by its full title, e.g. `Casebook: New Case`, through the command palette. */
  async runCommand(title: string): Promise<void> {
    // A list opened while the extensions are still starting lacks their commands, and does not get them later;
    // a key pressed while the focus is on its way between two editors, or out of a page, opens none
    await waitFor(`command "${title}"`, async () => {
      await this.page.keyboard.press('F1');
      const known = await this.quickPick
        .type(`>${title}`, 5_000)
        .then(() => this.quickPick.row(title).waitFor({ timeout: 3_000 }))
        .then(
          () => true,
          () => undefined,
        );
      if (!known && (await this.quickPick.widget.isVisible())) await this.quickPick.cancel();
      return known;
    });
    await this.quickPick.choose(title);
  }

  /** Runs a command that asks with a list, and types into that list. */
  async runAndType(title: string, text: string): Promise<void> {
    await waitFor(`the list of "${title}"`, async () => {
      await this.runCommand(title);
      // where a webview had the focus, the editor may give it back late, and the list closes
      return this.quickPick.type(text, 3_000).then(
        () => true,
        () => undefined,
      );
    });
  }

  tree(viewTitle: string): Tree {
    return new Tree(this.page, viewTitle);
  }

  /** A notification at the lower right, or behind the bell, where the editor keeps some of them; `click` presses a button. */
  notification(text: string | RegExp): {
    element: Locator;
    shown(): Promise<void>;
    click(button: string): Promise<void>;
  } {
    const list = this.page.locator('.notification-toast, .notifications-center .monaco-list-row');
    const element = list.filter({ hasText: text }).last();
    const shown = async () => {
      const isToast = await element.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      );
      if (!isToast) await this.runCommand('Notifications: Show Notifications');
      await element.waitFor();
    };
    return {
      element,
      shown,
      click: async (button) => {
        await shown();
        await element.getByRole('button', { name: button, exact: true }).click();
      },
    };
  }

  /** A modal message in the middle of the window. */
  dialog(text: string | RegExp): { element: Locator; click(button: string): Promise<void> } {
    const element = this.page.locator('.monaco-dialog-box', { hasText: text });
    return { element, click: (button) => element.getByRole('button', { name: button, exact: true }).click() };
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item', { hasText: text });
  }

  /** An editor's tab, by its title. */
  tab(title: string | RegExp): Locator {
    const name = typeof title === 'string' ? { name: title, exact: true } : { name: title };
    return this.page.locator('.part.editor').getByRole('tab', name);
  }

  /** The document of the one webview on the screen. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview:visible').frameLocator('#active-frame');
  }

  /** The document of a webview by its title, when several are on the screen. */
  async webviewNamed(title: string): Promise<Frame> {
    return waitFor(`a webview "${title}"`, async () => {
      for (const frame of this.page.frames()) {
        const element = frame.name() === '' ? undefined : await frame.frameElement().catch(() => undefined);
        if ((await element?.getAttribute('title').catch(() => null)) === title) return frame;
      }
      return undefined;
    });
  }

  /** Saves a picture: for the documentation with CASEBOOK_SCREENSHOTS=1, else where nobody minds. Returns its path. */
  async screenshot(name: string): Promise<string> {
    const keep = process.env['CASEBOOK_SCREENSHOTS'] === '1';
    const folder = keep ? resolve('media/screenshots') : join(this.dataDir, 'screenshots');
    return this.picture(join(folder, `${name}.png`));
  }

  private async picture(path: string): Promise<string> {
    mkdirSync(resolve(path, '..'), { recursive: true });
    await this.page.evaluate(() => document.fonts.ready.then(() => undefined));
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    return path;
  }

  /** Keeps a picture of what was on the screen when a test failed. */
  async pictureOfFailure(): Promise<void> {
    if (this.page.isClosed()) return;
    const name = (current?.fullTitle() ?? 'opening a window').replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    let path = resolve('dist/e2e-failures', `${name}.png`);
    for (let copy = 2; existsSync(path); copy += 1) path = resolve('dist/e2e-failures', `${name}-${copy}.png`);
    // The failure itself matters more than its picture
    await this.picture(path).then(
      () => console.log(`    screen: ${path}`),
      (error: unknown) => console.log(`    no picture: ${String(error)}`),
    );
  }

  /** Reloads the window as its own command does: state is saved first. */
  async reload(): Promise<void> {
    const reloaded = this.page.waitForEvent('domcontentloaded');
    await this.runCommand('Developer: Reload Window');
    await reloaded;
    await this.ready();
  }

  async setTheme(theme: Theme): Promise<void> {
    this.options.theme = theme;
    const { settingsFile, writeSettings } = await scripts();
    writeSettings(settingsFile(this.dataDir), settingsOf(this.options));
    await this.page.locator(`.monaco-workbench${themeClass[theme]}`).waitFor();
  }

  /** Ends the process of the extensions as a crash would; the editor starts another by itself. Linux only. */
  async killExtensionHost(): Promise<void> {
    const pid = extensionHostOf(this.server);
    if (pid === undefined) throw new Error('There is no extension host to kill');
    this.killed = true;
    process.kill(pid, 'SIGKILL');
    await waitFor('another extension host', () => {
      const now = extensionHostOf(this.server);
      return now === pid ? undefined : now;
    });
  }

  /** All that the editor and its extensions have printed: this build writes its logs there, not into files. */
  consoleText(): string {
    return this.lines.join('\n');
  }

  /** Errors on the page's console since it was opened that concern Casebook: webviews, failed commands, activation. */
  consoleErrors(): string[] {
    return this.errors.filter(
      (error) =>
        concernsUs(error) &&
        !error.includes(EMPTY_STYLE) &&
        !NO_SECRET_KEY.test(error) &&
        !(this.killed && error.includes('terminated unexpectedly')),
    );
  }

  async close(): Promise<void> {
    if (!windows.delete(this)) return;
    if (current?.state === 'failed') await this.pictureOfFailure();
    await this.context.close();
    await this.server.stop();
  }
}

const settingsOf = ({ theme = 'light', settings }: OpenOptions): Record<string, unknown> => ({
  'workbench.colorTheme': themes[theme],
  'window.autoDetectColorScheme': false,
  // a picture is to show no path of the machine that took it
  'breadcrumbs.enabled': false,
  'window.confirmBeforeClose': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  // a digest lies over what is to be clicked; its own test asks for it
  'casebook.reminders': 'off',
  ...settings,
});
