/** Exactly what will be sent, to be read and in the system's own format, and the button that sends it. */
import * as l10n from '@vscode/l10n';
import { type Block, blocksOf } from '../../../domain/tickets/body';
import type { TicketPreview } from '../../../domain/tickets/tracker';
import { button, setDisabled } from '../../../platform/view/controls';
import { el, icon, place } from '../../../platform/view/dom';
import { type SecretLine, secretsIn } from './fields/secretLine';
import type { FieldSetting } from './fields/input';
import type { TicketRequest } from '../ticketProtocol';
import { listed } from './l10n';

/** What the area needs of the form whose ticket it shows. */
export interface PreviewHost extends Pick<FieldSetting, 'ask'> {
  create(): void;
  /** Puts the masked text into the form: another preview is to be made of it. */
  mask(masked: string): void;
}

export class TicketPreviewArea {
  private readonly secrets: SecretLine;
  /** As the form has it. */
  private plain = '';
  private readonly heading = el('h3', { tabindex: '-1', 'data-focus': 'ticketPreview' });
  private readonly content = el('div');
  private readonly create: HTMLElement;
  readonly element: HTMLElement;

  constructor(host: PreviewHost) {
    const holder = {
      read: () => this.plain,
      write: (masked: string) => host.mask(masked),
      focus: () => undefined,
    };
    this.secrets = secretsIn(holder, host, () => undefined);
    this.create = button({
      label: l10n.t('Create ticket'),
      look: 'primary',
      does: 'createTicket',
      pressed: () => host.create(),
    });
    this.element = el(
      'section',
      { class: 'ticketPreview', 'aria-label': l10n.t('Preview') },
      this.heading,
      this.content,
      this.secrets.element,
      el('div', { class: 'buttons' }, this.create),
    );
    this.element.hidden = true;
  }

  show(isShown: boolean, busy: boolean): void {
    this.element.hidden = !isShown;
    setDisabled(this.create, busy);
  }

  /** @param sent what it is the preview of */
  fill({ request, format, text, values, replaced }: TicketPreview, connection: string, sent: TicketRequest): void {
    const { files } = sent;
    this.plain = sent.text;
    this.secrets.look();
    this.heading.textContent = l10n.t('This is sent to {0}', connection);
    const about = l10n.t('Text ({0})', format);
    const source = el('pre', { class: 'ticketSource', tabindex: '0', role: 'region', 'aria-label': about }, text);
    place(this.content, [
      el('p', {}, el('code', { class: 'ticketRequest' }, request)),
      el('dl', { class: 'captured' }, ...values.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
      el('div', { class: 'ticketReads' }, ...blocksOf(sent.text).map(readable)),
      el('details', {}, el('summary', {}, about), source),
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

/** As the system's page will show it, about; whatever a customer wrote stays text. */
function readable(block: Block): HTMLElement {
  switch (block.is) {
    case 'heading':
      return el('p', { class: 'label' }, block.text);
    case 'paragraph':
      return el('p', {}, block.lines.join('\n'));
    case 'list':
      return el('ol', {}, ...block.items.map((item) => el('li', {}, item)));
    case 'table':
      return el(
        'dl',
        { class: 'captured' },
        ...block.rows.flatMap(([label, value]) => [el('dt', {}, label), el('dd', {}, value)]),
      );
    case 'code':
      return el('pre', {}, block.text);
  }
}
