/** A number of the report that leads to the cases behind it. */
import * as l10n from '@vscode/l10n';
import { numberText } from '../../../domain/report/sayFigures';
import { el } from '../../../platform/view/dom';
import type { PageFigure } from '../pageDocument';

/** @param about what the figure is of, for the list of its cases: "Received · Q3 2026" */
export type ShowCases = (figure: PageFigure, about: string) => void;

export function casesWords({ count }: PageFigure): string {
  return count === 1 ? l10n.t('Show the case behind it') : l10n.t('Show the {0} cases behind it', numberText(count));
}

/** As it is read: a button where there are cases, otherwise its text. */
export function figureElement(
  text: string,
  cases: PageFigure | undefined,
  about: string,
  show: ShowCases,
): HTMLElement | string {
  if (!cases) return text;
  const words = casesWords(cases);
  // the words come after the number, so that who speaks to the computer can say what is written there
  const button = el('button', { class: 'figure', title: words, 'aria-label': `${text}, ${words}` }, text);
  button.type = 'button';
  button.addEventListener('click', () => show(cases, about));
  return button;
}
