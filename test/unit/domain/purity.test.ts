/** The domain knows no editor, no Node, no package, no clock and no chance: whatever it needs is handed to it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, it } from 'mocha';

const root = process.cwd();
const files = readdirSync(join(root, 'src/domain'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('src/domain', name).replaceAll('\\', '/'));

describe('Purity of src/domain', () => {
  it('reaches nothing outside itself', async () => {
    assert.ok(files.length > 20);
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: files,
      bundle: true,
      write: false,
      metafile: true,
      outdir: 'unused',
      // what can't be resolved inside is reported below by name, not bundled
      packages: 'external',
      external: ['vscode', 'node:*'],
      platform: 'node',
      logLevel: 'silent',
    });
    const outside = Object.entries(metafile.inputs).flatMap(([input, { imports }]) => [
      ...(input.startsWith('src/domain/') ? [] : [input]),
      ...imports.filter((entry) => entry.external).map((entry) => `${input} imports ${entry.path}`),
    ]);
    assert.deepEqual(outside, []);
    assert.ok(Object.keys(metafile.inputs).includes('src/domain/case/fold.ts'));
  });

  it('asks neither clock nor chance, waits for nothing and prints nothing', () => {
    const impure =
      /Date\.now|Math\.random|new Date\(\s*\)|\bDate\(\)|\bset(Timeout|Interval|Immediate)\b|\bconsole\b|\bprocess\.|\bglobalThis\b|\bcrypto\b|\bfetch\(/;
    const found = files.flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (impure.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    );
    assert.deepEqual(found, []);
  });
});
