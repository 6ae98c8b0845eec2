/** The files of a case in the side column. It is drawn anew only when they change: a reason may be half typed. */
import * as l10n from '@vscode/l10n';
import { personName } from '../../../domain/person';
import { button, textField } from '../../../platform/view/controls';
import type { FileDeed, PageFile } from '../fileProtocol';
import type { App } from './app';
import { el, icon, keepingPlace, place, spoken } from '../../../platform/view/dom';
import { dotted, sizeText, when } from './l10n';

export class FilesSection {
  readonly element = el('section', { class: 'side', 'data-side': 'files' });
  private drawn = '';
  private removing = '';

  constructor(
    private readonly app: App,
    private readonly send: (deed: FileDeed) => void,
  ) {}

  update(): void {
    const { files, readOnly, mode } = this.app.page;
    const content = JSON.stringify([files, readOnly, this.removing]);
    this.element.hidden = mode === 'new' || (readOnly !== '' && files.length === 0);
    if (content === this.drawn) return;
    this.drawn = content;
    keepingPlace(this.element, () =>
      place(this.element, [
        el('h2', {}, l10n.t('Files')),
        ...(files.length === 0 ? [] : [el('ul', { class: 'files' }, ...files.map((file) => this.draw(file)))]),
        ...(readOnly === '' ? [this.zone()] : []),
      ]),
    );
  }

  private get canChange(): boolean {
    return this.app.page.readOnly === '';
  }

  private zone(): HTMLElement {
    const add = button({
      label: l10n.t('Add files…'),
      look: 'secondary',
      icon: 'add',
      does: 'addFiles',
      pressed: () => this.send({ do: 'pick', field: '' }),
    });
    add.dataset['focus'] = 'addFiles';
    return el(
      'div',
      { class: 'dropZone' },
      el('p', { class: 'quiet' }, l10n.t('Drop files on this page while holding Shift, or paste a screenshot.')),
      add,
    );
  }

  private draw(file: PageFile): HTMLElement {
    const { name, picture, standing } = file;
    const open = () => this.send({ do: 'open', name });
    const isThere = standing !== 'missing';
    return el(
      'li',
      { 'data-file': name, 'data-standing': standing },
      picture !== '' && this.preview(file, open),
      el(
        'div',
        { class: 'fileHead' },
        isThere ? this.opener(name, open) : el('span', { class: 'fileName' }, name),
        el('span', { class: 'fileButtons' }, ...this.buttons(file)),
      ),
      el(
        'div',
        { class: 'quiet' },
        dotted([sizeText(file.size), file.at === '' ? '' : when(file.at), personName(file.by)]),
      ),
      ...this.remarks(file),
      this.removing === name && this.removal(name),
    );
  }

  private opener(name: string, open: () => void): HTMLElement {
    const opener = el(
      'button',
      { class: 'fileName asLink', 'data-do': 'openFile', 'data-focus': `file-${name}` },
      name,
    );
    opener.type = 'button';
    opener.addEventListener('click', open);
    return opener;
  }

  private preview({ name, picture }: PageFile, open: () => void): HTMLElement {
    const image = document.createElement('img');
    image.loading = 'lazy';
    image.alt = '';
    image.src = picture;
    // the name beside it opens the file too: one stop for the keyboard is enough
    const preview = el('button', { class: 'preview', 'data-do': 'openPicture', tabindex: '-1' }, image, spoken(name));
    preview.type = 'button';
    preview.addEventListener('click', open);
    image.addEventListener('error', () => preview.remove());
    return preview;
  }

  private remarks({ standing, note, masked, kept, name }: PageFile): HTMLElement[] {
    const remarks: HTMLElement[] = [];
    const say = (glyph: string, ...words: readonly (Node | string)[]) =>
      remarks.push(el('div', { class: 'quiet' }, icon(glyph), ' ', ...words));
    if (note !== '') remarks.push(el('div', { class: 'quiet fileNote' }, note));
    if (masked > 0) say('shield', l10n.t('Secrets masked: {0}', masked));
    if (kept > 0) say('warning', l10n.t('Secrets kept: {0}', kept));
    if (standing === 'missing') say('warning', l10n.t('Missing: the file is not in the casebook any more.'));
    if (standing === 'unrecorded') {
      say('question', l10n.t('Not recorded yet.'), ...(this.canChange ? [' ', this.recorder(name)] : []));
    }
    return remarks;
  }

  private recorder(name: string): HTMLElement {
    const pressed = () => this.send({ do: 'record', name });
    return button({ label: l10n.t('Record it'), look: 'secondary', does: 'recordFile', pressed });
  }

  private buttons({ name, standing }: PageFile): HTMLElement[] {
    const { app } = this;
    const make = (label: string, glyph: string, does: string, pressed: () => void) => {
      const element = button({ label: l10n.t('{0}: {1}', name, label), look: 'icon', icon: glyph, does, pressed });
      element.dataset['focus'] = `${does}-${name}`;
      return element;
    };
    const reference = `attachments/${app.page.state.id}/${name}`;
    return [
      ...(app.page.canReveal && standing !== 'missing'
        ? [
            make(l10n.t('Show in the file manager'), 'folder-opened', 'revealFile', () =>
              this.send({ do: 'reveal', name }),
            ),
          ]
        : []),
      make(l10n.t('Copy reference'), 'copy', 'copyFile', () => app.copy(reference)),
      ...(this.canChange && standing !== 'unrecorded'
        ? [make(l10n.t('Remove…'), 'trash', 'removeFile', () => this.ask(name))]
        : []),
    ];
  }

  private ask(name: string): void {
    this.removing = this.removing === name ? '' : name;
    this.update();
    this.element.querySelector<HTMLElement>('.removal vscode-text-field')?.focus();
  }

  private removal(name: string): HTMLElement {
    const lack = el('p', { class: 'error' }, icon('error'), ` ${l10n.t('A reason is needed')}`);
    lack.hidden = true;
    const label = l10n.t('Why is it removed?');
    const reason = textField(() => {
      lack.hidden = true;
      describe();
    });
    const describe = () =>
      reason.describe({
        label,
        required: true,
        invalid: !lack.hidden,
        details: lack.hidden ? '' : l10n.t('A reason is needed'),
      });
    describe();
    const remove = () => {
      lack.hidden = reason.read().trim() !== '';
      describe();
      if (!lack.hidden) {
        reason.focus();
        return;
      }
      this.send({ do: 'remove', name, reason: reason.read().trim() });
      this.ask(name);
    };
    reason.element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.isComposing) remove();
      if (event.key === 'Escape') this.ask(name);
    });
    return el(
      'div',
      { class: 'removal' },
      el('p', { class: 'quiet' }, l10n.t('Why is it removed? The file goes; that it was there stays in the timeline.')),
      reason.element,
      lack,
      el(
        'div',
        { class: 'ways' },
        button({ label: l10n.t('Remove'), look: 'primary', does: 'confirmRemove', pressed: remove }),
        button({ label: l10n.t('Cancel'), look: 'secondary', does: 'cancelRemove', pressed: () => this.ask(name) }),
      ),
    );
  }
}
