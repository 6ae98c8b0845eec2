import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from './editor';
import { Workbench } from './driver';
import { CaseForm } from './form';
import { Journey } from './journey';
import { sharedMemory } from './story';

describe('what is typed is kept', function () {
  this.timeout(180_000);
  let window: Workbench | undefined;
  afterEach(() => window?.close());

  const half = {
    title: sharedMemory.title,
    description: sharedMemory.intake.description,
    impact: sharedMemory.intake.impact,
  };

  /** The texts of all drafts that this window keeps. */
  function draftsIn(dataDir: string): string {
    const folder = join(dataDir, 'data', 'User', 'globalStorage', 'casebook.casebook', 'drafts');
    if (!existsSync(folder)) return '';
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join();
  }

  async function openHalf() {
    const casebook = temporaryFolder('casebook');
    window = await Workbench.open({
      settings: { 'casebook.folder': casebook },
      viewport: { width: 1400, height: 1000 },
    });
    await window.openCasebook();
    await window.runCommand('Casebook: Record an Issue');
    const form = new CaseForm(window);
    await form.fill('receive', half);
    const { dataDir } = window;
    await waitFor('the draft on disk', () => (draftsIn(dataDir).includes(half.impact) ? true : undefined));
    return { window, form, casebook };
  }

  async function assertThere(form: CaseForm): Promise<void> {
    await form.form('receive').waitFor();
    for (const [key, text] of Object.entries(half)) {
      await waitFor(`${key} to be back`, async () =>
        (await form.valueOf('receive', key)) === text ? true : undefined,
      );
    }
  }

  it('(e) over a reload of the window', async () => {
    const { window: opened, form, casebook } = await openHalf();
    await opened.reload();
    await assertThere(form);
    await opened.screenshot('draft-restored');
    assert.deepEqual(
      existsSync(join(casebook, 'cases')) ? readdirSync(join(casebook, 'cases')) : [],
      [],
      'a draft is no case yet',
    );
  });

  it('over closing the form', async () => {
    const { window: opened, form } = await openHalf();
    await opened.runCommand('View: Close Editor');
    await opened.runCommand('Casebook: Record an Issue');
    await assertThere(form);
  });

  it('over a crash of the extension host', async () => {
    const { window: opened, form } = await openHalf();
    await opened.killExtensionHost();
    await opened.runCommand('View: Close Editor');
    await opened.runCommand('Casebook: Record an Issue');
    await assertThere(form);
  });

  it('or it is said that it could not be kept, and the form stays as it is', async () => {
    const { window: opened, form } = await openHalf();
    const folder = join(opened.dataDir, 'data', 'User', 'globalStorage', 'casebook.casebook', 'drafts');
    renameSync(folder, `${folder}-away`);
    writeFileSync(folder, 'a file in the place of the folder');
    await form.fill('receive', { customer: 'Acme Logistics' });
    const failure = opened.webview().locator('[data-notice="failed"]');
    await failure.getByText(/could not be kept as a draft/).waitFor();
    assert.equal(await form.valueOf('receive', 'customer'), 'Acme Logistics');
    await form.press('receive', 'save');
    await form.at('1.1');
  });

  it('and sent: the draft is gone, the case is there', async () => {
    const { window: opened, form } = await openHalf();
    await form.press('receive', 'save');
    const journey = new Journey(opened);
    await journey.form.at('1.1');
    await opened.tree('Cases').row(sharedMemory.title).waitFor();
    await opened.runCommand('Casebook: Record an Issue');
    await waitFor('an empty form', async () => ((await form.valueOf('receive', 'title')) === '' ? true : undefined));
  });
});
