/** The issue procedure, step by step: each guard refuses by name and passes once fulfilled; each loop leads where it must. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { check } from '../../../src/domain/sop/engine';
import { assessedUrgency } from '../../../src/domain/sop/effects';
import { requiredField, rule, shortName } from '../../../src/domain/sop/missing';
import { w } from '../../../src/domain/words';
import { emptyCase } from '../../../src/domain/case/state';
import { stepsToGoBackTo } from '../../../src/domain/sop/general';
import { currentPlan } from '../../../src/domain/sop/issueFix';
import { ticketText } from '../../../src/domain/text/ticketText';
import { anIssue, DAY, fullEnvironment, HOUR, iso, MINUTE, Play } from './play';

const urgent = { coreAffected: true, workaround: false };
const lead = { leadLead: '陈总', leadChannel: '电话 Phone', leadNotifiedAt: '2026-11-02T09:00:00+08:00' };

describe('Issue 1.1 Receive the report', () => {
  it('opens with a title alone, and names everything that is missing before it goes on', () => {
    const play = new Play('issue')
      .refuses('open', {}, ['required:title@title'])
      .does('open', { title: 'Reports fail' });
    play.isAt('1.1', 1);
    assert.equal(play.state.owner, play.by);
    const wanted = ['description', 'occurrence', 'occurredAt', 'impact', 'customer', 'contact', 'channel', 'product'];
    const all = [...wanted, 'version', 'receivedAt', 'problemType'];
    play.refuses(
      'receive',
      {},
      all.map((key) => `required:${key}@${key}`),
    );
    play.refuses('open', { title: 'Again' }, ['not-now']);
    play.usual('receive').isAt('1.2').holds();
  });

  it('keeps occurrence before reception and reception before now', () => {
    const play = anIssue();
    const { now } = play;
    play.refuses('receive', { receivedAt: iso(now + HOUR) }, ['future:receivedAt@receivedAt']);
    play.refuses('receive', { occurredAt: iso(now), receivedAt: iso(now - HOUR) }, [
      'occurred-after-received@occurredAt',
    ]);
    play.refuses('receive', { occurrence: 'range', occurredAt: iso(now - 5 * HOUR) }, ['required:occurredUntil']);
    play.refuses('receive', { occurrence: 'range', occurredUntil: iso(now - 9 * HOUR) }, [
      'occurrence-order@occurredUntil',
    ]);
    play.refuses('receive', { occurrence: 'range', occurredUntil: iso(now) }, [
      'occurred-after-received@occurredUntil',
    ]);
    play.does('receive', { occurrence: 'unknown' }).isAt('1.2');
  });

  it('refuses values of a wrong shape and fields that it does not know', () => {
    const play = anIssue();
    play.refuses('receive', { occurredAt: 'yesterday' }, ['shape:occurredAt@occurredAt']);
    play.refuses('receive', { occurredAt: '2026-02-30T09:00:00+08:00' }, ['shape:occurredAt']);
    play.refuses('receive', { mood: 'bad' }, ['shape:mood@mood']);
    play.refuses('save', { mood: 'bad' }, ['shape:mood'], 'receive');
  });

  it('knows no action by the name of a part of every object', () => {
    const play = anIssue();
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', '']) {
      play.refuses(name, { a: 1 }, ['unknown-action']);
      play.refuses('save', { a: 1 }, ['unknown-action'], name);
      play.refuses('correct', { a: 1, reason: 'x' }, ['not-now'], name);
      play.refuses('excuse', { codes: ['a'], reason: 'x' }, ['unknown-action'], name);
    }
  });
});

describe('Issue 1.2 Assess urgency', () => {
  it('computes urgent, high and normal from the two answers (spec L26, L80)', () => {
    assert.equal(assessedUrgency({ coreAffected: true, workaround: false }), 'urgent');
    assert.equal(assessedUrgency({ coreAffected: true, workaround: true }), 'high');
    assert.equal(assessedUrgency({ coreAffected: false, workaround: false }), 'normal');
    assert.equal(assessedUrgency({ coreAffected: false, workaround: true }), 'normal');
    assert.equal(assessedUrgency({ coreAffected: true }), undefined);
  });

  it('asks both questions, and no reason excuses them', () => {
    const play = anIssue('1.2').refuses('assess', {}, ['required:coreAffected', 'required:workaround']);
    play.cannotExcuse('assess', 'required:coreAffected').cannotExcuse('assess', 'required:workaround');
    play.refuses('assess', { coreAffected: true, workaround: true }, ['required:workaroundText@workaroundText']);
    play.does('assess', { coreAffected: true, workaround: true, workaroundText: 'Restart it' }).isAt('2.1').holds();
    assert.equal(play.state.urgency, 'high');
    assert.equal(play.state.emergency, undefined);
  });

  it('lets no urgent case go on before the lead is notified, whatever is excused or left blank', () => {
    const play = anIssue('1.2');
    const details = ['required:leadChannel', 'required:leadNotifiedAt'];
    play.refuses('assess', urgent, ['lead-not-notified@leadLead', ...details]);
    play.refuses('assess', { ...urgent, ...lead, leadLead: '   ' }, ['lead-not-notified@leadLead']);
    play.cannotExcuse('assess', 'lead-not-notified').cannotExcuse('assess', 'required:leadLead');
    play.does('excuse', { codes: details, reason: 'told in passing' }, 'assess');
    play.refuses('assess', urgent, ['lead-not-notified']);
    play.refuses('assess', { ...urgent, ...lead, leadNotifiedAt: iso(play.now + HOUR) }, ['future:leadNotifiedAt']);
    play
      .does('assess', { ...urgent, ...lead })
      .isAt('2.1')
      .holds();
    assert.equal(play.state.emergency?.notified?.lead, '陈总');
    assert.equal(play.state.messages.at(-1)?.to, 'lead');
  });

  it('starts the emergency as soon as the answers are saved, and takes a notification that came first', () => {
    const play = anIssue('1.2').does('save', urgent, 'assess').isAt('1.2').holds();
    assert.ok(play.state.emergency && !play.state.emergency.notified);
    play.refuses('notifyLead', {}, ['required:lead', 'required:channel', 'required:notifiedAt']);
    play.refusesUsual('notifyLead', { notifiedAt: iso(play.now + DAY) }, ['future:notifiedAt']);
    play.usual('notifyLead').refuses('notifyLead', play.form('notifyLead'), ['not-now']);
    play.does('assess').isAt('2.1').holds();
  });

  it('wants a reason for an override, and obeys it', () => {
    const play = anIssue('1.2');
    play.refuses('assess', { coreAffected: false, workaround: false, override: 'high' }, ['required:overrideReason']);
    play.refuses('assess', { coreAffected: false, workaround: false, override: 'urgent', overrideReason: 'VIP' }, [
      'lead-not-notified',
      'required:leadChannel',
      'required:leadNotifiedAt',
    ]);
    play
      .does('assess', { ...urgent, override: 'normal', overrideReason: 'a test system' })
      .isAt('2.1')
      .holds();
    assert.equal(play.state.urgency, 'normal');
  });
});

describe('Issue urgency after 1.2', () => {
  const urgentIssue = () =>
    anIssue('1.2')
      .does('assess', { ...urgent, ...lead })
      .isAt('2.1');

  it('becomes urgent only with the lead told, at any step', () => {
    anIssue('1.1').refuses('changeUrgency', { newUrgency: 'high', urgencyReason: 'x' }, ['not-now']);
    for (const step of ['2.1', '2.2', '3.1', '3.2', '4.1', '4.2', '5.1']) {
      const play = anIssue(step);
      play.refuses('changeUrgency', {}, ['required:newUrgency']);
      const change = { newUrgency: 'urgent', urgencyReason: 'the core is down now' };
      play.refuses('changeUrgency', change, ['lead-not-notified', 'required:leadChannel', 'required:leadNotifiedAt']);
      play.refuses('changeUrgency', { newUrgency: 'urgent', ...lead }, ['required:urgencyReason']);
      play
        .does('changeUrgency', { ...change, ...lead })
        .isAt(step)
        .holds();
      assert.equal(play.state.urgency, 'urgent');
      assert.ok(play.state.emergency?.notified);
    }
  });

  it('ends the emergency when lowered, and asks for the lead anew when it becomes urgent again', () => {
    const play = urgentIssue().does('changeUrgency', { newUrgency: 'normal', urgencyReason: 'a workaround was found' });
    assert.equal(play.state.emergency?.ended?.reason, 'urgency lowered');
    // the lead of the emergency that is over was told of that one, not of the next
    play.refuses(
      'correct',
      { override: null, reason: 'still down' },
      ['lead-not-notified', 'required:leadChannel', 'required:leadNotifiedAt'],
      'assess',
    );
    play.does('correct', { override: null, reason: 'still down', ...lead, leadLead: '赵总' }, 'assess').holds();
    assert.equal(play.state.urgency, 'urgent');
    assert.equal(play.state.emergency?.notified?.lead, '赵总');
    assert.equal(play.state.emergency?.ended, undefined);
  });

  it('starts a new emergency when "urgent" is chosen after one has ended', () => {
    const play = urgentIssue().usual('giveWorkaround').does('endEmergency', { confirmedBy: '王芳' });
    assert.equal(play.state.emergency?.ended?.reason, 'workaround confirmed');
    play.refuses('endEmergency', { confirmedBy: '王芳' }, ['not-now']);
    const again = { newUrgency: 'urgent', urgencyReason: 'the workaround does not hold' };
    play.refuses('changeUrgency', again, ['lead-not-notified', 'required:leadChannel', 'required:leadNotifiedAt']);
    play.does('changeUrgency', { ...again, ...lead, leadLead: '赵总' }).holds();
    assert.equal(play.state.emergency?.ended, undefined);
    assert.equal(play.state.emergency?.notified?.lead, '赵总');
  });

  it('corrects the assessment to urgent only with the lead told', () => {
    const play = anIssue('3.2');
    const correction = { coreAffected: true, workaround: false, reason: 'it is the core after all' };
    play.refuses(
      'correct',
      correction,
      ['lead-not-notified', 'required:leadChannel', 'required:leadNotifiedAt'],
      'assess',
    );
    play.refuses('correct', { ...correction, ...lead, reason: 5 }, ['required:reason'], 'assess');
    play
      .does('correct', { ...correction, ...lead }, 'assess')
      .isAt('3.2')
      .holds();
    assert.equal(play.state.emergency?.notified?.lead, '陈总');
    assert.equal(play.state.corrections.at(-1)?.action, 'assess');
  });

  it('ends the emergency when the fix is verified', () => {
    const play = urgentIssue().until('5.1').holds();
    assert.equal(play.state.emergency?.ended?.reason, 'fix verified');
  });
});

describe('Issue 2.1 Collect information & reproduce', () => {
  it('wants steps of a stable reproduction', () => {
    const play = anIssue('2.1').refuses('reproduce', {}, [
      'required:outcome',
      'required:reproduced',
      'required:attempts',
    ]);
    play.cannotExcuse('reproduce', 'required:outcome');
    play.refuses('reproduce', { outcome: 'stable', reproduced: 3, attempts: 3 }, ['required:steps@steps']);
    play.refuses('reproduce', { outcome: 'stable', reproduced: 3, attempts: 3, steps: [' '] }, ['required:steps']);
    play.refuses('reproduce', { outcome: 'stable', reproduced: 4, attempts: 3, steps: ['a'] }, ['attempts@reproduced']);
    play.refuses('reproduce', { outcome: 'stable', reproduced: 2, attempts: 3, steps: ['a'] }, [
      'outcome-attempts@outcome',
    ]);
    play
      .does('reproduce', { outcome: 'stable', reproduced: 3, attempts: 3, steps: ['a'] })
      .isAt('2.2')
      .holds();
  });

  it('wants the version of a stable reproduction, once for the case', () => {
    const play = anIssue('1.1').does('save', { version: null }, 'receive');
    play.refuses('receive', {}, ['required:version']);
    play
      .does('excuse', { codes: ['required:version'], reason: 'the customer does not know' }, 'receive')
      .does('receive');
    play.usual('assess').refusesUsual('reproduce', {}, ['required:version']);
    play.does('excuse', { codes: ['required:version'], reason: 'the customer does not know' }, 'reproduce');
    play.usual('reproduce').isAt('2.2');
    assert.deepEqual(
      play.state.deviations.map((entry) => [entry.action, entry.code]),
      [
        ['receive', 'required:version'],
        ['reproduce', 'required:version'],
      ],
    );
    play.does('correct', { title: 'A better title', reason: 'typo' }, 'receive');
  });

  it('wants every environment item of an unstable one, filled or with the reason why not, and excuses none', () => {
    const play = anIssue('2.1');
    const unstable = { outcome: 'intermittent', reproduced: 1, attempts: 5 };
    const items = ['cpu', 'memory', 'disk', 'logs', 'operations', 'times', 'users'].map(
      (key) => `environment:${key}@environment`,
    );
    play.refuses('reproduce', unstable, items);
    play.refuses('reproduce', { ...unstable, environment: { ...fullEnvironment, disk: { cannot: '  ' } } }, [
      'environment:disk',
    ]);
    for (const item of items) play.cannotExcuse('reproduce', item.split('@')[0] ?? '');
    play.cannotExcuse('reproduce', 'required:environment');
    play
      .does('reproduce', { ...unstable, environment: fullEnvironment })
      .isAt('2.2')
      .holds();
  });

  it('keeps every attempt', () => {
    const play = anIssue('2.1').does('tryAgain', {
      outcome: 'notReproduced',
      attempts: 3,
      reproduced: 0,
      dataUsed: 'May',
    });
    play.isAt('2.1').does('tryAgain', { outcome: 'intermittent' }).usual('reproduce').isAt('2.2');
    assert.deepEqual(
      play.state.attempts.map((entry) => entry.values['outcome']),
      ['notReproduced', 'intermittent', 'stable'],
    );
  });

  it('ends with an answer of support: told, agreed, closed', () => {
    const play = anIssue('2.1').does('solveBySupport', { solution: 'Set the pool to 400' }).isAt('4.1');
    play
      .refuses('accept', play.form('accept'), ['customer-not-told'])
      .usual('informCustomer')
      .usual('accept')
      .isAt('5.1');
    play.refusesUsual('close', { disposition: 'fixed' }, ['not-verified', 'not-checked']);
    play.refusesUsual('close', { disposition: 'wontFix' }, ['customer-not-agreed@disposition']);
    play.usual('close').isAt('5.2').holds();
    assert.equal(play.state.closures.at(-1)?.disposition, 'solvedBySupport');
  });

  it('leads back to 2.1 when the answer of support does not help, round the guards of 2.1 by no way', () => {
    const play = anIssue('2.1').does('save', { outcome: 'notReproduced' }, 'reproduce');
    play.does('solveBySupport', { solution: 'Restart' }).usual('informCustomer');
    assert.deepEqual(stepsToGoBackTo(play.state), ['1.1', '1.2', '2.1']);
    play.refuses('goBack', { to: '3.2', reason: 'x' }, ['go-back@to']);
    play.usual('reject').isAt('2.1', 1).holds();
  });

  it('leads back to no step whose guard must be passed anew', () => {
    // 2.2 to 3.2 were done once, but the case came back to 2.1 since and what was captured there has changed
    const play = anIssue('3.2').usual('needInformation').does('save', { outcome: 'notReproduced' }, 'reproduce');
    play.does('solveBySupport', { solution: 'Restart' }).isAt('4.1');
    assert.deepEqual(stepsToGoBackTo(play.state), ['1.1', '1.2', '2.1']);
    play.refuses('goBack', { to: '2.2', reason: 'x' }, ['go-back']).does('goBack', { to: '2.1', reason: 'x' }).holds();
  });

  it('can be kept from ending so by the team', () => {
    const play = anIssue('2.1');
    play.supportMaySolve = false;
    play.refuses('solveBySupport', { solution: 'Restart' }, ['support-may-not-solve']);
  });
});

describe('Issue 2.2 and 3.1: the ticket', () => {
  it('may be sent with its secrets masked', () => {
    const play = anIssue('2.2');
    const [secret, description] = ['Secret123!', 'The job fails with password=Secret123! since 09:00'];
    play.does('correct', { description, reason: 'more' }, 'receive');
    const text = ticketText(play.state, 'en');
    assert.ok(text.includes(description));
    const key = { system: 'Jira', ticketKey: 'DEV-7' };
    play.refuses('createTicket', { ...key, sent: text.replace(secret, 'it') }, ['sent:description']);
    play.does('createTicket', { ...key, sent: text.replace(secret, '<password>') }).isAt('3.1');
  });

  it('wants key and system, and that what was sent contains what was captured', () => {
    const play = anIssue('2.2').refuses('createTicket', {}, ['required:sent', 'required:system', 'required:ticketKey']);
    const parts = ['sent:description@sent', 'sent:steps@sent', 'sent:environment@sent'];
    play.refuses('createTicket', { sent: 'It fails', system: 'Jira', ticketKey: 'DEV-7' }, parts);
    play.does('excuse', { codes: ['sent:steps'], reason: 'attached as a video' }, 'createTicket');
    play.refuses('createTicket', { sent: 'It fails', system: 'Jira', ticketKey: 'DEV-7' }, [
      'sent:description',
      'sent:environment',
    ]);
    play.refuses('excuse', { codes: ['sent:steps'], reason: 'twice' }, ['excused-already'], 'createTicket');
    play.usual('createTicket', { ticketKey: 'DEV-7' }).isAt('3.1').holds();
    assert.equal(play.state.ticket?.key, 'DEV-7');
  });

  it('wants the environment in the ticket as well', () => {
    const play = anIssue('2.1').usual('reproduce', { outcome: 'notReproduced' });
    const sent = String(play.form('createTicket')['sent']);
    play.refusesUsual('createTicket', { sent: sent.replace('cpu', '') }, ['sent:environment@sent']);
    play.usual('createTicket').isAt('3.1');
  });

  it('is corrected later with the log knowing why', () => {
    const play = anIssue('3.2').refuses('correct', { ticketKey: 'DEV-8' }, ['required:reason'], 'createTicket');
    play.does('correct', { ticketKey: 'DEV-8', reason: 'a typo' }, 'createTicket').isAt('3.2');
    assert.equal(play.state.ticket?.key, 'DEV-8');
    play.refuses('correct', { ticketKey: null, reason: 'x' }, ['required:ticketKey'], 'createTicket');
    play.refuses('correct', { approach: 'x', reason: 'x' }, ['not-now'], 'plan');
  });

  it('is routed to a team or a person', () => {
    const play = anIssue('3.1').refuses('route', {}, ['assignee@assignee', 'required:routedAt']);
    play.refuses('route', { team: ' ', routedAt: iso(play.now) }, ['assignee']);
    play.refuses('route', { team: 'Storage', routedAt: iso(play.now + DAY) }, ['future:routedAt']);
    play.does('route', { team: 'Storage', routedAt: iso(play.now) }).isAt('3.2');
  });
});

describe('Issue 3.2 and 4.1: the plan', () => {
  it('is complete and followed up', () => {
    const play = anIssue('3.2');
    play.refuses('plan', {}, ['required:approach', 'required:fixVersion', 'required:fixDate', 'follow-up']);
    play.refuses('followUp', {}, ['required:group', 'required:content', 'required:at']);
    play.refusesUsual('followUp', { at: iso(play.now + DAY) }, ['future:at']);
    play.usual('followUp').refusesUsual('plan', { fixDate: '2026-02-30' }, ['shape:fixDate', 'required:fixDate']);
    play.usual('plan').isAt('4.1');
    assert.equal(play.state.planRevision, 1);
  });

  it('is told with version and date, before any answer', () => {
    const play = anIssue('4.1').refuses('informCustomer', {}, [
      'required:text',
      'required:channel',
      'required:sentAt',
      'required:sender',
    ]);
    for (const code of ['required:text', 'message:version', 'message:date']) play.cannotExcuse('informCustomer', code);
    play.refusesUsual('informCustomer', { text: 'Soon.' }, ['message:version@text', 'message:date@text']);
    play.refusesUsual('informCustomer', { sentAt: iso(play.now + DAY) }, ['future:sentAt']);
    play.refuses('accept', play.form('accept'), ['customer-not-told']).cannotExcuse('accept', 'customer-not-told');
    play.refusesUsual('reject', {}, ['customer-not-told']);
    for (const date of [
      '2026-12-05',
      '2026/12/5',
      '2026年12月5日',
      '12月5日',
      '5 December',
      'Dec 5',
      '12/5',
      '05.12.',
    ]) {
      play.usual('informCustomer', { text: `5.3.0, ${date}` });
    }
    play.usual('accept').isAt('4.2').holds();
  });

  it('does not take a message logged beside the step as the telling', () => {
    const play = anIssue('4.1').usual('logMessage', { to: 'customer', purpose: 'plan', text: '5.3.0 on 2026-12-05' });
    play.refuses('accept', play.form('accept'), ['customer-not-told']);
  });

  it('goes back to 3.2 when rejected, and a new revision is told and answered anew', () => {
    const play = anIssue('4.1')
      .usual('informCustomer')
      .refuses('reject', {}, ['required:reason'])
      .usual('reject')
      .isAt('3.2', 1);
    assert.equal(currentPlan(play.state)?.answer?.accepted, false);
    play
      .refusesUsual('plan', {}, ['follow-up'])
      .until('4.1')
      .refuses('accept', play.form('accept'), ['customer-not-told']);
    assert.equal(play.state.planRevision, 2);
    assert.equal(play.state.values['informCustomer'], undefined);
    play.usual('informCustomer').usual('accept').isAt('4.2').holds();
  });

  it('asks the customer again when it changes at 4.1 or 4.2, and forgets what was verified', () => {
    const play = anIssue('4.2').usual('verifyInternal');
    play.refuses('revisePlan', { fixVersion: '5.3.9' }, ['required:approach', 'required:fixDate', 'required:reason']);
    play.usual('revisePlan', { fixVersion: '5.3.9' }).isAt('4.1', 1).holds();
    assert.deepEqual(play.state.verification, {});
    play.refuses('accept', play.form('accept'), ['customer-not-told']).usual('revisePlan').isAt('4.1');
    assert.equal(play.state.planRevision, 3);
    play
      .usual('informCustomer')
      .usual('accept')
      .isAt('4.2')
      .refuses('appoint', play.form('appoint'), ['not-now'])
      .holds();
  });

  it('returns to 2.1 in the same round when R&D needs more', () => {
    const play = anIssue('3.2')
      .refuses('needInformation', {}, ['required:question'])
      .does('needInformation', { question: 'A heap dump' })
      .isAt('2.1', 1);
    assert.deepEqual(
      play.state.askedByRd.map(({ by, content, round }) => [by, content, round]),
      [[play.by, 'A heap dump', 1]],
    );
    assert.equal(play.state.values['reproduce']?.['outcome'], 'stable');
    play.does('reproduce').isAt('2.2').holds();
  });

  it('ends without a fix only when the customer was told and agrees to that very outcome', () => {
    const play = anIssue('3.2').refuses('decline', {}, ['required:disposition', 'required:explanation']);
    play
      .usual('decline', { disposition: 'notADefect' })
      .isAt('4.1')
      .refuses('revisePlan', play.form('revisePlan'), ['not-now']);
    play.usual('informCustomer').usual('reject').isAt('3.2', 1).usual('decline', { disposition: 'wontFix' });
    play.usual('informCustomer').usual('accept').isAt('5.1').holds();
    play.refusesUsual('close', { disposition: 'fixed' }, ['not-verified', 'not-checked']);
    play.refusesUsual('close', { disposition: 'notADefect' }, ['customer-not-agreed']);
    play.cannotExcuse('close', 'customer-not-agreed').cannotExcuse('close', 'not-verified');
    play.usual('close').isAt('5.2').holds();
  });
});

describe('Issue 4.2 Verify the fix', () => {
  it('goes a, b, c, d in this order', () => {
    const play = anIssue('4.2');
    for (const later of ['appoint', 'upgrade', 'verifyCustomer']) play.refuses(later, play.form(later), ['not-now']);
    play
      .refuses('verifyInternal', {}, ['required:build', 'required:cases', 'required:result'])
      .cannotExcuse('verifyInternal', 'required:result');
    play.usual('verifyInternal').isAt('4.2');
    for (const later of ['upgrade', 'verifyCustomer']) play.refuses(later, play.form(later), ['not-now']);
    play.refusesUsual('appoint', { end: iso(play.now) }, ['appointment-order@end']).usual('appoint');
    play.refuses('verifyCustomer', play.form('verifyCustomer'), ['not-now']);
    play.refusesUsual('upgrade', { upgradedAt: iso(play.now + DAY) }, ['future:upgradedAt']).usual('upgrade');
    play.refuses('verifyCustomer', {}, ['required:confirmedBy', 'required:checkedAt', 'required:result']);
    // without a result nothing has passed: 5.1 must not be reached so
    play.cannotExcuse('verifyCustomer', 'required:result').usual('verifyCustomer').isAt('5.1', 1).holds();
  });

  it('starts the chain again when the internal check is done again', () => {
    const play = anIssue('4.2').usual('verifyInternal').usual('appoint').usual('upgrade').usual('verifyInternal');
    play.refuses('verifyCustomer', play.form('verifyCustomer'), ['not-now']);
  });

  for (const part of ['verifyInternal', 'verifyCustomer']) {
    it(`re-activates when ${part} fails: round 2 at 2.1, nothing of round 1 counts`, () => {
      const play = anIssue('4.2');
      if (part === 'verifyCustomer') play.usual('verifyInternal').usual('appoint').usual('upgrade');
      play.usual(part, { result: 'failed', newUrgency: 'keep' }).isAt('2.1', 2).holds();
      assert.deepEqual(play.state.verification, {});
      assert.equal(play.state.rounds[0]?.values['reproduce']?.['outcome'], 'stable');
      assert.equal(play.state.values['reproduce'], undefined);
      assert.ok(play.state.values['receive']);
      play.refuses('goBack', { to: '1.2', reason: 'x' }, ['go-back']);
      play.does('carryOver').does('reproduce').isAt('2.2');
      play.refusesUsual('createTicket', { reactivated: undefined, ticketKey: 'DEV-9' }, [
        'required:reactivated',
        'same-ticket@ticketKey',
      ]);
      play.until('4.2').refuses('appoint', play.form('appoint'), ['not-now']).until('5.1').isAt('5.1', 2).holds();
    });
  }

  it('asks for the urgency again, and for the lead when it became urgent', () => {
    const play = anIssue('4.2');
    const failed = { result: 'failed', newUrgency: 'urgent', urgencyReason: 'worse now' };
    const missing = ['lead-not-notified', 'required:leadChannel', 'required:leadNotifiedAt'];
    const none = { leadLead: undefined, leadChannel: undefined, leadNotifiedAt: undefined };
    play
      .refusesUsual('verifyInternal', { ...failed, ...none }, missing)
      .usual('verifyInternal', { ...failed, ...lead });
    play.isAt('2.1', 2).holds();
    assert.equal(play.state.urgency, 'urgent');
  });
});

describe('Issue 5.1 and 5.2: closing', () => {
  it('closes as fixed with the ticket closed', () => {
    const play = anIssue('5.1').refuses('close', {}, [
      'required:disposition',
      'required:ticketStatus',
      'required:ticketClosedAt',
      'required:closedAt',
    ]);
    play.cannotExcuse('close', 'required:disposition');
    play.refusesUsual('close', { disposition: 'wontFix' }, ['customer-not-agreed@disposition']);
    play.refusesUsual('close', { closedAt: iso(play.now + DAY), ticketClosedAt: iso(play.now + DAY) }, [
      'future:closedAt',
      'future:ticketClosedAt',
    ]);
    play.usual('close').isAt('5.2').holds();
    assert.ok(play.state.closedAt);
    play
      .refuses('withdraw', { reason: 'x' }, ['not-now'])
      .refuses('correct', { title: 'x', reason: 'x' }, ['not-now'], 'receive');
  });

  it('archives with an article or with the reason why not', () => {
    const play = anIssue('5.2')
      .refuses('archive', {}, ['required:typical'])
      .cannotExcuse('archive', 'required:typical');
    play
      .refuses('archive', { typical: false }, ['required:reason'])
      .refuses('archive', { typical: true }, ['article@typical']);
    play
      .cannotExcuse('archive', 'article')
      .usual('linkArticle', { path: 'knowledge/a.md' })
      .does('archive', { typical: true });
    assert.equal(play.state.status, 'archived');
    play.refuses('save', { typical: false }, ['not-now'], 'archive').usual('note');
  });

  for (const status of ['open', 'archived']) {
    it(`reopens a closed case that is ${status}: round 2, the article flagged`, () => {
      const play = anIssue('5.2').usual('linkArticle', { path: 'knowledge/a.md' });
      if (status === 'archived') play.usual('archive');
      assert.equal(play.state.status, status);
      play
        .refuses('reopen', {}, ['required:reason'])
        .does('reopen', { reason: 'It is back', newUrgency: 'keep' })
        .isAt('2.1', 2)
        .holds();
      assert.ok(play.state.articles[0]?.flagged);
      assert.equal(play.state.closedAt, undefined);
      assert.equal(play.state.reactivations[0]?.reopened, true);
      play
        .refuses('reopen', { reason: 'x' }, ['not-now'])
        .until('5.2')
        .refuses('archive', { typical: true }, ['article'])
        .holds();
    });
  }

  it('goes back from 5.1 before closing, and a failed check found there re-activates', () => {
    const play = anIssue('5.1')
      .refuses('goBack', { to: '4.2' }, ['required:reason'])
      .does('goBack', { to: '4.2', reason: 'looked again' });
    play.isAt('4.2').usual('verifyCustomer', { result: 'failed', newUrgency: 'keep' }).isAt('2.1', 2).holds();
  });
});

describe('Issue: ways out and deviations', () => {
  it('is withdrawn, merged or converted with a reason while it is open', () => {
    const withdrawn = anIssue('3.1').refuses('withdraw', {}, ['required:reason']).usual('withdraw');
    assert.equal(withdrawn.state.status, 'withdrawn');
    withdrawn
      .refuses('route', withdrawn.form('route'), ['not-now'])
      .refuses('goBack', { to: '2.1', reason: 'x' }, ['go-back']);
    const merged = anIssue('2.1').refuses('merge', { otherCase: 'nonsense', reason: 'x' }, ['other-case']);
    merged
      .refuses('merge', { otherCase: merged.id, reason: 'x' }, ['other-case'])
      .cannotExcuse('merge', 'required:otherCase')
      .usual('merge');
    assert.deepEqual([merged.state.status, merged.state.otherCase], ['merged', 'ISS-20260101-AAAA']);
    const converted = anIssue('3.2').refuses(
      'convert',
      {},
      ['content', 'background', 'value', 'goal', 'reason'].map((key) => `required:${key}`),
    );
    converted.usual('convert', { request: 'REQ-20261102-AAAA' });
    assert.deepEqual([converted.state.status, converted.state.otherCase], ['converted', 'REQ-20261102-AAAA']);
  });

  it('is taken up again where it was withdrawn, in the same round; what went on elsewhere is not', () => {
    for (const step of ['1.1', '1.2', '2.1', '2.2', '3.1', '3.2', '4.1', '4.2', '5.1']) {
      const play = anIssue(step).usual('linkArticle', { path: 'a.md' });
      const before = play.state;
      play.usual('withdraw').cannotExcuse('reopen', 'required:reason').refuses('reopen', {}, ['required:reason']);
      play.does('reopen', { reason: 'withdrawn by mistake', newUrgency: 'urgent' }).isAt(step, 1).holds();
      const { visits, lastEvent: _last, ...after } = play.state;
      const { visits: visitsBefore, lastEvent: _before, ...same } = before;
      assert.deepEqual(after, same);
      assert.deepEqual(
        visits.map((visit) => visit.step),
        [...visitsBefore.map((visit) => visit.step), step],
      );
      assert.deepEqual([visits.at(-1)?.reopened, visits.at(-1)?.left], ['withdrawn by mistake', undefined]);
      assert.deepEqual(stepsToGoBackTo(play.state), stepsToGoBackTo(before));
      play.refuses('reopen', { reason: 'x' }, ['not-now']).until('5.2').isAt('5.2', 1).holds();
    }
    for (const wayOut of ['merge', 'convert']) anIssue('2.1').usual(wayOut).refuses('reopen', {}, ['not-now']);
    anIssue('2.1').refuses('reopen', {}, ['not-now']);
  });

  it('keeps withdrawing and closing apart where two copies did one each', () => {
    const mine = anIssue('5.1');
    const theirs = mine.copy('Zhang Min <zhang.min@example.com>').wait(MINUTE);
    mine.usual('withdraw').usual('note');
    const known = theirs.events.length;
    theirs.usual('close').usual('reopen', { newUrgency: 'keep' });
    mine.take(theirs.events.slice(known));
    assert.equal(mine.state.status, 'withdrawn');
    assert.deepEqual(
      mine.state.conflicts.map((conflict) => conflict.action),
      ['close', 'reopen'],
    );
    mine.holds();
  });

  it('excuses a detail of this round with a reason, and shows it as a deviation', () => {
    const play = anIssue('3.2').refuses('excuse', { codes: ['follow-up'] }, ['required:reason'], 'plan');
    play.refuses('excuse', { codes: [], reason: 'x' }, ['required:codes'], 'plan');
    play.refuses('excuse', { codes: ['nonsense'], reason: 'x' }, ['not-excusable'], 'plan');
    play.refuses('excuse', { codes: ['required:text'], reason: 'x' }, ['not-now'], 'informCustomer');
    play.does('excuse', { codes: ['follow-up', 'required:fixDate'], reason: 'no date from R&D' }, 'plan');
    play.usual('plan', { fixDate: undefined }).isAt('4.1');
    assert.deepEqual(
      play.state.deviations.map((entry) => entry.code),
      ['follow-up', 'required:fixDate'],
    );
    play
      .usual('informCustomer')
      .usual('accept')
      .usual('verifyInternal', { result: 'failed', newUrgency: 'keep' })
      .until('3.2');
    play.refusesUsual('plan', { fixDate: undefined }, ['follow-up', 'required:fixDate']);
  });

  it('passes hands', () => {
    const play = anIssue('3.1').refuses('assign', {}, ['required:owner']).does('assign', { owner: 'Zhang Min' });
    assert.equal(play.state.owner, 'Zhang Min');
  });

  it('is not handed to whom it belongs to already, however the name is written', () => {
    const play = anIssue('3.1').refuses('assign', { owner: 'li.wei' }, ['owner-already@owner']);
    play.does('assign', { owner: ' Zhang Min ' }).refuses('assign', { owner: 'zhang min' }, ['owner-already@owner']);
    assert.equal(play.state.owner, 'Zhang Min');
  });

  it('tells the new owner what was said on handing over, until the new owner does something', () => {
    const play = anIssue('3.1').does('assign', { owner: 'Zhang Min', note: 'Call back before noon.' });
    assert.equal(play.state.handover?.note, 'Call back before noon.');
    assert.equal(play.state.handover.by, play.by);
    play.does('note', { text: 'They called again.' });
    assert.ok(play.state.handover, 'the former owner goes on writing');
    play.by = 'Zhang Min <zhang.min@example.com>';
    play.does('note', { text: 'Called back.' });
    assert.equal(play.state.handover, undefined);
    play.by = 'Wu Lan';
    play.does('assign', { owner: 'Wu Lan' });
    assert.equal(play.state.handover, undefined, 'who takes a case over needs no word about it');
  });

  it('bears tags: each once, taken off by leaving it out, also after it has ended', () => {
    const play = anIssue('1.2').does('tag', { tags: [' shm ', 'month  end', 'SHM', ''] });
    assert.deepEqual(play.state.tags, ['shm', 'month end']);
    play.refuses('tag', { tags: ['shm', 'month end'] }, ['tags-same@tags']);
    play.refuses('tag', { tags: ['x'.repeat(61)] }, ['tag-too-long@tags']);
    play.does('withdraw', { reason: 'by mistake' }).does('tag', { tags: ['month end'] });
    assert.deepEqual(play.state.tags, ['month end']);
    play.does('tag', {});
    assert.deepEqual(play.state.tags, []);
  });

  it('names an article once: what it was published as stays', () => {
    const play = anIssue('5.2').does('linkArticle', { path: 'a.md', title: 'A', commit: 'c0ffee' });
    play.refuses('linkArticle', { path: 'a.md', title: 'A' }, ['article-linked@path']);
    assert.equal(play.state.articles[0]?.commit, 'c0ffee');
    play.does('linkArticle', { path: 'a.md', title: 'A', commit: 'decade' });
    assert.equal(play.state.articles[0]?.commit, 'decade');
    play.does('reopen', { reason: 'It is back', newUrgency: 'keep' }).does('linkArticle', { path: 'a.md' });
    assert.equal(play.state.articles[0]?.flagged, undefined);
  });

  it('keeps the tags that two copies put on and took off apart from each other', () => {
    const mine = anIssue('1.2').does('tag', { tags: ['shm', 'old'] });
    const theirs = mine.copy('Wu Lan').wait(MINUTE);
    const known = mine.events.length;
    mine.does('tag', { tags: ['shm', 'old', 'urgent'] });
    theirs.does('tag', { tags: ['shm', 'month end'] });
    mine.take(theirs.events.slice(known));
    assert.deepEqual(mine.state.tags.toSorted(), ['month end', 'shm', 'urgent']);
  });

  it('acts on no case that was never opened', () => {
    assert.deepEqual(
      check(emptyCase('ISS-20261102-7K3F', 'issue'), { action: 'accept' }, anIssue().context).map((item) => item.code),
      ['not-now'],
    );
  });

  it('keeps time: a follow-up may be written down later than it was', () => {
    const play = anIssue('3.2');
    const at = iso(play.now - 90 * MINUTE);
    play.usual('followUp', { at });
    assert.equal(play.state.followUps[0]?.at, at);
  });
});

describe('What is missing, in words', () => {
  it('is a sentence of its own, and a short name for lists', () => {
    const version = requiredField('version', w('Version', '版本'));
    assert.deepEqual(version.text, w('Version is missing', '缺少：版本'));
    assert.deepEqual(shortName(version), w('Version', '版本'));
    assert.equal(
      requiredField('final', w('Is that final?', '是否为最终结论？')).text.en,
      'Not answered: Is that final?',
    );
    const other = w('The range ends before it begins', '结束时间早于开始时间');
    assert.deepEqual(shortName(rule('occurrence-order', other)), other);
  });

  it('names the field that no reason excuses, not its code', () => {
    const lacks = (codes: readonly string[]) =>
      anIssue('2.1')
        .lacks({ action: 'excuse', for: 'withdraw', values: { codes, reason: 'no time' } })
        .map((item) => item.text);
    assert.deepEqual(lacks(['required:reason']), [w('"Reason" can\'t be excused', '“原因”不能以说明代替')]);
    assert.equal(lacks(['nonsense'])[0]?.en, '"nonsense" can\'t be excused');
    const play = anIssue('4.1').usual('informCustomer');
    for (const action of ['withdraw', 'merge', 'convert', 'reject', 'revisePlan']) {
      play.cannotExcuse(action, 'required:reason');
      play.refusesUsual(action, { reason: ' ' }, ['required:reason@reason']);
    }
  });
});
