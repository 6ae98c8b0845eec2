/** Writes the sample casebook: a folder as a team would have it, in git. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { yearOf } from '../../src/domain/case/ids';
import { compareEvents } from '../../src/domain/case/event';
import { defaultSettings, readSettings } from '../../src/domain/casebook';
import { safeName } from '../../src/adapters/knowledge/safeName';
import { type Article, readSource, Storyteller, StoryError, type Told } from './story';
import { Times } from './times';
import { usageTable } from './usage';

export interface SampleOptions {
  /** Where the casebook is written: an empty or missing folder, or one made by this before. */
  readonly folder: string;
  /** The folder that holds casebook.yaml, usage.yaml, cases and articles. */
  readonly source: string;
  /** Milliseconds since the epoch; everything in the sample is relative to it. */
  readonly now: number;
  /** Minutes east of UTC at an instant. */
  readonly offsetAt: (instant: number) => number;
}

/** The folder is somebody's, not the sample's. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

const ours = ['.gitattributes', 'casebook.json', 'cases', 'knowledge', 'usage'] as const;
const marker = join('.casebook', 'sample');
const identity = { name: 'Casebook sample', mail: 'sample@casebook.invalid' } as const;

/** @throws StoryError when a story breaks the procedure @throws FolderInUseError */
export async function makeSample(options: SampleOptions): Promise<readonly Told[]> {
  const { folder, source } = options;
  const times = new Times(options.now, options.offsetAt);
  const team = await readYaml(join(source, 'casebook.yaml'));
  const { settings, problems } = readSettings(team);
  if (problems.length > 0) throw new StoryError(`casebook.yaml: ${problems.join(', ')}`);
  const sources = await Promise.all(
    (await namesIn(join(source, 'cases'), '.yaml')).map(async (file) => {
      return readSource(basename(file, '.yaml'), await readYaml(join(source, 'cases', file)));
    }),
  );
  const articles = await readArticles(join(source, 'articles'));
  const teller = new Storyteller(sources, articles, settings, times);
  const told = sources.map(({ name }) => teller.tell(name));

  await clear(folder);
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await put(marker, 'Made by the sample maker, which may make it again.\n');
  await put(join('.casebook', '.gitignore'), '*\n');
  await put('.gitattributes', 'cases/**/*.jsonl merge=union text eol=lf\n');
  await put('casebook.json', `${JSON.stringify({ ...defaultSettings, ...settings }, undefined, 2)}\n`);
  for (const { id, events } of told) {
    const lines = events.toSorted(compareEvents).map((event) => `${JSON.stringify(event)}\n`);
    await put(join('cases', yearOf(id), `${id}.jsonl`), lines.join(''));
  }
  for (const { path, frontMatter, body } of articles.values()) {
    await put(join('knowledge', path), teller.spell(frontMatter, options.now) + body);
  }
  const usage = await readYaml(join(source, 'usage.yaml'));
  await put(join('usage', 'monthly.csv'), usageTable(usage, times.iso(options.now).slice(0, 10)));
  await commit(folder, times.iso(options.now));
  return told;
}

async function readYaml(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    return parse(text);
  } catch (problem) {
    throw new StoryError(`${basename(path)}: ${problem instanceof Error ? problem.message : 'not YAML'}`);
  }
}

async function namesIn(folder: string, suffix: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(suffix)).toSorted();
}

interface SourceArticle extends Article {
  readonly frontMatter: string;
  readonly body: string;
}

/** The articles by file name without extension; each goes where the shelf would put it, by its first category. */
async function readArticles(folder: string): Promise<ReadonlyMap<string, SourceArticle>> {
  const names = await namesIn(folder, '.md');
  const articles = names.map(async (name): Promise<[string, SourceArticle]> => {
    const text = await readFile(join(folder, name), 'utf8');
    const end = text.indexOf('\n---\n', 4);
    if (!text.startsWith('---\n') || end < 0) throw new StoryError(`${name}: no front matter`);
    const frontMatter = text.slice(0, end);
    // dates and cases are not spelt yet, and YAML would take them for mappings
    const matter: unknown = parse(frontMatter.slice(4).replace(/\{\{[^{}]*\}\}/g, ''));
    const { title, category } = headOf(matter);
    if (title === '' || category === '') throw new StoryError(`${name}: no title, or no category`);
    const slug = basename(name, '.md');
    return [slug, { path: `${safeName(category, '')}/${slug}.md`, title, frontMatter, body: text.slice(end) }];
  });
  return new Map(await Promise.all(articles));
}

function headOf(matter: unknown): { title: string; category: string } {
  const { title, categories } = (matter ?? {}) as Readonly<Record<string, unknown>>;
  const [category]: readonly unknown[] = Array.isArray(categories) ? categories : [];
  return {
    title: typeof title === 'string' ? title : '',
    category: typeof category === 'string' ? category : '',
  };
}

async function clear(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  if (names.length === 0) return;
  const isOurs = await readFile(join(folder, marker)).then(
    () => true,
    () => false,
  );
  if (!isOurs) throw new FolderInUseError(`${folder} is not empty, and not a sample`);
  for (const name of [...ours, '.git']) await rm(join(folder, name), { recursive: true, force: true });
}

/** A casebook is shared through git; without git on the machine it is a folder all the same. */
async function commit(folder: string, date: string): Promise<void> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const env = { ...Object.fromEntries(inherited), GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: folder, env, timeout: 60_000 });
  try {
    await git('init', '--quiet');
    await git('symbolic-ref', 'HEAD', 'refs/heads/main');
    await git('config', '--local', 'user.name', identity.name);
    await git('config', '--local', 'user.email', identity.mail);
    await git('add', '--', ...ours);
    await git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--no-verify', '-m', 'Sample casebook');
  } catch {
    // no git, or a git that will not: what was written stands, only its history is missing
  }
}
