/** Feature: the Reports view, and the page of the service report. */
import * as vscode from 'vscode';
import { readPeriod } from '../../domain/report/period';
import type { Period, ReportFilter } from '../../domain/report/serviceReport';
import { instantOf } from '../../domain/time';
import { languageOf } from '../../domain/words';
import { logError } from '../../platform/run';
import type { Session } from '../../platform/session';
import { type ActPorts, actOn } from './acting';
import { chooseFilter } from './chooseFilter';
import { choosePeriod } from './choosePeriod';
import { openFile } from './files';
import { choicesOf, readFilter } from '../../domain/report/filters';
import { type PanelPorts, ReportPanel } from './panel';
import { reportReminder, type ReminderPorts } from './reminder';
import { keptPeriods } from './rows';
import type { Act, Shown } from './shown';
import { type Node, ReportsTree, standingWords } from './tree';
import { reportLanguage } from './words';

const VIEW_TYPE = 'casebook.report';

export function reports(session: Session, ports: PanelPorts & ActPorts & ReminderPorts): vscode.Disposable {
  const { log, run } = session;
  const { store, settings, clock } = ports;
  const loaded = store.load().catch((error: unknown) => logError(log, 'reports', error));
  const tree = new ReportsTree(ports, loaded);
  const view = vscode.window.createTreeView('casebook.reports', { treeDataProvider: tree });
  let open: ReportPanel | undefined;

  const periods = () => ports.reports.options();
  const choose = async (current?: Period): Promise<Period | undefined> => {
    const kept = keptPeriods(await ports.reportShelf.reports());
    const received = store.summaries().flatMap(({ receivedAt }) => instantOf(receivedAt) || []);
    const first = received.reduce((earliest, time) => Math.min(earliest, time), Number.POSITIVE_INFINITY);
    return choosePeriod({
      now: clock.now(),
      periods: periods(),
      since: first,
      ...(current && { current: current.id }),
      standing: (id) => {
        const written = kept.get(id);
        return written ? standingWords({ isRunning: false, kept: written }) : '';
      },
    });
  };
  const act = async (what: Act, shown: Shown) => {
    if (!(await actOn(what, shown, ports))) return;
    tree.refresh();
    // the page says whether it is frozen
    if (what === 'freeze' || what === 'unfreeze') open?.regenerate();
  };
  const narrow = (filter: ReportFilter) =>
    chooseFilter(choicesOf(store.summaries(), settings.current(), filter), filter);
  const adopt = (panel: vscode.WebviewPanel, shown: Shown) => {
    const report = new ReportPanel(panel, session, ports, { periods, choose, chooseFilter: narrow, act }, shown);
    open = report;
    panel.onDidDispose(() => {
      report.dispose();
      if (open === report) open = undefined;
    });
  };
  const show = (period: Period) => {
    if (open) {
      open.reveal(period);
      return;
    }
    const title = vscode.l10n.t('Service Report');
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active, {});
    adopt(panel, { period, language: reportLanguage(), filter: {} });
  };
  /** The report that the row is of, else the one on the page in front. */
  const wanted = (node: Node | undefined): Shown | undefined =>
    node?.kind === 'period' ? { period: node.period, language: reportLanguage(), filter: {} } : open?.shown;
  const command = (what: Act) =>
    run(
      `casebook.report.${what}`,
      async (node?: Node) => {
        const shown = wanted(node);
        if (shown) await act(what, shown);
      },
      { writes: true },
    );

  return vscode.Disposable.from(
    view,
    tree,
    reportReminder(session, ports),
    store.onDidChange(() => tree.refresh()),
    // files come and go by other hands, and months end
    view.onDidChangeVisibility(({ visible }) => visible && tree.refresh()),
    new vscode.Disposable(() => open?.dispose()),
    run('casebook.report.open', async (target?: Node | string) => {
      const id = typeof target === 'string' ? target : target?.kind === 'period' ? target.period.id : undefined;
      await loaded;
      const period = id === undefined ? await choose() : readPeriod(id, periods());
      if (period) show(period);
    }),
    run('casebook.report.regenerate', () => open?.regenerate()),
    command('export'),
    command('commit'),
    command('freeze'),
    command('unfreeze'),
    run('casebook.report.openFile', async (target?: Node | string) => {
      const path = typeof target === 'string' ? target : target?.kind === 'file' ? target.path : undefined;
      if (path !== undefined) await openFile(path);
    }),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const remembered = rememberedIn(state, periods());
        if (!remembered || open) panel.dispose();
        else adopt(panel, remembered);
      },
    }),
  );
}

/** What the view left with `setState`; anything else is closed rather than guessed at. */
function rememberedIn(state: unknown, options: Parameters<typeof readPeriod>[1]): Shown | undefined {
  if (typeof state !== 'object' || state === null || !('period' in state) || !('language' in state)) return undefined;
  const { period, language } = state;
  if (typeof period !== 'string' || typeof language !== 'string') return undefined;
  try {
    const filter = 'filter' in state ? readFilter(state.filter) : {};
    return { period: readPeriod(period, options), language: languageOf(language), filter };
  } catch {
    return undefined;
  }
}
