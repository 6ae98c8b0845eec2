/** What helps to take in a report: what reads alike, and what a pasted text says. */
import { isEmpty, textOf, type Values } from '../../../domain/sop/field';
import { descriptionKey } from '../../../domain/intake/intakeForm';
import { OPENING } from '../../../domain/intake/newCase';
import { findAction } from '../../../domain/sop/procedure';
import { isInstant } from '../../../domain/time';
import type { FormExtras } from './actionForm';
import type { App } from './app';
import { afterColon, text, when } from './l10n';
import { PastePanel } from './pastePanel';
import { SimilarPanel } from './similar';

export class IntakeHelp implements FormExtras {
  readonly similar: SimilarPanel;
  private readonly paste: PastePanel;
  private readonly formKey: string;

  /** @param filled fields of the form were filled in from here */
  constructor(
    private readonly app: App,
    filled: () => void,
  ) {
    this.formKey = app.page.mode === 'new' ? OPENING : app.procedure.intake;
    this.similar = new SimilarPanel(app, (id) => this.join(id));
    this.paste = new PastePanel(app, this.formKey, () => this.held(), filled);
  }

  get above(): HTMLElement {
    return this.paste.element;
  }

  get belowTitle(): HTMLElement {
    return this.similar.hint;
  }

  took(field: string, pasted: string): boolean {
    return this.paste.took(field, pasted);
  }

  /** The report is about a case that there is already: what was typed goes there. */
  private join(id: string): void {
    const { page, drafts } = this.app;
    if (page.mode === 'new') {
      drafts.flush();
      this.app.send({ type: 'join', id, note: this.asNote() });
      return;
    }
    drafts.edit('merge', 'otherCase', id);
    this.app.openForm('merge');
  }

  /** What was typed for a new case, as a note for the case that it turns out to be. */
  private asNote(): string {
    const held = this.held();
    const description = descriptionKey(this.app.page.state.kind);
    const first = ['title', description].map((key) => textOf(held, key)).filter((each) => each !== '');
    const fields = findAction(this.app.procedure, this.app.procedure.intake)?.fields ?? [];
    const rest = fields.flatMap(({ key, label, type }) => {
      const value = textOf(held, key);
      if (value === '' || key === 'title' || key === description || type === 'choice') return [];
      return [`${text(label)}${afterColon() === '' ? '：' : ': '}${isInstant(value) ? when(value) : value}`];
    });
    return [...first, ...rest].join('\n');
  }

  private held(): Values {
    const { page, drafts, procedure } = this.app;
    const kept = page.mode === 'new' ? {} : (page.state.values[procedure.intake] ?? {});
    const values = Object.entries({ ...kept, ...Object.fromEntries(drafts.of(this.formKey)) });
    return Object.fromEntries(values.filter((entry): entry is [string, Values[string]] => !isEmpty(entry[1])));
  }
}
