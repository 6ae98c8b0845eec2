/** What is chosen for the ticket's own system, and when a form is not asked for what the system answers. */
import assert from 'node:assert/strict';
import { emptyCase, type CaseState } from '../../../src/domain/case/state';
import type { Value } from '../../../src/domain/sop/field';
import { closingComment } from '../../../src/domain/text/ticketClosing';
import { ticketName } from '../../../src/domain/tickets/ownTicket';
import type { TicketField } from '../../../src/domain/tickets/tracker';
import { noTickets, type PageTickets } from '../../../src/features/caseForm/ticketProtocol';
import { draftedAction, isFormNow } from '../../../src/features/caseForm/view/draftForms';
import { isUsedUp } from '../../../src/features/caseForm/view/formSpec';
import { leftDrafts } from '../../../src/features/caseForm/view/leftDrafts';
import {
  fieldValue,
  keptOnCase,
  sentAndOver,
  sentAnswers,
  TicketDraft,
  ticketDraftKey,
  unanswered,
} from '../../../src/features/caseForm/view/ticketDraft';
import { answeredThere, ticketOffer } from '../../../src/features/caseForm/view/ticketOffer';
import { valueText } from '../../../src/features/caseForm/view/captured';
import { choiceWords, fieldWords } from '../../../src/features/caseForm/view/ticketWords';
import { issueProcedure } from '../../../src/domain/sop/issue';
import { w } from '../../../src/domain/words';
import { aCase } from '../../builders';

/** Drafts as the page keeps them. */
class Typed {
  readonly forms = new Map<string, Map<string, Value | null>>();
  keys = () => [...this.forms.keys()];
  of = (key: string) => this.forms.get(key) ?? new Map<string, Value | null>();
  edit = (key: string, field: string, value: Value | null | undefined) => {
    const edits = new Map(this.of(key));
    if (value === undefined) edits.delete(field);
    else edits.set(field, value);
    this.forms.set(key, edits);
  };
}

const choices = [
  { value: '1', label: '致命' },
  { value: '3', label: '一般' },
];
const field = (key: string, more: Partial<TicketField> = {}): TicketField => ({
  key,
  label: key,
  type: 'choice',
  required: true,
  choices,
  initial: '3',
  ...more,
});
const connected: PageTickets = { ...noTickets, connection: '禅道' };
const withTicket = (state: CaseState): CaseState => ({ ...state, ticket: { system: '禅道', key: '7', url: '' } });

describe('what is chosen for a ticket system', () => {
  it('starts with what the system starts with, and lets go of what it does not offer any more', () => {
    assert.equal(fieldValue(field('severity'), {}), '3');
    assert.equal(fieldValue(field('severity'), { severity: '1' }), '1');
    assert.equal(fieldValue(field('severity'), { severity: '9' }), '3');
    assert.equal(fieldValue(field('severity', { required: false }), { severity: '' }), '');
    const builds = field('openedBuild', { type: 'choices', initial: '1' });
    assert.deepEqual(fieldValue(builds, {}), ['1']);
    assert.deepEqual(fieldValue(builds, { openedBuild: ['3', '9'] }), ['3']);
    assert.deepEqual(fieldValue(builds, { openedBuild: [] }), []);
  });

  it('sends what holds something, names what is required and empty, and keeps type and severity on the case', () => {
    const fields = [
      field('severity'),
      field('type', { initial: '' }),
      field('note', { type: 'text', choices: [], initial: '', required: false }),
    ];
    assert.deepEqual(sentAnswers(fields, { note: 'x' }), { severity: '3', note: 'x' });
    assert.deepEqual(
      unanswered(fields, {}).map(({ key }) => key),
      ['type'],
    );
    const said = (_key: string, label: string) => label;
    assert.deepEqual(keptOnCase(fields, { type: '1' }, said), { ticketType: '致命', severity: '一般' });
  });

  it('is kept as a draft, whatever a hand has made of it', () => {
    const typed = new Typed();
    const draft = new TicketDraft(typed, ticketDraftKey('createTicket'));
    draft.answer('severity', '1');
    draft.answer('openedBuild', ['1', '3']);
    assert.deepEqual(draft.answers(), { severity: '1', openedBuild: ['1', '3'] });
    for (const broken of ['{', '[]', 'null', '{"a":1}']) {
      draft.edit('answers', broken);
      assert.deepEqual(draft.answers(), {});
    }
  });

  it('goes when the case has gone on after it was sent, and is never taken for something unsent', () => {
    const { state } = aCase().until('3.1');
    const typed = new Typed();
    typed.edit('ticket/createTicket', 'answers', '{"severity":"1"}');
    typed.edit('createTicket', 'sent', 'half typed');
    typed.edit('note', 'text', 'another');
    const isNow = (key: string) => isFormNow(issueProcedure, state, key);
    assert.deepEqual(typed.keys().filter(sentAndOver(typed, isNow)), []);
    // what stands in a ticket's own draft is a system's choice, and no text that anybody misses
    assert.deepEqual(
      leftDrafts(issueProcedure, state, typed, 'me').map(({ key }) => key),
      ['createTicket'],
    );
    typed.edit('ticket/createTicket', 'isSent', true);
    assert.deepEqual(typed.keys().filter(sentAndOver(typed, isNow)), ['ticket/createTicket', 'createTicket']);
    assert.ok(isUsedUp('ticket/createTicket', 'createTicket', ''));
    assert.equal(draftedAction('ticket/route'), 'route');
    assert.ok(isNow('ticket/route') && !isNow('ticket/close'));
  });
});

describe('what a ticket system does instead of a form', () => {
  const bare = emptyCase('ISS-20261122-7K3F', 'issue');

  it('depends on the connection, and on whether there is a ticket', () => {
    const kinds = (state: CaseState) =>
      ['createTicket', 'submit', 'route', 'close', 'plan'].map((action) => ticketOffer(action, state, connected)?.kind);
    assert.deepEqual(kinds(bare), ['create', 'create', undefined, undefined, undefined]);
    assert.deepEqual(kinds(withTicket(bare)), ['reactivate', undefined, 'assign', 'close', undefined]);
    assert.equal(ticketOffer('createTicket', bare, { ...connected, connection: '' }), undefined);
  });

  it('asks for everything where somebody enters it by hand', () => {
    const typed = new Typed();
    assert.ok(answeredThere('createTicket', bare, connected, typed).includes('ticketKey'));
    assert.ok(answeredThere('close', withTicket(bare), connected, typed).includes('ticketStatus'));
    typed.edit('ticket/createTicket', 'way', 'hand');
    assert.deepEqual(answeredThere('createTicket', bare, connected, typed), []);
    assert.deepEqual(answeredThere('createTicket', bare, { ...connected, connection: '' }, new Typed()), []);
  });

  it("calls ZenTao's fields as its own pages do", () => {
    const severity = { key: 'severity', label: 'Severity' };
    assert.deepEqual(fieldWords('zentao', severity), { en: 'Severity', zh: '严重程度' });
    // a company's own word stays
    assert.deepEqual(fieldWords('jira', { key: 'customfield_10010', label: '严重程度' }).zh, '严重程度');
    assert.deepEqual(choiceWords('zentao', 'type', 'Code error').zh, '代码错误');
    assert.deepEqual(choiceWords('jira', 'components', 'Performance').zh, 'Performance');
  });

  it('says which end of bare numbers is the worse one, and leaves the levels that a company named', () => {
    const levels = ['1', '2', '4', '致命'].map((level) => choiceWords('zentao', 'severity', level));
    assert.deepEqual(
      levels.map(({ en }) => en),
      ['1 (most severe)', '2', '4 (least severe)', '致命'],
    );
    assert.deepEqual(choiceWords('zentao', 'pri', '1'), { en: '1 (highest)', zh: '1（最高）' });
    assert.equal(choiceWords('zentao', 'openedBuild', '1').en, '1');
    const kept = keptOnCase(
      [field('severity', { choices: [{ value: '1', label: '1' }], initial: '1' })],
      {},
      (key, label) => choiceWords('zentao', key, label).en,
    );
    assert.deepEqual(kept, { severity: '1 (most severe)' });
  });

  it('names a ticket and its status in words, wherever the case tells of them', () => {
    const told = { key: 'status', type: 'text', label: w('Status', '状态') } as const;
    assert.equal(valueText(told, 'active'), 'Active');
    assert.equal(valueText({ ...told, key: 'ticketStatus' }, 'closed'), 'Closed');
    assert.equal(valueText({ ...told, key: 'title' }, 'closed'), 'closed');
    assert.deepEqual(['1042', 'ED-24', ''].map(ticketName), ['#1042', 'ED-24', '']);
  });

  it('closes a ticket with what became of the case', () => {
    const fixed = aCase().until('5.1').state;
    assert.match(
      closingComment(fixed, 'zh-CN', { disposition: 'fixed' }),
      /^已在客户生产环境验证通过。\n[^]*案例编号：ISS-/,
    );
    const request = aCase('request').until('4.1').state;
    const notAdopted = closingComment(request, 'en', { conclusion: 'notAdopted', reason: 'too costly' });
    assert.match(notAdopted, /too costly\nCase: REQ-/);
    assert.ok(!notAdopted.includes('Verified'));
  });
});
