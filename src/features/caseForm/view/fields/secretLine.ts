/** A line below a text: what was pasted into it holds secrets, and can be masked. */
import * as l10n from '@vscode/l10n';
import { secretWords } from '../../../../domain/attachments/secretWords';
import { button, type Control } from '../../../../platform/view/controls';
import type { Answers } from '../../protocol';
import { el, icon, place } from '../../../../platform/view/dom';
import { enumerated, text } from '../l10n';
import type { FieldSetting } from './input';

/** Nothing this short holds a secret. */
const SHORTEST = 8;

/** The text that is looked at, and where what replaces it goes. */
type Holder = Pick<Control, 'read' | 'write' | 'focus'>;

export interface SecretLine {
  readonly element: HTMLElement;
  /** A text came in all at once. */
  readonly look: () => void;
}

/** Below a control: looks at what is pasted into it. @param changed what follows when its text was changed here */
export function secretLine(control: Control, setting: Pick<FieldSetting, 'ask'>, changed: () => void): HTMLElement {
  const { element, look } = secretsIn(control, setting, changed);
  // the text is there once the event is over
  control.element.addEventListener('paste', () => setTimeout(look, 0));
  return element;
}

export function secretsIn(control: Holder, { ask }: Pick<FieldSetting, 'ask'>, changed: () => void): SecretLine {
  const line = el('div', { class: 'secretLine', role: 'status', 'data-secrets': '' });
  const hide = () => {
    line.hidden = true;
    line.replaceChildren();
  };
  const look = async (): Promise<Answers['secrets'] | undefined> => {
    const asked = control.read();
    if (asked.trim().length < SHORTEST) return undefined;
    const found = await ask({ about: 'secrets', text: asked });
    // typed on meanwhile: the text as it is now counts
    return control.read() === asked ? found : look();
  };
  const mask = async () => {
    const found = await look();
    hide();
    if (!found || found.count === 0) return;
    control.write(found.masked);
    changed();
    control.focus();
  };
  const show = (found: Answers['secrets'] | undefined) => {
    hide();
    if (!found || found.count === 0) return;
    const kinds = enumerated(found.kinds.map((kind) => text(secretWords(kind))));
    const does = { look: 'secondary' as const };
    place(line, [
      el('span', {}, icon('warning'), ' ', l10n.t('This looks like secrets: {0} ({1}).', found.count, kinds)),
      button({ ...does, label: l10n.t('Mask them'), does: 'mask', pressed: () => void mask() }),
      button({ ...does, label: l10n.t('Keep as it is'), does: 'keepSecrets', pressed: hide }),
    ]);
    line.hidden = false;
  };
  hide();
  return { element: line, look: () => void look().then(show) };
}
