/** What one field's renderer gets, and what it gives. */
import type { FieldDef, Value } from '../../../../domain/sop/field';
import type { Language } from '../../../../domain/words';
import type { App } from '../app';
import type { GroupLetter } from '../groupLetter';
import type { Letter } from '../letter';
import type { Description } from '../../../../platform/view/controls';

export interface FieldSetting {
  readonly field: FieldDef;
  /** In the page's language. */
  readonly label: string;
  /** Unique on the page. */
  readonly id: string;
  suggestions(): readonly string[];
  /** Null: taken away. */
  change(value: Value | null): void;
  copy(text: string): void;
  /** Of a message that Casebook prepares. */
  readonly letter: Letter | undefined;
  /** Of a text that a group may be told. */
  readonly group: GroupLetter | undefined;
  /** Of what goes into tickets and messages as it stands in the form. */
  readonly textLanguage: Language;
  readonly ask: App['ask'];
  readonly say: App['say'];
  /** Of a field that names files. */
  readonly files: App['files'] | undefined;
  /** A field that need not be answered can be made empty again. */
  readonly optional: boolean;
}

export interface FieldInput {
  readonly element: HTMLElement;
  /** The same value again changes nothing, not even the caret. */
  write(value: Value | undefined): void;
  /** @param part of the field, such as one item of the environment */
  focus(part: string): void;
  /** @param parts what each part of the field lacks */
  describe(about: Description, parts: ReadonlyMap<string, string>): void;
}

export const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text);
