/** Cases for the tests of prepared texts, made of real events where the guards are asked. */
import * as fc from 'fast-check';
import { type CaseState, emptyCase } from '../../../src/domain/case/state';
import { defaultTimings } from '../../../src/domain/casebook';
import { check } from '../../../src/domain/sop/engine';
import { allEnvironmentItems, type Values } from '../../../src/domain/sop/field';
import type { Context } from '../../../src/domain/sop/procedure';

export const stamp = { at: '2026-11-22T09:05:00+08:00', by: 'Zhang San <zhang.san@vendor.cn>' };

export const context: Context = { now: '2027-01-01T00:00:00Z', timings: defaultTimings, supportMaySolve: true };

export const received: Values = {
  title: '报表导出失败',
  description: '每天早上导出失败。\n  报错：could not resize',
  occurrence: 'moment',
  occurredAt: '2026-11-22T08:00:00+08:00',
  impact: '财务无法出报表',
  customer: '华东某厂',
  contact: '王工',
  channel: '电话 Phone',
  product: 'ERP',
  version: '3.2.1',
  receivedAt: '2026-11-22T09:00:00+08:00',
  problemType: '性能 Performance',
};

export function issue(more: Partial<CaseState> = {}): CaseState {
  return { ...emptyCase('ISS-20261122-7K3F', 'issue'), step: '2.2', values: { receive: received }, ...more };
}

export function request(more: Partial<CaseState> = {}): CaseState {
  const record = {
    title: '批量导出',
    content: '一次导出\n多个报表',
    background: '月底集中出报表',
    value: '每月省两天',
    goal: '一键完成',
    customer: '华东某厂',
    contact: '王工',
    channel: '邮件 Mail',
    product: 'ERP',
    version: '3.2.1',
    receivedAt: '2026-11-22T09:00:00+08:00',
  };
  return { ...emptyCase('REQ-20261122-7K3F', 'request'), values: { record }, ...more };
}

/** Codes of what the guard misses in a prepared text. */
export function missing(state: CaseState, action: string, values: Values): string[] {
  return check(state, { action, values }, context).map((item) => item.code);
}

/** Text as engineers paste it: several lines, blanks, placeholders and patterns of other languages. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      ' ',
      '\n',
      '\r\n',
      '\t',
      '\u3000',
      '\u00A0',
      '{0}',
      '{1}',
      '$&',
      '$1',
      '中',
      'a',
      '：',
      '】',
      '1. ',
    ),
    maxLength: 15,
  }),
);

export const anyEnvironment = fc
  .tuple(...allEnvironmentItems.map(({ key }) => fc.tuple(fc.constant(key), fc.boolean(), anyText)))
  .map((items) =>
    Object.fromEntries(items.map(([key, known, text]) => [key, known ? { value: text } : { cannot: text }])),
  );
