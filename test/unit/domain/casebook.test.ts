/** The team's settings, and what a list shows of a case. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { defaultSettings, defaultTimings, readSettings } from '../../../src/domain/casebook';
import { attentionOf, isPressing, summarize } from '../../../src/domain/summary';
import { anIssue, aRequest, DAY, iso, type Play } from './play';

const summaryOf = (play: Play) =>
  summarize({ id: play.id, events: play.events, state: play.state, quarantined: [] }, defaultTimings);

describe('casebook.json', () => {
  it('is read as it is', () => {
    const written = {
      ...defaultSettings,
      customers: [{ name: '东海银行', contacts: ['王芳'] }],
      products: [{ name: 'DataHub', versions: ['5.2.1'] }],
      people: [{ name: 'Li Wei', mail: 'li@example.com', role: 'SE', team: 'North' }],
      timings: {
        leadNotificationMinutes: 10,
        requestIntervalDays: 7,
        parkedIntervalDays: 60,
        issueFollowUpDays: 2,
        customerAnswerDays: 5,
        customerUpdateHours: 8,
      },
      supportMaySolve: false,
      attachmentLimitMb: 5.5,
      managerRole: 'product manager',
    };
    assert.deepEqual(readSettings(written), { settings: written, problems: [] });
    assert.deepEqual(readSettings({}), { settings: defaultSettings, problems: [] });
  });

  it('replaces each part of a wrong shape by its default and names it', () => {
    const wrong: Record<string, unknown> = {
      customers: [{ name: 5 }],
      products: [{ name: 'DataHub', versions: '5.2.1' }],
      problemTypes: 'usage',
      channels: [1],
      people: {},
      groups: null,
      trackers: [{}],
      articleCategories: 4,
      timings: { leadNotificationMinutes: -1 },
      supportMaySolve: 'yes',
      attachmentLimitMb: 900,
      managerRole: 'boss',
    };
    assert.deepEqual(readSettings(wrong), { settings: defaultSettings, problems: Object.keys(wrong) });
    for (const raw of [undefined, null, 5, 'x', []]) {
      assert.deepEqual(readSettings(raw), { settings: defaultSettings, problems: ['casebook.json'] });
    }
  });

  it('fills in what a part leaves out', () => {
    const { settings, problems } = readSettings({
      customers: [{ name: 'A' }],
      people: [{ name: 'B', role: 'CEO' }],
      timings: { requestIntervalDays: 7 },
    });
    assert.deepEqual(settings.customers, [{ name: 'A', contacts: [] }]);
    assert.deepEqual(settings.people, [{ name: 'B' }]);
    assert.deepEqual(settings.timings, { ...defaultTimings, requestIntervalDays: 7 });
    assert.deepEqual(problems, []);
    assert.deepEqual(readSettings({ timings: { requestIntervalDays: Number.NaN } }).problems, ['timings']);
  });
});

describe('The summary of a case', () => {
  it('names what the lists show', () => {
    const play = anIssue('4.1').usual('informCustomer');
    const summary = summaryOf(play);
    assert.deepEqual(
      [summary.step, summary.round, summary.planRevision, summary.urgency, summary.waitingOn, summary.ticketKey],
      ['4.1', 1, 1, 'normal', 'customer', 'DEV-1'],
    );
    assert.equal(summary.title, 'Title 0');
    assert.equal(summary.receivedAt, play.state.values['receive']?.['receivedAt']);
    assert.equal(summary.updatedAt, play.events.at(-1)?.at);
    assert.equal(summaryOf(anIssue('3.2')).waitingOn, 'rd');
    assert.equal(summaryOf(aRequest('3.1')).waitingOn, 'manager');
  });

  it('has neither dues nor anybody to wait for once the case has ended', () => {
    const summary = summaryOf(anIssue('4.2').usual('withdraw'));
    assert.deepEqual([summary.status, summary.dues, summary.waitingOn], ['withdrawn', [], undefined]);
    assert.deepEqual(summaryOf(anIssue('5.2')).dues, []);
    assert.ok(summaryOf(anIssue('5.2')).closedAt);
  });
});

describe('Pressing cases', () => {
  it('are urgent or overdue ones, until they are closed or given up', () => {
    const urgent = anIssue('1.2').usual('assess', { coreAffected: true, workaround: false }).isAt('2.1');
    const isPressingNow = (play: Play) => isPressing(summaryOf(play), play.now);
    assert.ok(isPressingNow(urgent));
    assert.ok(isPressingNow(urgent.until('5.1')));
    const closed = urgent.until('5.2');
    assert.equal(summaryOf(closed).urgency, 'urgent');
    assert.ok(!isPressingNow(closed));
    assert.ok(isPressingNow(closed.usual('reopen', { newUrgency: 'keep' })));
    assert.ok(!isPressingNow(closed.usual('withdraw')));

    const followed = anIssue('3.2');
    assert.ok(!isPressingNow(followed.usual('followUp', { nextAt: iso(followed.now + DAY) })));
    assert.ok(isPressingNow(followed.wait(2 * DAY)));
  });

  it('are counted, and it is told apart whether anything is due at all', () => {
    const urgent = anIssue('1.2').usual('assess', { coreAffected: true, workaround: false }).isAt('2.1');
    const ended = summaryOf(anIssue('4.2').usual('withdraw'));
    const followed = anIssue('3.2')
      .usual('followUp', {})
      .wait(9 * DAY);
    assert.deepEqual(attentionOf([], urgent.now), { cases: 0, isNothingDue: true });
    assert.deepEqual(attentionOf([summaryOf(urgent), ended], urgent.now), { cases: 1, isNothingDue: true });
    assert.deepEqual(attentionOf([summaryOf(urgent), summaryOf(followed)], followed.now), {
      cases: 2,
      isNothingDue: false,
    });
  });
});
