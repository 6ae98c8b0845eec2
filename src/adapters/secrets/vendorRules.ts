/** Secretlint's rules for vendors' tokens, run by hand: its core keeps every mark of the process and obeys comments. */
import type { SecretLintRuleContext, SecretLintSourceCode } from '@secretlint/types';
import type { Spot } from '../../domain/redaction/finding';

type Rules = (typeof import('@secretlint/secretlint-rule-preset-recommend'))['rules'];

/**
 * The filter would let a comment in a log or an article switch the others off, one rule wants files, and what the
 * last three find the domain finds with narrower bounds.
 */
const NOT_USED = /-(?:filter-comments|gcp|basicauth|database-connection-string|privatekey)$/;

/** Read when the first text is scanned, not when the editor starts. */
let rules: Promise<Rules> | undefined;

function vendorRules(): Promise<Rules> {
  rules ??= import('@secretlint/secretlint-rule-preset-recommend').then((preset) =>
    preset.rules.filter(({ meta }) => !NOT_USED.test(meta.id)),
  );
  return rules;
}

export async function vendorSpots(text: string): Promise<Spot[]> {
  const spots: Spot[] = [];
  const context: SecretLintRuleContext = {
    sharedOptions: {},
    createTranslator: () => (messageId, data) => ({ message: '', messageId: String(messageId), data }),
    report: ({ message, range }) => spots.push({ kind: 'token', ...boundsOf(text, message.data, range) }),
    ignore: () => undefined,
  };
  const source = sourceOf(text);
  for (const rule of await vendorRules()) await rule.create(context, {}).file?.(source);
  return spots;
}

/** Some rules' ranges begin at the name before the value and end too early; the value is in the message's data. */
function boundsOf(text: string, data: unknown, [start, end]: readonly [number, number]): Pick<Spot, 'start' | 'end'> {
  const [value] = Object.values((data ?? {}) as Record<string, unknown>);
  const at = typeof value === 'string' ? text.indexOf(value, start) : -1;
  return at < 0 ? { start, end } : { start: at, end: at + String(value).length };
}

/** A text without a file; these rules ask for no places in it. */
function sourceOf(text: string): SecretLintSourceCode {
  const nowhere = () => {
    throw new RangeError('The rules in use look at the text alone');
  };
  return {
    content: text,
    hasBOM: false,
    contentType: 'text',
    ext: '',
    filePath: undefined,
    physicalFilePath: undefined,
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    locationToRange: nowhere,
    rangeToLocation: nowhere,
    positionToIndex: nowhere,
    indexToPosition: nowhere,
  };
}
