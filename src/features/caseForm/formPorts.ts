/** What the case form works with, and texts that come into its drafts from elsewhere. */
import type { Casebook } from '../../domain/ports';
import type { AnswerPorts } from './answers';
import type { Forms } from './protocol';
import { withText } from './sharedDraft';
import type { TicketPorts } from './ticketAnswers';

export type FormPorts = Pick<
  Casebook,
  'store' | 'desk' | 'settings' | 'drafts' | 'clock' | 'me' | 'evidence' | 'attachments' | 'secrets' | 'bots' | 'claims'
> &
  AnswerPorts &
  TicketPorts;

/** @throws StoreError */
export async function addToDraft(
  { drafts, desk }: Pick<FormPorts, 'drafts' | 'desk'>,
  key: string,
  form: string,
  field: string,
  text: string,
): Promise<Forms> {
  const forms = withText((await drafts.read(key))?.forms ?? {}, form, field, text);
  await drafts.write(key, { savedAt: desk.nowIso(), forms });
  return forms;
}
