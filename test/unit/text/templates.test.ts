/** A team's own wording of messages: read leniently, filled in, and never with a hole in it. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { readSettings } from '../../../src/domain/casebook';
import { type House, prepared } from '../../../src/domain/text/prepared';
import { fillTemplate, placeholders, readTemplates, templatePurposes } from '../../../src/domain/text/templates';
import { anyText, issue, request, stamp } from './cases';

const plan = {
  ...stamp,
  event: 'e1',
  revision: 1,
  round: 1,
  kind: 'fix' as const,
  approach: '调整共享内存参数',
  version: '3.2.2',
  date: '2026-12-05',
  disposition: 'fixed',
};
const planned = issue({
  step: '4.1',
  planRevision: 1,
  plans: [plan],
  ticket: { system: 'Jira', key: 'ERP-7', url: '' },
});

function house(raw: unknown): House {
  return { templates: readTemplates(raw).templates, me: 'Li Wei <li.wei@vendor.cn>' };
}

describe("a team's own wording", () => {
  it('takes the place of the built-in text in its language, with what the case knows', () => {
    const own = house({
      plan: { en: ['Dear {contact},', '', '{id} {title}: {version} on {date} ({ticket}).', '{approach}', '', '{me}'] },
    });
    assert.equal(
      prepared('informCustomer', 'text', planned, 'en', {}, own),
      'Dear 王工,\n\nISS-20261122-7K3F 报表导出失败: 3.2.2 on 5 December 2026 (ERP-7).\n调整共享内存参数\n\nLi Wei',
    );
    assert.match(prepared('informCustomer', 'text', planned, 'zh-CN', {}, own) ?? '', /已有修复计划/);
  });

  it('is asked for by the purpose of a message that is logged at any time', () => {
    const own = house({ acknowledgement: { 'zh-CN': '{contact}您好，编号 {id}。' } });
    const values = { to: 'customer', purpose: 'acknowledgement' };
    assert.equal(prepared('logMessage', 'text', issue(), 'zh-CN', values, own), '王工您好，编号 ISS-20261122-7K3F。');
  });

  it('says nothing where there is nothing to say yet, and leaves a decline as it is', () => {
    const own = house({ plan: { en: 'Plan' }, workaround: { en: '{workaround}' }, requestStatus: { en: '{status}' } });
    assert.equal(prepared('informCustomer', 'text', issue(), 'en', {}, own), undefined);
    assert.equal(prepared('giveWorkaround', 'text', issue(), 'en', {}, own), undefined);
    assert.equal(prepared('sync', 'text', request(), 'en', {}, own), undefined);
    const declined = issue({
      step: '4.1',
      planRevision: 1,
      plans: [{ ...plan, kind: 'decline' as const, disposition: 'wontFix' }],
    });
    assert.match(prepared('informCustomer', 'text', declined, 'en', {}, own) ?? '', /a fix is not planned/);
  });

  it('leaves out a line whose placeholders are all unknown', () => {
    assert.equal(fillTemplate('A\nTicket: {ticket}\n{me}, {contact}\nB', { contact: 'Dana' }), 'A\n, Dana\nB');
  });

  it('puts in what stands there, whatever it looks like', () => {
    fc.assert(
      fc.property(anyText, (title) => {
        const filled = fillTemplate('<{title}>', { title });
        assert.equal(filled, title.trim() === '' ? '' : `<${title.trim()}>`);
      }),
    );
    assert.equal(fillTemplate('{title} {me}', { title: '{me} $&', me: 'Li' }), '{me} $& Li');
  });
});

describe('reading messageTemplates', () => {
  it('names what cannot be used, and takes the rest', () => {
    const { settings, problems } = readSettings({
      messageTemplates: {
        plan: { en: 'On {dat} in {verson}', 'zh-CN': '{version}，{date}', de: 'Plan' },
        closing: { en: 7 },
        greeting: { en: 'Hi' },
        schedule: 'x',
        workaround: { en: '  ' },
      },
    });
    assert.deepEqual(problems, [
      'messageTemplates.plan.en: {dat} {verson}',
      'messageTemplates.plan.de',
      'messageTemplates.closing.en',
      'messageTemplates.greeting',
      'messageTemplates.schedule',
    ]);
    assert.deepEqual(settings.messageTemplates, { plan: { 'zh-CN': '{version}，{date}' } });
    assert.deepEqual(readSettings({ messageTemplates: [] }).problems, ['messageTemplates']);
    assert.deepEqual(readSettings({}).settings.messageTemplates, {});
  });

  it('never throws and never leaves a placeholder that it does not know', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const { templates } = readTemplates({ plan: { en: a, 'zh-CN': b }, closing: a });
        for (const byLanguage of Object.values(templates)) {
          for (const text of Object.values(byLanguage)) assert.doesNotMatch(fillTemplate(text, {}), /\{[A-Za-z]+\}/);
        }
      }),
    );
  });

  it('has the same purposes and placeholders as the schema of casebook.json', () => {
    interface Schema {
      properties: { messageTemplates: { properties: object } };
      definitions: { messageText: { description: string } };
    }
    const schema = JSON.parse(readFileSync('media/casebook.schema.json', 'utf8')) as Schema;
    assert.deepEqual(Object.keys(schema.properties.messageTemplates.properties), [...templatePurposes]);
    const named = [...schema.definitions.messageText.description.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    assert.deepEqual(named, [...placeholders]);
  });
});
