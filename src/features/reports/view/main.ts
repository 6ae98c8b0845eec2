/** The report page's browser side: its beginning, and the only place that speaks with the editor. */
import './style.css';
import * as l10n from '@vscode/l10n';
import { registerControls } from '../../../platform/view/controls';
import { el } from '../../../platform/view/dom';
import type { FromView, Memory, ToView } from '../protocol';
import { notice } from './notice';
import { Page } from './page';

const editor = acquireVsCodeApi<Memory>();
const send = (message: FromView) => editor.postMessage(message);
const root = el('div', { class: 'page' });
let page: Page | undefined;
/** Where the page stood before its tab was hidden, or the window loaded anew. */
let scroll = editor.getState()?.scroll ?? 0;

registerControls();
document.body.append(root);
window.addEventListener('message', ({ data }: MessageEvent<ToView>) => {
  if (data.type === 'making' || data.type === 'show') {
    l10n.config({ contents: { ...data.head.bundle } });
    document.documentElement.lang = data.head.editorLanguage;
    page ??= new Page(root, data.head, send, (memory) => editor.setState(memory));
  }
  if (page) page.receive(data);
  else if (data.type === 'failed') root.replaceChildren(notice('error', data.message));
  if (data.type !== 'show' || scroll === 0) return;
  // once the charts have their height
  const wanted = scroll;
  scroll = 0;
  requestAnimationFrame(() => requestAnimationFrame(() => window.scrollTo(0, wanted)));
});
let rest: ReturnType<typeof setTimeout> | undefined;
document.addEventListener(
  'scroll',
  () => {
    clearTimeout(rest);
    rest = setTimeout(() => page?.memorize(), 100);
  },
  { passive: true },
);
// the last quarter of a second before the page goes away
window.addEventListener('pagehide', () => page?.flush());
send({ type: 'ready' });
