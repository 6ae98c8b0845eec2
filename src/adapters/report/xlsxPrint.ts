/** How a workbook prints: each sheet as few pages wide as can be read, with its header on every page. */
import type { Feature, Image, SheetOptions } from 'write-excel-file/node';
import {
  appendMarkupInsideElement,
  findElement,
  getCellAddress,
  getOrderOfSiblings,
  getSelfClosingTagMarkup,
  insertElementMarkupAccordingToOrderOfSiblings,
  replaceElement,
  sanitizeTextContent,
} from 'write-excel-file/utility';

/** What files may be made of, for the library. */
type Content = Image['content'];

/** As the format counts sizes of paper. */
const A4 = 9;
const SHEET = 'xl/worksheets/sheet{id}.xml';
const WORKBOOK = 'xl/workbook.xml';

/** Characters that a page holds at three quarters of their size, which is the least that reads well. */
const PORTRAIT = 120;
const LANDSCAPE = 190;

/** For the library, which leaves such things to its users. */
export const readablePages: Feature<Content> = {
  files: {
    transform: {
      [SHEET]: {
        transform: (xml, { columns = [] }) => {
          const total = columns.reduce((sum, { width = 0 }) => sum + width, 0);
          const setup = findElement(xml, 'pageSetup');
          const attributes = {
            paperSize: A4,
            ...setup?.openingTagAttributes,
            orientation: total > PORTRAIT ? 'landscape' : 'portrait',
            fitToWidth: Math.max(1, Math.ceil(total / LANDSCAPE)),
            fitToHeight: 0,
          };
          const wide = getSelfClosingTagMarkup('pageSetup', attributes);
          const fits = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>';
          return inSheet(setup ? replaceElement(xml, setup, wide) : inSheet(xml, wide), fits);
        },
      },
      [WORKBOOK]: {
        transform: (xml, sheets) => {
          const names = sheets.map(titlesOf).join('');
          const defined = findElement(xml, 'definedNames');
          if (defined && !defined.selfClosingTag) return appendMarkupInsideElement(xml, defined, names);
          const element = `<definedNames>${names}</definedNames>`;
          if (defined) return replaceElement(xml, defined, element);
          return insertElementMarkupAccordingToOrderOfSiblings(xml, element, order(WORKBOOK, 'workbook'), 'workbook');
        },
      },
    },
  },
};

const inSheet = (xml: string, element: string): string =>
  insertElementMarkupAccordingToOrderOfSiblings(xml, element, order(SHEET, 'worksheet'), 'worksheet');

const order = (file: typeof SHEET | typeof WORKBOOK, parent: string): string[] =>
  getOrderOfSiblings(file, parent) ?? [];

/** What stays in sight on the screen is printed on every page. */
function titlesOf(options: SheetOptions<Content>, index: number): string {
  const { sheet = '', stickyRowsCount = 0, stickyColumnsCount = 0 } = options;
  const name = `'${sheet.replaceAll("'", "''")}'`;
  const letters = (column: number) => getCellAddress(0, column).replace(/\d+$/, '');
  const titles = [
    ...(stickyColumnsCount > 0 ? [`${name}!$A:$${letters(stickyColumnsCount - 1)}`] : []),
    ...(stickyRowsCount > 0 ? [`${name}!$1:$${stickyRowsCount}`] : []),
  ].join(',');
  if (titles === '') return '';
  return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${sanitizeTextContent(titles)}</definedName>`;
}
