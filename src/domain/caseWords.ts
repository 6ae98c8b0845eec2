/** How a case's facts are called wherever they are listed: in the editor's trees and on the case's page alike. */
import type { CaseKind, CaseStatus, WaitingOn } from './case/state';
import { procedureOf } from './sop/engine';
import { urgencies } from './sop/fields';
import { findStep } from './sop/procedure';
import { type Due, type DueKind, isLate } from './dues';
import type { TicketFlag } from './tickets/standing';
import { instantOf } from './time';
import { fill, w, type Words } from './words';

const nothing = w('', '');

export const statusWords: Readonly<Record<CaseStatus, Words>> = {
  open: w('Open', '处理中'),
  archived: w('Archived', '已归档'),
  closed: w('Closed', '已关闭'),
  withdrawn: w('Withdrawn', '已撤回'),
  merged: w('Merged', '已合并'),
  converted: w('Converted into a request', '已转为需求'),
};

export const waitingWords: Readonly<Record<WaitingOn, Words>> = {
  us: w('our turn', '等待我方处理'),
  customer: w('waiting on the customer', '等待客户'),
  rd: w('waiting on R&D', '等待研发'),
  manager: w('waiting on the manager', '等待项目经理'),
};

/** @param urgency anything that may stand in a log; empty for what is none */
export function urgencyWords(urgency: string | undefined): Words {
  return urgencies.find((option) => option.value === urgency)?.label ?? nothing;
}

/** "2.1 Collect information & reproduce"; a step that the procedure does not have by its number alone. */
export function stepWords({ kind, step }: { readonly kind: CaseKind; readonly step: string }): Words {
  const found = findStep(procedureOf(kind), step);
  return found ? w(`${found.id} ${found.name.en}`, `${found.id} ${found.name.zh}`) : w(step, step);
}

/** What a ticket's standing calls for, by a word of its own wherever it is shown. */
export const ticketFlagWords: Readonly<Record<TicketFlag, Words>> = {
  closedUnverified: w('Closed in the tracker, not verified by the customer', '工单已关闭，客户尚未验证'),
  planDiffers: w('The ticket has a new version or date', '工单有新的版本或日期'),
  statusDiffers: w('The ticket has a new status', '工单有新的状态'),
};

/** The same in a row, which a narrow side bar cuts. */
export const ticketFlagNames: Readonly<Record<TicketFlag, Words>> = {
  closedUnverified: w('ticket closed, not verified', '工单已关闭，未验证'),
  planDiffers: w('new version or date in the ticket', '工单有新的版本或日期'),
  statusDiffers: w('new status in the ticket', '工单有新的状态'),
};

/** What a time stands for, in front of that time. */
export const dueNames: Readonly<Record<DueKind, Words>> = {
  notifyLead: w('Notify the R&D lead by', '通知研发负责人的时限'),
  firstResponse: w('First response by', '首次响应时限'),
  followUp: w('Next follow-up', '下次跟进'),
  tellCustomer: w('Inform the customer by', '同步客户的时限'),
  answer: w("Customer's answer by", '客户答复期限'),
  fixPromised: w('Fix expected by', '预计修复时间'),
  appointment: w('Appointment', '升级预约'),
};

const ahead: Readonly<Record<DueKind, Words>> = {
  notifyLead: w('notify the R&D lead within {0}', '须在 {0}内通知研发负责人'),
  firstResponse: w('first response within {0}', '须在 {0}内首次响应'),
  followUp: w('follow up in {0}', '{0}后跟进'),
  tellCustomer: w('inform the customer within {0}', '须在 {0}内同步客户'),
  answer: w('ask the customer again in {0}', '{0}后再次询问客户'),
  fixPromised: w('fix promised in {0}', '承诺 {0}后修复'),
  appointment: w('appointment in {0}', '{0}后为预约时间'),
};

const past: Readonly<Record<DueKind, Words>> = {
  notifyLead: w('R&D lead not notified, {0} over', '未通知研发负责人，已超 {0}'),
  firstResponse: w('first response overdue {0}', '首次响应已逾期 {0}'),
  followUp: w('follow-up overdue {0}', '跟进已逾期 {0}'),
  tellCustomer: w('customer not informed, {0} over', '未同步客户，已超 {0}'),
  answer: w('no answer from the customer, {0} over', '客户未答复，已超 {0}'),
  fixPromised: w('promised fix overdue {0}', '承诺的修复已逾期 {0}'),
  appointment: w('appointment began {0} ago', '预约已于 {0}前开始'),
};

/** "follow up in 3 h", "follow-up overdue 2 d". @param now milliseconds since the epoch */
export function dueWords(due: Due, now: number): Words {
  const minutes = Math.round((instantOf(due.at) - now) / 60_000);
  return fill((minutes < 0 ? past : ahead)[due.kind], spanWords(Math.abs(minutes)));
}

/** In front of a title: "20 h over", "in 3 h"; nothing for what does not press now: the icon tells of it. */
export function pressWords(due: Due | undefined, now: number): Words | undefined {
  if (!due) return undefined;
  const minutes = Math.round((instantOf(due.at) - now) / 60_000);
  if (minutes > 4 * 60 || minutes < -24 * 60 || (minutes < 0 && !isLate(due, now))) return undefined;
  return distanceWords(due, now);
}

/** Beside a word for what is due: "3 h over", "in 20 min"; of an appointment "began 5 min ago". */
export function distanceWords(due: Due, now: number): Words {
  const minutes = Math.round((instantOf(due.at) - now) / 60_000);
  const gone = due.kind === 'appointment' ? w('began {0} ago', '{0}前已开始') : w('{0} over', '逾期 {0}');
  return fill(minutes < 0 ? gone : w('in {0}', '{0}后'), spanWords(Math.abs(minutes)));
}

/** Under a heading that says "overdue" already: "3 h", else as `distanceWords`. */
export function shortDistanceWords(due: Due, now: number): Words {
  const minutes = Math.round((now - instantOf(due.at)) / 60_000);
  return isLate(due, now) && minutes >= 0 ? spanWords(minutes) : distanceWords(due, now);
}

function spanWords(minutes: number): Words {
  if (minutes < 60) return fill(w('{0} min', '{0} 分钟'), String(minutes));
  if (minutes < 48 * 60) return fill(w('{0} h', '{0} 小时'), String(Math.round(minutes / 60)));
  return fill(w('{0} d', '{0} 天'), String(Math.round(minutes / 1440)));
}
