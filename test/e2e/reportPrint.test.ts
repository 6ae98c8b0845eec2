/** The report that leaves the house: its HTML printed to A4 by a real browser, and how its workbook looks. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { makeSample } from '../../sample/maker/folder';
import { openCasebook } from '../../src/adapters/openCasebook';
import type { Casebook } from '../../src/domain/ports';
import { reportFormats } from '../../src/domain/report/reportShelf';
import { secretsInMemory } from '../unit/tickets/secretsInMemory';
import { scripts, temporaryFolder } from './editor';
import { quarterUnderWay } from './quarter';
import { workbookPicture } from './workbookPicture';

/** CSS pixels, at 96 dots an inch. */
const A4 = { width: 794, height: 1123 };
/** Points, at 72 an inch. */
const PORTRAIT = '595x842';
const LANDSCAPE = '842x595';

describe('a report that is printed', function () {
  this.timeout(240_000);
  let browser: Browser;
  let page: Page;
  let casebook: Casebook & { dispose(): void };
  let period: string;
  const troubles: string[] = [];

  before(async () => {
    const home = temporaryFolder('report');
    const folder = join(home, 'casebook');
    const source = resolve('sample');
    await makeSample({ folder, source, now: Date.now(), offsetAt: () => 480 });
    quarterUnderWay(folder);
    casebook = await openCasebook({
      folder,
      knowledgeFolder: join(folder, 'knowledge'),
      ownFolder: false,
      stateFolder: join(home, 'state'),
      language: 'zh-CN',
      version: '1',
      engineer: () => 'Li Wei <li.wei@example.com>',
      secretStorage: secretsInMemory(),
      connections: { trackers: () => [], bots: () => [] },
      publishing: () => ({ branch: '', signOff: false, message: '' }),
      isTrusted: true,
      onProblem: (error) => assert.fail(String(error)),
      searchThread: resolve('dist/searchThread.js'),
      sheetThread: resolve('dist/sheetThread.js'),
      // what ships, not what was built for the tests
      reportThread: resolve('dist/reportThread.js'),
    });
    period = casebook.reports.current('quarter').id;
    const { chromiumFlags, cleanEnv, findChromium, serverBuild } = await scripts();
    const found = await findChromium(await serverBuild());
    browser = await chromium.launch({
      executablePath: found.executablePath,
      args: chromiumFlags,
      env: cleanEnv(found.env),
    });
    page = await browser.newPage({ viewport: { width: 1000, height: A4.height } });
    page.on('console', (message) => troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) troubles.push(request.url());
    });
  });

  after(async () => {
    await browser.close();
    casebook.dispose();
  });

  for (const language of ['zh-CN', 'en'] as const) {
    it(`fills A4 pages, wide ones for the cases (${language})`, async () => {
      const { files } = await casebook.reportOutputs.export(period, {
        language,
        mainLanguage: 'zh-CN',
        formats: reportFormats,
      });
      const html = files.find((file) => file.endsWith('.html')) ?? assert.fail('no HTML');
      await page.emulateMedia({ media: null });
      await page.setViewportSize({ width: 1000, height: A4.height });
      await page.goto(pathToFileURL(html).href);
      assert.deepEqual(await page.evaluate(wider), [], 'on the screen');
      assert.deepEqual(await findings(page), []);

      const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
      const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) =>
        [width, height].map((points) => Math.round(Number(points))).join('x'),
      );
      const wide = sizes.indexOf(LANDSCAPE);
      assert.ok(sizes.length >= 8 && sizes.length <= 30, `${sizes.length} pages`);
      assert.deepEqual(new Set(sizes.slice(0, wide)), new Set([PORTRAIT]));
      assert.deepEqual(new Set(sizes.slice(wide)), new Set([LANDSCAPE]));

      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 680, height: A4.height });
      assert.deepEqual(await page.evaluate(wider), [], 'on paper');
      if (language === 'zh-CN') await pictures(files);
      assert.deepEqual(troubles, []);
    });
  }

  it('has pictures that are whole', async () => {
    const folder = join(casebook.reportShelf.folder, period);
    const names = readdirSync(folder).filter((name) => name.endsWith('.svg'));
    assert.ok(names.length >= 8, String(names));
    for (const name of names) {
      const problem = await page.evaluate(
        (svg) => {
          const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
          return root.nodeName === 'svg' ? '' : root.textContent;
        },
        readFileSync(join(folder, name), 'utf8'),
      );
      assert.equal(problem, '', name);
    }
  });

  const axeSource = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

  const findings = async (of: Page): Promise<string[]> => {
    await of.evaluate(axeSource);
    const { violations } = await of.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })');
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  };

  /** For the documentation, with CASEBOOK_SCREENSHOTS=1. */
  const pictures = async (files: readonly string[]): Promise<void> => {
    if (process.env['CASEBOOK_SCREENSHOTS'] !== '1') return;
    const folder = join('media', 'screenshots');
    await page.setViewportSize(A4);
    // the margins are the printer's
    await page.addStyleTag({ content: 'body { padding: 45px 57px }' });
    await page.screenshot({ path: join(folder, 'report-print.png') });
    const workbook = files.find((file) => file.endsWith('.xlsx')) ?? assert.fail('no workbook');
    const isMade = workbookPicture(resolve(workbook), 3, join(folder, 'report-workbook.png'));
    if (!isMade) console.log('    report-workbook.png stays as it is: that picture needs LibreOffice and poppler');
  };
});

/** Tables and pictures that reach over the edge. The list of cases has pages of its own, and scrolls on the screen. */
function wider(): string[] {
  const edge = document.querySelector('main')?.getBoundingClientRect().right ?? 0;
  return [...document.querySelectorAll('table, figure, p, li, header')]
    .filter((element) => !element.closest('.cases') && element.getBoundingClientRect().right > edge + 1)
    .map((element) => element.outerHTML.slice(0, 200));
}
