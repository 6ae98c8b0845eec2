/** The wizards' steps, what they take as an answer, and the entry that comes of it. */
import { strict as assert } from 'node:assert';
import { readBots, readTrackers } from '../../../src/domain/tickets/connections';
import {
  botEntryOf,
  botStepAfter,
  botStepBefore,
  botSteps,
  emptyBot,
  isBotAddress,
  mentionsIn,
} from '../../../src/features/connections/botDraft';
import { allNames, peopleOf, placesToAsk } from '../../../src/features/connections/mappings';
import {
  connectionOf,
  emptyDraft,
  entryOf,
  freeName,
  needsAccount,
  siteOf,
  stepAfter,
  stepBefore,
  stepsFor,
  tokenPage,
  type TrackerDraft,
} from '../../../src/features/connections/trackerDraft';

const draft = (change: Partial<TrackerDraft>): TrackerDraft => ({
  ...emptyDraft,
  address: 'https://dev.example.com/zentao',
  name: '禅道',
  account: ' support1 ',
  ...change,
});

describe('connecting a ticket system', () => {
  it('asks each system for what it needs, and no more', () => {
    assert.deepEqual(stepsFor(draft({})), ['system', 'address', 'name', 'account', 'secret']);
    assert.deepEqual(stepsFor(draft({ system: 'redmine' })), ['system', 'address', 'textFormat', 'name', 'secret']);
    const jira = draft({ system: 'jira', address: 'https://jira.example.com' });
    assert.deepEqual(stepsFor(jira), ['system', 'address', 'hosting', 'name', 'secret']);
    assert.ok(needsAccount({ ...jira, hosting: 'cloud' }));
    const cloud = draft({ system: 'jira', address: 'https://acme.atlassian.net' });
    assert.deepEqual(stepsFor(cloud), ['system', 'address', 'name', 'account', 'secret']);
    assert.ok(!needsAccount(draft({ system: 'jira', address: 'https://atlassian.net.example.com' })));
  });

  it('asks before anything goes unencrypted beyond this machine', () => {
    const open = draft({ address: 'http://10.0.0.5/zentao' });
    assert.ok(stepsFor(open).includes('http'));
    assert.ok(!stepsFor(draft({ address: 'http://127.0.0.1:8080/zentao' })).includes('http'));
    assert.equal(connectionOf(open, 480), undefined);
    const permitted = { ...open, allowHttp: true };
    assert.equal(connectionOf(permitted, 480)?.url, 'http://10.0.0.5/zentao');
    assert.equal(entryOf(permitted)['allowHttp'], true);
    // permitted for another address than the one that is used now
    assert.equal(entryOf(draft({ allowHttp: true }))['allowHttp'], undefined);
    // the answer "https instead" takes its own question away
    const secure = { ...open, address: 'https://10.0.0.5/zentao' };
    assert.deepEqual([stepAfter(secure, 'http'), stepBefore(secure, 'http')], ['name', 'address']);
  });

  it('goes on and back through the steps that there are', () => {
    assert.equal(stepAfter(draft({}), 'system'), 'address');
    assert.equal(stepAfter(draft({}), 'secret'), undefined);
    assert.equal(stepBefore(draft({ system: 'redmine' }), 'secret'), 'name');
    assert.equal(stepBefore(draft({}), 'system'), 'system');
  });

  it('takes the address of a page for that of its site', () => {
    const site = (system: TrackerDraft['system'], address: string) => siteOf({ system, address });
    assert.equal(site('zentao', ' https://dev.example.com/zentao/my.html '), 'https://dev.example.com/zentao');
    assert.equal(site('zentao', 'https://dev.example.com/zentao/bug-view-12.html'), 'https://dev.example.com/zentao');
    assert.equal(site('zentao', 'http://10.0.0.5:81/index.php?m=my&f=index'), 'http://10.0.0.5:81');
    assert.equal(site('zentao', 'https://zentao.example.com/pms/biz'), 'https://zentao.example.com/pms/biz');
    assert.equal(site('jira', 'https://acme.atlassian.net/jira/software/projects/SUP'), 'https://acme.atlassian.net');
    assert.equal(site('jira', 'https://example.com/jira/browse/SUP-7'), 'https://example.com/jira');
    assert.equal(site('jira', 'https://example.com/jira'), 'https://example.com/jira');
    assert.equal(site('redmine', 'https://example.com/redmine/projects/vision/issues'), 'https://example.com/redmine');
    for (const address of ['', 'dev.example.com', 'ftp://dev.example.com', 'https://me:pw@dev.example.com']) {
      assert.equal(site('zentao', address), undefined, address);
    }
  });

  it('writes an entry that is read as it was meant, without the secret', () => {
    const entry = entryOf(draft({ secret: 'hidden', name: ' 禅道 ' }));
    assert.deepEqual(entry, {
      name: '禅道',
      system: 'zentao',
      url: 'https://dev.example.com/zentao',
      account: 'support1',
    });
    assert.deepEqual(readTrackers([entry], 480).problems, []);
    const redmine = entryOf(draft({ system: 'redmine', textFormat: 'markdown' }));
    assert.deepEqual([redmine['textFormat'], redmine['account']], ['markdown', undefined]);
    assert.equal(connectionOf(draft({ system: 'redmine' }), 60)?.textFormat, 'textile');
  });

  it('knows where its token is made', () => {
    const page = (change: Partial<TrackerDraft>) => tokenPage(draft(change));
    assert.equal(page({}), 'https://dev.example.com/zentao');
    assert.equal(
      page({ system: 'redmine', address: 'https://a.example.com/r/' }),
      'https://a.example.com/r/my/account',
    );
    const token = 'https://id.atlassian.com/manage-profile/security/api-tokens';
    assert.equal(page({ system: 'jira', address: 'https://acme.atlassian.net' }), token);
    assert.equal(
      page({ system: 'jira', address: 'https://jira.example.com' }),
      'https://jira.example.com/secure/ViewProfile.jspa',
    );
  });

  it('offers a name that is free', () => {
    assert.equal(freeName('Jira', []), 'Jira');
    assert.equal(freeName('Jira', ['Jira', 'Jira 2']), 'Jira 3');
  });
});

describe("connecting a group's bot", () => {
  it('asks for a signature and a keyword where the system has them', () => {
    assert.deepEqual(botSteps({ system: 'wecom' }), ['system', 'group', 'address', 'mentions', 'lead']);
    assert.deepEqual(botSteps({ system: 'feishu' }), [
      'system',
      'group',
      'address',
      'secret',
      'keyword',
      'mentions',
      'lead',
    ]);
    assert.deepEqual(botSteps({ system: 'teams' }), ['system', 'group', 'address', 'lead']);
    assert.equal(botStepAfter({ ...emptyBot, system: 'teams' }, 'lead'), undefined);
    assert.equal(botStepBefore(emptyBot, 'mentions'), 'address');
    assert.equal(botStepBefore(emptyBot, 'system'), 'system');
  });

  it('takes an address that nobody else can read on the way', () => {
    assert.ok(isBotAddress('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1'));
    assert.ok(!isBotAddress('http://hooks.example.com/1'));
    assert.ok(!isBotAddress('a key'));
  });

  it('writes an entry without address and secret', () => {
    const filled = {
      system: 'dingtalk',
      group: ' 存储组研发群 ',
      address: 'https://oapi.dingtalk.com/robot/send?access_token=hidden',
      secret: 'SEC-hidden',
      keyword: '售后',
      mentions: '13800001111，13900002222 13800001111',
      lead: ' 赵磊 ',
    } as const;
    const entry = botEntryOf(filled);
    assert.deepEqual(entry, {
      group: '存储组研发群',
      system: 'dingtalk',
      keyword: '售后',
      mentions: ['13800001111', '13900002222'],
      lead: '赵磊',
    });
    assert.deepEqual(readBots([entry]).problems, []);
    assert.deepEqual(Object.keys(botEntryOf({ ...filled, system: 'teams' })), ['group', 'system', 'lead']);
    assert.deepEqual(mentionsIn(' , ；'), []);
  });
});

describe('mapping names', () => {
  it('offers every name of ours once', () => {
    assert.deepEqual(allNames(['ERP', ' MES '], ['MES', 'WMS', '']), ['ERP', 'MES', 'WMS']);
  });

  it('asks only the places that matter for their people', () => {
    const all = ['1', '2', '3', '4', '5', '6', '7'].map((id) => ({ id, name: id }));
    assert.deepEqual(placesToAsk('zentao', [], all), ['1']);
    assert.deepEqual(placesToAsk('zentao', [], []), ['']);
    assert.deepEqual(placesToAsk('redmine', ['vision', 'vision', 'mes'], all), ['vision', 'mes']);
    assert.deepEqual(placesToAsk('jira', [], all), ['1', '2', '3', '4', '5']);
    const zhang = { id: '5', name: 'Zhang' };
    assert.deepEqual(peopleOf([[zhang, { id: '6', name: 'Li' }], [zhang]]), [{ id: '6', name: 'Li' }, zhang]);
  });
});
