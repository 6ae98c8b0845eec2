/** Which files of the case go along, with their sizes. */
import * as l10n from '@vscode/l10n';
import { presentAttachments } from '../../../domain/sop/evidence';
import { checkbox, type Control } from '../../../platform/view/controls';
import type { App } from './app';
import { el, place } from '../../../platform/view/dom';
import { dotted, sizeText } from './l10n';

interface Tick {
  readonly name: string;
  readonly control: Control;
  readonly element: HTMLElement;
}

export class FileTicks {
  private readonly list = el('ul', { class: 'fileTicks' });
  private readonly sum = el('p', { class: 'hint' });
  readonly element: HTMLElement;
  private ticks: readonly Tick[] = [];
  private chosen: readonly string[] = [];

  /** @param id unique on the page */
  constructor(
    private readonly app: App,
    id: string,
    private readonly changed: (names: readonly string[]) => void,
  ) {
    const label = el('div', { class: 'label', id: `${id}-label` }, l10n.t('Files to send along'));
    this.element = el(
      'div',
      { class: 'field wide', 'data-field': 'files', role: 'group', 'aria-labelledby': `${id}-label` },
      label,
      this.list,
      this.sum,
    );
  }

  /** Names of the files that can be sent. */
  static offered(app: App): readonly string[] {
    const isThere = (name: string) => app.page.files.some((file) => file.name === name && file.standing !== 'missing');
    return presentAttachments(app.page.state)
      .map(({ name }) => name)
      .filter(isThere);
  }

  show(chosen: readonly string[]): void {
    const names = FileTicks.offered(this.app);
    this.chosen = chosen.filter((name) => names.includes(name));
    const sizeOf = (name: string) => this.app.page.files.find((file) => file.name === name)?.size ?? 0;
    if (names.join('\n') !== this.ticks.map(({ name }) => name).join('\n')) {
      this.ticks = names.map((name) => this.tick(name, sizeOf(name)));
      place(
        this.list,
        this.ticks.map(({ element }) => element),
      );
    }
    for (const { name, control } of this.ticks) control.write(this.chosen.includes(name) ? 'true' : '');
    const bytes = this.chosen.reduce((sum, name) => sum + sizeOf(name), 0);
    this.sum.textContent =
      this.chosen.length === 0
        ? l10n.t('No file is sent along.')
        : dotted([l10n.t('Files: {0}', this.chosen.length), sizeText(bytes)]);
    this.element.hidden = names.length === 0;
  }

  focus(): void {
    this.ticks[0]?.control.focus();
  }

  private tick(name: string, size: number): Tick {
    const control = checkbox(l10n.t('{0} ({1})', name, sizeText(size)), () => {
      const others = this.chosen.filter((each) => each !== name);
      this.changed(control.read() === 'true' ? [...others, name] : others);
    });
    control.element.dataset['file'] = name;
    return { name, control, element: el('li', {}, control.element) };
  }
}
