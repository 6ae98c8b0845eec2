/** What is to be written next, and the first response: both are read off the messages that were logged as sent. */
import { strict as assert } from 'node:assert';
import { firstResponseAt, nextMessage } from '../../../src/domain/text/nextMessage';
import { aCase, type CaseInHand } from '../../builders';

const message = (purpose: string, sentAt: string) => ({
  action: 'logMessage',
  values: { to: 'customer', purpose, text: 'x', channel: 'Mail', sentAt, sender: 'Li Wei' },
});

const next = (inHand: CaseInHand) => {
  const { action, purpose } = nextMessage(inHand.state);
  return `${action}: ${purpose}`;
};

describe('what to write to the customer next', () => {
  it('an issue: acknowledgement, workaround, plan, schedule, closing', () => {
    const inHand = aCase('issue');
    assert.equal(next(inHand), 'logMessage: acknowledgement');
    inHand.act(message('acknowledgement', '2026-11-02T09:10:00+08:00'));
    assert.equal(next(inHand), 'logMessage: other');
    inHand.until('2.1');
    assert.equal(next(inHand), 'giveWorkaround: workaround');
    inHand.act({
      action: 'giveWorkaround',
      values: { text: 'x', channel: 'Mail', sentAt: '2026-11-02T11:00:00+08:00', sender: 'Li Wei' },
    });
    assert.equal(next(inHand), 'logMessage: other');
    inHand.until('4.1');
    assert.equal(next(inHand), 'informCustomer: plan');
    inHand.until('4.2');
    assert.equal(next(inHand), 'logMessage: other');
    while (!inHand.state.verification.appointment) inHand.act(usual(inHand));
    assert.equal(next(inHand), 'logMessage: schedule');
    const { at } = inHand.state.verification.appointment;
    inHand.act(message('schedule', at));
    assert.equal(next(inHand), 'logMessage: other');
    inHand.until('5.2');
    assert.equal(next(inHand), 'logMessage: closing');
    inHand.act(message('closing', inHand.state.closedAt ?? ''));
    assert.equal(next(inHand), 'logMessage: other');
  });

  it('a request: the first reply and each status have forms of their own', () => {
    const inHand = aCase('request');
    assert.equal(next(inHand), 'logMessage: acknowledgement');
    inHand.until('2.1');
    assert.equal(next(inHand), 'firstReply: acknowledgement');
    inHand.until('3.1');
    assert.equal(next(inHand), 'logMessage: other');
    inHand.until('3.2');
    assert.equal(next(inHand), 'sync: status');
  });
});

describe('the first response', () => {
  it('is the earliest message to the customer, by the time it was sent, not logged', () => {
    const inHand = aCase('issue').until('2.1');
    assert.equal(firstResponseAt(inHand.state), undefined);
    inHand.act(message('other', '2026-11-02T12:00:00+08:00'));
    inHand.act(message('acknowledgement', '2026-11-02T02:30:00Z'));
    assert.equal(firstResponseAt(inHand.state), '2026-11-02T02:30:00Z');
  });

  it('is not what the R&D lead or a group was told', () => {
    const inHand = aCase('issue').until('2.1');
    const values = { ...message('other', '2026-11-02T10:00:00+08:00').values, to: 'group' };
    inHand.act({ action: 'logMessage', values });
    assert.equal(firstResponseAt(inHand.state), undefined);
  });

  it("of a request is the first reply's time of sending", () => {
    const inHand = aCase('request').until('2.2');
    const reply = inHand.state.messages.find(({ purpose }) => purpose === 'acknowledgement');
    assert.ok(reply);
    assert.equal(firstResponseAt(inHand.state), reply.at);
  });
});

/** a, then b. */
function usual({ state }: CaseInHand) {
  return state.verification.internal
    ? {
        action: 'appoint',
        values: { start: '2026-11-20T20:00:00+08:00', end: '2026-11-20T22:00:00+08:00', contact: '王芳' },
      }
    : { action: 'verifyInternal', values: { build: '1', cases: 'x', result: 'passed' } };
}
