/** The text that goes into the ticket: everything captured, as the procedure asks (spec L28, L47). */
import type { CaseState } from '../../src/domain/case/state';
import { environmentItems, environmentOf, rowsOf, textOf, type Values } from '../../src/domain/sop/field';
import { requestContentFields } from '../../src/domain/sop/requestFields';
import { fill, type Language, say, w } from '../../src/domain/words';

const headings = {
  description: w('Description', '问题描述'),
  occurred: w('Occurred at', '发生时间'),
  impact: w('Impact', '影响范围'),
  system: w('System', '产品与版本'),
  steps: w('Steps to reproduce', '复现步骤'),
  outcome: w('{0} of {1} attempts', '{1} 次尝试中复现 {0} 次'),
  expected: w('Expected', '期望结果'),
  actual: w('Actual', '实际结果'),
  environment: w('Environment', '环境信息'),
  cannot: w('cannot obtain: {0}', '无法获取：{0}'),
};

export function ticketText(state: CaseState, language: Language): string {
  return state.kind === 'issue' ? issueText(state, language) : requestText(state, language);
}

function issueText(state: CaseState, language: Language): string {
  const intake = state.values['receive'];
  const found = state.values['reproduce'];
  const environment = environmentOf(found);
  const steps = rowsOf(found, 'steps').map((step, index) => `${index + 1}. ${step}`);
  const count = (key: string) => JSON.stringify(found?.[key] ?? 0);
  const counts = fill(headings.outcome, count('reproduced'), count('attempts'));
  const items = environmentItems.flatMap(({ key, label }) => {
    const item = environment[key];
    if (item === undefined) return [];
    const text = item.value ?? say(fill(headings.cannot, item.cannot ?? ''), language);
    return [`- ${say(label, language)}: ${text}`];
  });
  return sections(language, [
    [headings.description, textOf(intake, 'description')],
    [headings.occurred, textOf(intake, 'occurredAt')],
    [headings.impact, textOf(intake, 'impact')],
    [headings.system, systemOf(intake)],
    [headings.steps, [...steps, `(${say(counts, language)})`].join('\n')],
    [headings.expected, textOf(found, 'expected')],
    [headings.actual, textOf(found, 'actual')],
    [headings.environment, items.join('\n')],
  ]);
}

function requestText(state: CaseState, language: Language): string {
  const intake = state.values['record'];
  return sections(language, [
    ...requestContentFields.map(({ key, label }): [typeof label, string] => [label, textOf(intake, key)]),
    [headings.system, systemOf(intake)],
  ]);
}

function systemOf(intake: Values | undefined): string {
  return [textOf(intake, 'product'), textOf(intake, 'version')].join(' ').trim();
}

function sections(language: Language, parts: readonly (readonly [ReturnType<typeof w>, string])[]): string {
  return parts
    .filter(([, text]) => text.trim() !== '')
    .map(([heading, text]) => `## ${say(heading, language)}\n${text.trim()}`)
    .join('\n\n');
}
