/** The appointment's calendar file, read by another library than the one that writes it. */
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { describe, it } from 'mocha';
import { icsCalendar } from '../../../src/adapters/calendar/icsCalendar';
import { appointmentOf } from '../../../src/domain/text/appointment';
import { anIssue, HOUR, iso, type Play } from '../domain/play';

const agreed = () => anIssue('4.2').usual('verifyInternal', { result: 'passed' });
const entryOf = (play: Play, language: 'en' | 'zh-CN' = 'en') => {
  const entry = appointmentOf(play.state, play.events, language);
  assert.ok(entry);
  return entry;
};

function parsed(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const component = calendar.getFirstSubcomponent('vevent');
  assert.ok(component);
  return { calendar, component, event: new ICAL.Event(component) };
}

describe('The appointment as a calendar file', () => {
  it('says what, when, with whom, and reminds', () => {
    const play = agreed();
    const start = Date.parse('2026-11-25T06:00:00Z');
    play.usual('appoint', {
      start: iso(start),
      end: iso(start + 2 * HOUR),
      zone: 'Asia/Shanghai',
      contact: '王工, 信息科; "DBA"\n(day shift)',
    });
    const text = icsCalendar.published(entryOf(play));
    const { calendar, component, event } = parsed(text);
    assert.equal(calendar.getFirstPropertyValue('method'), 'PUBLISH');
    assert.equal(event.startDate.toJSDate().getTime(), start);
    assert.equal(event.endDate.toJSDate().getTime(), start + 2 * HOUR);
    assert.equal(event.startDate.zone.tzid, 'UTC');
    assert.equal(event.summary, `Upgrade to ${play.state.plans[0]?.version}: Customer 0`);
    for (const part of ['王工, 信息科; "DBA"', '(day shift)', 'Asia/Shanghai', play.id]) {
      assert.ok(event.description.includes(part), part);
    }
    assert.ok(component.getFirstSubcomponent('valarm'));
    assert.equal(component.getFirstPropertyValue('status'), 'CONFIRMED');
    // the format's own rules: CRLF, no line longer than 75 bytes
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75 && !line.includes('\n'), line);
    assert.equal(entryOf(play, 'zh-CN').title, `升级到 ${play.state.plans[0]?.version}：Customer 0`);
  });

  it('a changed appointment replaces the earlier one; the next round has one of its own', () => {
    const play = agreed().usual('appoint');
    const first = parsed(icsCalendar.published(entryOf(play))).event;
    assert.equal(first.sequence, 0);
    play.usual('appoint', { start: iso(play.now + 30 * HOUR), end: iso(play.now + 31 * HOUR) });
    const second = parsed(icsCalendar.published(entryOf(play))).event;
    assert.equal(second.uid, first.uid);
    assert.equal(second.sequence, 1);
    assert.notEqual(second.startDate.toJSDate().getTime(), first.startDate.toJSDate().getTime());

    play.usual('upgrade').usual('verifyCustomer', { result: 'failed', newUrgency: 'keep' });
    assert.equal(appointmentOf(play.state, play.events, 'en'), undefined);
    play.until('4.2').usual('verifyInternal', { result: 'passed' }).usual('appoint');
    const next = parsed(icsCalendar.published(entryOf(play))).event;
    assert.notEqual(next.uid, first.uid);
    assert.equal(next.sequence, 0);
  });

  it('an end that is missing or before the start becomes an hour', () => {
    const play = agreed();
    const start = play.now + 30 * HOUR;
    play.does('excuse', { codes: ['appointment-order'], reason: 'open end' }, 'appoint');
    play.usual('appoint', { start: iso(start), end: iso(start - HOUR) });
    assert.equal(entryOf(play).end, start + HOUR);
  });

  it('there is none before one is agreed', () => {
    const play = agreed();
    assert.equal(appointmentOf(play.state, play.events, 'en'), undefined);
  });
});
