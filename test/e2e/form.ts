// The case form as a person uses it: fields found by their names, filled by mouse and keyboard.
import type { FrameLocator, Locator } from 'playwright-core';
import { waitFor } from './editor';
import type { Workbench } from './driver';

/** yes or no, a text, a number, rows, or the seven items of the environment (a text, or why it can't be had). */
export type Entry =
  | string
  | number
  | boolean
  | readonly string[]
  | Readonly<Record<string, string | { cannot: string }>>;

/** A moment as it is typed into the field: local time of the machine. */
export interface Moment {
  readonly on: string;
  readonly at: string;
}

export class CaseForm {
  constructor(private readonly window: Workbench) {}

  private get frame(): FrameLocator {
    return this.window.webview();
  }

  /** The form of one action. */
  form(action: string): Locator {
    return this.frame.locator(`form[data-action="${action}"]`);
  }

  field(action: string, key: string): Locator {
    return this.form(action).locator(`[data-field="${key}"]`);
  }

  /** Opens what is folded: one of the other ways on. */
  async unfold(action: string): Promise<void> {
    const opener = this.frame.locator(`[data-opens="${action}"]`);
    if (!(await opener.isVisible())) await this.frame.locator('[data-do="more"]').click();
    await opener.click();
    await this.form(action).waitFor();
  }

  async fill(action: string, entries: Readonly<Record<string, Entry | Moment>>): Promise<void> {
    await this.form(action).waitFor();
    for (const [key, entry] of Object.entries(entries)) {
      const field = this.field(action, key);
      await field.waitFor();
      await this.enter(field, entry);
    }
  }

  private async enter(field: Locator, entry: Entry | Moment): Promise<void> {
    if (typeof entry === 'boolean') return this.tick(field, entry);
    if (typeof entry === 'object' && !isRows(entry)) {
      if (isMoment(entry)) return this.typeMoment(field.locator('input'), entry);
      return this.typeEnvironment(field, entry);
    }
    if (isRows(entry)) return this.typeRows(field, entry);
    const type = await field.getAttribute('data-type');
    if (type === 'choice') return this.choose(field, String(entry));
    if (type === 'date') return this.typeDate(field.locator('input'), String(entry));
    await this.type(field.locator('textarea, input').first(), String(entry));
  }

  /** Selects what is there and types over it, key by key where that matters, pasted in one go where it is long. */
  private async type(input: Locator, text: string): Promise<void> {
    const { keyboard } = this.window.page;
    await input.click();
    // not Ctrl+A: the editor handles that key itself, a moment later, and would select what is typed meanwhile
    await keyboard.press('ControlOrMeta+End');
    await keyboard.press('ControlOrMeta+Shift+Home');
    if (text.includes('\n') || text.length > 60) await keyboard.insertText(text);
    else await keyboard.type(text);
    // a list of suggestions that lies over the next field is closed as a person does
    await keyboard.press('Tab');
  }

  private async choose(field: Locator, value: string): Promise<void> {
    const radio = field.locator(`vscode-radio[data-value="${value}"]`);
    if ((await radio.count()) > 0) {
      await radio.click();
      return;
    }
    await field.locator('vscode-dropdown').click();
    await field.locator(`vscode-option[data-value="${value}"]`).click();
  }

  private async tick(field: Locator, yes: boolean): Promise<void> {
    if ((await field.getAttribute('data-type')) === 'confirm') {
      if (yes) await field.locator('vscode-checkbox').click();
      return;
    }
    await field.locator(`vscode-radio[data-value="${yes ? 'yes' : 'no'}"]`).click();
  }

  private async typeRows(field: Locator, rows: readonly string[]): Promise<void> {
    const input = (index: number) => field.locator('ol.rows > li').nth(index).locator('textarea');
    for (const [index, row] of rows.entries()) {
      if (index === 0) await input(0).click();
      else await this.window.page.keyboard.press('Enter');
      await waitFor(`row ${index + 1}`, async () => (await input(index).count()) > 0 || undefined);
      await this.window.page.keyboard.insertText(row);
    }
  }

  private async typeEnvironment(
    field: Locator,
    items: Readonly<Record<string, string | { cannot: string }>>,
  ): Promise<void> {
    for (const [key, item] of Object.entries(items)) {
      const place = field.locator(`[data-item="${key}"]`);
      if (typeof item === 'string') {
        await this.type(place.locator('textarea'), item);
      } else {
        await place.locator('vscode-checkbox').click();
        await this.type(place.locator('.itemValue input'), item.cannot);
      }
    }
  }

  /** The editor's own locale decides the order of a native date field: month, day, year in the windows of the tests. */
  private async typeDate(input: Locator, date: string): Promise<void> {
    const [year = '', month = '', day = ''] = date.split('-');
    await input.click({ position: { x: 8, y: 8 } });
    await this.window.page.keyboard.type(`${month}${day}${year}`);
    await waitFor(`date ${date}`, async () => ((await input.inputValue()) === date ? true : undefined));
  }

  private async typeMoment(input: Locator, { on, at }: Moment): Promise<void> {
    const [year = '', month = '', day = ''] = on.split('-');
    const [hour = '', minute = ''] = at.split(':');
    const clock = `${String(Number(hour) % 12 || 12).padStart(2, '0')}${minute}${Number(hour) < 12 ? 'AM' : 'PM'}`;
    await input.click({ position: { x: 8, y: 8 } });
    await this.window.page.keyboard.type(`${month}${day}${year}`);
    await this.window.page.keyboard.type(clock);
    await waitFor(`${on} ${at}`, async () => ((await input.inputValue()) === `${on}T${at}` ? true : undefined));
  }

  /** What a field holds now. */
  async valueOf(action: string, key: string): Promise<string> {
    return this.field(action, key).locator('textarea, input').first().inputValue();
  }

  async press(action: string, what = 'submit'): Promise<void> {
    // while the page is busy its buttons take no click
    await this.form(action).locator(`[data-do="${what}"]:not([disabled])`).first().click();
  }

  /** Sends the form and waits until the case stands at that step. */
  async submit(action: string, step: string): Promise<void> {
    await this.press(action);
    await this.at(step);
  }

  /** Sends the form with the keyboard alone. */
  async submitByKey(action: string, step: string): Promise<void> {
    await this.form(action).locator('textarea, input').first().focus();
    await this.window.page.keyboard.press('ControlOrMeta+Enter');
    await this.at(step);
  }

  async at(step: string): Promise<void> {
    await this.frame.locator(`[data-step="${step}"][aria-current="step"]`).waitFor();
  }

  /** The texts that stand beside a field because of a refusal. */
  async errorsAt(action: string, key: string): Promise<string[]> {
    return this.field(action, key).locator('.error:visible').allTextContents();
  }

  /** Waits until a case is drawn. */
  async frameReady(): Promise<void> {
    await this.frame.locator('.stepTitle').first().waitFor();
    await waitFor('the icons', () =>
      this.frame.locator('body').evaluate(() => document.fonts.check('16px codicon') || undefined),
    );
  }

  async ended(): Promise<void> {
    await this.frame.locator('[data-status]').waitFor();
  }
}

function isRows(entry: Entry | Moment): entry is readonly string[] {
  return Array.isArray(entry);
}

function isMoment(entry: object): entry is Moment {
  return 'on' in entry && 'at' in entry;
}
