// Builds what runs in Node (the extension host's bundle, threads, the command line), the webviews, and the tests.
import { build, context } from 'esbuild';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const shared = {
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: 'warning',
  legalComments: 'none',
};

/** Everything that runs in Node: CommonJS, since the extension host loads that. */
const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode', 'playwright-core', '@vscode/test-electron'],
  // lowdb and steno are ESM only; their import.meta.url is never needed in a bundle
  define: { 'import.meta.url': 'undefined' },
  mainFields: ['module', 'main'],
};

const files = (folder, suffix) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith(suffix))
        .map((name) => join(folder, name))
    : [];

const views = files('src/features', join('view', 'main.ts'));

const targets = [
  { ...node, entryPoints: ['src/extension.ts'], outdir: 'dist' },
  { ...node, entryPoints: ['src/adapters/search/thread.ts'], outfile: 'dist/searchThread.js' },
  { ...node, entryPoints: ['src/adapters/transfer/sheetThread.ts'], outfile: 'dist/sheetThread.js' },
  { ...node, entryPoints: ['src/adapters/report/thread.ts'], outfile: 'dist/reportThread.js' },
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/casebook.js', banner: { js: '#!/usr/bin/env node' } },
  ...views.map((entry) => ({
    ...shared,
    entryPoints: [entry],
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    outfile: join('dist', 'view', `${entry.split(/[\\/]/).at(-3)}.js`),
    loader: { '.css': 'css' },
  })),
];

if (!production) {
  targets.push({
    ...node,
    entryPoints: [
      ...files('test/unit', '.test.ts'),
      ...files('test/host', '.test.ts'),
      ...files('test/e2e', '.test.ts'),
      ...files('test/bench', '.bench.ts'),
      'test/host/index.ts',
      ...files('sample', 'make.ts'),
    ],
    outbase: '.',
    outdir: 'dist/test-build',
    external: [...node.external, 'mocha', 'esbuild', 'web-tree-sitter'],
  });
}

// What ships is built beside the tests' build, which the tests that drive the package still need
for (const name of existsSync('dist') ? readdirSync('dist') : []) {
  if (!(production && name === 'test-build')) rmSync(join('dist', name), { recursive: true, force: true });
}
if (watch) {
  for (const target of targets) await (await context(target)).watch();
} else {
  await Promise.all(targets.filter((target) => target.entryPoints.length > 0).map((target) => build(target)));
}

// The editor's own icons, as the views show them
for (const name of ['codicon.css', 'codicon.ttf']) {
  cpSync(join('node_modules', '@vscode', 'codicons', 'dist', name), join('dist', 'view', 'codicons', name));
}
