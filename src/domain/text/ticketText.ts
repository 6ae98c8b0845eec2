/** The text of the internal ticket: everything that was captured, as it was captured (spec L28, L47, L82). */
import type { CaseState, RoundRecord } from '../case/state';
import { procedureOf } from '../sop/engine';
import { rowsOf, textOf, type Values } from '../sop/field';
import { urgencies } from '../sop/fields';
import { fill, say, type Language, type Words, w } from '../words';
import { describeEnvironment, describeFields, line, moment } from './describe';

/** Ready to be copied into any ticket system; in a further round it begins with what failed in the one before. */
export function ticketText(state: CaseState, language: Language): string {
  const parts = state.kind === 'issue' ? issueParts(state, language) : requestParts(state, language);
  return parts.filter((part) => part !== '').join('\n\n');
}

function issueParts(state: CaseState, language: Language): string[] {
  const captured = (action: string, ...keys: readonly string[]) =>
    described(state, language, action, state.values[action], keys);
  const reproduced = state.values['reproduce'];
  const steps = rowsOf(reproduced, 'steps').map((step, index) => `${index + 1}. ${step}`);
  return [
    failedBefore(state, language),
    block(w('R&D asked for', '研发要求补充的信息'), askedFor(state), language),
    block(w('Description', '问题描述'), [textOf(state.values['receive'], 'description').trim()], language),
    block(
      w('Occurrence and impact', '发生时间与影响'),
      [...occurrence(state, language), ...captured('receive', 'impact'), ...urgency(state, language)],
      language,
    ),
    block(w('Customer and version', '客户与版本'), captured('receive', ...whoAndWhat, 'problemType'), language),
    block(
      w('Reproduction', '复现情况'),
      [...attemptLine(reproduced, state, language), ...earlierAttempts(state, language)],
      language,
    ),
    block(w('Steps to reproduce', '复现步骤'), steps, language),
    block(w('Result', '结果'), captured('reproduce', 'expected', 'actual', 'dataUsed'), language),
    block(w('Environment information', '环境信息'), describeEnvironment(reproduced, language), language),
    block(w('Evidence', '证据'), [...rowsOf(reproduced, 'evidence')], language),
    line(say(w('Case', '案例编号'), language), state.id, language),
  ];
}

const whoAndWhat = ['customer', 'contact', 'channel', 'product', 'version', 'receivedAt'];

function requestParts(state: CaseState, language: Language): string[] {
  const told = (key: string) => {
    const field = procedureOf('request').actions['record']?.fields.find((entry) => entry.key === key);
    const text = textOf(state.values['record'], key).trim();
    return field ? block(field.label, [text], language) : '';
  };
  return [
    ...['content', 'background', 'value', 'goal'].map(told),
    block(
      w('Customer and version', '客户与版本'),
      described(state, language, 'record', state.values['record'], whoAndWhat),
      language,
    ),
    state.convertedFrom === '' ? '' : line(say(w('From issue', '来源问题'), language), state.convertedFrom, language),
    line(say(w('Case', '案例编号'), language), state.id, language),
  ];
}

/** As blocksOf knows headings again. */
const headed = w('{0}:', '【{0}】');

/** A headed block, or nothing when it has no content. */
function block(heading: Words, lines: readonly string[], language: Language): string {
  const content = lines.filter((entry) => entry.trim() !== '');
  return content.length === 0 ? '' : [say(fill(headed, say(heading, language)), language), ...content].join('\n');
}

/** Lines for these fields of an action's form, filled with these values. */
function described(
  state: CaseState,
  language: Language,
  action: string,
  values: Values | undefined,
  keys: readonly string[],
): string[] {
  const fields = procedureOf(state.kind).actions[action]?.fields ?? [];
  return describeFields(fields, values ?? {}, keys, state, language);
}

function occurrence(state: CaseState, language: Language): string[] {
  const values = state.values['receive'];
  const [from, until] = [textOf(values, 'occurredAt'), textOf(values, 'occurredUntil')];
  if (from === '') return [];
  const isRange = values?.['occurrence'] === 'range' && until !== '';
  const isUnknown = values?.['occurrence'] === 'unknown';
  const span = isRange ? `${moment(from, language)} – ${moment(until, language)}` : moment(from, language);
  const label = w('Occurred at', '发生时间');
  const text = isUnknown ? fill(w('unknown; first noticed at {0}', '未知，首次发现于 {0}'), span) : w(span, span);
  return [line(say(label, language), say(text, language), language)];
}

const assessment = ['coreAffected', 'workaround', 'workaroundText', 'overrideReason'];

function urgency(state: CaseState, language: Language): string[] {
  const label = urgencies.find(({ value }) => value === state.urgency)?.label;
  if (!label) return [];
  return [
    line(say(w('Urgency', '紧急程度'), language), say(label, language), language),
    ...described(state, language, 'assess', state.values['assess'], assessment),
  ];
}

/** "Outcome: Intermittent (2 of 5 attempts)". */
function attemptLine(values: Values | undefined, state: CaseState, language: Language): string[] {
  const [outcome] = described(state, language, 'reproduce', values, ['outcome']);
  const { reproduced, attempts } = values ?? {};
  if (outcome === undefined) return [];
  if (typeof reproduced !== 'number' || typeof attempts !== 'number') return [outcome];
  const counts = fill(
    w(' ({0} of {1} attempts)', '（尝试 {1} 次，复现 {0} 次）'),
    String(reproduced),
    String(attempts),
  );
  return [outcome + say(counts, language)];
}

/** Attempts of this round before the one that the form shows now. */
function earlierAttempts(state: CaseState, language: Language): string[] {
  const inRound = state.attempts.filter((attempt) => attempt.round === state.round);
  // once 2.1 is left, the last one is the attempt that is described above
  return inRound
    .slice(0, state.step > '2.1' ? -1 : undefined)
    .flatMap((attempt) =>
      attemptLine(attempt.values, state, language).map((text) => `${moment(attempt.at, language)}  ${text}`),
    );
}

/** What this round's ticket came back for. */
function askedFor(state: CaseState): string[] {
  return state.askedByRd.filter((asked) => asked.round === state.round).map((asked) => asked.content.trim());
}

/** Why there is another round: the check that failed, or the reason for reopening (spec L33, L86). */
function failedBefore(state: CaseState, language: Language): string {
  const before = state.rounds.at(-1);
  if (state.round < 2 || !before) return '';
  const reactivation = state.reactivations.at(-1);
  const heading = fill(w('Round {0} (re-activated)', '第 {0} 轮：重新激活'), String(state.round));
  const reason = reactivation?.reason || before.reason;
  return block(
    heading,
    [
      ...(reactivation?.reopened === true
        ? [say(w('The case was closed and came back.', '案例关闭后问题再次出现。'), language)]
        : failedCheck(state, before, language)),
      ...(reason === '' ? [] : [line(say(w('Reason', '原因'), language), reason, language)]),
    ],
    language,
  );
}

function failedCheck(state: CaseState, { verification }: RoundRecord, language: Language): string[] {
  const { internal, customer, upgrade } = verification;
  if (customer?.passed === false) {
    const installed = textOf(upgrade?.values, 'toVersion');
    return [
      say(w("The fix failed in the customer's production.", '修复版本在客户生产环境验证未通过。'), language),
      ...(installed === '' ? [] : [line(say(w('Installed version', '已升级版本'), language), installed, language)]),
      ...described(state, language, 'verifyCustomer', customer.values, ['observation', 'checkedAt', 'evidence']),
    ];
  }
  if (internal?.passed !== false) return [];
  return [
    say(w('The fix failed in the test environment.', '修复版本在测试环境验证未通过。'), language),
    ...described(state, language, 'verifyInternal', internal.values, ['build', 'cases', 'evidence']),
  ];
}
