/** Cases as engineers would make them, for tests: every act passes the guards, at any step of either procedure. */
import { type CaseEvent, type EventData, headsOf, nextLamport } from '../src/domain/case/event';
import { fold } from '../src/domain/case/fold';
import { newCaseId, newUlid, type RandomBytes } from '../src/domain/case/ids';
import { type CaseKind, type CaseState, emptyCase } from '../src/domain/case/state';
import { defaultTimings } from '../src/domain/casebook';
import type { Clock } from '../src/domain/ports';
import { type Act, check, eventDataOf } from '../src/domain/sop/engine';
import { rowsOf, textOf } from '../src/domain/sop/field';
import { currentPlan } from '../src/domain/sop/issueFix';
import { lastCheck } from '../src/domain/sop/requestStatus';
import { toIso } from '../src/domain/time';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SHANGHAI = 480;

export const li = 'Li Wei <li.wei@example.com>';
export const zhang = 'Zhang Min <zhang.min@example.com>';

/** Chance that is the same in every run. */
export function seededRandom(seed: number): RandomBytes {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) & 0xff;
  };
  return (size) => Uint8Array.from({ length: size }, next);
}

/** A clock that moves only when it is told to; in Shanghai. */
export interface HandClock extends Clock {
  advance(milliseconds: number): void;
}

/** @param start ISO-8601 with offset */
export function handClock(start = '2026-11-02T09:00:00+08:00'): HandClock {
  let now = Date.parse(start);
  return {
    now: () => now,
    offsetAt: () => SHANGHAI,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}

export interface CaseOptions {
  /** When the case is opened, ISO-8601 with offset. */
  readonly start?: string;
  readonly by?: string;
  /** Of the id and the events' ids: the same seed makes the same case. */
  readonly seed?: number;
  /** What the intake says beside, or instead of, the usual. */
  readonly intake?: Readonly<Record<string, unknown>>;
}

/** A case under way; every act is one hour later than the one before. */
export interface CaseInHand {
  readonly id: string;
  readonly events: readonly CaseEvent[];
  readonly state: CaseState;
  /** Does an act; throws where the guards refuse it, naming what is missing. */
  act(act: Act, by?: string): CaseInHand;
  /** Writes an event past the guards, as a hand, another copy or a newer Casebook would. */
  write(event: Partial<CaseEvent> & { readonly type: string; readonly data: EventData }): CaseInHand;
  /** Does what usually happens until the case stands at this step ("3.2") or has this status ("archived"). */
  until(goal: string): CaseInHand;
  /** The case's file. */
  text(): string;
}

let seeds = 0;

/** An opened case at step 1.1. */
export function aCase(kind: CaseKind = 'issue', options: CaseOptions = {}): CaseInHand {
  seeds += 1;
  const random = seededRandom(options.seed ?? seeds);
  const clock = handClock(options.start);
  const me = options.by ?? li;
  const now = () => toIso(clock.now(), clock.offsetAt(clock.now()));
  const id = newCaseId(kind, new Date(clock.now()), random);
  const events: CaseEvent[] = [];
  let state: CaseState = emptyCase(id, kind);

  const append = (event: Partial<CaseEvent> & { type: string; data: EventData }, by: string) => {
    const stamped = {
      id: newUlid(clock.now(), random),
      n: nextLamport(events),
      at: now(),
      by,
      after: headsOf(events),
      ...event,
    };
    events.push(JSON.parse(JSON.stringify(stamped)) as CaseEvent);
    state = fold(id, events);
    clock.advance(HOUR);
  };

  const inHand: CaseInHand = {
    id,
    get events() {
      return events;
    },
    get state() {
      return state;
    },
    act(act, by = me) {
      const missing = check(state, act, { now: now(), timings: defaultTimings, supportMaySolve: true });
      if (missing.length > 0) throw new Error(`${act.action}: ${missing.map((item) => item.text.en).join('; ')}`);
      append({ type: act.action, data: eventDataOf(state, act) }, by);
      return inHand;
    },
    write(event) {
      append(event, me);
      return inHand;
    },
    until(goal) {
      while (state.step !== goal && state.status !== goal) inHand.act(usualAct(state, clock.now()));
      return inHand;
    },
    text: () => events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  };
  inHand.act({ action: 'open', values: { ...intakeOf(kind, clock.now()), ...options.intake } });
  return inHand;
}

const shanghai = (instant: number) => toIso(instant, SHANGHAI);

function intakeOf(kind: CaseKind, now: number): Record<string, unknown> {
  const shared = {
    customer: '东海银行 Donghai Bank',
    contact: '王芳',
    channel: '企业微信 WeCom',
    product: 'DataHub',
    version: '5.2.1',
    receivedAt: shanghai(now - HOUR / 2),
  };
  return kind === 'issue'
    ? {
        ...shared,
        title: '夜间批量任务失败：连接池耗尽',
        description:
          '凌晨 02:10 起夜间批量任务全部失败，日志反复出现 ERROR DH-5012: connection pool exhausted (max=200)。',
        occurrence: 'moment',
        occurredAt: shanghai(now - 3 * HOUR),
        impact: '对账业务延迟约 3 小时，影响 12 个分行的日终处理。',
        problemType: '性能 Performance',
      }
    : {
        ...shared,
        title: '导出报表时支持按机构批量拆分',
        content: '导出月度报表时按机构代码拆成多个文件，并打包下载。',
        background: '每月初需向 38 家分支机构分发报表，目前靠人工拆分。',
        value: '每月节省约 2 人日，并避免错发。',
        goal: '一次操作得到按机构拆分的压缩包。',
      };
}

/** What an engineer would do next with a case at its step. */
function usualAct(state: CaseState, now: number): Act {
  const act = state.kind === 'issue' ? usualIssueAct(state, now) : usualRequestAct(state, now);
  if (state.status !== 'open' || !act) throw new Error(`Nothing usual follows ${state.step} (${state.status})`);
  return act;
}

function usualIssueAct(state: CaseState, now: number): Act | undefined {
  const plan = currentPlan(state);
  const message = { channel: '企业微信 WeCom', sentAt: shanghai(now), sender: li };
  const { internal, appointment, upgrade } = state.verification;
  switch (state.step) {
    case '1.1':
      return { action: 'receive' };
    case '1.2':
      return {
        action: 'assess',
        values: { coreAffected: true, workaround: true, workaroundText: '将最大连接数临时调至 400，并错峰执行任务。' },
      };
    case '2.1':
      return {
        action: 'reproduce',
        values: {
          outcome: 'stable',
          reproduced: 5,
          attempts: 5,
          steps: ['将连接池上限设为 200', '同时启动 40 个批量任务', '等待 10 分钟并查看日志'],
          expected: '任务排队执行',
          actual: '第 23 个任务起报 DH-5012',
          evidence: ['attachments/pool.log'],
        },
      };
    case '2.2': {
      const description = textOf(state.values['receive'], 'description');
      const sent = [description, ...rowsOf(state.values['reproduce'], 'steps')].join('\n');
      return {
        action: 'createTicket',
        values: { sent, system: 'Jira', ticketKey: 'DH-2817', url: 'https://jira.example.com/browse/DH-2817' },
      };
    }
    case '3.1':
      return { action: 'route', values: { team: '存储组', assignee: zhang, routedAt: shanghai(now) } };
    case '3.2':
      return state.followUps.some((entry) => entry.round === state.round && entry.plan === state.planRevision)
        ? {
            action: 'plan',
            values: {
              approach: '归还连接前先回滚未结束的事务',
              fixVersion: '5.2.2',
              fixDate: shanghai(now + 14 * DAY).slice(0, 10),
            },
          }
        : {
            action: 'followUp',
            values: {
              group: 'DataHub 研发支持群',
              content: '研发已定位到连接未归还，正在评估修复方案。',
              at: shanghai(now),
              nextAt: shanghai(now + 2 * DAY),
            },
          };
    case '4.1':
      return plan && state.messages.some((entry) => entry.purpose === 'plan' && entry.plan === plan.revision)
        ? { action: 'accept', values: { answeredBy: '王芳', answeredAt: shanghai(now) } }
        : {
            action: 'informCustomer',
            values: { ...message, text: `王经理您好，问题将在 ${plan?.version} 版本修复，预计 ${plan?.date} 发布。` },
          };
    case '4.2':
      if (!internal) {
        return {
          action: 'verifyInternal',
          values: { build: '5.2.2-rc1', cases: '40 个并发批量任务运行 2 小时', result: 'passed' },
        };
      }
      if (!appointment) {
        const values = { start: shanghai(now + DAY), end: shanghai(now + DAY + 2 * HOUR), contact: '王芳' };
        return { action: 'appoint', values };
      }
      if (!upgrade) {
        return {
          action: 'upgrade',
          values: { fromVersion: '5.2.1', toVersion: '5.2.2', operator: li, upgradedAt: shanghai(now) },
        };
      }
      return {
        action: 'verifyCustomer',
        values: {
          confirmedBy: '王芳',
          checkedAt: shanghai(now),
          observation: '夜间批量任务全部成功',
          result: 'passed',
        },
      };
    case '5.1':
      return {
        action: 'close',
        values: {
          disposition: 'fixed',
          ticketStatus: 'Closed',
          ticketClosedAt: shanghai(now),
          closedAt: shanghai(now),
          summary: '事务未回滚导致连接泄漏；5.2.2 已修复。',
        },
      };
    case '5.2':
      return { action: 'archive', values: { typical: false, reason: '知识库已有相同案例' } };
    default:
      return undefined;
  }
}

function usualRequestAct(state: CaseState, now: number): Act | undefined {
  const message = { channel: '邮件 Mail', sentAt: shanghai(now), sender: li };
  const last = lastCheck(state);
  switch (state.step) {
    case '1.1':
      return { action: 'record' };
    case '1.2':
      return {
        action: 'submit',
        values: {
          sent: '导出月度报表时按机构代码拆成多个文件，并打包下载。',
          system: '禅道 ZenTao',
          ticketKey: 'story-1204',
          manager: '陈静',
          routedAt: shanghai(now),
        },
      };
    case '2.1':
      return { action: 'firstReply', values: { ...message, text: '需求已正式提交，后续由项目经理陈静对接。' } };
    case '2.2':
      return state.talks.length === 0
        ? { action: 'talk', values: { content: '说明了分发报表的流程与频率。', at: shanghai(now) } }
        : {
            action: 'align',
            values: {
              restatement: '按机构代码拆分月报并打包。',
              questions: [{ question: '机构代码取自哪张表？', answer: '组织机构主表。' }],
              understood: true,
            },
          };
    case '3.1': {
      const status = last ? 'released' : 'scheduled';
      const next = status === 'scheduled' ? { nextAt: shanghai(now + 10 * DAY) } : {};
      return { action: 'check', values: { status, version: '5.4.0', at: shanghai(now), ...next } };
    }
    case '3.2': {
      const text = last?.status === 'released' ? '需求已在 5.4.0 发布。' : '需求已排期，计划在 5.4.0 发布。';
      return { action: 'sync', values: { ...message, text, reaction: '满意' } };
    }
    case '4.1':
      return {
        action: 'close',
        values: {
          conclusion: last?.status,
          version: last?.version,
          releasedOn: shanghai(now).slice(0, 10),
          ticketStatus: 'Closed',
          ticketClosedAt: shanghai(now),
          closedAt: shanghai(now),
        },
      };
    default:
      return undefined;
  }
}
