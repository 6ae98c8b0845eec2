/** Drafts from before each new case had one of its own. Free of vscode. */
import { draftKey, withDraftId } from '../../domain/intake/newCase';
import type { DraftStore } from '../../domain/ports';

/** They get a place of their own; a window that restores such a form finds it there. @throws StoreError */
export async function moveOldDrafts(folder: string, drafts: DraftStore): Promise<void> {
  for (const kind of ['issue', 'request']) {
    const old = draftKey(folder, kind);
    const draft = await drafts.read(old);
    if (draft === undefined) continue;
    await drafts.write(draftKey(folder, withDraftId(kind)), draft);
    await drafts.remove(old);
  }
}
