/** Files on their way into a case: received whole, looked through for secrets, stored; one after the other. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Secrets } from '../../domain/attachments/evidence';
import { AttachmentError, type Casebook } from '../../domain/ports';
import { textLanguage } from '../../platform/language';
import { nameOf, readEvidence } from '../../platform/readFile';
import { logError } from '../../platform/run';
import { sentenceOf } from '../../platform/sentences';
import type { Arrival, FileDeed, FileNews, FoundSecrets } from './fileProtocol';

type Ports = Pick<Casebook, 'evidence' | 'attachments'>;

/** So many places are enough to see what it is about. */
const PLACES = 20;

interface Item extends Arrival {
  readonly field: string;
  /** Allocated once, filled as the bytes come. */
  readonly content: Uint8Array;
  readonly found?: Secrets;
}

export class FileIntake implements vscode.Disposable {
  private readonly items = new Map<string, Item>();
  private queue: Promise<void> = Promise.resolve();
  private isDisposed = false;

  constructor(
    private readonly ports: Ports,
    /** Empty until the case is recorded. */
    private readonly caseId: () => string,
    private readonly tell: (news: FileNews) => void,
    /** The files are other ones now; the case itself may be as it was. */
    private readonly changed: () => void,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /**
   * Somebody who closes the page has not decided yet; the file is still where it came from, and that is said. One that
   * is whole goes on: it may be in the case already.
   */
  dispose(): void {
    this.isDisposed = true;
    for (const { name, standing } of this.items.values()) {
      if (standing === 'arriving' || standing === 'asking') notAdded(name);
    }
    this.items.clear();
  }

  /** The page is drawn anew: bytes that were still to come never will. */
  restarted(): void {
    for (const item of this.items.values()) {
      if (item.standing === 'arriving') this.refuse(item, new AttachmentError('unreadable', item.name));
    }
    this.show();
  }

  receive(deed: FileDeed): void {
    this.work(deed).catch((error: unknown) => {
      logError(this.log, `file ${deed.do}`, error);
      this.tell({ type: 'fileFailed', message: sentenceOf(error) });
    });
  }

  private async work(deed: FileDeed): Promise<void> {
    switch (deed.do) {
      case 'begin':
        return this.begin(deed.id, deed.name, deed.size, deed.field);
      case 'bytes':
        return this.bytes(deed.id, deed.bytes);
      case 'decide':
        return this.decide(deed.id, deed.choice);
      case 'take':
        return this.take(
          deed.uris.map((uri) => vscode.Uri.parse(uri, true)),
          deed.field,
        );
      case 'pick': {
        const openLabel = vscode.l10n.t('Add to the Case');
        const picked = await vscode.window.showOpenDialog({ canSelectMany: true, openLabel, title: openLabel });
        return this.take(picked ?? [], deed.field);
      }
      case 'open':
        await vscode.commands.executeCommand('vscode.open', this.uriOf(deed.name));
        return;
      case 'reveal':
        await vscode.commands.executeCommand('revealFileInOS', this.uriOf(deed.name));
        return;
      case 'record': {
        const content = await this.ports.attachments.read(this.caseId(), deed.name);
        this.arrived(this.item(randomUUID(), deed.name, content, ''));
        return;
      }
      case 'remove':
        return this.ports.evidence.remove(this.caseId(), deed.name, deed.reason).finally(this.changed);
    }
  }

  private uriOf(name: string): vscode.Uri {
    return vscode.Uri.file(this.ports.attachments.pathOf(this.caseId(), name));
  }

  private item(id: string, name: string, content: Uint8Array, field: string): Item {
    return { id, name, size: content.byteLength, received: 0, standing: 'arriving', sentence: '', field, content };
  }

  private begin(id: string, name: string, size: number, field: string): void {
    try {
      this.ports.evidence.checkSize(name, size);
      this.put(this.item(id, name, new Uint8Array(size), field));
      if (size === 0) this.bytes(id, new Uint8Array());
    } catch (error) {
      this.refuse({ ...this.item(id, name, new Uint8Array(), field), size }, error);
    }
  }

  private bytes(id: string, bytes: Uint8Array): void {
    const item = this.items.get(id);
    if (item?.standing !== 'arriving') return;
    const received = item.received + bytes.byteLength;
    // a file that grows while it is read is cut where it ended when it was dropped
    item.content.set(bytes.subarray(0, item.size - item.received), item.received);
    if (received < item.size) this.put({ ...item, received });
    else this.arrived(item);
  }

  private async take(uris: readonly vscode.Uri[], field: string): Promise<void> {
    for (const uri of uris) {
      const name = nameOf(uri);
      const empty = this.item(randomUUID(), name, new Uint8Array(), field);
      try {
        this.arrived(this.item(empty.id, name, await readEvidence(uri, name, this.ports), field));
      } catch (error) {
        this.refuse(empty, error);
      }
    }
  }

  /** All of it is here. */
  private arrived(item: Item): void {
    const storing: Item = { ...item, received: item.size, standing: 'storing' };
    this.put(storing);
    this.enqueue(storing, async () => {
      const found = await this.ports.evidence.secretsIn(item.content, textLanguage());
      if (found.findings.length === 0) return this.store(storing, {});
      if (this.isDisposed) return notAdded(item.name);
      this.put({ ...storing, standing: 'asking', found, secrets: placesOf(item.content, found, this.ports) });
    });
  }

  private decide(id: string, choice: 'mask' | 'keep' | 'cancel'): void {
    const item = this.items.get(id);
    if (!item || item.standing === 'storing') return;
    const { found } = item;
    if (choice === 'cancel' || !found) {
      this.drop(id);
      return;
    }
    const count = found.findings.length;
    const storing: Item = { ...item, standing: 'storing' };
    this.put(storing);
    this.enqueue(storing, () =>
      choice === 'mask'
        ? this.store({ ...storing, content: found.masked() }, { masked: count })
        : this.store(storing, { kept: count }),
    );
  }

  private async store(item: Item, secrets: { masked?: number; kept?: number }): Promise<void> {
    const { name, content, field } = item;
    const added = await this.ports.evidence.add(this.caseId(), { name, content, ...secrets });
    this.drop(item.id);
    this.changed();
    this.tell({ type: 'arrived', name: added.name, isNew: added.isNew, field });
  }

  private enqueue(item: Item, work: () => Promise<void>): void {
    this.queue = this.queue.then(work).catch((error: unknown) => this.refuse(item, error));
  }

  private refuse(item: Item, error: unknown): void {
    const sentence = sentenceOf(error);
    // nobody sees the page any more
    if (this.isDisposed) void vscode.window.showErrorMessage(sentence);
    else this.put({ ...item, content: new Uint8Array(), standing: 'refused', sentence });
  }

  private put(item: Item): void {
    this.items.set(item.id, item);
    this.show();
  }

  private drop(id: string): void {
    this.items.delete(id);
    this.show();
  }

  private show(): void {
    const arrivals = [...this.items.values()].map(
      ({ content: _content, found: _found, field: _field, ...arrival }): Arrival => arrival,
    );
    this.tell({ type: 'arrivals', arrivals });
  }
}

function notAdded(name: string): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t('{0} was not added to the case: its page was closed before that was done.', name),
  );
}

function placesOf(content: Uint8Array, { findings, kinds }: Secrets, { attachments }: Ports): FoundSecrets {
  const text = attachments.textIn(content)?.text ?? '';
  let line = 1;
  let from = 0;
  const places = findings.slice(0, PLACES).map(({ start, kind }) => {
    for (let at = text.indexOf('\n', from); at >= 0 && at < start; at = text.indexOf('\n', from)) {
      line += 1;
      from = at + 1;
    }
    return { line, kind };
  });
  return { count: findings.length, kinds, places };
}
