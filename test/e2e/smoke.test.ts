import { deepEqual, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { Workbench } from './driver';

describe('the packaged extension in a window', () => {
  let window: Workbench | undefined;
  afterEach(() => window?.close());

  it('shows its views when its icon is clicked', async () => {
    window = await Workbench.open();
    await window.openCasebook();
    await window.page.locator('.part.sidebar .composite.title', { hasText: 'Casebook' }).waitFor();
    ok(existsSync(await window.screenshot('smoke')));
    deepEqual(window.consoleErrors(), []);
  });
});
