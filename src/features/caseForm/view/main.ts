/** The case form's browser side: its beginning, and the only place that speaks with the editor. */
import './style.css';
import * as l10n from '@vscode/l10n';
import { registerControls } from '../../../platform/view/controls';
import type { CasePage, FromView, ToView } from '../protocol';
import { el } from '../../../platform/view/dom';
import { takeDrops } from './dropping';
import { speak } from './l10n';
import { notice } from './notices';
import type { Memory } from './memory';
import { Page } from './page';

const editor = acquireVsCodeApi<Memory>();
const send = (message: FromView) => editor.postMessage(message);
const root = el('div', { class: 'page' });
let current: Page | undefined;

/** Another case, another language: nothing of the old page fits. */
function isSamePage(shown: CasePage, wanted: CasePage): boolean {
  return shown.mode === wanted.mode && shown.state.id === wanted.state.id && shown.language === wanted.language;
}

function show(page: CasePage): void {
  l10n.config({ contents: { ...page.bundle } });
  speak(page.language);
  document.documentElement.lang = page.language;
  if (current && isSamePage(current.page, page)) {
    current.show(page);
    return;
  }
  const planned = current?.page.mode === 'new' && page.mode === 'case' ? current.planned : '';
  current = new Page(root, page, send, (memory) => editor.setState(memory), editor.getState());
  current.takeOver(planned);
}

registerControls();
takeDrops(() => current?.files);
document.body.append(root);
window.addEventListener('message', (event: MessageEvent<ToView>) => {
  if (event.data.type === 'show') show(event.data.page);
  else if (current) current.receive(event.data);
  // the case could not even be shown: the sentence is all there is
  else if (event.data.type === 'failed') root.replaceChildren(notice('error', 'failed', event.data.message));
});
let rest: ReturnType<typeof setTimeout> | undefined;
document.addEventListener(
  'scroll',
  () => {
    clearTimeout(rest);
    rest = setTimeout(() => current?.memorize(), 100);
  },
  { passive: true },
);
// the last quarter of a second before the page goes away
window.addEventListener('pagehide', () => current?.drafts.flush());
setInterval(() => current?.tick(), 30_000);
send({ type: 'ready' });
