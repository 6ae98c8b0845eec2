/** Asks each address that it is given, in a process with an environment of its own. */
import { Http } from '../../../src/adapters/tickets/http';
import { TrackerError } from '../../../src/domain/tickets/tracker';

async function ask(url: string): Promise<string> {
  try {
    return `${(await new Http({ url, secrets: [] }).send({ method: 'GET', path: '/' })).status} `;
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return `${error.reason} ${error.said}`;
  }
}

async function askAll(urls: readonly string[]): Promise<void> {
  for (const url of urls) console.log(await ask(url));
}

void askAll(process.argv.slice(2));
