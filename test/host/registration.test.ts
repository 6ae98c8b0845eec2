import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api } from './casebook';

/** Run by other parts of Casebook only, never by a person. */
const internal = [
  'casebook.form.show',
  'casebook.form.activeCase',
  'casebook.form.note',
  'casebook.form.openCases',
  'casebook.cases.pick',
  'casebook.cases.openOneOf',
  'casebook.cases.showMore',
  'casebook.cases.openProblem',
  'casebook.followUps.askSnooze',
];

describe('registration: what the manifest promises is there', () => {
  const manifest = vscode.extensions.getExtension('casebook.casebook')?.packageJSON as {
    contributes: {
      commands: { command: string }[];
      views: { casebook: { id: string }[] };
      menus: Record<string, { command: string }[]>;
    };
  };
  const declared = manifest.contributes.commands.map(({ command }) => command);

  it('registers every declared command and declares every registered one', async () => {
    await api();
    const registered = (await vscode.commands.getCommands(true)).filter((command) =>
      /^casebook\.\w+\.\w+$/.test(command),
    );
    // the editor itself registers a few for each view: focus, resetViewLocation and the like
    const views = manifest.contributes.views.casebook.map(({ id }) => id);
    const own = registered.filter(
      (command) => !views.some((view) => command.startsWith(`${view}.`) && !declared.includes(command)),
    );
    const expected = [...declared, ...internal].toSorted();
    assert.deepEqual(registered.filter((command) => expected.includes(command)).toSorted(), expected);
    assert.deepEqual(
      own.filter((command) => !expected.includes(command)),
      [],
    );
  });

  it('shows in menus only commands that exist', () => {
    const shown = Object.values(manifest.contributes.menus).flat();
    assert.deepEqual(
      shown.filter(({ command }) => !declared.includes(command)),
      [],
    );
  });
});
