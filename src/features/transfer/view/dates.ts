/** How the dates of the file are read. */
import * as l10n from '@vscode/l10n';
import type { Mapping } from '../../../domain/transfer/mapping';
import { radioGroup, textField } from '../../../platform/view/controls';
import { el, icon } from '../../../platform/view/dom';
import type { ImportPage } from '../protocol';
import { labelled } from './labelled';

/** Which of day and month comes first, and the zone of dates that name none. */
export function datesPart(page: ImportPage, mapping: Mapping, change: (mapping: Mapping) => void): HTMLElement {
  const order = radioGroup(
    [
      { value: 'dmy', label: l10n.t('Day first: 31/12/2026') },
      { value: 'mdy', label: l10n.t('Month first: 12/31/2026') },
    ],
    () => change({ ...mapping, dateOrder: order.read() === 'mdy' ? 'mdy' : 'dmy' }),
  );
  order.write(mapping.dateOrder ?? '');
  const zone = textField(() => undefined);
  zone.write(mapping.zone);
  zone.element.dataset['focus'] = 'zone';
  zone.element.addEventListener('change', () => change({ ...mapping, zone: zone.read().trim() }));
  const said = {
    dmy: l10n.t('The file itself shows that the day comes first.'),
    mdy: l10n.t('The file itself shows that the month comes first.'),
    either: l10n.t('The dates of this file can be read both ways. Choose.'),
    mixed: l10n.t('Dates of both orders are mixed in the mapped columns.'),
    none: l10n.t('The dates of this file can be read in one way only.'),
  }[page.order];
  const isOpen = page.order === 'either';
  return el(
    'div',
    { class: 'fields' },
    isOpen
      ? labelled(l10n.t('Day and month'), order, said)
      : el('p', { class: 'said' }, icon(page.order === 'mixed' ? 'error' : 'info'), ` ${said}`),
    labelled(l10n.t('Time zone'), zone, l10n.t('Of dates that name none, for example Asia/Shanghai.')),
  );
}
