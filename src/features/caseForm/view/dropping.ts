/** Files dropped or pasted anywhere on the page. The editor hands drops to a page only while Shift is held. */
import * as l10n from '@vscode/l10n';
import { kindOfFile } from '../../../domain/attachments/names';

export interface FileTaker {
  /** @param field the id of the field it was dropped into, or empty */
  takeFiles(files: readonly File[], field: string): void;
  takeUris(uris: readonly string[], field: string): void;
}

/** What the editor's explorer and tabs hand over; the second names the first of several files only. */
const EDITOR_URIS = 'application/vnd.code.uri-list';
const URIS = 'text/uri-list';

export function takeDrops(taker: () => FileTaker | undefined): void {
  const isOurs = (transfer: DataTransfer | null): transfer is DataTransfer =>
    transfer !== null && ['Files', EDITOR_URIS, URIS].some((type) => transfer.types.includes(type));
  const mark = (event: DragEvent | undefined) => {
    const over = event && fieldAt(event)?.element;
    document.body.classList.toggle('dropping', event !== undefined);
    for (const each of document.querySelectorAll('[data-files]')) each.classList.toggle('dropTarget', each === over);
  };
  const over = (event: DragEvent) => {
    if (!isOurs(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    mark(event);
  };
  document.addEventListener('dragenter', over);
  document.addEventListener('dragover', over);
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) mark(undefined);
  });
  document.addEventListener('drop', (event) => {
    const { dataTransfer } = event;
    mark(undefined);
    if (!isOurs(dataTransfer)) return;
    event.preventDefault();
    const field = fieldAt(event)?.id ?? '';
    const files = [...dataTransfer.files];
    if (files.length > 0) taker()?.takeFiles(files, field);
    else taker()?.takeUris(urisIn(dataTransfer.getData(EDITOR_URIS) || dataTransfer.getData(URIS)), field);
  });
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (event.defaultPrevented || files.length === 0) return;
    // a table or a chat brings a picture of its text along: in a text field the text is meant
    if (isTextField(event) && event.clipboardData?.getData('text/plain') !== '') return;
    event.preventDefault();
    taker()?.takeFiles(files.map(named), fieldAt(event)?.id ?? '');
  });
}

function fieldAt(event: Event): { readonly id: string; readonly element: Element } | undefined {
  const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-files]') : null;
  return element ? { id: element.dataset['files'] ?? '', element } : undefined;
}

function isTextField(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}

/** One a line; lines with "#" are remarks (RFC 2483). */
function urisIn(list: string): string[] {
  return list.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** Every screenshot on the clipboard is called "image.png". */
function named(file: File): File {
  if (kindOfFile(file.name) !== 'image' || !/^image\.\w+$/.test(file.name)) return file;
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [two(now.getHours()), two(now.getMinutes()), two(now.getSeconds())].join('.');
  const name = l10n.t('screenshot {0}', `${day} ${time}`);
  return new File([file], `${name}${file.name.slice(file.name.lastIndexOf('.'))}`, { type: file.type });
}
