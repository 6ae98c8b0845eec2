import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
const placeholders = (text: string) =>
  [...text.matchAll(/\{\d\}|\$\([\w-]+\)|\(command:[\w.]+\)/g)].map(([found]) => found).toSorted();

function compare(english: Record<string, string>, chinese: Record<string, string>): void {
  assert.deepEqual(Object.keys(chinese).toSorted(), Object.keys(english).toSorted());
  for (const [key, text] of Object.entries(english)) {
    const translated = chinese[key] ?? '';
    const hasWords = /[a-z]/i.test(text.replaceAll(/\{\d\}/g, ''));
    if (hasWords) assert.match(translated, /[\u4e00-\u9fff]/, `no Chinese for: ${text}`);
    assert.deepEqual(placeholders(translated), placeholders(text), `placeholders differ: ${text}`);
  }
}

describe('translations', () => {
  it('translates every string of the manifest', () => {
    compare(readJson('package.nls.json'), readJson('package.nls.zh-cn.json'));
  });

  it('has every string of the sources in the bundle, and no other', function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'casebook-l10n-'));
    try {
      const tool = join('node_modules', '@vscode', 'l10n-dev', 'dist', 'cli.js');
      execFileSync(process.execPath, [tool, 'export', '--outDir', folder, 'src'], { stdio: 'pipe' });
      const extracted = readJson(join(folder, 'bundle.l10n.json'));
      assert.ok(Object.keys(extracted).length > 100);
      assert.deepEqual(readJson('l10n/bundle.l10n.json'), extracted, 'run "npm run l10n"');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('translates every string of the bundle', () => {
    compare(readJson('l10n/bundle.l10n.json'), readJson('l10n/bundle.l10n.zh-cn.json'));
  });
});
