/** A chat, mail or log that was pasted: what it says is offered to the fields of the intake, each to be taken or left. */
import * as l10n from '@vscode/l10n';
import { textOf, type Values } from '../../../domain/sop/field';
import { descriptionKey, fieldOf, filledBy } from '../../../domain/intake/intakeForm';
import { type Finding, looksLikeReport, readReport } from '../../../domain/intake/readReport';
import { findAction } from '../../../domain/sop/procedure';
import { isInstant } from '../../../domain/time';
import { button, checkbox, type Control } from '../../../platform/view/controls';
import type { App } from './app';
import { el, place } from '../../../platform/view/dom';
import { type SecretLine, secretsIn } from './fields/secretLine';
import { text as say, when } from './l10n';
import { machineOffset } from './localTime';

interface Offer {
  readonly finding: Finding;
  readonly field: string;
  readonly control: Control;
}

const LONGEST_SHOWN = 90;

export class PastePanel {
  readonly element = el('div', { class: 'paste wide' });
  private readonly open: HTMLElement;
  private offers: readonly Offer[] = [];
  private readonly secrets: SecretLine;

  constructor(
    private readonly app: App,
    /** The draft of the form that is filled. */
    private readonly formKey: string,
    /** What the form holds, kept or typed; what it starts with by itself does not count. */
    private readonly held: () => Values,
    private readonly filled: () => void,
  ) {
    this.open = button({
      label: l10n.t('Paste a chat or mail'),
      look: 'secondary',
      icon: 'clippy',
      does: 'pasteReport',
      pressed: () => void this.fromClipboard(),
    });
    const description = descriptionKey(app.page.state.kind);
    const holder = {
      read: () => textOf(this.held(), description),
      write: (text: string) => app.drafts.edit(formKey, description, text),
      focus: () => this.open.focus(),
    };
    this.secrets = secretsIn(holder, { ask: (question) => app.ask(question) }, filled);
    this.draw();
  }

  private async fromClipboard(): Promise<void> {
    const pasted = await this.app.ask({ about: 'clipboard' });
    if (pasted === undefined) return;
    if (pasted.trim() === '') this.app.say(l10n.t('There is no text on the clipboard.'));
    else this.show(pasted);
  }

  /** Something was pasted into a field of the form. @returns true when the field is not to take it as it is */
  took(field: string, pasted: string): boolean {
    if (!looksLikeReport(pasted)) return false;
    if (field === 'title') {
      this.show(pasted);
      return true;
    }
    // the description has the text as it came; shown once that is written
    if (field === 'description' || field === 'content') setTimeout(() => this.show(pasted, false));
    return false;
  }

  /** @param takesFocus a person who pasted into a field goes on there */
  private show(pasted: string, takesFocus = true): void {
    const { page, procedure } = this.app;
    const now = Date.now();
    const { settings, me, state } = page;
    const findings = readReport(pasted, { kind: state.kind, settings, me, now, offset: machineOffset(now) });
    const held = this.held();
    const fields = findAction(procedure, procedure.intake)?.fields ?? [];
    const asIs = (value: unknown) =>
      typeof value === 'string' && value.trim() === pasted.replace(/\r\n?/g, '\n').trim();
    const chosen = new Set<string>();
    this.offers = findings.flatMap((finding): Offer[] => {
      const field = fieldOf(finding.key, state.kind);
      const definition = fields.find((each) => each.key === field);
      const before = held[field];
      if (!definition || before === finding.value) return [];
      const isFree = before === undefined || asIs(before);
      const isTicked = isFree && !chosen.has(field);
      if (isTicked) chosen.add(field);
      const value = isInstant(finding.value) ? when(finding.value) : short(finding.value);
      const label = isFree
        ? l10n.t('{0}: {1}', say(definition.label), value)
        : l10n.t(
            '{0}: {1} (in place of “{2}”)',
            say(definition.label),
            value,
            short(typeof before === 'string' ? before : ''),
          );
      const control = checkbox(label, () => this.ticked(field, control));
      control.write(isTicked ? 'true' : '');
      control.element.dataset['offer'] = finding.key;
      return [{ finding, field, control }];
    });
    this.draw();
    if (takesFocus) (this.offers[0]?.control ?? { focus: () => this.open.focus() }).focus();
    this.app.say(l10n.t('Found in the text: {0}', this.offers.length));
  }

  /** Of two offers for one field one is taken. */
  private ticked(field: string, control: Control): void {
    if (control.read() === '') return;
    for (const offer of this.offers) {
      if (offer.field === field && offer.control !== control) offer.control.write('');
    }
  }

  private draw(): void {
    if (this.offers.length === 0) {
      place(this.element, [this.open, this.secrets.element]);
      return;
    }
    const apply = button({
      label: l10n.t('Fill in what is ticked'),
      look: 'primary',
      does: 'applyReport',
      pressed: () => this.apply(),
    });
    const cancel = button({
      label: l10n.t('Cancel'),
      look: 'secondary',
      does: 'closeReport',
      pressed: () => this.close(),
    });
    const title = l10n.t('Found in the pasted text');
    const list = el('ul', {}, ...this.offers.map(({ control }) => el('li', {}, control.element)));
    const group = el('div', { class: 'pasteOffers', role: 'group', 'aria-label': title }, el('h3', {}, title), list);
    group.append(el('div', { class: 'buttons' }, apply, cancel));
    group.addEventListener('keydown', (event) => {
      // Enter in a list of ticks means: that is it
      if (event.key === 'Enter' && (event.target as HTMLElement).tagName === 'VSCODE-CHECKBOX') {
        event.preventDefault();
        this.apply();
      } else if (event.key === 'Escape') this.close();
    });
    place(this.element, [this.open, group]);
  }

  private apply(): void {
    const taken = this.offers.filter(({ control }) => control.read() === 'true').map(({ finding }) => finding);
    for (const [key, value] of Object.entries(filledBy(taken, this.app.page.state.kind))) {
      this.app.drafts.edit(this.formKey, key, value);
    }
    this.offers = [];
    this.draw();
    this.filled();
    // what is taken from the clipboard passes by the field that looks at what is pasted into it
    if (taken.some(({ key }) => key === 'description')) this.secrets.look();
    this.app.say(l10n.t('Filled in: {0}', taken.length));
  }

  private close(): void {
    this.offers = [];
    this.draw();
    this.open.focus();
  }
}

function short(value: string): string {
  const line = value.trim().replace(/\s+/g, ' ');
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}
