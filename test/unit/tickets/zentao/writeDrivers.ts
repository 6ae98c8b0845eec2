/** How the recorded writes are brought about with the adapter. */
import { strict as assert } from 'node:assert';
import { plainText } from '../../../../src/adapters/tickets/zentao/html';
import { toHtml } from '../../../../src/domain/tickets/formats';
import type { NewTicket, TicketFieldValue } from '../../../../src/domain/tickets/tracker';
import { bodyOf, commented, detail, type Driver, idIn, kindIn, said, text } from './driver';
import { answerOf, type Body, type Replay, told } from './replay';

/** The ticket that makes the recorded request: its case is named as its title. */
function ticketOf(replay: Replay): NewTicket {
  const { request, response } = replay.recording;
  const sent = typeof request.body === 'object' ? (request.body as Body) : {};
  const answer = (response.body ?? {}) as Body;
  const own = ['title', 'steps', 'spec', 'keywords', 'product'];
  const fields = Object.entries(sent).filter(([key]) => !own.includes(key));
  // of a form with files only the names of its fields were written down
  const form = { severity: '3', pri: '2', type: 'codeerror', openedBuild: ['trunk'] };
  const title = text(answer['title']) || text(sent['title']) || 'CASE-1';
  const value = (given: unknown): TicketFieldValue => (Array.isArray(given) ? given.map(String) : String(given));
  return {
    caseId: title,
    kind: kindIn(replay),
    place: /products\/(\d+)/.exec(request.path)?.[1] ?? '1',
    title,
    text: plainText(text(answer['steps']) || text(answer['spec'])),
    fields: fields.length === 0 ? form : Object.fromEntries(fields.map(([key, given]) => [key, value(given)])),
    files: [...String(request.body).matchAll(/files\[\]=([^,(]+?) \(/g)].map(([, name = '']) => ({
      name,
      bytes: new Uint8Array([1]),
    })),
  };
}

async function creating(replay: Replay): Promise<NewTicket> {
  await replay.begin();
  const key = kindIn(replay) === 'issue' ? 'bugs' : 'stories';
  replay.on('GET', /\/products\?/, answerOf(replay.other('list-products').response));
  replay.on('GET', /\/products\/\d+\/(?:bugs|stories)\?/, told({ page: 1, total: 0, limit: 100, [key]: [] }));
  replay.on('POST', /\/(?:bugs|stories)$/, answerOf(replay.recording.response));
  const answer = bodyOf(replay);
  if ('id' in answer) replay.on('GET', /\/(?:bugs|stories)\/\d+$/, told(detail(answer)));
  return ticketOf(replay);
}

export const create: Driver = async (replay) => {
  const ticket = await creating(replay);
  const { id, title, deadline, files, assignedTo } = bodyOf(replay);
  const { deadline: due, assignedTo: person } = ticket.fields;
  // 18.4 forgets it; an account that is not there becomes nobody
  const missing = [
    ...(person !== undefined && assignedTo === null ? ['assignedTo'] : []),
    ...(due !== undefined && text(deadline) !== due ? ['deadline'] : []),
  ];
  if (missing.length > 0) {
    await assert.rejects(replay.tracker.create(ticket), { reason: 'not-applied', said: missing.join(', ') });
    return;
  }
  const made = await replay.tracker.create(ticket);
  assert.deepEqual([made.key, made.title, made.dueDate], [String(id), title, text(deadline)]);
  assert.deepEqual(
    made.files,
    Object.values(files as object).map(({ title: name }: { title: string }) => name),
  );
};

export const refused =
  (field?: string): Driver =>
  async (replay) => {
    if (replay.recording.response.status === 200) return create(replay);
    const { error } = bodyOf(replay);
    const message =
      typeof error === 'string'
        ? error
        : Object.values(error as Record<string, string[]>)
            .flat()
            .join(' ');
    const details = { status: 400, ...(field === undefined ? {} : { fields: { [field]: message } }) };
    const ticket = await creating(replay);
    await assert.rejects(replay.tracker.create(ticket), (thrown: { reason: string; said: string; details: object }) => {
      assert.deepEqual([thrown.reason, thrown.said, thrown.details], ['refused', message, details]);
      return true;
    });
  };

export const unknownProduct: Driver = async (replay) => {
  const ticket = await creating(replay);
  await assert.rejects(replay.tracker.create(ticket), { reason: 'not-found', said: '999' });
  assert.equal(replay.sent('POST', /bugs$/).length, 0);
};

export const runOutAtCreate: Driver = async (replay) => {
  const good = replay.other('create-bug-with-deadline');
  await replay.begin();
  replay.on('GET', /\/products\?/, answerOf(replay.other('list-products').response));
  replay.on('GET', /\/bugs\?/, told({ page: 1, total: 0, limit: 100, bugs: [] }));
  replay.on('POST', /\/bugs$/, answerOf(replay.recording.response));
  replay.on('POST', /\/bugs$/, answerOf(good.response));
  const answer = good.response.body as Body;
  replay.on(
    'GET',
    /\/bugs\/\d+$/,
    told(
      detail(answer, { deadline: '2026-12-05', severity: 2, pri: 1, type: 'codeerror', openedBuild: [{ id: '1' }] }),
    ),
  );
  const ticket = { ...ticketOf(replay), title: text(answer['title']), caseId: text(answer['title']), text: '' };
  assert.equal((await replay.tracker.create(ticket)).key, String(answer['id']));
  assert.equal(replay.sent('POST', /tokens$/).length, 2);
};

export const assign: Driver = async (replay) => {
  const answer = bodyOf(replay);
  const comment = plainText(text(said(replay, 'comment')));
  const item = /\/(?:bugs|stories)\/\d+$/;
  (await replay.begin()).on('GET', item, told(detail(answer, { assignedTo: null })));
  replay.on('GET', item, told(detail(answer, commented(toHtml(comment)))));
  replay.on('POST', /\/assign$/, answerOf(replay.recording.response));
  const person = text(said(replay, 'assignedTo'));
  const after = await replay.tracker.assign(idIn(replay), kindIn(replay), person, comment);
  assert.deepEqual([after.assignee?.id, after.comments[0]?.text], [person, comment]);
};

export const activate: Driver = async (replay) => {
  const answer = bodyOf(replay);
  const comment = text(said(replay, 'comment'));
  const item = /\/(?:bugs|stories)\/\d+$/;
  const before = detail(answer, { status: 'closed', resolvedBy: answer['assignedTo'] });
  (await replay.begin())
    .on('GET', item, told(before))
    .on('GET', item, told(detail(answer, commented(toHtml(comment)))));
  replay.on('POST', /\/active$/, answerOf(replay.recording.response));
  const after = replay.tracker.reactivate(idIn(replay), kindIn(replay), comment);
  if (answer['status'] === 'closed') await assert.rejects(after, { reason: 'not-applied', said: 'closed' });
  else assert.equal((await after).status, 'active');
};

export const close: Driver = async (replay) => {
  const answer = bodyOf(replay);
  const comment = text(said(replay, 'comment'));
  const item = /\/(?:bugs|stories)\/\d+$/;
  (await replay.begin()).on('GET', item, told(detail(answer, { status: 'resolved' })));
  replay.on('GET', item, told(detail(answer, commented(toHtml(comment)))));
  replay.on('POST', /\/close$/, answerOf(replay.recording.response));
  const resolution = text(said(replay, 'closedReason'));
  const closed = replay.tracker.close(idIn(replay), kindIn(replay), { comment, resolution });
  // one that was closed without a reason is not what was asked for
  if (kindIn(replay) === 'request' && answer['closedReason'] === '')
    await assert.rejects(closed, { reason: 'not-applied' });
  else assert.deepEqual([(await closed).progress, (await closed).comments.length], ['done', 1]);
};

export const closeUnknown: Driver = async (replay) => {
  const item = /\/bugs\/\d+$/;
  (await replay.begin()).on('GET', item, told({ id: 99_999, title: 'gone', status: 'resolved', actions: [] }));
  replay.on('GET', item, answerOf(replay.other('get-bug-unknown').response));
  replay.on('POST', /\/close$/, answerOf(replay.recording.response));
  await assert.rejects(replay.tracker.close('99999', 'issue', { comment: 'x', resolution: '' }), {
    reason: 'not-found',
  });
};

export const comment =
  (isSaved: boolean): Driver =>
  async (replay) => {
    const words = new URLSearchParams(text(replay.recording.request.body)).get('comment') ?? '';
    const bug = { id: Number(idIn(replay)), title: 'bug', status: 'active', assignedTo: null, actions: [] };
    (await replay.begin()).on('GET', /\/bugs\/\d+$/, told(bug));
    replay.on('GET', /\/bugs\/\d+$/, told(isSaved ? { ...bug, ...commented(toHtml(words)) } : bug));
    replay.on('POST', /f=comment/, answerOf(replay.recording.response));
    const after = replay.tracker.comment(idIn(replay), 'issue', words);
    if (isSaved) assert.equal((await after).comments[0]?.text, words);
    else await assert.rejects(after, { reason: 'not-applied' });
  };

export const commentRunOut: Driver = async (replay) => {
  const bug = { id: Number(idIn(replay)), title: 'bug', status: 'active', actions: [] };
  (await replay.begin()).on('GET', /\/bugs\/\d+$/, told(bug));
  replay.on('GET', /\/bugs\/\d+$/, told({ ...bug, ...commented('<p>x</p>') }));
  replay.on('POST', /f=comment/, answerOf(replay.recording.response));
  replay.on('POST', /f=comment/, answerOf(replay.other('legacy-comment-token-referer').response));
  assert.equal((await replay.tracker.comment(idIn(replay), 'issue', 'x')).comments.length, 1);
  assert.deepEqual([replay.sent('POST', /tokens$/).length, replay.sent('POST', /f=comment/).length], [2, 2]);
};

export const attach: Driver = async (replay) => {
  const item = /\/bugs\/\d+$/;
  (await replay.begin()).on('GET', item, answerOf(replay.other('get-bug-after-assign-multipart').response));
  replay.on('GET', item, answerOf(replay.other('get-bug-after-legacy-edit-keep').response));
  replay.on('GET', /f=view/, answerOf(replay.other('legacy-get-bug-json').response));
  replay.on('POST', /f=edit/, answerOf(replay.other('legacy-edit-keep-all-fields-with-files').response));
  const files = ['现场日志 1.log', 'dump.zip'].map((name) => ({ name, bytes: new Uint8Array([1]) }));
  const after = await replay.tracker.attach(idIn(replay), 'issue', files);
  assert.deepEqual(after.files, ['现场日志 1.log', 'dump.zip']);
};
