/** The figures at the top. */
import * as l10n from '@vscode/l10n';
import { el, icon, spoken } from '../../../platform/view/dom';
import type { PageDocument, PageHeadline } from '../pageDocument';
import { figureElement, type ShowCases } from './figure';

export function headline({ headline: figures }: PageDocument, show: ShowCases): HTMLElement {
  return el('ul', { class: 'headline' }, ...figures.map((each) => card(each, show)));
}

function card({ id, label, cell, detail, change, isBetter }: PageHeadline, show: ShowCases): HTMLElement {
  return el(
    'li',
    { class: 'headlineCard', 'data-headline': id },
    el('div', { class: 'headlineLabel' }, label),
    el('div', { class: 'headlineValue' }, figureElement(cell.text, cell.cases, label, show)),
    detail !== '' && el('div', { class: 'headlineDetail' }, detail),
    change !== '' && changeElement(change, isBetter),
  );
}

/** Good or bad news by sign, icon and word, never by colour alone. */
function changeElement(change: string, isBetter: boolean | undefined): HTMLElement {
  if (isBetter === undefined) return el('div', { class: 'change' }, change);
  return el(
    'div',
    { class: isBetter ? 'change better' : 'change worse' },
    icon(isBetter ? 'pass' : 'warning'),
    el('span', {}, change),
    spoken(isBetter ? l10n.t('better than before') : l10n.t('worse than before')),
  );
}
