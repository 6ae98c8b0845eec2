/** The import page's browser side: its beginning, and the only place that speaks with the editor. */
import './style.css';
import * as l10n from '@vscode/l10n';
import { registerControls } from '../../../platform/view/controls';
import { el } from '../../../platform/view/dom';
import type { FromView, ToView } from '../protocol';
import { ImportView } from './importView';

const editor = acquireVsCodeApi();
const send = (message: FromView) => editor.postMessage(message);
const root = el('div', { class: 'page' });
let view: ImportView | undefined;

registerControls();
document.body.append(root);
window.addEventListener('message', ({ data }: MessageEvent<ToView>) => {
  if (data.type === 'show') {
    l10n.config({ contents: { ...data.page.bundle } });
    document.documentElement.lang = data.page.language;
    view = new ImportView(root, data.page, send);
  } else {
    view?.receive(data);
  }
});
send({ type: 'ready' });
