/** Below a text for a group: sends it by the group's bot, and says what came of it. */
import * as l10n from '@vscode/l10n';
import { secretWords } from '../../../../domain/attachments/secretWords';
import { button, type Control, dropdown, link, setDisabled } from '../../../../platform/view/controls';
import type { Answers } from '../../protocol';
import type { GroupNews } from '../../groupProtocol';
import { el, icon, place } from '../../../../platform/view/dom';
import type { GroupLetter } from '../groupLetter';
import { enumerated, listed, text as worded } from '../l10n';

export interface GroupBar {
  readonly element: HTMLElement;
  update(): void;
}

export function groupBar(letter: GroupLetter, read: () => string): GroupBar {
  const ways = el('div', { class: 'beside' });
  const outcome = el('div', { class: 'groupOutcome', role: 'status', 'data-told': '' });
  const element = el('div', { class: 'groupBar' }, ways, outcome);
  let chosen: { readonly of: string; readonly control: Control } | undefined;
  let drawn: string | undefined;
  let buttons: readonly HTMLElement[] = [];

  const say = (tone: 'info' | 'warning', sentence: string, ...more: readonly HTMLElement[]) => {
    outcome.dataset['told'] = tone;
    const said = el('div', { class: 'groupSaid' }, icon(tone), el('span', {}, sentence));
    place(outcome, sentence === '' ? [] : [said, ...more]);
    outcome.hidden = sentence === '';
  };
  const group = () => (letter.groups.length > 1 ? (chosen?.control.read() ?? '') : (letter.groups[0] ?? ''));

  const send = async (text: string) => {
    const to = group();
    say('info', l10n.t('Sending to {0}…', to));
    tell(await letter.tell(to, text), to);
    update();
  };
  const tell = (news: GroupNews, to: string) => {
    switch (news.is) {
      case 'sent':
        say('info', '');
        letter.say(l10n.t('{0} was told.', to));
        return;
      case 'waiting':
        // the notice at the top says the rest, for as long as it waits
        say('warning', letter.isLead ? l10n.t('The R&D lead has not been told yet: call them now.') : news.sentence);
        return;
      case 'busy':
        say('info', l10n.t('It is being sent already.'));
        return;
      case 'refused':
        say('warning', l10n.t('Not sent. Still missing: {0}', listed(news.missing.map((item) => worded(item.text)))));
        return;
      case 'failed':
        say('warning', news.sentence);
    }
  };
  const askAboutSecrets = (found: Answers['secrets'], text: string) => {
    const kinds = enumerated(found.kinds.map((kind) => worded(secretWords(kind))));
    const masked = button({
      label: l10n.t('Mask them'),
      look: 'secondary',
      does: 'maskForGroup',
      pressed: () => {
        letter.mask(found.masked);
        say('info', l10n.t('Masked. Look at the text, then send it.'));
      },
    });
    const anyway = button({
      label: l10n.t('Send as it is'),
      look: 'secondary',
      does: 'sendSecrets',
      pressed: () => void send(text),
    });
    say('warning', l10n.t('Not sent yet. This looks like secrets: {0} ({1}).', found.count, kinds), masked, anyway);
    masked.focus();
  };
  const begin = async () => {
    const text = read();
    if (text.trim() === '') return;
    const found = await letter.secretsIn(text);
    // without an answer the page has said why; typed on meanwhile: what is sent must be what was looked at
    if (!found || read() !== text) return;
    if (found.count > 0) askAboutSecrets(found, text);
    else await send(text);
  };

  const draw = () => {
    const { groups, unconnected, question } = letter;
    const one = groups.length === 1 ? groups[0] : undefined;
    const of = groups.join('\n');
    if (groups.length > 1 && chosen?.of !== of) {
      const control = dropdown(
        groups.map((each) => ({ value: each, label: each })),
        () => undefined,
      );
      control.write(groups[0] ?? '');
      control.describe({ label: l10n.t('Group'), required: true, invalid: false, details: '' });
      chosen = { of, control };
    }
    const sendLabel =
      one === undefined
        ? letter.isWholeForm
          ? l10n.t('Send to the group and record')
          : l10n.t('Send to the group')
        : letter.isWholeForm
          ? l10n.t('Send to {0} and record', one)
          : l10n.t('Send to {0}', one);
    const sending =
      groups.length > 0 && read().trim() !== ''
        ? button({
            label: sendLabel,
            look: letter.isLead ? 'primary' : 'secondary',
            icon: 'send',
            does: 'tellGroup',
            pressed: () => void begin(),
          })
        : undefined;
    const asking =
      question === undefined
        ? undefined
        : button({
            label: l10n.t('Prepare the question to R&D'),
            look: 'secondary',
            icon: 'comment',
            does: 'prepareQuestion',
            pressed: () => letter.ask(),
          });
    const connecting =
      unconnected === undefined ? undefined : link(l10n.t("Connect this group's bot…"), () => letter.connect());
    if (connecting) connecting.dataset['do'] = 'connectBot';
    buttons = [sending, asking].filter((each) => each !== undefined);
    const picking = sending && groups.length > 1 ? chosen?.control.element : undefined;
    place(
      ways,
      [asking, picking, sending, connecting].filter((each) => each !== undefined),
    );
  };

  const update = () => {
    const { groups, unconnected, question } = letter;
    const wanted = JSON.stringify([groups, unconnected, question !== undefined, read().trim() !== '']);
    if (wanted !== drawn) {
      drawn = wanted;
      draw();
    }
    for (const each of buttons) setDisabled(each, letter.isBusy || letter.isUnderWay);
    element.hidden = ways.childElementCount === 0 && outcome.hidden;
  };
  say('info', '');
  return { element, update };
}
