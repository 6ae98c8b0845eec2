/** Atlassian's OpenAPI document of Jira Cloud, as a judge of what is sent and of what the tests' own server answers. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { documentShape } from './documentShape';

export interface Exchange {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: { readonly type?: string; readonly default?: unknown };
}
interface Media {
  readonly schema?: object;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
export interface OpenApi {
  readonly info: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** What the adapter calls, and what it may ask in the query; everything else is a mistake. */
const CALLED: readonly (readonly [method: string, path: string, query: readonly string[]])[] = [
  ['get', '/rest/api/3/serverInfo', []],
  ['get', '/rest/api/3/myself', []],
  ['get', '/rest/api/3/project/search', ['startAt', 'maxResults', 'orderBy', 'action']],
  ['get', '/rest/api/3/user/assignable/search', ['project', 'query', 'startAt', 'maxResults', 'username']],
  ['get', '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes', ['startAt', 'maxResults']],
  ['get', '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}', ['startAt', 'maxResults']],
  ['post', '/rest/api/3/issue', []],
  ['get', '/rest/api/3/issue/{issueIdOrKey}', ['fields', 'expand', 'properties']],
  ['get', '/rest/api/3/issue/{issueIdOrKey}/comment', ['startAt', 'maxResults', 'orderBy']],
  ['post', '/rest/api/3/issue/{issueIdOrKey}/comment', []],
  ['post', '/rest/api/3/issue/{issueIdOrKey}/attachments', []],
  ['put', '/rest/api/3/issue/{issueIdOrKey}/assignee', []],
  ['get', '/rest/api/3/issue/{issueIdOrKey}/transitions', ['expand']],
  ['post', '/rest/api/3/issue/{issueIdOrKey}/transitions', []],
  ['post', '/rest/api/3/search/jql', []],
];

/** The document, where it is on this machine; what the adapter has no business to call is left out. */
export function wholeDocument(): OpenApi | undefined {
  const file = join(process.cwd(), '..', 'shared', 'trackers', 'jira', 'openapi.json');
  if (!existsSync(file)) return undefined;
  const { info, paths, components } = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
  const called = CALLED.map(([, path]) => [path, paths[path] ?? {}] as const);
  return { info, paths: Object.fromEntries(called), components };
}

/** What the adapter calls, written down by hand for machines that lack the document: routes, queries, kinds of body. */
export function outline(): OpenApi {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const [method, path, query] of CALLED) {
    const parameters = query.map((name) => ({ name, in: 'query', schema: {} }));
    const type = path.endsWith('/attachments') ? 'multipart/form-data' : 'application/json';
    const body = method === 'get' ? {} : { requestBody: { required: true, content: { [type]: { schema: {} } } } };
    paths[path] = { ...paths[path], [method]: { parameters, ...body, responses: {} } };
  }
  return { info: {}, paths, components: { schemas: {} } };
}

export class Judge {
  private readonly ajv = new Ajv({ strict: false, validateFormats: false, coerceTypes: 'array', allErrors: true });
  private readonly plain = new Ajv({ strict: false, validateFormats: false });
  private readonly compiled = new Map<object, ValidateFunction>();
  private readonly isText: ValidateFunction;

  private readonly document: OpenApi;

  constructor(document: OpenApi) {
    this.document = JSON.parse(JSON.stringify(document).replaceAll('"#/', '"jira#/')) as OpenApi;
    const { components } = this.document;
    this.plain.addSchema({ $id: 'jira', components });
    this.ajv.addSchema({ $id: 'jira', components });
    this.isText = this.plain.compile(documentShape);
  }

  /** What is wrong with a request by the document, and by what it leaves open; nothing for a good one. */
  request(exchange: Exchange, isCloud: boolean): readonly string[] {
    const [route = '', query = ''] = exchange.path.split('?');
    const own = isCloud ? '/rest/api/3' : '/rest/api/2';
    if (!route.startsWith(own) && route !== '/rest/api/2/serverInfo') return [`${route} is of another version`];
    // what a data center alone has
    if (!isCloud && ['/rest/api/2/project', '/rest/api/2/search'].includes(route)) return [];
    const operation = this.operationOf(exchange.method, route);
    if (!operation) return [`${exchange.method} ${route} is not in the document`];
    return [
      ...this.parameters(operation, new URLSearchParams(query)),
      ...this.body(operation, exchange),
      ...this.ours(exchange, route.slice(own.length), isCloud),
    ];
  }

  /** What is wrong with an answer by the document. */
  response(method: string, path: string, status: number, body: unknown): readonly string[] {
    const operation = this.operationOf(method, path.split('?')[0] ?? '');
    const schema = operation?.responses[String(status)]?.content?.['application/json']?.schema;
    return schema ? this.against(schema, body) : [];
  }

  private operationOf(method: string, route: string): Operation | undefined {
    const found = this.templateOf(route);
    return found === undefined ? undefined : this.document.paths[found]?.[method.toLowerCase()];
  }

  /** "/rest/api/3/issue/{issueIdOrKey}" for a path like it. */
  templateOf(route: string): string | undefined {
    const path = route.replace('/rest/api/2/', '/rest/api/3/');
    // an exact path goes before one with a parameter
    const candidates = Object.keys(this.document.paths).toSorted((a, b) => a.split('{').length - b.split('{').length);
    return candidates.find((each) => new RegExp(`^${each.replace(/\{\w+\}/g, '[^/]+')}$`).test(path));
  }

  private parameters({ parameters = [] }: Operation, query: URLSearchParams): string[] {
    const known = parameters.filter((each) => each.in === 'query');
    const schema = {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(known.map(({ name, schema: own }) => [name, own])),
      required: known.filter(({ required }) => required).map(({ name }) => name),
    };
    const values = Object.fromEntries(
      [...query].map(([name, value]) => {
        const isList = known.find((each) => each.name === name)?.schema.type === 'array';
        return [name, isList ? value.split(',') : value];
      }),
    );
    const validate = this.ajv.compile(schema);
    return validate(values) ? [] : [`query: ${this.ajv.errorsText(validate.errors)}`];
  }

  private body({ requestBody }: Operation, { body, headers }: Exchange): readonly string[] {
    if (!requestBody) return body === '' ? [] : ['a body where none belongs'];
    const type = Object.keys(requestBody.content)[0] ?? '';
    if (!String(headers['content-type']).startsWith(type)) return [`content type ${String(headers['content-type'])}`];
    const schema = requestBody.content[type]?.schema;
    return type === 'application/json' && schema ? this.against(schema, JSON.parse(body)) : [];
  }

  private against(schema: object, value: unknown): readonly string[] {
    const validate = this.compiled.get(schema) ?? this.plain.compile(schema);
    this.compiled.set(schema, validate);
    return validate(value) ? [] : [this.plain.errorsText(validate.errors)];
  }

  /** What the document leaves free. */
  private ours({ method, headers, body }: Exchange, route: string, isCloud: boolean): readonly string[] {
    const wrong: string[] = [];
    const must = (what: string, holds: boolean) => {
      if (!holds) wrong.push(what);
    };
    const text = (what: string, value: unknown) =>
      must(
        `${what}: ${this.plain.errorsText(this.isText.errors)}`,
        isCloud ? this.isText(value) : typeof value === 'string',
      );
    const auth = isCloud ? /^Basic / : /^Bearer /;
    if (!route.endsWith('/serverInfo')) must('sign-in', auth.test(String(headers['authorization'])));
    if (method === 'GET') return wrong;
    const sent = (String(headers['content-type']).startsWith('application/json') ? JSON.parse(body) : {}) as Sent;
    if (route === '/issue') {
      const { fields = {} } = sent;
      const summary = typeof fields['summary'] === 'string' ? fields['summary'] : '';
      must('only fields', Object.keys(sent).join(',') === 'fields');
      must('summary', summary.trim() !== '' && summary.length <= 255 && !/[\r\n]/.test(summary));
      must('project', typeof fields['project'] === 'object');
      must('issue type', typeof (fields['issuetype'] as { id?: unknown } | undefined)?.id === 'string');
      must(
        'labels',
        ((fields['labels'] ?? []) as string[]).every((label) => /^\S+$/.test(label)),
      );
      text('description', fields['description']);
    } else if (route.endsWith('/comment')) {
      must('only a body', Object.keys(sent).join(',') === 'body');
      text('comment', sent.body);
    } else if (route.endsWith('/transitions')) {
      must('transition', typeof sent.transition?.id === 'string');
      for (const { add } of sent.update?.comment ?? []) text('comment', add.body);
    } else if (route.endsWith('/attachments')) {
      must('no-check', headers['x-atlassian-token'] === 'no-check');
      must('boundary', String(headers['content-type']).startsWith('multipart/form-data; boundary='));
      must('files', /name="file"; filename="[^"]+"/.test(body) && !/name="(?!file")[^"]*"; filename/.test(body));
    }
    return wrong;
  }
}

interface Sent {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly transition?: { readonly id?: unknown };
  readonly update?: { readonly comment?: readonly { readonly add: { readonly body: unknown } }[] };
}
