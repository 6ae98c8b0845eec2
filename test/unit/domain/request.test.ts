/** The request procedure, step by step: each guard refuses by name and passes once fulfilled; each loop leads where it must. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lastCheck } from '../../../src/domain/sop/requestStatus';
import { aRequest, DAY, iso, type Play, type Raw } from './play';

/** Logs a status; `at` and the next follow-up are filled in. */
function checks(play: Play, status: string, values: Raw = {}): Play {
  return play.usual('check', { status, ...values });
}

describe('Request 1 and 2: intake, ticket, first reply, alignment', () => {
  it('records content, background, value and goal', () => {
    const play = aRequest().does('save', { content: null, goal: null, customer: null }, 'record');
    play.refuses('record', {}, ['required:content@content', 'required:goal@goal', 'required:customer@customer']);
    play.refusesUsual('record', { receivedAt: iso(play.now + DAY) }, ['future:receivedAt']);
    play.usual('record').isAt('1.2');
  });

  it('links the ticket and routes it to the manager', () => {
    const play = aRequest('1.2');
    const all = ['sent', 'system', 'ticketKey', 'manager', 'routedAt'].map((key) => `required:${key}@${key}`);
    play.refuses('submit', {}, all).refusesUsual('submit', { manager: undefined }, ['required:manager']);
    play.refusesUsual('submit', { routedAt: iso(play.now + DAY) }, ['future:routedAt']);
    play.usual('submit', { ticketKey: 'REQ-9' }).isAt('2.1');
    assert.equal(play.state.ticket?.key, 'REQ-9');
    play.does('correct', { ticketKey: 'REQ-8', reason: 'a typo' }, 'submit');
    assert.equal(play.state.ticket?.key, 'REQ-8');
  });

  it('tells the customer, and no reason excuses the message', () => {
    const play = aRequest('2.1').refuses(
      'firstReply',
      {},
      ['text', 'channel', 'sentAt', 'sender'].map((key) => `required:${key}`),
    );
    play.cannotExcuse('firstReply', 'required:text').refusesUsual('firstReply', { text: '  ' }, ['required:text']);
    play
      .refusesUsual('firstReply', { sentAt: iso(play.now + DAY) }, ['future:sentAt'])
      .usual('firstReply')
      .isAt('2.2');
    assert.equal(play.state.messages[0]?.to, 'customer');
  });

  it('waits until the manager understands and no question is open', () => {
    const play = aRequest('2.2').refuses('align', {}, ['required:restatement', 'required:understood', 'talk']);
    play.refuses('talk', {}, ['required:content', 'required:at']).usual('talk').isAt('2.2');
    play.refusesUsual('align', { understood: false }, ['required:understood']);
    const open = [{ question: 'For all tenants?', answer: '' }];
    play.refusesUsual('align', { questions: open }, ['open-questions@questions']);
    play.does('save', { questions: open }, 'align').usual('align').isAt('3.1');
    assert.deepEqual(play.state.values['align']?.['questions'], [{ question: 'For all tenants?', answer: 'Yes' }]);
  });
});

describe('Request 3: follow-up and feedback', () => {
  it('names what each status needs', () => {
    const play = aRequest('3.1')
      .refuses('check', {}, ['required:status', 'required:at'])
      .cannotExcuse('check', 'required:status');
    play.refusesUsual('check', { status: 'scheduled', version: undefined }, ['required:version@version']);
    play.refusesUsual('check', { status: 'notAdopted', reason: undefined, final: undefined }, [
      'required:reason',
      'required:final',
    ]);
    play.refusesUsual('check', { status: 'other', reason: undefined }, ['required:reason']);
    play.refusesUsual('check', { status: 'waiting', nextAt: undefined }, ['required:nextAt@nextAt']);
    play.refusesUsual('check', { status: 'waiting', at: iso(play.now + DAY) }, ['future:at']);
    checks(play, 'released', { nextAt: undefined }).isAt('3.2');
  });

  it("keeps the next follow-up within the interval: two weeks, the case's own, or the long one of a parked request", () => {
    const play = aRequest('3.1');
    const inDays = (days: number) => ({ nextAt: iso(play.now + days * DAY) });
    play.refusesUsual('check', { status: 'waiting', ...inDays(15) }, ['interval@nextAt']);
    play.refusesUsual('check', { status: 'waiting', intervalDays: 7, ...inDays(8) }, ['interval']);
    checks(play, 'waiting', { intervalDays: 30, ...inDays(29) }).isAt('3.1');
    // the interval is the case's own: it holds for the next check as well, everything else is asked anew
    play.refuses('check', {}, ['required:status', 'required:at']);
    checks(play, 'waiting', inDays(29)).isAt('3.1');
    play.refusesUsual('check', { status: 'notAdopted', final: false, intervalDays: null, ...inDays(91) }, ['interval']);
    checks(play, 'notAdopted', { final: false, intervalDays: null, ...inDays(89) }).isAt('3.2');
  });

  it('stays at 3.1 while nothing changes, and tells every change', () => {
    const play = checks(aRequest('3.1'), 'waiting').isAt('3.1');
    checks(play, 'underEvaluation').isAt('3.2').usual('sync').isAt('3.1');
    checks(play, 'underEvaluation').isAt('3.1');
    assert.equal(lastCheck(play.state)?.told, true);
    checks(play, 'scheduled', { version: '6.0' }).isAt('3.2');
    for (const code of ['message:version', 'required:text']) play.cannotExcuse('sync', code);
    play.refusesUsual('sync', { text: 'It is planned.' }, ['message:version@text']).usual('sync').isAt('3.1');
    checks(play, 'scheduled', { version: '6.1' }).isAt('3.2');
    play.refusesUsual('sync', { sentAt: iso(play.now + DAY) }, ['future:sentAt']).usual('sync');
    assert.deepEqual(play.state.values['sync'], undefined);
    assert.equal(play.state.messages.filter((message) => message.purpose === 'status').length, 3);
  });

  it('keeps following a request that is not adopted for now', () => {
    const play = checks(aRequest('3.1'), 'notAdopted', { final: false, reason: 'no capacity this year' }).isAt('3.2');
    play.refusesUsual('sync', { text: 'Not now.' }, ['message:reason@text']);
    play.usual('sync', { text: 'Not now: no capacity\n  this year' }).isAt('3.1').holds();
    checks(play, 'notAdopted', { final: false, reason: 'no capacity this year' }).isAt('3.1');
    checks(play, 'notAdopted', { final: true, reason: 'no capacity this year' })
      .isAt('3.2')
      .usual('sync')
      .isAt('4.1')
      .holds();
  });

  it('leaves 3.2 with a message only, or back to ask again', () => {
    const play = checks(aRequest('3.1'), 'released', { version: '6.0' });
    play
      .refuses('close', play.form('close'), ['not-now'])
      .does('goBack', { to: '3.1', reason: 'that was another request' });
    checks(play, 'waiting').isAt('3.1').refuses('sync', play.form('sync'), ['not-now']);
  });
});

describe('Request 4.1: closing', () => {
  it('closes with exactly what the customer was told', () => {
    const play = aRequest('4.1');
    const fields = ['conclusion', 'ticketStatus', 'ticketClosedAt', 'closedAt'];
    play.refuses(
      'close',
      {},
      fields.map((key) => `required:${key}`),
    );
    for (const code of ['required:conclusion', 'customer-not-told', 'other-conclusion'])
      play.cannotExcuse('close', code);
    play.refusesUsual('close', { conclusion: 'notAdopted', reason: 'x' }, ['other-conclusion@conclusion']);
    play.refusesUsual('close', { version: '9.9' }, ['other-conclusion']);
    play.refusesUsual('close', { releasedOn: undefined }, ['required:releasedOn']);
    play.refusesUsual('close', { closedAt: iso(play.now + DAY), ticketClosedAt: iso(play.now + DAY) }, [
      'future:closedAt',
      'future:ticketClosedAt',
    ]);
    play.usual('close').holds();
    assert.equal(play.state.status, 'closed');
    assert.equal(play.state.closures[0]?.disposition, 'released');
  });

  it('wants the told reason of one that is not adopted', () => {
    const play = checks(aRequest('3.1'), 'notAdopted', { final: true, reason: 'out of scope' })
      .usual('sync')
      .isAt('4.1');
    play.refusesUsual('close', { reason: 'we forgot' }, ['other-conclusion']).usual('close').holds();
    assert.equal(play.state.status, 'closed');
  });

  it('finds its way back from a second look: the same conclusion needs no second message, another one does', () => {
    const play = aRequest('4.1').does('goBack', { to: '3.1', reason: 'is it really out?' });
    checks(play, 'released', { version: '5.2.1' }).isAt('4.1').does('goBack', { to: '3.1', reason: 'again' });
    checks(play, 'released', { version: '5.2.2' }).isAt('3.2').usual('sync').isAt('4.1').usual('close').holds();
  });

  it('reopens at 3.1 in the next round, where nothing told before counts', () => {
    const play = aRequest('4.1')
      .usual('linkArticle', { path: 'a.md' })
      .usual('close')
      .refuses('reopen', {}, ['required:reason']);
    play.usual('reopen').isAt('3.1', 2).holds();
    assert.ok(play.state.articles[0]?.flagged);
    assert.equal(lastCheck(play.state), undefined);
    play.refuses('goBack', { to: '2.2', reason: 'x' }, ['go-back']).refuses('reopen', { reason: 'x' }, ['not-now']);
    checks(play, 'released').isAt('3.2', 2).usual('sync').usual('close').holds();
    assert.equal(play.state.closures.length, 2);
  });

  it('is taken up again where it was withdrawn', () => {
    for (const step of ['1.1', '2.2', '3.1', '3.2', '4.1']) {
      const play = aRequest(step).usual('withdraw').refuses('reopen', {}, ['required:reason']);
      play.does('reopen', { reason: 'withdrawn by mistake' }).isAt(step, 1).holds();
      assert.equal(play.state.visits.at(-1)?.reopened, 'withdrawn by mistake');
      assert.deepEqual(play.state.reactivations, []);
    }
    aRequest('3.1').usual('merge').refuses('reopen', {}, ['not-now']);
  });

  it('is withdrawn or merged, and knows no urgency', () => {
    assert.equal(aRequest('2.2').usual('withdraw').state.status, 'withdrawn');
    assert.equal(aRequest('3.1').usual('merge').state.status, 'merged');
    aRequest('3.1').refuses('changeUrgency', {}, ['unknown-action']).refuses('convert', {}, ['unknown-action']);
  });
});
