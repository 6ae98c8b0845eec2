/** What the manifest offers a new user, and what of it stands in a row. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface MenuItem {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: { readonly 'view/item/context': readonly MenuItem[] };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly description: string }[] }[];
  };
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('The manifest', () => {
  const { commands, menus, walkthroughs } = (read('package.json') as Manifest).contributes;
  const known = new Set(commands.map(({ command }) => command));

  it("puts one button into a case's row, which hides its title in a narrow side bar, and offers it in the menu too", () => {
    const items = menus['view/item/context'].filter(({ when }) => when.includes('view == casebook.cases'));
    const inline = items.filter(({ group }) => group.startsWith('inline')).map(({ command }) => command);
    const inMenu = items.filter(({ group }) => !group.startsWith('inline')).map(({ command }) => command);
    assert.deepEqual(inline, ['casebook.case.advance']);
    for (const command of [...inline, 'casebook.case.copyId']) assert.ok(inMenu.includes(command), command);
  });

  for (const file of ['package.nls.json', 'package.nls.zh-cn.json']) {
    it(`leads a new user to everything that a team begins with, ${file}`, () => {
      const words = read(file) as Record<string, string>;
      const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
      const texts = steps.map(({ description }) => words[description.replaceAll('%', '')] ?? '');
      const led = [...texts.join('\n').matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command ?? '');
      const ours = led.filter((command) => !command.endsWith('.focus'));
      assert.deepEqual(
        ours.filter((command) => !known.has(command)),
        [],
      );
      for (const command of ['issue.record', 'folder.choose', 'cases.import', 'connections.manage', 'report.open']) {
        assert.ok(ours.includes(`casebook.${command}`), command);
      }
    });
  }
});
