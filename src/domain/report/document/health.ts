/** What is still open, and how discipline and knowledge stand. */
import { w, type Words } from '../../words';
import type { Count, Row } from '../figure';
import type { ServiceReport } from '../serviceReport';
import type { Cells } from './cells';
import { breakdown, chart, column, note, oneSeries, table, tones, type Unnumbered } from './parts';
import { rates } from './timing';

export function backlogPart({ service }: ServiceReport, cells: Cells): Unnumbered {
  const { movement, backlog } = service;
  const row = (label: Words, count: Count) => [cells.text(label), cells.count(count)];
  const by = (id: string, title: Words, of: Words, rows: readonly Row[]) => breakdown(cells, { id, title, of, rows });
  return {
    id: 'backlog',
    title: cells.say(w('Backlog', '未结案例')),
    blocks: [
      table(cells, {
        id: 'movement',
        title: w('From the start of the period to its end', '本期变动'),
        columns: [column(cells, 'figure', w('Figure', '指标'), 'label'), column(cells, 'count', w('Cases', '数量'))],
        rows: [
          row(w('Open at the start', '期初未结'), movement.start),
          row(w('Plus received', '加：受理'), movement.received),
          row(w('Plus requests converted from issues', '加：由问题转入的需求'), movement.convertedIn),
          row(w('Plus reopened', '加：重新激活'), movement.reopened),
          row(w('Less closures', '减：关闭'), movement.closures),
          row(w('Less withdrawn, merged or converted', '减：撤回、合并或转需求'), movement.removed),
          row(w('Open at the end', '期末未结'), movement.end),
        ],
      }),
      ...chart(cells, {
        id: 'ages',
        title: w('Open cases by age', '未结案例账龄'),
        categories: backlog.byAge.map(({ label }) => cells.say(label)),
        series: [oneSeries(w('Open cases', '未结案例'), backlog.byAge, cells, tones.received)],
      }),
      by('ages', w('By age', '按账龄'), w('Days since receipt', '受理天数'), backlog.byAge),
      by('steps', w('By step', '按步骤'), w('Step', '步骤'), backlog.byStep),
      by('waiting', w('By whom it waits for', '按等待对象'), w('Waiting on', '等待对象'), backlog.byWaiting),
    ],
  };
}

export function urgentPart({ service }: ServiceReport, cells: Cells): Unnumbered {
  const { urgent, followUps } = service;
  const { cases, toldInTime, untilTold, untold, targetMinutes } = urgent;
  return {
    id: 'urgent',
    title: cells.say(w('Urgent cases and follow-up', '紧急响应与跟进')),
    blocks: [
      table(cells, {
        id: 'urgent',
        title: w('Urgent cases', '紧急案例'),
        columns: [
          column(cells, 'urgent', w('Urgent cases', '紧急案例数')),
          column(cells, 'target', w('Target', '通知时限'), 'duration'),
          column(cells, 'untold', w('R&D lead not notified', '未通知研发负责人')),
          column(cells, 'n', w('Notified', '已通知')),
          column(cells, 'mean', w('Mean until notified', '平均通知用时'), 'duration'),
          column(cells, 'median', w('Median', '中位数'), 'duration'),
          column(cells, 'p90', w('P90', 'P90'), 'duration'),
        ],
        rows:
          cases.count === 0
            ? []
            : [
                [
                  cells.count(cases),
                  cells.duration(targetMinutes * 60_000),
                  cells.count(untold),
                  cells.number(untilTold.n, untilTold.cases),
                  cells.mean(untilTold),
                  cells.median(untilTold),
                  cells.p90(untilTold),
                ],
              ],
        empty: w('No case became urgent in this period.', '本期无紧急案例。'),
      }),
      rates(cells, 'discipline', w('In time', '及时率'), [
        [w('R&D lead notified within the target', '研发负责人按时通知率'), toldInTime],
        [w('Follow-ups done when due', '按时跟进率'), followUps.discipline],
      ]),
      table(cells, {
        id: 'followUps',
        title: w('Follow-ups that were not in time', '未按时跟进'),
        columns: [column(cells, 'late', w('Late', '逾期完成')), column(cells, 'missed', w('Missed', '未完成'))],
        rows: [[cells.count(followUps.late), cells.count(followUps.missed)]],
      }),
    ],
  };
}

export function knowledgePart({ service }: ServiceReport, cells: Cells): Unnumbered {
  const { committed, articles, closedWithArticle, reuse } = service.knowledge;
  return {
    id: 'knowledge',
    title: cells.say(w('Knowledge base', '知识库')),
    blocks: [
      table(cells, {
        id: 'knowledge',
        title: w('Knowledge base in figures', '知识库指标'),
        columns: [
          column(cells, 'committed', w('Articles published', '新增文章')),
          column(cells, 'reuse', w('Existing articles used', '复用文章次数')),
          column(cells, 'closedWithArticle', w('Closed with an article', '关闭时有文章'), 'percent'),
        ],
        rows: [[cells.count(committed), cells.count(reuse), cells.share(closedWithArticle)]],
      }),
      table(cells, {
        id: 'articles',
        title: w('Articles published in this period', '本期新增文章'),
        columns: [
          column(cells, 'title', w('Title', '标题'), 'text'),
          column(cells, 'path', w('File', '文件'), 'text'),
          column(cells, 'cases', w('Cases', '相关案例'), 'text'),
        ],
        rows: articles.map(({ path, title, cases }) => [
          cells.text(title),
          cells.text(path),
          cells.text(cases.join(', '), cases),
        ]),
      }),
      note(
        cells,
        w(
          'Closed with an article: of the cases closed in the period, those that an article is linked to.',
          '关闭时有文章：本期关闭的案例中，已关联知识库文章的比例。',
        ),
      ),
    ],
  };
}
