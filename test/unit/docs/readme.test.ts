import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { issueProcedure } from '../../../src/domain/sop/issue';
import { requestProcedure } from '../../../src/domain/sop/request';
import { actionTable, generalTable } from './apiTable';

describe('README', () => {
  const readme = readFileSync('README.md', 'utf8');

  for (const [name, table] of [
    ['issue', actionTable(issueProcedure)],
    ['request', actionTable(requestProcedure)],
    ['general', generalTable()],
  ] as const) {
    it(`documents every ${name} action with its data as the code has it`, () => {
      assert.ok(readme.includes(table), `The README's ${name} table should read:\n\n${table}\n`);
    });
  }

  it('does all the set-up with exactly two commands', () => {
    const commands = readme.match(/npm install && npm \w+/g) ?? [];
    assert.deepEqual([...new Set(commands)].toSorted(), ['npm install && npm start', 'npm install && npm test']);
  });

  it('shows pictures that are there and travel with the package, as the walkthrough does', () => {
    const manifest = readFileSync('package.json', 'utf8');
    const shown = [...`${readme}${manifest}`.matchAll(/media\/screenshots\/[\w.-]+\.png/g)].map(([path]) => path);
    const shipped = readFileSync('.vscodeignore', 'utf8').split('\n');
    assert.ok(shown.length > 8);
    assert.deepEqual(
      shown.filter((path) => !existsSync(path) || !shipped.includes(`!${path}`)),
      [],
    );
  });

  it('calls buttons and commands what they are called on the screen', () => {
    const manifest = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    const texts = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Record<string, unknown>;
    const shown = new Set([...Object.values(manifest), ...Object.keys(texts)]);
    const named = [...readme.matchAll(/(?<![*\w])\*([A-Z][^*|\n]+)\*(?!\*)/g)].map(([, name]) => name ?? '');
    assert.ok(named.length > 6);
    assert.deepEqual(
      named.filter((name) => !shown.has(name)),
      [],
    );
  });
});
