/** Files on their way, always in sight: how far they are, what secrets they hold, why they were refused. */
import * as l10n from '@vscode/l10n';
import { secretWords } from '../../../domain/attachments/secretWords';
import { button } from '../../../platform/view/controls';
import type { Arrival, FileDeed, FoundSecrets } from '../fileProtocol';
import { el, icon, keepingPlace, place } from '../../../platform/view/dom';
import { enumerated, sizeText, text } from './l10n';

export class ArrivalTray {
  readonly element = el('section', { class: 'tray', 'aria-label': l10n.t('Files being added'), 'data-tray': '' });

  constructor(private readonly send: (deed: FileDeed) => void) {
    this.show([]);
  }

  show(arrivals: readonly Arrival[]): void {
    keepingPlace(this.element, () =>
      place(
        this.element,
        arrivals.map((arrival) => this.draw(arrival)),
      ),
    );
    this.element.hidden = arrivals.length === 0;
  }

  private draw(arrival: Arrival): HTMLElement {
    const { id, name, standing, secrets } = arrival;
    return el(
      'div',
      {
        class: 'arrival',
        'data-arrival': name,
        'data-standing': standing,
        ...(standing === 'arriving' ? {} : { role: 'status' }),
      },
      ...(standing === 'asking' && secrets ? this.question(arrival, secrets) : this.progress(arrival)),
      standing === 'refused'
        ? this.way(id, 'cancel', l10n.t('Close'), 'secondary')
        : standing === 'arriving' && this.way(id, 'cancel', l10n.t('Cancel'), 'secondary'),
    );
  }

  private progress({ name, size, received, standing, sentence }: Arrival): HTMLElement[] {
    if (standing === 'refused') return [el('p', {}, icon('error'), ` ${sentence}`)];
    const bar = el('progress', { 'aria-label': name });
    // the rest is work of unknown length
    if (standing === 'arriving') Object.assign(bar, { max: Math.max(size, 1), value: received });
    return [el('p', {}, name, ' ', el('span', { class: 'quiet' }, sizeText(size))), bar];
  }

  private question({ id, name }: Arrival, { count, kinds, places }: FoundSecrets): HTMLElement[] {
    const found = enumerated(kinds.map((kind) => text(secretWords(kind))));
    const lines = places.map(({ line, kind }) => el('li', {}, l10n.t('line {0}: {1}', line, text(secretWords(kind)))));
    return [
      el(
        'p',
        {},
        icon('warning'),
        ' ',
        l10n.t(
          '{0} holds what looks like secrets: {1} ({2}). Everybody who can read the casebook could read them.',
          name,
          count,
          found,
        ),
      ),
      el(
        'details',
        { 'data-fold': id },
        el('summary', { 'data-focus': `where-${id}` }, l10n.t('Where')),
        el('ul', { class: 'quiet' }, ...lines, count > places.length && el('li', {}, '…')),
      ),
      el(
        'div',
        { class: 'ways' },
        this.way(id, 'mask', l10n.t('Mask them'), 'primary'),
        this.way(id, 'keep', l10n.t('Keep as it is'), 'secondary'),
        this.way(id, 'cancel', l10n.t("Don't add"), 'secondary'),
      ),
    ];
  }

  private way(
    id: string,
    choice: 'mask' | 'keep' | 'cancel',
    label: string,
    look: 'primary' | 'secondary',
  ): HTMLElement {
    const pressed = () => this.send({ do: 'decide', id, choice });
    const element = button({ label, look, does: `file-${choice}`, pressed });
    element.dataset['focus'] = `${choice}-${id}`;
    return element;
  }
}
