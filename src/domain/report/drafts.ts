/** What the engineer begins with: the period's results, and a plan that follows from its figures by rules. */
import { w, type Words } from '../words';
import type { CaseFacts } from './caseFacts';
import { counted, durationWords, fillSpaced, numberText, percentText } from './sayFigures';
import { isIn, isSolved, lastClosing, type Scope } from './scope';
import type { Concentration, DraftLine, Drafts, Usage } from './serviceReport';
import { compareText, groupBy, idsOf } from './tally';

/** More lines of one sort than this are no summary: the rest is told as a number. */
const LINES = 8;
/** So many customers, types and products are enough for one period's plan. */
const PLANNED = 3;
/** From this share of all issues a type is worth an article, however few they are. */
const CLUSTER = 0.2;

export function draftsOf(now: Scope, concentration: Concentration, usage: Usage): Drafts {
  return {
    results: [...urgentResults(now), ...upgradeResults(now), ...releaseResults(now), ...collected(now)],
    plan: [...trainings(now, concentration), ...articles(now, concentration), ...visits(usage), ...testFocus(now)],
  };
}

const name = ({ title, id }: CaseFacts) => title.replace(/\s+/g, ' ').trim() || id;
const customerWords = ({ customer }: CaseFacts) => (customer === '' ? w('a customer', '客户') : w(customer, customer));

function capped(lines: readonly DraftLine[], key: string, rest: (count: number) => Words): readonly DraftLine[] {
  if (lines.length <= LINES) return lines;
  const left = lines.slice(LINES);
  const all = [...new Set(left.flatMap((line) => line.cases))].toSorted();
  return [...lines.slice(0, LINES), { key: `${key}:more`, text: rest(left.length), cases: all }];
}

function urgentResults(now: Scope): readonly DraftLine[] {
  const solved = now.closed.filter((facts) => facts.wasUrgent && isSolved(now, facts));
  const lines = solved.map((facts): DraftLine => {
    const closing = lastClosing(now, facts);
    const time = durationWords(now.business.between(facts.receivedAt, closing?.at ?? facts.receivedAt));
    const sentence = w(
      'Solved the urgent problem “{0}” of {1} within {2} of working time.',
      '解决{1}的紧急问题“{0}”，用时 {2}（工作时间）。',
    );
    return {
      key: `urgent:${facts.id}`,
      text: fillSpaced(sentence, name(facts), customerWords(facts), time),
      cases: [facts.id],
    };
  });
  return capped(lines, 'urgent', (count) =>
    w(`And ${counted(count, 'more urgent problem')} solved.`, `另解决紧急问题 ${numberText(count)} 件。`),
  );
}

/** Of a customer to a version, unless the check after it failed. */
function upgradeResults(now: Scope): readonly DraftLine[] {
  const done = now.cases.flatMap((facts) =>
    facts.upgrades
      .filter(({ at, version }) => isIn(now, at) && version !== '' && !failedAfter(facts, at))
      .map(({ version }) => ({ id: facts.id, facts, version })),
  );
  const groups = groupBy(done, ({ facts, version }) => JSON.stringify([facts.customer, facts.product, version]));
  const lines = [...groups.values()].flatMap((items): DraftLine[] => {
    const [first] = items;
    if (!first) return [];
    const { facts, version } = first;
    const product = `${facts.product} ${version}`.trim();
    const sentence = w('Upgraded {0} to {1}.', '完成{0}升级至{1}。');
    return [
      {
        key: `upgrade:${facts.customer}:${product}`,
        text: fillSpaced(sentence, customerWords(facts), product),
        cases: idsOf(items),
      },
    ];
  });
  return capped(lines, 'upgrade', (count) =>
    w(`And ${counted(count, 'more upgrade')}.`, `另完成升级 ${numberText(count)} 次。`),
  );
}

function failedAfter({ verifications }: CaseFacts, upgradedAt: number): boolean {
  return verifications.some(({ where, passed, at }) => where === 'customer' && !passed && at >= upgradedAt);
}

function releaseResults(now: Scope): readonly DraftLine[] {
  const released = now.closed.filter(
    (facts) =>
      facts.kind === 'request' && lastClosing(now, facts)?.disposition === 'released' && facts.standing === 'closed',
  );
  const lines = released.map((facts): DraftLine => {
    const { releaseVersion: version } = facts;
    const sentence =
      version === ''
        ? w('Released the request “{0}” of {1}.', '{1}的需求“{0}”已发布。')
        : w('Released the request “{0}” of {1} in {2}.', '{1}的需求“{0}”已在 {2} 版本发布。');
    return {
      key: `released:${facts.id}`,
      text: fillSpaced(sentence, name(facts), customerWords(facts), version),
      cases: [facts.id],
    };
  });
  return capped(lines, 'released', (count) =>
    w(`And ${counted(count, 'more request')} released.`, `另有 ${numberText(count)} 项需求发布。`),
  );
}

function collected(now: Scope): readonly DraftLine[] {
  const requests = now.received.filter(({ kind }) => kind === 'request');
  if (requests.length === 0) return [];
  const titles = requests.slice(0, PLANNED).map(name);
  const isAll = titles.length === requests.length;
  const en = `${titles.map((title) => `“${title}”`).join(', ')}${isAll ? '' : ' …'}`;
  const zh = `${titles.map((title) => `“${title}”`).join('、')}${isAll ? '' : '等'}`;
  return [
    {
      key: 'collected',
      text: w(
        `Collected ${counted(requests.length, 'request')}: ${en}.`,
        `收集需求 ${numberText(requests.length)} 项：${zh}。`,
      ),
      cases: idsOf(requests),
    },
  ];
}

/** 高频问题客户 → 专项培训 */
function trainings(now: Scope, { customers }: Concentration): readonly DraftLine[] {
  return customers
    .filter(({ key, count }) => key !== '' && count >= now.settings.report.highFrequency)
    .slice(0, PLANNED)
    .map((row): DraftLine => {
      const own = now.received.filter(({ customer, kind }) => customer === row.key && kind === 'issue');
      const types = groupBy(
        own.filter(({ problemType }) => problemType !== ''),
        ({ problemType }) => problemType,
      );
      const [most] = [...types].toSorted(([a, m], [b, n]) => n.length - m.length || compareText(a, b));
      const focus = most ? fillSpaced(w(', most of them {0}', '，以{0}为主'), most[0]) : w('', '');
      const sentence = w(
        `Special training for {0}: ${counted(row.count, 'case')} in this period{1}.`,
        `为{0}安排专项培训：本期提交 ${numberText(row.count)} 件{1}。`,
      );
      return { key: `training:${row.key}`, text: fillSpaced(sentence, row.label, focus), cases: row.cases };
    });
}

/** A cluster of one type → the knowledge base */
function articles(now: Scope, { types }: Concentration): readonly DraftLine[] {
  const { highFrequency } = now.settings.report;
  return types
    .filter(
      ({ key, count, share = 0, change }) =>
        key !== '' && count >= highFrequency && (share >= CLUSTER || (change?.difference ?? 0) > 0),
    )
    .slice(0, PLANNED)
    .map((row): DraftLine => {
      const withArticle = now.received.filter(
        ({ problemType, kind, articles: own }) => problemType === row.key && kind === 'issue' && own.length > 0,
      ).length;
      const sentence = w(
        `Write or extend articles on {0}: ${counted(row.count, 'issue')} ({1}% of all), ${numberText(withArticle)} with an article.`,
        `完善“{0}”类知识库文章：本期 ${numberText(row.count)} 件（占 {1}%），其中 ${numberText(withArticle)} 件已有文章。`,
      );
      return {
        key: `article:${row.key}`,
        text: fillSpaced(sentence, row.label, percentText(row.share ?? 0)),
        cases: row.cases,
      };
    });
}

/** A silent or declining customer → a visit */
function visits({ customers }: Usage): readonly DraftLine[] {
  const quiet = customers.filter(({ standing }) => standing === 'silent' || standing === 'declining');
  const lines = quiet.map((row): DraftLine => ({
    key: `visit:${row.customer}`,
    text: fillSpaced(w('Visit {0}: {1}.', '回访{0}：{1}。'), row.customer, lowered(row.reason)),
    cases: row.cases,
  }));
  return capped(lines, 'visit', (count) =>
    w(`And visits to ${counted(count, 'more customer')}.`, `另需回访 ${numberText(count)} 家客户。`),
  );
}

const lowered = ({ en, zh }: Words) => w(`${en.charAt(0).toLowerCase()}${en.slice(1)}`, zh);

/** Failing verifications → where to test more */
function testFocus(now: Scope): readonly DraftLine[] {
  const failed = now.cases.flatMap((facts) =>
    facts.verifications
      .filter(({ at, passed }) => !passed && isIn(now, at))
      .map(({ where }) => ({ id: facts.id, product: facts.product, where })),
  );
  return [...groupBy(failed, ({ product }) => product)]
    .toSorted(([a, m], [b, n]) => n.length - m.length || compareText(a, b))
    .slice(0, PLANNED)
    .map(([product, items]): DraftLine => {
      const atCustomers = items.filter(({ where }) => where === 'customer').length;
      const label = product === '' ? w('fixes', '修复版本') : w(product, product);
      const sentence = w(
        `Test {0} more closely before release: ${counted(items.length, 'verification')} failed, ${numberText(atCustomers)} at customers.`,
        `发布前加强{0}的测试：本期验证未通过 ${numberText(items.length)} 次，其中客户环境 ${numberText(atCustomers)} 次。`,
      );
      return { key: `testing:${product}`, text: fillSpaced(sentence, label), cases: idsOf(items) };
    });
}
