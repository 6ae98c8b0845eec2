/** Messages handed to a mail program: the link, its length, and whose address it goes to. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { mailLink, mailRecipient, mailSubject } from '../../../src/domain/text/mail';
import { anyText, issue, received, request } from './cases';

describe('a mail link', () => {
  it('escapes line breaks, Chinese and the signs that mean something in a link', () => {
    const { url, isWhole } = mailLink({
      to: 'wang@factory.cn',
      subject: '[ISS-1] 报表\nA&B?',
      body: '您好！\nx=1&y#2 + 50%\r\nend',
    });
    assert.equal(
      url,
      'mailto:wang@factory.cn?subject=%5BISS-1%5D%20%E6%8A%A5%E8%A1%A8%20A%26B%3F&body=%E6%82%A8%E5%A5%BD%EF%BC%81%0D%0Ax%3D1%26y%232%20%2B%2050%25%0D%0Aend',
    );
    assert.equal(isWhole, true);
  });

  it('gives back what was put in, whatever it is, and is never anything but mail', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (to, subject, body) => {
        const { url, isWhole } = mailLink({ to, subject, body });
        assert.match(url, /^mailto:[\w%@.~-]*\?subject=[\w%.~-]*(&body=[\w%.~-]*)?$/);
        const read = new URL(url);
        assert.equal(read.protocol, 'mailto:');
        const field = (name: string) =>
          decodeURIComponent(new RegExp(`[?&]${name}=([^&]*)`).exec(url)?.[1] ?? '').replace(/\r\n/g, '\n');
        if (isWhole) assert.equal(field('body'), body.replace(/\r\n?/g, '\n').replace(/\p{Surrogate}/gu, '\uFFFD'));
      }),
    );
  });

  it('leaves out a text that is too long for mail programs', () => {
    const mail = { to: 'a@b.cn', subject: 'S', body: '长'.repeat(230) };
    assert.deepEqual(mailLink(mail), { url: 'mailto:a@b.cn?subject=S', isWhole: false });
    assert.equal(mailLink({ ...mail, body: '长'.repeat(210) }).isWhole, true);
  });

  it('is about the case by number and title', () => {
    assert.equal(mailSubject(issue()), '[ISS-20261122-7K3F] 报表导出失败');
    assert.equal(mailSubject(issue({ values: {} })), '[ISS-20261122-7K3F]');
  });
});

describe('whose address a message goes to', () => {
  const settings = {
    customers: [{ name: '华东某厂', contacts: ['李工 <li@factory.cn>', '王工 <wang@factory.cn>'] }],
    people: [
      { name: 'Zhao Lei', mail: 'zhao@vendor.cn', role: 'LD' as const },
      { name: 'Sun Qi', mail: 'sun@vendor.cn', role: 'PM' as const },
    ],
  };

  it("the contact's, from the case itself or from the customer's contacts", () => {
    assert.equal(mailRecipient('informCustomer', 'text', {}, issue(), settings), 'wang@factory.cn');
    assert.equal(mailRecipient('sync', 'text', {}, request(), settings), 'wang@factory.cn');
    const own = issue({ values: { receive: { ...received, contact: '王工 <w@other.cn>' } } });
    assert.equal(mailRecipient('logMessage', 'text', { to: 'customer' }, own, settings), 'w@other.cn');
    const stranger = issue({ values: { receive: { ...received, contact: '赵工' } } });
    assert.equal(mailRecipient('informCustomer', 'text', {}, stranger, settings), '');
    assert.equal(mailRecipient('informCustomer', 'text', {}, issue({ values: {} }), settings), '');
  });

  it("the lead's and the manager's from the team; a group has none", () => {
    assert.equal(mailRecipient('notifyLead', 'text', { lead: 'Zhao Lei' }, issue(), settings), 'zhao@vendor.cn');
    assert.equal(mailRecipient('assess', 'leadText', { leadLead: 'Lu <lu@v.cn>' }, issue(), settings), 'lu@v.cn');
    const submitted = request({ values: { submit: { manager: 'Sun Qi' } } });
    assert.equal(mailRecipient('logMessage', 'text', { to: 'manager' }, submitted, settings), 'sun@vendor.cn');
    assert.equal(mailRecipient('logMessage', 'text', { to: 'group' }, issue(), settings), '');
    assert.equal(mailRecipient('logMessage', 'text', { to: 'lead' }, issue(), settings), '');
  });
});
