/** Everything typed and not sent. It reaches the host within a quarter of a second, and the editor's memory at once. */
import type { FieldDef, Value } from '../../../domain/sop/field';
import type { Forms } from '../protocol';
import { type Edits, editsFrom } from './formValues';

const DELAY = 200;

export class Drafts {
  private forms = new Map<string, Map<string, Value | null>>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The form that was typed in last: it shows when the draft was saved. */
  last = '';

  constructor(
    /** In the editor's memory, which outlives a reload of the window. */
    private readonly keep: () => void,
    private readonly post: (forms: Forms) => void,
  ) {}

  /** @param fieldsOf the fields of a form by its key; a form that this version does not know is let go */
  restore(forms: Forms, fieldsOf: (key: string) => readonly FieldDef[]): void {
    for (const [key, raw] of Object.entries(forms)) {
      const edits = editsFrom(fieldsOf(key), raw);
      if (edits.size > 0) this.forms.set(key, new Map(edits));
    }
  }

  of(key: string): Edits {
    return this.forms.get(key) ?? new Map<string, Value | null>();
  }

  keys(): readonly string[] {
    return [...this.forms.keys()];
  }

  /** @param value null: taken away; undefined: as if it had never been touched */
  edit(key: string, field: string, value: Value | null | undefined): void {
    const edits = this.forms.get(key) ?? new Map<string, Value | null>();
    if (value === undefined) edits.delete(field);
    else edits.set(field, value);
    if (edits.size === 0) this.forms.delete(key);
    else this.forms.set(key, edits);
    this.last = key;
    this.schedule();
  }

  clear(isUsedUp: (key: string) => boolean): void {
    const keys = [...this.forms.keys()].filter(isUsedUp);
    for (const key of keys) this.forms.delete(key);
    if (keys.length > 0) this.schedule();
  }

  flush(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.post(this.asForms());
  }

  private schedule(): void {
    this.keep();
    this.timer ??= setTimeout(() => this.flush(), DELAY);
  }

  asForms(): Forms {
    return Object.fromEntries([...this.forms].map(([key, edits]) => [key, Object.fromEntries(edits)]));
  }
}
