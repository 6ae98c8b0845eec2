/** The figures at the top. */
import { type Language, say, w } from '../../../domain/words';
import { el, icon, spoken } from '../../../platform/view/dom';
import type { PageDocument, PageHeadline } from '../pageDocument';
import { figureElement, type ShowCases } from './figure';

const better = w('better than before', '优于上期');
const worse = w('worse than before', '不及上期');

export function headline({ headline: figures, language }: PageDocument, show: ShowCases): HTMLElement {
  return el('ul', { class: 'headline' }, ...figures.map((each) => card(each, language, show)));
}

function card(
  { id, label, cell, detail, change, isBetter }: PageHeadline,
  language: Language,
  show: ShowCases,
): HTMLElement {
  return el(
    'li',
    { class: 'headlineCard', 'data-headline': id },
    el('div', { class: 'headlineLabel' }, label),
    el('div', { class: 'headlineValue' }, figureElement(cell.text, cell.cases, label, show)),
    detail !== '' && el('div', { class: 'headlineDetail' }, detail),
    change !== '' && changeElement(change, isBetter, language),
  );
}

/** Good or bad news by sign, icon and word, never by colour alone. */
function changeElement(change: string, isBetter: boolean | undefined, language: Language): HTMLElement {
  if (isBetter === undefined) return el('div', { class: 'change' }, change);
  return el(
    'div',
    { class: isBetter ? 'change better' : 'change worse' },
    icon(isBetter ? 'pass' : 'warning'),
    el('span', {}, change),
    spoken(say(isBetter ? better : worse, language)),
  );
}
