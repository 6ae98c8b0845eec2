/** Fills the environment from a collector's output or from this machine, and says what became of it. */
import * as l10n from '@vscode/l10n';
import { skewOf, span } from '../../../../domain/environment/clock';
import { type CollectorKind, readyToPaste } from '../../../../domain/environment/collector';
import { fillIn, replaced, undone } from '../../../../domain/environment/fillIn';
import { type Found, itemsOf } from '../../../../domain/environment/items';
import { latest, type Output, readOutputs } from '../../../../domain/environment/reading';
import type { Snapshot, SnapshotPart } from '../../../../domain/environment/snapshot';
import { allEnvironmentItems, type Environment, type EnvironmentKey } from '../../../../domain/sop/field';
import { moment } from '../../../../domain/text/describe';
import { button, setDisabled } from '../../../../platform/view/controls';
import { el } from '../../../../platform/view/dom';
import { dotted, listed, text } from '../l10n';
import type { FieldSetting } from './input';

export interface EnvironmentTools {
  readonly element: HTMLElement;
  /** What somebody pasted: true if it was a collector's output, and is dealt with. */
  pasted(text: string): boolean;
}

/** Where the environment stands. */
export interface Holder {
  read(): Environment;
  put(environment: Environment): void;
}

const nameOf = (key: EnvironmentKey | SnapshotPart) =>
  text(allEnvironmentItems.find((item) => item.key === key)?.label ?? { en: key, zh: key });
const named = (keys: readonly (EnvironmentKey | SnapshotPart)[]) => listed(keys.map(nameOf));

export function environmentTools(setting: FieldSetting, holder: Holder): EnvironmentTools {
  const said = el('div', { class: 'toolSaid', role: 'status', tabindex: '-1' });
  const say = (sentences: readonly string[], ...buttons: readonly HTMLElement[]) => {
    const beside = buttons.length > 0 && el('div', { class: 'beside' }, ...buttons);
    said.replaceChildren(
      ...sentences.filter((each) => each !== '').map((each) => el('p', {}, each)),
      ...(beside ? [beside] : []),
    );
    said.hidden = said.childNodes.length === 0;
  };
  say([]);

  /** What is pressed in the line that says something goes with it, and must not take the focus along. */
  const choice = (label: string, does: string, act: () => void) =>
    button({
      label,
      look: 'secondary',
      does,
      pressed: () => {
        act();
        said.focus();
      },
    });

  function undo(before: Environment, found: Found, keys: readonly EnvironmentKey[]): HTMLElement {
    return choice(l10n.t('Undo'), 'undoFill', () => {
      holder.put(undone(holder.read(), before, found, keys));
      say([l10n.t('Undone: the items are as they were.')]);
    });
  }

  /** @param others outputs that were pasted with it */
  function take(output: Output, others: readonly Output[], asked: number | undefined): void {
    const { snapshot } = output;
    const before = holder.read();
    const skew = skewOf(snapshot.at ?? '', asked ?? snapshot.notBefore, Date.now());
    const found = itemsOf(snapshot, skew, setting.textLanguage);
    const { environment, filled, taken } = fillIn(before, found);
    holder.put(environment);
    const about = [skewSentence(skew), ...troubles(output)];
    const source = sourceOf(snapshot);
    const first =
      filled.length > 0
        ? l10n.t('Filled from {0}: {1}.', source, named(filled))
        : l10n.t('{0} tells nothing for an empty item.', source);
    const left = taken.length === 0 ? '' : l10n.t('Filled already, and left as they are: {0}.', named(taken));
    const several =
      others.length === 0 ? '' : l10n.t('{0} outputs were pasted; this is the latest.', others.length + 1);
    const undoes = filled.length > 0 ? [undo(before, found, filled)] : [];
    const instead = others.map((other) =>
      choice(l10n.t('Use {0} instead', sourceOf(other.snapshot)), 'useOther', () => {
        holder.put(undone(holder.read(), before, found, filled));
        take(other, [output, ...others.filter((each) => each !== other)], asked);
      }),
    );
    const replace = choice(l10n.t('Replace them'), 'replaceFilled', () => {
      holder.put(replaced(holder.read(), found, taken));
      const all = [...filled, ...taken];
      say([l10n.t('Replaced from {0}: {1}.', source, named(taken)), ...about], undo(before, found, all));
    });
    const keep = choice(l10n.t('Keep them'), 'keepFilled', () => say([first, ...about], ...undoes));
    say([first, several, ...about, left], ...(taken.length > 0 ? [replace, keep] : []), ...undoes, ...instead);
  }

  function pasted(content: string): boolean {
    const outputs = readOutputs(content);
    const chosen = latest(outputs);
    if (!chosen) return false;
    take(
      chosen,
      outputs.filter((each) => each !== chosen),
      undefined,
    );
    return true;
  }

  const working = async (pressed: HTMLElement, work: () => Promise<void>) => {
    setDisabled(pressed, true);
    await work();
    setDisabled(pressed, false);
  };

  const capture = button({
    label: l10n.t('Capture this machine'),
    look: 'secondary',
    icon: 'vm',
    does: 'captureMachine',
    pressed: () =>
      void working(capture, async () => {
        const asked = Date.now();
        say([l10n.t('Reading this machine…')]);
        const snapshot = await setting.ask({ about: 'machine' });
        if (snapshot) take({ snapshot, lost: [] }, [], asked);
        else say([]);
      }),
  });

  const collector = (kind: CollectorKind, label: string, icon: string, copied: string) => {
    const element = button({
      label,
      look: 'secondary',
      icon,
      does: kind === 'bash' ? 'copyBash' : 'copyPowerShell',
      pressed: () =>
        void working(element, async () => {
          const script = await setting.ask({ about: 'collector', kind });
          if (script === undefined) return;
          setting.copy(readyToPaste(script, Date.now() / 1000));
          say([copied]);
        }),
    });
    return element;
  };

  const paste = button({
    label: l10n.t('Paste output'),
    look: 'secondary',
    icon: 'clippy',
    does: 'pasteOutput',
    pressed: () =>
      void working(paste, async () => {
        const content = await setting.ask({ about: 'clipboard' });
        if (content === undefined || pasted(content)) return;
        say([
          l10n.t(
            'The clipboard holds no output of the collector. Copy everything that it printed, from BEGIN to END, and try again; nothing was changed.',
          ),
        ]);
      }),
  });

  const bar = el(
    'div',
    { class: 'beside environmentTools' },
    capture,
    collector(
      'bash',
      l10n.t('Copy Linux collector'),
      'terminal-bash',
      l10n.t(
        'The collector for Linux is on the clipboard: paste it into a terminal of the server, copy everything that it prints, then press Paste output here. It only reads.',
      ),
    ),
    collector(
      'powershell',
      l10n.t('Copy Windows collector'),
      'terminal-powershell',
      l10n.t(
        'The collector for Windows is on the clipboard: paste it into PowerShell on the server, copy everything that it prints, then press Paste output here. It only reads.',
      ),
    ),
    paste,
  );
  return { element: el('div', {}, bar, said), pasted };
}

/** "db01, 2026-11-22 14:02 (UTC+08:00)" */
function sourceOf({ host, at }: Snapshot): string {
  const when = at === undefined ? '' : text({ en: moment(at, 'en'), zh: moment(at, 'zh-CN') });
  return dotted([host, when]) || l10n.t('the output');
}

function skewSentence(skew: number): string {
  if (skew === 0) return '';
  const by = text(span(skew));
  return skew > 0
    ? l10n.t('Its clock is at least {0} ahead of yours.', by)
    : l10n.t('Its clock is at least {0} behind yours.', by);
}

function troubles({ lost, unknownFormat, snapshot }: Output): string[] {
  const unread = snapshot.missing.map(({ part, reason }) =>
    reason === '' ? nameOf(part) : l10n.t('{0} ({1})', nameOf(part), reason),
  );
  return [
    unknownFormat === undefined
      ? ''
      : l10n.t(
          'The output is of format {0}, which this Casebook does not know; what could be read was taken.',
          unknownFormat,
        ),
    lost.length === 0
      ? ''
      : l10n.t('Cut off on the way, whole or in part: {0}. Copy the whole output if you need them.', named(lost)),
    unread.length === 0 ? '' : l10n.t('Could not be read there: {0}.', listed(unread)),
  ];
}
