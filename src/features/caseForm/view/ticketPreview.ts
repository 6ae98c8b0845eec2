/** Exactly what will be sent, in the system's own format, and the button that sends it. */
import * as l10n from '@vscode/l10n';
import type { TicketPreview } from '../../../domain/tickets/tracker';
import { button, setDisabled } from '../../../platform/view/controls';
import { el, icon, place } from '../../../platform/view/dom';
import { listed } from './l10n';

export class TicketPreviewArea {
  private readonly heading = el('h3', { tabindex: '-1', 'data-focus': 'ticketPreview' });
  private readonly content = el('div');
  private readonly create: HTMLElement;
  readonly element: HTMLElement;

  constructor(create: () => void) {
    this.create = button({
      label: l10n.t('Create ticket'),
      look: 'primary',
      does: 'createTicket',
      pressed: create,
    });
    this.element = el(
      'section',
      { class: 'ticketPreview', 'aria-label': l10n.t('Preview') },
      this.heading,
      this.content,
      el('div', { class: 'buttons' }, this.create),
    );
    this.element.hidden = true;
  }

  show(isShown: boolean, busy: boolean): void {
    this.element.hidden = !isShown;
    setDisabled(this.create, busy);
  }

  fill({ request, format, text, values, replaced }: TicketPreview, connection: string, files: readonly string[]): void {
    this.heading.textContent = l10n.t('This is sent to {0}', connection);
    const about = l10n.t('Text ({0})', format);
    const source = el('pre', { class: 'ticketSource', tabindex: '0', role: 'region', 'aria-label': about }, text);
    place(this.content, [
      el('p', {}, el('code', { class: 'ticketRequest' }, request)),
      el('dl', { class: 'captured' }, ...values.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
      el('p', { class: 'label' }, about),
      source,
      ...(replaced === ''
        ? []
        : [
            el(
              'p',
              { class: 'ticketReplaced' },
              icon('info'),
              ' ',
              l10n.t('The system cannot store some characters; they are sent as: {0}', replaced),
            ),
          ]),
      el(
        'p',
        { class: 'hint' },
        files.length === 0 ? l10n.t('No file is sent along.') : l10n.t('Files sent along: {0}', listed(files)),
      ),
    ]);
  }

  /** What was asked for is read, not passed over. */
  focus(): void {
    this.element.scrollIntoView({ block: 'nearest' });
    this.heading.focus({ preventScroll: true });
  }
}
