// The operating system, the busiest processes and the clock: kept where they are known, never asked for.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { draftArticle } from '../../../src/domain/article/draft';
import { environmentOf, furtherItems } from '../../../src/domain/sop/field';
import { describeEnvironment } from '../../../src/domain/text/describe';
import { ticketText } from '../../../src/domain/text/ticketText';
import { anIssue, fullEnvironment } from '../domain/play';

const further = {
  os: { value: 'CentOS 7, Linux 3.10' },
  processes: { value: 'postgres ×42 610 % CPU' },
  clock: { value: 'db01: 2026-11-22 14:02:11 (UTC+08:00), at least 3 min ahead' },
};
const unstable = { outcome: 'notReproduced', reproduced: 0, attempts: 5 };

describe('further environment items', () => {
  it('are never in the way', () => {
    anIssue('2.1')
      .does('reproduce', { ...unstable, environment: fullEnvironment })
      .isAt('2.2');
    for (const { key } of furtherItems) {
      anIssue('2.1')
        .does('reproduce', { ...unstable, environment: { ...fullEnvironment, [key]: { cannot: '' } } })
        .isAt('2.2');
    }
  });

  it('are kept, told in the ticket, and asked for there once they are', () => {
    const play = anIssue('2.1').does('reproduce', { ...unstable, environment: { ...fullEnvironment, ...further } });
    assert.deepEqual(environmentOf(play.state.values['reproduce']), { ...fullEnvironment, ...further });
    const sent = ticketText(play.state, 'en');
    assert.match(sent, /Logged-in users: .*\nOperating system: CentOS 7, Linux 3\.10\nBusiest processes: postgres/);
    assert.match(ticketText(play.state, 'zh-CN'), /\n服务器时钟：db01: 2026-11-22/);
    play.refusesUsual('createTicket', { sent: sent.replace('CentOS 7', '') }, ['sent:environment@sent']);
    play.usual('createTicket', { sent }).isAt('3.1');
  });

  it('tell the reader of an article what the server was, not which', () => {
    const { state } = anIssue('2.1').does('reproduce', {
      ...unstable,
      environment: { ...fullEnvironment, ...further },
    });
    const { text } = draftArticle(state, 'en', '', '2026-11-22');
    assert.match(text, /\| Operating system \| CentOS 7, Linux 3\.10 \|/);
    assert.match(text, /\| Busiest processes \| postgres/);
    assert.doesNotMatch(text, /db01|Logged-in/);
  });

  it('stand after the seven, whatever order they came in', () => {
    const lines = describeEnvironment({ environment: { ...further, cpu: { value: '90 %' } } }, 'en');
    assert.deepEqual(
      lines.map((line) => line.split(':')[0]),
      ['CPU usage', 'Operating system', 'Busiest processes', 'Server clock'],
    );
  });

  it('are kept with the attempt that they were read at', () => {
    const first = { ...fullEnvironment, ...further };
    const second = { ...fullEnvironment, cpu: { value: 'idle' } };
    const play = anIssue('2.1').does('tryAgain', { ...unstable, environment: first });
    assert.deepEqual(environmentOf(play.state.values['reproduce']), first, 'the next attempt begins with it');
    play.does('tryAgain', { ...unstable, environment: second }).does('reproduce', { ...unstable, environment: first });
    assert.deepEqual(
      play.state.attempts.map(({ values }) => environmentOf(values)),
      [first, second, first],
    );
  });
});
