/** The draft of a knowledge-base article, filled from what a case has captured (spec L34). */
import type { CaseState } from '../case/state';
import { allEnvironmentItems, environmentOf, rowsOf, textOf } from '../sop/field';
import { currentPlan } from '../sop/issueFix';
import { say, type Language, type Words, w } from '../words';
import { yamlList, yamlText } from './frontMatter';
import { fenced, inline, itemText, toMarkdown } from './markdownText';
import { mask, worded } from '../redaction/finding';
import { type KnownNames, namesInCase, together } from '../redaction/names';
import { nothingKnown, personalFinder, replacedInDrafts } from '../redaction/personal';
import { secretSpots } from '../redaction/secrets';
import { slugOf } from './slug';

export interface DraftedArticle {
  /** File name without its extension. */
  readonly slug: string;
  readonly title: string;
  /** The whole file: front matter that Hexo reads as it is, and six sections. */
  readonly text: string;
}

/**
 * Customers, contacts and colleagues that the case or the casebook names are replaced by placeholders wherever they
 * occur, and so are telephone numbers, mail addresses, papers and secrets. Addresses and names of machines stay: a
 * solution may depend on them, so the author decides.
 * @param category the first of Hexo's categories, and the folder; may be empty
 * @param today "2026-11-22", or with a time of day "2026-11-22 09:05:00"
 * @param names of the whole casebook, beside those of the case
 */
export function draftArticle(
  state: CaseState,
  language: Language,
  category: string,
  today: string,
  names: KnownNames = new Map(),
): DraftedArticle {
  const clean = cleaner(together(namesInCase(state), names), language);
  const said = saidIn(state, clean);
  const title = oneLine(said('title')) || say(w('Untitled', '未命名'), language);
  const writer: Writer = { state, clean, said, tell: (words) => say(words, language) };
  const contents = { symptom, environment, cause, solution, workaround, verification };
  const sections = sectionKeys.map((key) => section(writer, headings[key], contents[key](writer), prompts[key]));
  const text = `${frontMatter(writer, title, oneLine(category), today)}\n${sections.join('\n\n')}\n`;
  return { slug: slugOf(title, state.id), title, text };
}

function cleaner(names: KnownNames, language: Language): (text: string) => string {
  const personal = personalFinder({ ...nothingKnown, names });
  return (text) => {
    const spots = [...secretSpots(text), ...personal(text)].filter(({ kind }) => replacedInDrafts.has(kind));
    return mask(text, worded(text, spots, language));
  };
}

interface Writer {
  readonly state: CaseState;
  readonly clean: (text: string) => string;
  /** A text of the intake form, names replaced. */
  readonly said: (key: string) => string;
  readonly tell: (words: Words) => string;
}

function saidIn(state: CaseState, clean: (text: string) => string): Writer['said'] {
  const intake = state.values[state.kind === 'issue' ? 'receive' : 'record'];
  return (key) => clean(textOf(intake, key));
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

const known = (...texts: readonly (string | undefined)[]) =>
  [...new Set(texts)].filter((text): text is string => text !== undefined && text !== '');

function frontMatter({ state, clean, said }: Writer, title: string, category: string, today: string): string {
  const [product, version, type] = ['product', 'version', 'problemType'].map((key) => oneLine(said(key)));
  const date = /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?$/.test(today) ? today : yamlText(today);
  return [
    '---',
    `title: ${yamlText(title)}`,
    `date: ${date}`,
    `tags: ${yamlList(known(product, type))}`,
    `categories: ${yamlList(known(category))}`,
    `id: ${yamlText(`KB-${state.id}`)}`,
    'state: draft',
    `product: ${yamlText(product ?? '')}`,
    `versions: ${yamlList(known(version))}`,
    `type: ${yamlText(type ?? '')}`,
    `cases: ${yamlList([state.id])}`,
    `fixed_in: ${yamlText(clean(oneLine(fixedIn(state))))}`,
    'audience: internal',
    '---',
    '',
  ].join('\n');
}

/** The version that was installed, else the one that was promised. */
function fixedIn(state: CaseState): string {
  const plan = currentPlan(state);
  if (plan?.kind !== 'fix') return '';
  return textOf(state.verification.upgrade?.values, 'toVersion') || plan.version;
}

const headings = {
  symptom: w('Symptom', '问题现象'),
  environment: w('Environment', '环境'),
  cause: w('Cause', '原因'),
  solution: w('Solution', '解决方案'),
  workaround: w('Workaround', '规避方案'),
  verification: w('Verification', '验证'),
} as const satisfies Record<string, Words>;

const sectionKeys = Object.keys(headings) as (keyof typeof headings)[];

/** The headings that the draft of an article in that language would have. */
export const sectionNames = (language: Language): string[] => sectionKeys.map((key) => say(headings[key], language));

const prompts = {
  symptom: w(
    'What the user sees: the exact error text, when it appears, how to bring it about.',
    '写明用户看到的现象：完整的报错信息、出现时机、复现方法。',
  ),
  environment: w(
    'Product, version, operating system, database and other parts on which it depends.',
    '写明产品、版本、操作系统、数据库等相关环境。',
  ),
  cause: w('Why it happens, as far as it is known.', '写明问题产生的原因（已确认的部分）。'),
  solution: w('What solves it for good, step by step.', '写明彻底解决问题的操作步骤。'),
  workaround: w(
    'What helps until the solution is installed, or that there is none.',
    '写明解决之前的临时规避方法；如没有，请注明“无”。',
  ),
  verification: w('How to tell that it is solved.', '写明如何确认问题已解决。'),
} as const satisfies Record<keyof typeof headings, Words>;

/**
 * The headings under which a drafted article still holds nothing but the question of its draft.
 * @param text the whole file, in either language
 */
export function unwrittenSections(text: string): string[] {
  const asked = new Set(Object.values(prompts).flatMap(({ en, zh }) => [en, zh]));
  const isAsked = (content: string) => {
    const said = content.trim();
    return /^(?:\*[^]*\*|_[^]*_)$/.test(said) && asked.has(oneLine(said.slice(1, -1)));
  };
  const sections = text.replace(/\r\n?/g, '\n').matchAll(/^## +(?<heading>.+)\n(?<content>(?:(?!## ).*(?:\n|$))*)/gm);
  return [...sections].flatMap(({ groups }) =>
    isAsked(groups?.['content'] ?? '') ? [(groups?.['heading'] ?? '').trim()] : [],
  );
}

function section({ tell }: Writer, heading: Words, parts: readonly string[], prompt: Words): string {
  const content = parts.filter((part) => part !== '');
  return [`## ${tell(heading)}`, ...(content.length === 0 ? [`*${tell(prompt)}*`] : content)].join('\n\n');
}

/** A bold label above content, or nothing when there is no content. */
function labelled({ tell }: Writer, label: Words, content: string): string {
  return content === '' ? '' : `**${tell(label)}**\n\n${content}`;
}

function symptom(writer: Writer): string[] {
  const { state, clean, said } = writer;
  const reproduced = state.values['reproduce'];
  const steps = rowsOf(reproduced, 'steps').map((step, index) => `${index + 1}. ${itemText(clean(oneLine(step)))}`);
  const told = (key: string) => toMarkdown(clean(textOf(reproduced, key)));
  return [
    toMarkdown(said('description') || said('content')),
    labelled(writer, w('Impact', '影响范围'), toMarkdown(said('impact'))),
    labelled(writer, w('Steps to reproduce', '复现步骤'), steps.join('\n')),
    labelled(writer, w('Expected', '期望结果'), told('expected')),
    labelled(writer, w('Actual', '实际结果'), told('actual')),
    labelled(writer, w('Data used', '所用数据'), told('dataUsed')),
  ];
}

/** Who was logged in, and which server it was, is nobody's business but the case's. */
const publicItems = allEnvironmentItems.filter(({ key }) => key !== 'users' && key !== 'clock');

function environment(writer: Writer): string[] {
  const { state, clean, said, tell } = writer;
  const captured = environmentOf(state.values['reproduce']);
  const items = publicItems.map(({ key, label }) => ({ label, value: clean(captured[key]?.value ?? '').trim() }));
  const rows = [
    { label: w('Product', '产品'), value: said('product').trim() },
    { label: w('Version', '版本'), value: said('version').trim() },
    ...items.filter(({ value }) => !value.includes('\n')),
  ].filter(({ value }) => value !== '');
  const table = [
    `| ${tell(w('Item', '项目'))} | ${tell(w('Value', '内容'))} |`,
    '| --- | --- |',
    ...rows.map(({ label, value }) => `| ${tell(label)} | ${inline(value)} |`),
  ].join('\n');
  const long = items.filter(({ value }) => value.includes('\n'));
  return [
    rows.length === 0 ? '' : table,
    ...long.map(({ label, value }) => labelled(writer, label, fenced(value.replace(/\r\n?/g, '\n')))),
  ];
}

function summaryOf({ state, clean }: Writer): string {
  return toMarkdown(clean(textOf(state.values['close'], 'summary')));
}

function approachOf({ state, clean }: Writer): string {
  return toMarkdown(clean(currentPlan(state)?.approach ?? ''));
}

/** The closing summary tells cause and solution in one; where the plan tells the solution, it is taken for the cause. */
function cause(writer: Writer): string[] {
  return approachOf(writer) === '' ? [] : [summaryOf(writer)];
}

function solution(writer: Writer): string[] {
  const { state, clean, tell } = writer;
  const version = inline(clean(oneLine(fixedIn(state))));
  return [
    approachOf(writer) || summaryOf(writer),
    version === '' ? '' : `${tell(w('Fixed in version', '修复版本'))}${tell(w(': ', '：'))}${version}`,
  ];
}

function workaround({ state, clean }: Writer): string[] {
  const assessed = textOf(state.values['assess'], 'workaroundText');
  const sent = state.messages.findLast((message) => message.purpose === 'workaround')?.text ?? '';
  return [toMarkdown(clean(assessed || sent))];
}

/** The checks a (test environment) and d (the customer's production), without who made them (spec L32, L86). */
function verification(writer: Writer): string[] {
  const { state, clean } = writer;
  const { internal, upgrade, customer } = state.verification;
  const told = (values: Parameters<typeof textOf>[0], key: string) => toMarkdown(clean(textOf(values, key)));
  const versions = ['fromVersion', 'toVersion'].map((key) => inline(clean(oneLine(textOf(upgrade?.values, key)))));
  return [
    internal?.passed === true
      ? labelled(writer, w('In the test environment', '测试环境验证'), told(internal.values, 'cases'))
      : '',
    versions.every((version) => version !== '') ? labelled(writer, w('Upgrade', '升级'), versions.join(' → ')) : '',
    customer?.passed === true
      ? labelled(writer, w('In production', '生产环境验证'), told(customer.values, 'observation'))
      : '',
  ];
}
