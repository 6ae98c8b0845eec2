/** Files that were dropped or pasted, sent to the host piece by piece. */
import * as l10n from '@vscode/l10n';
import type { Arrival, FileDeed, FileNews } from '../fileProtocol';

/** Bytes of one message; the next follows when the host has it, so that a large file holds nothing else up. */
const PIECE = 1_000_000;

interface Sending {
  readonly file: File;
  sent: number;
  isReading: boolean;
}

type Listener = (name: string) => void;

export class Uploads {
  arrivals: readonly Arrival[] = [];
  private readonly sending = new Map<string, Sending>();
  /** Id of a field → writes down the name of a file that was stored for it. */
  private readonly listeners = new Map<string, Listener>();
  private last = 0;

  constructor(
    private readonly send: (deed: FileDeed) => void,
    private readonly failed: (sentence: string) => void,
  ) {}

  /** @param field whose field notes the file's name; empty: none */
  take(files: readonly File[], field: string): void {
    for (const file of files) {
      this.last += 1;
      const id = `${Date.now()}-${this.last}`;
      this.sending.set(id, { file, sent: 0, isReading: false });
      this.send({ do: 'begin', id, name: file.name, size: file.size, field });
    }
  }

  listen(field: string, listener: Listener): void {
    this.listeners.set(field, listener);
  }

  receive(news: Exclude<FileNews, { type: 'fileFailed' }>): void {
    if (news.type === 'arrived') {
      this.listeners.get(news.field)?.(news.name);
      return;
    }
    this.arrivals = news.arrivals;
    for (const id of this.sending.keys()) void this.goOn(id);
  }

  private async goOn(id: string): Promise<void> {
    const sending = this.sending.get(id);
    const arrival = this.arrivals.find((each) => each.id === id);
    if (!sending || !arrival) return;
    if (arrival.standing !== 'arriving') {
      this.sending.delete(id);
      return;
    }
    const { file, sent, isReading } = sending;
    if (isReading || arrival.received < sent || sent >= file.size) return;
    sending.isReading = true;
    try {
      const bytes = new Uint8Array(await file.slice(sent, sent + PIECE).arrayBuffer());
      sending.sent += bytes.byteLength;
      sending.isReading = false;
      this.send({ do: 'bytes', id, bytes });
    } catch {
      // a folder looks like a file until it is read
      this.sending.delete(id);
      this.send({ do: 'decide', id, choice: 'cancel' });
      this.failed(l10n.t('{0} could not be read and was not added. A folder is added file by file.', file.name));
    }
  }
}
