/** Makes a report's files. Pulls in what draws and packs: loaded only when a report goes out. */
import type { ReportDocument } from '../../domain/report/document/reportDocument';
import type { RenderedFile, ReportFormat } from '../../domain/report/reportShelf';
import { csvOf } from './csv';
import { htmlOf } from './html';
import { markdownFiles } from './markdown';
import { xlsxOf } from './xlsx';

/** @param stem what the names begin with: "2026-Q3" */
export async function renderReport(
  document: ReportDocument,
  stem: string,
  formats: readonly ReportFormat[],
): Promise<RenderedFile[]> {
  const files: RenderedFile[] = [];
  for (const format of new Set(formats)) {
    switch (format) {
      case 'markdown':
        files.push(...markdownFiles(document, stem));
        break;
      case 'html':
        files.push({ name: `${stem}.html`, content: htmlOf(document) });
        break;
      case 'csv':
        files.push({ name: `${stem}.csv`, content: csvOf(document) });
        break;
      case 'xlsx':
        files.push({ name: `${stem}.xlsx`, content: await xlsxOf(document) });
        break;
    }
  }
  return files;
}
