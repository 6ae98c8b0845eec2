/** `node make.js <folder> [sources]`: writes the sample casebook that `npm start` opens. */
import { join, resolve } from 'node:path';
import { makeSample } from './maker/folder';

async function main([folder, source = join(process.cwd(), 'sample')]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('Where to? node make.js <folder> [sources]');
  const told = await makeSample({
    folder: resolve(folder),
    source: resolve(source),
    now: Date.now(),
    offsetAt: (instant) => -new Date(instant).getTimezoneOffset(),
  });
  console.log(`${told.length} cases`);
}

main(process.argv.slice(2)).catch((problem: unknown) => {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
});
