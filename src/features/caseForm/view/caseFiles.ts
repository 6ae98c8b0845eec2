/** Everything about files on one page: what is dropped and pasted, what is on its way, what the case has. */
import * as l10n from '@vscode/l10n';
import { button } from '../../../platform/view/controls';
import type { FileDeed, FileNews } from '../fileProtocol';
import type { App } from './app';
import { ArrivalTray } from './arrivalTray';
import { el } from '../../../platform/view/dom';
import type { FileTaker } from './dropping';
import { FilesSection } from './filesSection';
import { Uploads } from './uploads';

export class CaseFiles implements FileTaker {
  readonly section: FilesSection;
  readonly tray: ArrivalTray;
  private readonly uploads: Uploads;

  constructor(
    private readonly app: App,
    private readonly failed: (sentence: string) => void,
  ) {
    const send = (deed: FileDeed) => app.send({ type: 'file', deed });
    this.section = new FilesSection(app, send);
    this.tray = new ArrivalTray(send);
    this.uploads = new Uploads(send, failed);
  }

  receive(news: FileNews): void {
    if (news.type === 'fileFailed') {
      this.failed(news.message);
      return;
    }
    this.uploads.receive(news);
    if (news.type === 'arrivals') this.tray.show(news.arrivals);
    else if (news.isNew) this.app.say(l10n.t('{0} was added to the case.', news.name));
    else this.app.say(l10n.t('The case has this file already: {0}.', news.name));
  }

  takeFiles(files: readonly File[], field: string): void {
    if (this.mayTake()) this.uploads.take(files, field);
  }

  takeUris(uris: readonly string[], field: string): void {
    if (uris.length > 0 && this.mayTake())
      this.app.send({ type: 'file', deed: { do: 'take', uris: [...uris], field } });
  }

  /** Below a field that names files: a way to add one, which the field then names. */
  offer(field: string, noted: (name: string) => void): HTMLElement {
    this.uploads.listen(field, noted);
    const add = button({
      label: l10n.t('Add files…'),
      look: 'secondary',
      icon: 'file-add',
      does: 'addFiles',
      pressed: () => this.app.send({ type: 'file', deed: { do: 'pick', field } }),
    });
    const note = l10n.t('Or drop them here while holding Shift, or paste a screenshot: each becomes a row.');
    return el('div', { class: 'beside' }, add, el('span', { class: 'quiet' }, note));
  }

  private mayTake(): boolean {
    const { mode, readOnly } = this.app.page;
    if (readOnly !== '') this.failed(readOnly);
    else if (mode === 'new') {
      this.failed(
        l10n.t(
          'This was not added: files belong to a recorded case. Record it now (a title is enough), then add them.',
        ),
      );
    }
    return readOnly === '' && mode === 'case';
  }
}
