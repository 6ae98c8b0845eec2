/** Cases and reports of tests: Shanghai, Monday to Friday 9 to 17, no lunch, so that times can be added up by hand. */
import { type CasebookSettings, defaultSettings } from '../../../src/domain/casebook';
import { type ReportInput, serviceReport } from '../../../src/domain/report/makeReport';
import type { ServiceReport } from '../../../src/domain/report/serviceReport';
import type { CaseLog } from '../../../src/domain/report/sources';
import { procedureOf } from '../../../src/domain/sop/engine';
import { Play, type Raw } from '../domain/play';

const hours = ['9:00-17:00'];

export const settings: CasebookSettings = {
  ...defaultSettings,
  calendar: {
    zone: 'Asia/Shanghai',
    week: { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours },
    holidays: ['2026-10-01/2026-10-07'],
    makeUpDays: ['2026-10-10'],
  },
};

/** @param text "2026-09-01 09:00" in Shanghai */
export const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

let serial = 0;

/** A case that is recorded at a time, as received then. */
export class Told extends Play {
  readonly caseId: string;

  constructor(
    readonly sort: 'issue' | 'request',
    text: string,
    intake: Raw = {},
  ) {
    super(sort);
    serial += 1;
    const number = serial.toString(16).toUpperCase().padStart(4, '0');
    this.caseId = `${sort === 'issue' ? 'ISS' : 'REQ'}-20260901-${number}`;
    this.now = at(text);
    const receivedAt = `${text.replace(' ', 'T')}:00+08:00`;
    const usual = { customer: 'Acme', channel: 'Mail', product: 'ERP', version: '1.0', receivedAt };
    const ofIssue = { problemType: 'Defect', occurrence: 'unknown', occurredAt: receivedAt };
    const values = { ...usual, ...(sort === 'issue' ? ofIssue : {}), ...intake };
    this.does('open', super.form(procedureOf(sort).intake, values));
    this.now = at(text);
  }

  /** What the case was opened with stays so. */
  override form(action: string, values: Raw = {}): Raw {
    const isIntake = action === procedureOf(this.kind).intake;
    return super.form(action, isIntake ? { ...this.state.values[action], ...values } : values);
  }

  /** The clock of whoever works on it. */
  at(text: string): this {
    this.now = at(text);
    return this;
  }

  get log(): CaseLog {
    return { id: this.caseId, events: this.events, quarantined: 0 };
  }
}

export const issueAt = (text: string, intake: Raw = {}) => new Told('issue', text, intake);
export const requestAt = (text: string, intake: Raw = {}) => new Told('request', text, intake);

export function report(period: string, stories: readonly Told[], more: Partial<ReportInput> = {}): ServiceReport {
  const input = { period, zone: 'Asia/Shanghai', now: at('2027-06-01 00:00'), settings, ...more };
  return serviceReport(
    input,
    stories.map(({ log }) => log),
  );
}

/** Closed by an answer of support, as quickly as can be. */
export const solved = (story: Told, text: string) => {
  const before = story.until('2.1').at(text).usual('solveBySupport').usual('informCustomer').usual('accept');
  return before.at(text).usual('close');
};

/** Brought to a step, and then on at a time. */
export const upTo = (story: Told, step: string, text: string) => story.until(step).at(text);
