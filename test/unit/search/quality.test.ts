/** Known items: does the article come first that answers what somebody typed? Beside two plain searches. */
import { strict as assert } from 'node:assert';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { Catalog } from '../../../src/adapters/search/catalog';
import { findSimilar } from '../../../src/domain/intake/similar';
import type { FindQuery, Found } from '../../../src/domain/search/find';
import { generateArticles } from '../../bench/articles';
import { knownItems } from './knownItems';
import { World } from './world';

interface Known {
  readonly language: 'zh' | 'en';
  readonly query: string;
  readonly path: string;
}

interface Report {
  readonly title?: string;
  readonly description?: string;
}

type Search = (query: string) => Promise<readonly string[]>;

/** BM25 as in the books, over whatever terms. */
function plainSearch(texts: ReadonlyMap<string, string>, termsOf: (text: string) => string[]): Search {
  const documents = Array.from(texts, ([path, text]) => {
    const counts = new Map<string, number>();
    for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
    return { path, counts, length: termsOf(text).length };
  });
  const usual = documents.reduce((sum, { length }) => sum + length, 0) / documents.length;
  return async (query) => {
    const terms = [...new Set(termsOf(query))].map((term) => {
      const holding = documents.filter(({ counts }) => counts.has(term)).length;
      return { term, rarity: Math.log(1 + (documents.length - holding + 0.5) / (holding + 0.5)) };
    });
    return documents
      .map(({ path, counts, length }) => {
        const score = terms.reduce((sum, { term, rarity }) => {
          const count = counts.get(term) ?? 0;
          return sum + (rarity * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * length) / usual));
        }, 0);
        return { path, score };
      })
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, 10)
      .map(({ path }) => path);
  };
}

const bigrams = (text: string) => {
  const letters = Array.from(text.toLowerCase().replace(/\s+/g, ' '));
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
};
const words = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean);

async function measure(search: Search, known: readonly Known[]) {
  let [reciprocal, found] = [0, 0];
  for (const { query, path } of known) {
    const place = (await search(query)).slice(0, 10).indexOf(path);
    if (place === -1) continue;
    reciprocal += 1 / (place + 1);
    found += 1;
  }
  return { mrr: reciprocal / known.length, recall: found / known.length };
}

describe('the quality of the search', () => {
  const world = new World();
  const known: Known[] = [];
  const texts = new Map<string, string>();
  const reports: { readonly text: string; readonly path: string }[] = [];
  before(async () => {
    for (const { language, title, body, queries } of knownItems) {
      const text = `---\ntitle: ${JSON.stringify(title)}\n---\n${body}`;
      const path = world.article(`own/${texts.size}.md`, text);
      texts.set(path, text);
      known.push(...queries.map((query) => ({ language, query, path })));
    }
    // the sample's articles name the cases that led to them: what the customer said then is what the next one says
    for (const name of readdirSync('sample/articles', { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.md')) continue;
      const text = readFileSync(join('sample/articles', name), 'utf8');
      const path = world.article(`sample/${basename(name)}`, text);
      texts.set(path, text);
      for (const [, id] of text.matchAll(/\{\{case:([\w-]+)\}\}/g)) {
        const { story } = parse(readFileSync(`sample/cases/${id}.yaml`, 'utf8')) as { story: Report[] };
        const { title = '', description = '' } = story[0] ?? {};
        if (description !== '') reports.push({ text: `${title}\n${description}`, path });
        if (title !== '') known.push({ language: /\p{Script=Han}/u.test(title) ? 'zh' : 'en', query: title, path });
      }
    }
    // what else lies in a knowledge base
    mkdirSync(join(world.knowledgeFolder, 'others'));
    const { articles } = generateArticles(join(world.knowledgeFolder, 'others'), 300);
    for (const { path } of articles) texts.set(path, readFileSync(path, 'utf8'));
  });
  after(() => world.remove());

  it('is better than plain BM25 over pairs of characters and over words, in both languages', async () => {
    const catalog = new Catalog(world.options);
    await catalog.refresh();
    const searches: readonly [string, Search][] = [
      ['Casebook', async (text) => (await catalog.find({ text, limit: 10 })).map(({ id }) => id)],
      ['BM25, pairs of characters', plainSearch(texts, bigrams)],
      ['BM25, words', plainSearch(texts, words)],
    ];
    for (const language of ['zh', 'en'] as const) {
      const asked = known.filter((item) => item.language === language);
      const [own, ...others] = await Promise.all(searches.map(([, search]) => measure(search, asked)));
      for (const [index, { mrr, recall }] of [own, ...others].filter((item) => item !== undefined).entries()) {
        const name = searches[index]?.[0] ?? '';
        console.log(
          `      ${language}, ${asked.length} queries, ${name}: MRR@10 ${mrr.toFixed(3)}, recall@10 ${recall.toFixed(3)}`,
        );
        assert.ok(own && own.mrr >= mrr && own.recall >= recall, `${language}: ${name} is better`);
      }
    }
  });

  it('shows the article for the whole report of its case, log and all, and none where all are about something else', async () => {
    const catalog = new Catalog(world.options);
    await catalog.refresh();
    const finder = {
      find: async (query: FindQuery) =>
        (await catalog.find(query)).flatMap(({ is, article, ...text }): Found[] =>
          is === 'article' && article ? [{ is, article, ...text }] : [],
        ),
    };
    const similarTo = async (text: string) => (await findSimilar(finder, { text })).articles.map(({ id }) => id);
    assert.ok(reports.length > 10);
    for (const { text, path } of reports) assert.ok((await similarTo(text)).includes(path), text);
    const { story } = parse(readFileSync('sample/cases/ntp-jwt.yaml', 'utf8')) as { story: Report[] };
    const { title = '', description = '' } = story[0] ?? {};
    assert.deepEqual(await similarTo(`${title}\n${description}`), []);
  });
});
