/** Below a prepared message: its language, its ways out, and the prepared text where the engineer's own stands. */
import * as l10n from '@vscode/l10n';
import { button, link } from '../../../../platform/view/controls';
import type { Language } from '../../../../domain/words';
import { el } from '../../../../platform/view/dom';
import type { Letter } from '../letter';

/** Each in its own language, as they are looked for. */
const languages: readonly (readonly [Language, string])[] = [
  ['en', 'English'],
  ['zh-CN', '中文'],
];

export interface LetterBar {
  readonly element: HTMLElement;
  update(): void;
}

export function letterBar(letter: Letter, label: string, read: () => string, copy: (text: string) => void): LetterBar {
  const choices = languages.map(([language, name]) => {
    const choice = el('button', { class: 'languageChoice', 'data-language': language }, name);
    choice.type = 'button';
    choice.lang = language;
    choice.addEventListener('click', () => letter.choose(language));
    return { language, choice };
  });
  const group = el(
    'span',
    { class: 'languages', role: 'group', 'aria-label': l10n.t('Language of “{0}”', label) },
    ...choices.map(({ choice }) => choice),
  );
  const copyButton = button({
    label: l10n.t('Copy'),
    look: 'secondary',
    icon: 'copy',
    does: 'copy',
    pressed: () => {
      copy(read());
      letter.copied();
    },
  });
  const mail = button({
    label: l10n.t('Open in mail program'),
    look: 'secondary',
    icon: 'mail',
    does: 'mail',
    pressed: () => letter.mail(read()),
  });
  const usePrepared = link(l10n.t('Use the prepared text'), () => letter.usePrepared());
  usePrepared.dataset['do'] = 'usePrepared';
  const undo = link(l10n.t('Put your text back'), () => letter.undo());
  undo.dataset['do'] = 'undoPrepared';
  const own = el('span', {}, l10n.t('Your own text is kept.'), ' ', usePrepared);
  const replaced = el('span', {}, l10n.t('Your text was replaced.'), ' ', undo);
  const note = el('span', { class: 'quiet', role: 'status' }, own, replaced);
  return {
    element: el('div', { class: 'letterBar beside' }, copyButton, mail, group, note),
    update: () => {
      const isEmpty = read().trim() === '';
      const canPrepare = letter.prepared !== undefined;
      for (const each of [copyButton, mail]) each.hidden = isEmpty;
      group.hidden = !canPrepare;
      for (const { language, choice } of choices)
        choice.setAttribute('aria-pressed', String(language === letter.language));
      own.hidden = !canPrepare || !letter.isOwn;
      replaced.hidden = !letter.canUndo;
    },
  };
}
