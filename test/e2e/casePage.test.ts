import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseEvent } from '../../src/domain/case/event';
import { aCase, type CaseInHand, li } from '../builders';
import { temporaryFolder, waitFor } from './editor';
import { Workbench } from './driver';
import { CaseForm } from './form';

describe("the case's page", function () {
  this.timeout(180_000);
  let window: Workbench;
  let form: CaseForm;
  let folder: string;

  const cases = {
    'No word yet': aCase('issue', { by: li, intake: { title: 'No word yet' } }).until('2.1'),
    'A plan to tell': aCase('issue', {
      by: li,
      intake: { title: 'A plan to tell', contact: '王芳 <wang.fang@bank.example>' },
    }).until('4.1'),
  } as const;
  const pathOf = (inHand: CaseInHand) => join(folder, 'cases', inHand.id.slice(4, 8), `${inHand.id}.jsonl`);
  const eventsOf = (title: keyof typeof cases): CaseEvent[] =>
    readFileSync(pathOf(cases[title]), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as CaseEvent);

  before(async () => {
    folder = temporaryFolder('casebook');
    writeFileSync(
      join(folder, 'casebook.json'),
      JSON.stringify({
        version: 1,
        messageTemplates: { acknowledgement: { en: ['{contact}: {id} is ours.', '{me}'] } },
      }),
    );
    for (const inHand of Object.values(cases)) {
      mkdirSync(join(pathOf(inHand), '..'), { recursive: true });
      writeFileSync(pathOf(inHand), inHand.text());
    }
    window = await Workbench.open({
      settings: { 'casebook.folder': folder, 'casebook.engineer': 'Ann' },
      viewport: { width: 1400, height: 1000 },
    });
    await window.openCasebook();
    form = new CaseForm(window);
  });
  after(() => window.close());

  const open = async (title: keyof typeof cases) => {
    await window.tree('Cases').click(title);
    await window.webview().locator('h1', { hasText: title }).waitFor();
  };
  const text = (action: string) => form.valueOf(action, 'text');
  const says = (action: string, wanted: RegExp) =>
    waitFor(`${wanted}`, async () => (wanted.test(await text(action)) ? true : undefined));

  const channelIs = (action: string, wanted: string) =>
    waitFor(wanted, async () => (await form.valueOf(action, 'channel')) === wanted || undefined);

  it('rows grow with their text, take a pasted list, and are dragged to their place', async () => {
    await open('No word yet');
    const steps = form.field('reproduce', 'steps');
    const row = (index: number) => steps.locator('ol.rows > li').nth(index).locator('textarea');
    const rows = () =>
      steps.locator('ol.rows textarea').evaluateAll((all) => all.map((each) => (each as HTMLTextAreaElement).value));
    await form.fill('reproduce', { outcome: 'stable' });
    await row(0).click();
    await window.page.evaluate(() => navigator.clipboard.writeText('一、open\n1.1 run\n1.2 wait\n③\tread'));
    await window.page.keyboard.press('ControlOrMeta+V');
    await waitFor('four rows', async () => ((await rows()).length === 4 ? true : undefined));
    assert.deepEqual(await rows(), ['open', 'run', 'wait', 'read']);

    const height = async () => (await row(3).boundingBox())?.height ?? 0;
    const before = await height();
    await window.page.keyboard.press('Shift+Enter');
    await window.page.keyboard.insertText('a line that says more than fits '.repeat(6));
    await waitFor('a row as tall as its text', async () => (await height()) > before * 2 || undefined);

    const handle = steps.locator('.rowHandle').nth(0);
    const from = await handle.boundingBox();
    const to = await row(2).boundingBox();
    assert.ok(from && to);
    const { mouse } = window.page;
    await mouse.move(from.x + 6, from.y + 10);
    await mouse.down();
    await mouse.move(from.x + 6, to.y + to.height - 2, { steps: 4 });
    await window.screenshot('rows-dragged');
    await mouse.up();
    const order = (wanted: string) =>
      waitFor(wanted, async () => ((await rows()).slice(0, 3).join(' ') === wanted ? true : undefined));
    await order('run wait open');
    await steps.locator('[role="status"]', { hasText: 'place 3 of 4' }).waitFor();
    await window.page.keyboard.press('Alt+ArrowUp');
    await order('run open wait');
  });

  it('says that nobody has answered yet, and writes the first response in the words of the team', async () => {
    await open('No word yet');
    await window.webview().locator('[data-state="unanswered"]').waitFor();
    await window.webview().locator('[data-do="write"]').click();
    await says('logMessage', /王芳: ISS-\S+ is ours\.\nAnn$/);
    await window.screenshot('first-response');
    await form.press('logMessage', 'copy');
    // copying fills in how it goes out, and logs nothing
    await channelIs('logMessage', '企业微信 WeCom');
    assert.equal(eventsOf('No word yet').at(-1)?.type, 'assess');
    await form.press('logMessage');
    await window.webview().locator('[data-message="acknowledgement"]').waitFor();
    await window.webview().locator('[data-state="unanswered"]').waitFor({ state: 'detached' });
    const logged = eventsOf('No word yet').at(-1);
    assert.equal(logged?.type, 'logMessage');
    assert.equal(logged.data.values?.['purpose'], 'acknowledgement');
  });

  it('a message changes its language, keeps what was written by hand, and opens in the mail program', async () => {
    await open('A plan to tell');
    const bar = form.field('informCustomer', 'text').locator('.letterBar');
    await says('informCustomer', /^Hello 王芳,/);
    await bar.locator('[data-language="zh-CN"]').click();
    await says('informCustomer', /^王芳，您好！/);
    await form.field('informCustomer', 'text').locator('textarea').click();
    await window.page.keyboard.press('ControlOrMeta+End');
    await window.page.keyboard.insertText('\n另：A&B。');
    await bar.locator('[data-language="en"]').click();
    await bar.locator('[data-do="usePrepared"]').waitFor();
    assert.match(await text('informCustomer'), /另：A&B。$/);
    await window.screenshot('message');
    await bar.locator('[data-do="usePrepared"]').click();
    await says('informCustomer', /^Hello 王芳,/);
    await bar.locator('[data-do="undoPrepared"]').click();
    await says('informCustomer', /另：A&B。$/);

    const session = await window.page.context().newCDPSession(window.page);
    await session.send('Page.enable');
    const asked = new Promise<string>((found) => {
      session.on('Page.frameRequestedNavigation', ({ url }) => url.startsWith('mailto:') && found(url));
    });
    await form.press('informCustomer', 'mail');
    const url = await asked;
    assert.match(url, /^mailto:wang\.fang@bank\.example\?subject=%5BISS-/);
    assert.equal(
      decodeURIComponent(/&body=([^&]*)$/.exec(url)?.[1] ?? '').replaceAll('\r\n', '\n'),
      await text('informCustomer'),
    );
    await channelIs('informCustomer', 'Mail');

    await form.field('informCustomer', 'text').locator('textarea').click();
    await window.page.keyboard.insertText('长'.repeat(300));
    await form.press('informCustomer', 'mail');
    await window.notification('too long').element.waitFor();
    assert.match(await window.page.evaluate(() => navigator.clipboard.readText()), /长{300}/);
    await form.press('informCustomer');
    await window.webview().locator('[data-message="plan"]').waitFor();
    assert.equal(eventsOf('A plan to tell').at(-1)?.data.values?.['channel'], 'Mail');
    assert.deepEqual(window.consoleErrors(), []);
  });
});
