/** The document of ZenTao's second interface, where it is on this machine: what is sent is held against it. */
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asked } from './localServer';

interface Schema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

const file = join(process.cwd(), '..', 'shared', 'trackers', 'zentao', 'zentao-v2-openapi.json');
const paths = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { paths: Paths }).paths : undefined;
if (!paths) console.log('    (no document of ZenTao v2 on this machine: the server written after it is used alone)');

/** What its source takes and its document leaves out; and a kind of number that is a word. */
const BESIDE = ['deadline', 'mailto', 'verify', 'plan', 'keywords'];
const WRONG = ['category'];

/** @throws AssertionError for a call of v2 that the document does not have like this */
export function assertByDocument({ method, path, body, headers }: Asked): void {
  const [route = '', query = ''] = path.split('?');
  if (!paths || !route.startsWith('/api.php/v2/')) return;
  const own = route.slice('/api.php/v2'.length);
  const fits = (template: string) => new RegExp(`^${template.replace(/\{\w+\}/g, '\\d+')}$`).test(own);
  const template = Object.keys(paths).find((each) => fits(each) && method.toLowerCase() in (paths[each] ?? {}));
  const operation =
    paths[template ?? '']?.[method.toLowerCase()] ?? assert.fail(`${method} ${own} is not in the document`);
  for (const name of new URLSearchParams(query).keys()) {
    assert.ok(
      operation.parameters?.some((each) => each.in === 'query' && each.name === name),
      `${own}: ?${name}`,
    );
  }
  if (method === 'GET' || !headers['content-type']?.startsWith('application/json')) return;
  const { required = [], properties = {} } = operation.requestBody?.content['application/json']?.schema ?? {};
  const sent = JSON.parse(body) as Record<string, unknown>;
  for (const [key, value] of Object.entries(sent)) {
    const type = properties[key]?.type;
    if (BESIDE.includes(key) || WRONG.includes(key)) continue;
    assert.ok(type !== undefined, `${method} ${own}: "${key}" is not in the document`);
    const is = Array.isArray(value) ? 'array' : typeof value === 'number' ? 'integer' : typeof value;
    assert.equal(is, type === 'number' ? 'integer' : type, `${method} ${own}: ${key}`);
  }
  // a test may leave out what the server is to miss
  const missing = required.filter((key) => !(key in sent) && key !== 'openedBuild');
  assert.deepEqual(missing, [], `${method} ${own}`);
}
