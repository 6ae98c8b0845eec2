/** Casebook without an editor, for servers: `casebook report last-month --casebook <folder>`. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fill, type Language, say, w, type Words } from '../domain/words';
import { readCommandLine, type ReportRequest } from './options';
import { seeHelp, usage } from './usage';

/** Exit codes: 0 done, 1 failed, 2 wrong usage. */
async function main(args: readonly string[]): Promise<number> {
  const line = readCommandLine(args, process.env);
  switch (line.kind) {
    case 'help':
      process.stdout.write(`${say(usage, line.language)}\n`);
      return 0;
    case 'version':
      process.stdout.write(`${version()}\n`);
      return 0;
    case 'wrong':
      tell(fill(w('{0} {1}', '{0}{1}'), line.why, seeHelp), line.language);
      return 2;
    case 'report':
      return report(line.request);
  }
}

async function report(request: ReportRequest): Promise<number> {
  const { language } = request;
  // what it takes to make one is loaded when one is made
  const [{ makeReport }, { sentenceOf }] = await Promise.all([import('./reportCommand'), import('./words')]);
  try {
    const printed = await makeReport(request, {
      bundles: __dirname,
      version: version(),
      warn: (words) => tell(words, language),
      progress: (words) => {
        if (process.stderr.isTTY) tell(words, language);
      },
    });
    process.stdout.write(printed);
    return 0;
  } catch (error) {
    tell(sentenceOf(error, join(resolve(request.casebook), 'reports')), language);
    return 1;
  }
}

function tell(words: Words, language: Language): void {
  process.stderr.write(`${say(words, language)}\n`);
}

/** The extension's own, which lies beside the bundles' folder. */
function version(): string {
  const { version: own } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return own;
}

// the exit code alone is set, so that what is printed gets out
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
