/** Beside the form: how the ticket stands, what it offers, and what waits to be sent. */
import * as l10n from '@vscode/l10n';
import { ticketFlagWords } from '../../../domain/caseWords';
import type { TicketSighting } from '../../../domain/case/state';
import { findAction } from '../../../domain/sop/procedure';
import { requestProgresses, ticketStanding } from '../../../domain/sop/ticketLog';
import { personName } from '../../../domain/person';
import { isClosedUnverified, type Offer, planOffer, statusOffer } from '../../../domain/tickets/standing';
import { ticketName } from '../../../domain/tickets/ownTicket';
import { ticketStatusWords } from '../../../domain/tickets/statusWords';
import { button, link, setDisabled } from '../../../platform/view/controls';
import type { App } from './app';
import { textElement, valueText } from './captured';
import { el, icon } from '../../../platform/view/dom';
import { isFormNow } from './draftForms';
import { day, dotted, lately, text, when } from './l10n';
import { hasTicketWay } from './ticketWay';

/** Empty where there is no ticket, and none waits to be made. */
export function ticketSection(app: App): readonly HTMLElement[] {
  const { state } = app.page;
  const standing = ticketStanding(state);
  return [
    ...ticketLink(app),
    ...(isClosedUnverified(state) ? [flag()] : []),
    ...(standing ? [facts(standing), ...newestComment(standing)] : []),
    ...offers(app),
    ...looked(app),
    ...waiting(app),
    ...(state.ticket ? [app.ticketActs.element] : []),
  ];
}

function ticketLink(app: App): HTMLElement[] {
  const known = app.page.state.ticket;
  if (!known) return [];
  const name = dotted([ticketName(known.key), known.system]);
  return [
    isWebAddress(known.url)
      ? el(
          'p',
          {},
          link(name, () => app.send({ type: 'openUrl', url: known.url })),
          ' ',
          icon('link-external'),
        )
      : el('p', {}, known.url === '' ? name : `${name} · ${known.url}`),
  ];
}

/** Nothing else is ever offered as a link: a case's text is anybody's text. */
function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}

/** A closed ticket closes no case (spec L32, L33). */
function flag(): HTMLElement {
  return el(
    'p',
    { class: 'ticketFlag', 'data-flag': 'closedUnverified' },
    icon('warning'),
    ' ',
    text(ticketFlagWords.closedUnverified),
  );
}

function facts(standing: TicketSighting): HTMLElement {
  const request = requestProgresses.find(({ value }) => value === standing.request)?.label;
  const rows: readonly (readonly [label: string, value: string])[] = [
    [
      l10n.t('Status'),
      dotted([...new Set([standing.status, standing.resolution].map((each) => text(ticketStatusWords(each))))]),
    ],
    [l10n.t('Request'), request ? text(request) : ''],
    [l10n.t('Assigned to'), personName(standing.assignee)],
    [l10n.t('Fix version'), standing.fixVersion],
    [l10n.t('Due date'), standing.dueDate === '' ? '' : day(standing.dueDate)],
  ];
  const shown = rows.filter(([, value]) => value !== '');
  return el(
    'dl',
    { class: 'ticketFacts' },
    ...shown.flatMap(([label, value]) => [el('dt', {}, label), el('dd', {}, value)]),
  );
}

function newestComment({ commentText, commentBy, commentAt }: TicketSighting): HTMLElement[] {
  if (commentText.trim() === '') return [];
  const title = dotted([l10n.t('Newest comment'), personName(commentBy), commentAt === '' ? '' : when(commentAt)]);
  return [
    el(
      'details',
      { class: 'message', 'data-fold': 'ticketComment' },
      el('summary', {}, title),
      textElement(commentText),
    ),
  ];
}

/** What the tracker says, to be taken over into a form: nothing is recorded by it (spec L30, L50). */
function offers(app: App): HTMLElement[] {
  const { state, language, readOnly } = app.page;
  const offer = planOffer(state, language) ?? statusOffer(state, language);
  if (!offer || readOnly !== '') return [];
  const take = button({
    label: offerLabel(app, offer),
    look: 'primary',
    does: 'takeOver',
    pressed: () => {
      for (const [key, value] of Object.entries(offer.values)) app.drafts.edit(offer.action, key, value);
      app.openForm(offer.action);
      app.say(l10n.t('Filled in from the ticket. Check it, then record it.'));
    },
  });
  setDisabled(take, app.busy);
  take.dataset['focus'] = 'takeOver';
  const hint =
    offer.action === 'revisePlan'
      ? l10n.t('The ticket says {0}. The customer is asked again.', offerText(app, offer))
      : l10n.t('The ticket says {0}.', offerText(app, offer));
  const typed = app.drafts.of(offer.action);
  const isTaken = Object.entries(offer.values).every(([key, value]) => typed.get(key) === value);
  return [
    el(
      'div',
      { class: 'ticketOffer', 'data-offer': offer.action },
      el('p', {}, icon('info'), ' ', hint),
      isTaken ? el('p', { class: 'quiet' }, l10n.t('Filled in from the ticket. Check it, then record it.')) : take,
    ),
  ];
}

function offerLabel(app: App, offer: Offer): string {
  switch (offer.action) {
    case 'plan':
      return l10n.t('Take over as the plan');
    case 'revisePlan':
      return l10n.t('New plan revision');
    case 'check':
      return l10n.t('Take over: {0}', offerText(app, offer));
  }
}

/** "3.2.2 · 5 Dec 2026", "Scheduled · 3.2": what is new, as the form names it. */
function offerText({ procedure, page }: App, { action, values }: Offer): string {
  const fields = findAction(procedure, action)?.fields ?? [];
  const kept = page.state.values[action];
  const told = Object.entries(values).filter(([key, value]) => {
    return !['approach', 'reason'].includes(key) && (action !== 'plan' || kept?.[key] !== value);
  });
  return dotted(
    told.map(([key, value]) =>
      valueText(
        fields.find((field) => field.key === key),
        value,
      ),
    ),
  );
}

/** "Looked at 14:02", or why not. */
function looked(app: App): HTMLElement[] {
  const { state, tickets, readOnly } = app.page;
  if (!state.ticket || readOnly !== '') return [];
  const { connection, seenAt, unread, needsSignIn } = tickets;
  if (connection === '') return [];
  const refresh = commandButton(app, l10n.t('Look at it now'), 'refreshTicket', '');
  if (unread === '' && !needsSignIn) {
    const line = seenAt === '' ? l10n.t('Not looked at yet') : l10n.t('Looked at {0}', lately(seenAt));
    return [
      el('p', { class: 'quiet', 'data-ticket': 'looked' }, line),
      el('div', { class: 'buttons ticketLook' }, refresh),
    ];
  }
  const reason = unread === '' ? l10n.t('sign-in needed') : unread;
  const line =
    seenAt === ''
      ? l10n.t('Not looked at yet: {0}.', reason)
      : l10n.t('Not seen since {0}: {1}.', lately(seenAt), reason);
  const signIn = needsSignIn ? [commandButton(app, l10n.t('Sign in'), 'signIn', connection)] : [refresh];
  return [
    el('p', { class: 'ticketFlag', 'data-ticket': 'unread' }, icon('debug-disconnect'), ' ', line),
    el('div', { class: 'buttons ticketLook' }, ...signIn),
  ];
}

function waiting(app: App): HTMLElement[] {
  const { tickets, state } = app.page;
  const held = tickets.waiting.filter(({ isHeldUp }) => isHeldUp);
  const isTold = state.ticket !== undefined && tickets.needsSignIn;
  return held.map(({ action, what, standing, standingText, sentence, needsSignIn, connection }) => {
    const needsPerson = standing === 'needsPerson';
    // its form says why, and has the ways out
    const isInForm = hasTicketWay(action) && isFormNow(app.procedure, state, action);
    return el(
      'div',
      { class: needsPerson ? 'ticketWaits needsPerson' : 'ticketWaits', 'data-ticket': 'waits' },
      el(
        'p',
        {},
        icon(needsPerson ? 'warning' : 'clock'),
        ' ',
        l10n.t('Waits to be sent: {0}; {1}', what, standingText),
        ' · ',
        doing(
          'outbox',
          link(l10n.t('Outbox'), () => app.send({ type: 'command', command: 'showOutbox', argument: '' })),
        ),
      ),
      sentence !== '' && !isInForm && el('p', { class: 'quiet' }, sentence),
      needsSignIn && !isTold && commandButton(app, l10n.t('Sign in'), 'signIn', connection),
    );
  });
}

function commandButton(app: App, label: string, command: 'refreshTicket' | 'signIn', argument: string): HTMLElement {
  const element = button({
    label,
    look: 'secondary',
    does: command,
    pressed: () => app.send({ type: 'command', command, argument }),
  });
  element.dataset['focus'] = command;
  return element;
}

function doing(what: string, element: HTMLElement): HTMLElement {
  element.dataset['do'] = what;
  return element;
}
