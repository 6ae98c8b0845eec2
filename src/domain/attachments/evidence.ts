/** Files come to a case and go: the file first, then its event, so that whatever breaks between loses neither. */
import type { Attachment, CaseState } from '../case/state';
import { AttachmentError, type Casebook, StoreError } from '../ports';
import { type Finding, type FindingKind, mask } from '../redaction/finding';
import { presentAttachments } from '../sop/evidence';
import type { Language } from '../words';
import { safeName } from './names';

const MEGABYTE = 1_000_000;

export interface NewFile {
  /** As it was called where it comes from. */
  readonly name: string;
  readonly content: Uint8Array;
  readonly note?: string;
  readonly masked?: number;
  readonly kept?: number;
}

export interface Added {
  /** What it is called in the case. */
  readonly name: string;
  /** False where the case has the same content already, under that name. */
  readonly isNew: boolean;
}

/** A file of a case, as it is recorded and as it lies there. */
export interface CaseFile extends Pick<Attachment, 'name' | 'size' | 'at' | 'by' | 'note' | 'masked' | 'kept'> {
  /** `unrecorded`: it lies there, but no event names it; `at` and `by` are empty. */
  readonly standing: 'stored' | 'missing' | 'unrecorded';
}

/** What a text must not tell everybody who can read the casebook. */
export interface Secrets {
  readonly findings: readonly Finding[];
  /** Each kind once. */
  readonly kinds: readonly FindingKind[];
  /** The content with every finding replaced. */
  readonly masked: () => Uint8Array;
}

type Ports = Pick<Casebook, 'store' | 'desk' | 'settings' | 'attachments' | 'secrets'>;

export class Evidence {
  constructor(private readonly ports: Ports) {}

  /** The recorded files in their order, then what lies there unrecorded. */
  async files(caseId: string, state: CaseState): Promise<readonly CaseFile[]> {
    const there = new Map((await this.ports.attachments.list(caseId)).map((file) => [file.name, file]));
    const recorded = presentAttachments(state);
    const known = new Set(recorded.map((attachment) => attachment.name));
    const unrecorded = [...there.values()].filter((file) => !known.has(file.name));
    return [
      ...recorded.map(({ name, size, at, by, note, masked, kept }): CaseFile => {
        const standing = there.has(name) ? 'stored' : 'missing';
        return { name, size, at, by, note, masked, kept, standing };
      }),
      ...unrecorded.map(({ name, size }): CaseFile => {
        return { name, size, at: '', by: '', note: '', masked: 0, kept: 0, standing: 'unrecorded' };
      }),
    ];
  }

  /** To be asked before a file is read. @throws AttachmentError 'too-large' */
  checkSize(name: string, size: number): void {
    const { attachmentLimitMb } = this.ports.settings.current();
    if (size > attachmentLimitMb * MEGABYTE) throw new AttachmentError('too-large', name, attachmentLimitMb);
  }

  /** @param language of what stands in for a secret */
  async secretsIn(content: Uint8Array, language: Language): Promise<Secrets> {
    const file = this.ports.attachments.textIn(content);
    const text = file?.text ?? '';
    const findings = file ? await this.ports.secrets.scan(text, file.isUnicode ? language : 'en') : [];
    return {
      findings,
      kinds: [...new Set(findings.map((finding) => finding.kind))],
      masked: () => file?.bytesOf(mask(text, findings)) ?? content,
    };
  }

  /**
   * Stores and records a file. The same content again is the same file; a file that was left there by a crash, or is
   * missing, is taken up.
   * @throws AttachmentError, StoreError, GuardError
   */
  async add(caseId: string, file: NewFile): Promise<Added> {
    const { store, attachments } = this.ports;
    const { content } = file;
    this.checkSize(file.name, content.byteLength);
    const stored = await store.get(caseId);
    if (!stored) throw new StoreError('case-missing', caseId);
    const sha256 = attachments.sha256(content);
    const files = await this.files(caseId, stored.state);
    const same = presentAttachments(stored.state).find((attachment) => attachment.sha256 === sha256);
    if (same) {
      const isThere = files.some(({ name, standing }) => name === same.name && standing === 'stored');
      if (!isThere) await attachments.write(caseId, same.name, content, []);
      return { name: same.name, isNew: false };
    }
    const taken = stored.state.attachments.map((attachment) => attachment.name);
    const name =
      (await this.leftBehind(caseId, files, content.byteLength, sha256)) ??
      (await attachments.write(caseId, safeName(file.name), content, taken));
    await this.record(caseId, name, sha256, file);
    return { name, isNew: true };
  }

  private async leftBehind(caseId: string, files: readonly CaseFile[], size: number, sha256: string) {
    const { attachments } = this.ports;
    for (const file of files) {
      if (file.standing !== 'unrecorded' || file.size !== size) continue;
      if (attachments.sha256(await attachments.read(caseId, file.name)) === sha256) return file.name;
    }
    return undefined;
  }

  private async record(caseId: string, name: string, sha256: string, file: NewFile): Promise<void> {
    const { content, note = '', masked = 0, kept = 0 } = file;
    const values = {
      name,
      size: content.byteLength,
      sha256,
      ...(note === '' ? {} : { note }),
      ...(masked === 0 ? {} : { masked }),
      ...(kept === 0 ? {} : { kept }),
    };
    await this.ports.desk.act(caseId, { action: 'attach', values });
  }

  /** Removes a file with the reason; its events stay. @throws GuardError, StoreError */
  async remove(caseId: string, name: string, reason: string): Promise<void> {
    await this.ports.desk.act(caseId, { action: 'removeAttachment', values: { name, reason } });
    await this.ports.attachments.remove(caseId, name);
  }
}
