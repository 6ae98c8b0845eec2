/** Reads a file that is to become evidence of a case, wherever the editor finds it. */
import * as vscode from 'vscode';
import { AttachmentError, type Casebook } from '../domain/ports';

/**
 * What somebody sees counts: of a document that isn't saved, the text in the editor.
 * @throws AttachmentError before anything is read that is too large
 */
export async function readEvidence(
  uri: vscode.Uri,
  name: string,
  { evidence }: Pick<Casebook, 'evidence'>,
): Promise<Uint8Array> {
  const shown = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (shown && (shown.isDirty || shown.isUntitled)) {
    const content = new TextEncoder().encode(shown.getText());
    evidence.checkSize(name, content.byteLength);
    return content;
  }
  // a link that was dragged out of a browser is no file of the editor
  if (uri.scheme === 'http' || uri.scheme === 'https') throw new AttachmentError('unreadable', name);
  const { type, size } = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => {
    throw new AttachmentError('unreadable', name);
  });
  if (type & vscode.FileType.Directory) throw new AttachmentError('folder', name);
  evidence.checkSize(name, size);
  return vscode.workspace.fs.readFile(uri);
}

/** The last part of a URI's path. */
export const nameOf = (uri: vscode.Uri): string => uri.path.split('/').at(-1) ?? '';
