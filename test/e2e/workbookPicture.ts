/** A page of a workbook as a spreadsheet program prints it. */
import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { temporaryFolder } from './editor';

/**
 * LibreOffice ("soffice") and poppler ("pdftoppm") make it; where they are not installed nothing is written.
 * @param page 1-based @param to with ".png" @returns whether it was made
 */
export function workbookPicture(workbook: string, page: number, to: string): boolean {
  const home = temporaryFolder('workbook');
  const run = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { cwd: home, stdio: 'pipe' });
  try {
    run('soffice', `-env:UserInstallation=file://${home}/profile`, '--headless', '--convert-to', 'pdf', workbook);
    const pdf = basename(workbook).replace(/\.xlsx$/, '.pdf');
    run('pdftoppm', '-r', '96', '-f', String(page), '-l', String(page), '-singlefile', '-png', pdf, 'page');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  copyFileSync(join(home, 'page.png'), to);
  return true;
}
