/** One form: its fields, what they lack, its buttons. Drawn once; every change only refreshes it. */
import * as l10n from '@vscode/l10n';
import { check } from '../../../domain/sop/engine';
import { isRequired, type Value, type Values } from '../../../domain/sop/field';
import type { Missing } from '../../../domain/sop/missing';
import type { ActionDef } from '../../../domain/sop/procedure';
import { button, setDisabled } from '../../../platform/view/controls';
import type { ActSender, App } from './app';
import { el } from '../../../platform/view/dom';
import { fieldSlot, type Slot } from './fields/slot';
import type { FormSpec } from './formSpec';
import { allValues, halfDone, shownFields, submitted } from './formValues';
import { firstField, partOf, placeLack } from './lack';
import { GroupLetter } from './groupLetter';
import { Letter } from './letter';
import { type LackArea, lackArea } from './lackArea';
import { missingNow } from './missingNow';
import { text } from './l10n';
import { suggestionsFor } from './suggest';
import { hasTicketWay, TicketWay } from './ticketWay';

export interface FormButtons {
  readonly submit: string;
  readonly save?: string;
  /** Another action that captures the same fields. */
  readonly twin?: ActionDef;
  readonly close?: () => void;
}

/** A line about what the present answers mean, below the field that it follows from. */
export interface Explanation {
  readonly after: string;
  readonly say: (values: Values) => string;
}

/** What stands in a form beside its fields, and may take what is pasted into them. */
export interface FormExtras {
  readonly above: HTMLElement;
  readonly belowTitle: HTMLElement;
  /** @returns true when the field is not to take the text */
  took(field: string, pasted: string): boolean;
}

export class ActionForm implements ActSender {
  readonly element: HTMLFormElement;
  private readonly slots: readonly Slot[];
  private readonly lack: LackArea;
  private readonly submitButton: HTMLElement;
  private readonly buttons: readonly HTMLElement[];
  private readonly note = el('span', { class: 'quiet draftNote' });
  /** The deed is done in the ticket system instead. */
  private readonly way: TicketWay | undefined;
  private readonly explained = el('p', { class: 'explanation wide', role: 'status' });
  /** Nobody is shouted at before the first attempt. */
  private tried: string | undefined;
  /** What the host named; it knows more than the page, until something is changed. */
  private refusal: readonly Missing[] | undefined;

  constructor(
    private readonly app: App,
    readonly spec: FormSpec,
    private readonly labels: FormButtons,
    private readonly explanation?: Explanation,
    extras?: FormExtras,
  ) {
    this.slots = spec.fields.map((field) =>
      fieldSlot({
        field,
        label: text(field.label),
        id: `${spec.key.replace('/', '-')}-${field.key}`,
        optional: field.required === undefined,
        suggestions: () =>
          field.suggest === 'tags'
            ? app.page.tagsInUse
            : field.suggest === 'groups'
              ? app.groups.known
              : suggestionsFor(
                  field.suggest ?? 'people',
                  app.page.settings,
                  app.page.state,
                  this.values(),
                  app.page.tickets.connections.map(({ name }) => name),
                ),
        change: (value) => this.changed(field.key, value),
        copy: (copied) => app.copy(copied),
        letter: Letter.of(app, spec, field.key, (key, value) => this.changed(key, value)),
        group: GroupLetter.of(app, spec, field.key, (key, value) => this.changed(key, value)),
        textLanguage: app.page.textLanguage,
        ask: (question) => app.ask(question),
        say: (sentence) => app.say(sentence),
        files: field.key === 'evidence' && spec.halfDone !== 'open' ? app.files : undefined,
      }),
    );
    const isOfStep = spec.for === '' && spec.key === spec.action;
    this.way = isOfStep && hasTicketWay(spec.action) ? this.wayOf(spec.action) : undefined;
    this.submitButton = button({
      label: labels.submit,
      look: 'primary',
      does: 'submit',
      pressed: () => this.submit(spec.action),
    });
    const others: HTMLElement[] = [];
    const { save, twin, close } = labels;
    if (twin) {
      others.push(
        button({ label: text(twin.label), look: 'secondary', does: twin.name, pressed: () => this.submit(twin.name) }),
      );
    }
    if (save !== undefined) {
      others.push(button({ label: save, look: 'secondary', does: 'save', pressed: () => this.save() }));
    }
    if (close) {
      others.push(button({ label: l10n.t('Cancel'), look: 'secondary', does: 'close', pressed: close }));
    }
    this.buttons = [this.submitButton, ...others];
    this.lack = lackArea(app, spec, (item) => this.focusOn(item));
    this.element = el(
      'form',
      { class: 'form', 'data-action': spec.action, 'data-for': spec.for === '' ? undefined : spec.for },
      el(
        'div',
        { class: 'fields' },
        extras?.above,
        this.way?.above,
        ...this.slots.map((slot) => slot.element),
        this.way?.inside,
      ),
      this.lack.element,
      el('div', { class: 'buttons' }, ...this.buttons, this.note),
      this.way?.below,
    );
    if (explanation) {
      this.slots.find((slot) => slot.field.key === explanation.after)?.element.after(this.explained);
    }
    if (extras) {
      this.slots.find((slot) => slot.field.key === 'title')?.element.append(extras.belowTitle);
      this.element.addEventListener('paste', (event) => {
        const field = (event.target as HTMLElement).closest<HTMLElement>('[data-field]')?.dataset['field'];
        const pasted = event.clipboardData?.getData('text/plain') ?? '';
        if (field !== undefined && extras.took(field, pasted)) event.preventDefault();
      });
    }
    this.element.noValidate = true;
    this.element.addEventListener('submit', (event) => event.preventDefault());
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      this.submit(spec.action);
    });
    this.refresh();
  }

  private wayOf(action: string): TicketWay {
    return new TicketWay(this.app, action, {
      values: () => submitted(this.spec, this.app.drafts.of(this.spec.key), this.app.surroundings(this.spec.key)),
      changed: () => {
        this.refresh();
        this.app.changed();
      },
      submit: () => this.submit(this.spec.action),
      focusField: (key) => {
        const slot = this.slots.find((candidate) => candidate.field.key === key && !candidate.element.hidden);
        slot?.focus('');
        return slot !== undefined;
      },
    });
  }

  values() {
    return allValues(this.spec, this.app.drafts.of(this.spec.key), this.app.surroundings(this.spec.key));
  }

  /** @param primary the one thing on the page to do next */
  emphasize(primary: boolean): void {
    Object.assign(this.submitButton, { appearance: primary ? 'primary' : 'secondary' });
  }

  /** It was written: the next time it is a fresh form. */
  settled(): void {
    this.tried = undefined;
    this.refusal = undefined;
  }

  refresh(): void {
    const { app, spec } = this;
    const values = this.values();
    this.way?.refresh();
    const shown = shownFields(spec, values, app.page.state).filter((field) => !this.way?.hides(field.key));
    const missing = this.refusal ?? missingNow(app, spec, this.tried ?? spec.action);
    const placed = placeLack(missing, shown);
    for (const slot of this.slots) {
      slot.update({
        value: values[slot.field.key],
        shown: shown.includes(slot.field),
        required: isRequired(slot.field, values, app.page.state),
        missing: [
          ...(this.way?.lacks(slot.field.key) ?? []),
          ...(this.tried === undefined ? [] : (placed.byField.get(slot.field.key) ?? [])),
        ],
      });
    }
    this.lack.show(missing, this.tried !== undefined);
    const explained = this.explanation?.say(values) ?? '';
    if (this.explained.textContent !== explained) this.explained.textContent = explained;
    this.explained.hidden = explained === '';
    for (const each of this.buttons) setDisabled(each, app.busy);
    if (this.way) this.nameSubmit(this.way);
    this.note.textContent = app.drafts.last === spec.key ? app.draftNote : '';
  }

  private nameSubmit(way: TicketWay): void {
    const label = way.isOn ? way.label() : this.labels.submit;
    this.submitButton.hidden = label === undefined;
    if (label !== undefined && this.submitButton.textContent !== label) this.submitButton.textContent = label;
  }

  refused(missing: readonly Missing[]): void {
    this.tried ??= this.spec.action;
    this.refusal = missing;
    this.refresh();
    this.focusFirst(missing);
  }

  focus(): void {
    const missing = missingNow(this.app, this.spec);
    const shown = this.slots.filter((slot) => !slot.element.hidden);
    const first = firstField(
      placeLack(
        missing,
        shown.map((slot) => slot.field),
      ),
      shown.map((slot) => slot.field),
    );
    const slot = missing.length === 0 ? undefined : (shown.find((each) => each.field.key === first) ?? shown[0]);
    if (slot) slot.focus('');
    else this.submitButton.focus();
  }

  /** Where somebody begins to type, whatever is filled in. */
  focusStart(): void {
    // the frame may not have the focus yet: the command was run elsewhere
    window.focus();
    this.slots.find((slot) => !slot.element.hidden)?.focus('');
  }

  private changed(key: string, value: Value | null): void {
    const { app, spec } = this;
    const kept = spec.kept(app.page.state)[key];
    const isAsKept = kept !== undefined && JSON.stringify(kept) === JSON.stringify(value);
    app.drafts.edit(spec.key, key, isAsKept ? undefined : value);
    this.way?.typed(key);
    this.refusal = undefined;
    this.refresh();
    app.changed();
  }

  private submit(action: string): void {
    const { app, spec } = this;
    if (app.busy) return;
    this.refusal = undefined;
    const missing = missingNow(this.app, this.spec, action);
    if (missing.length > 0) {
      this.tried = action;
      this.refresh();
      this.focusFirst(missing);
      return;
    }
    const values = submitted(spec, app.drafts.of(spec.key), app.surroundings(spec.key));
    if (this.way?.isOn && action === spec.action) void this.way.send(values, this);
    else if (spec.halfDone === 'open') app.act({ action: 'open', for: '', values, afterwards: action }, this);
    else app.act({ action, for: spec.for, values }, this);
  }

  private save(): void {
    const { app, spec } = this;
    if (app.busy) return;
    const values = halfDone(spec, app.drafts.of(spec.key), app.surroundings(spec.key));
    const act =
      spec.halfDone === 'open' ? { action: 'open', for: '', values } : { action: 'save', for: spec.action, values };
    const missing = check(app.page.state, act, app.context());
    if (missing.length > 0) this.refused(missing);
    else app.act(act, this);
  }

  private focusFirst(missing: readonly Missing[]): void {
    const shown = this.slots.filter((slot) => !slot.element.hidden).map((slot) => slot.field);
    const placed = placeLack(missing, shown);
    const key = firstField(placed, shown);
    const item = key === undefined ? undefined : placed.byField.get(key)?.[0];
    if (item) this.focusOn(item);
    else this.lack.focus();
  }

  private focusOn(item: Missing): void {
    const slot = this.slots.find((candidate) => candidate.field.key === item.field);
    if (!slot || slot.element.hidden) return;
    slot.element.scrollIntoView({ block: 'nearest' });
    slot.focus(partOf(item));
  }
}
