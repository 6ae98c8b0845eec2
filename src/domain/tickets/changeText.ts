/** What has come back from a ticket, in a line: for the digest and the case. */
import { personName } from '../person';
import type { TicketPart } from '../sop/ticketParts';
import { requestProgresses } from '../sop/ticketLog';
import { fill, type Language, say, type Words, w } from '../words';
import type { TicketChange } from './follower';
import { ticketName } from './ownTicket';
import { ticketStatusWords } from './statusWords';

/** Of a comment so much is quoted. */
const LONGEST = 120;

/** "#1042 · Camera fails: status Resolved, fix version V3.2.2" */
export function changeText({ key, title, changed, after }: TicketChange, language: Language): string {
  const parts = changed.flatMap((part) => {
    const words = partWords(part, after);
    return words ? [say(words, language)] : [];
  });
  const [colon, comma] = language === 'en' ? [': ', ', '] : ['：', '，'];
  return `${ticketName(key)} · ${title}${colon}${parts.join(comma)}`;
}

function partWords(part: TicketPart, after: TicketChange['after']): Words | undefined {
  switch (part) {
    case 'status':
      return fill(w('status {0}', '状态 {0}'), ticketStatusWords(after.status));
    case 'request': {
      const label = requestProgresses.find(({ value }) => value === after.request)?.label;
      return label && fill(w('request: {0}', '需求{0}'), label);
    }
    case 'resolution':
      return after.resolution === ''
        ? undefined
        : fill(w('resolution {0}', '解决方案 {0}'), ticketStatusWords(after.resolution));
    case 'assignee':
      return after.assignee === ''
        ? w('assigned to nobody', '已取消指派')
        : fill(w('assigned to {0}', '指派给 {0}'), personName(after.assignee));
    case 'fixVersion':
      return after.fixVersion === ''
        ? w('no fix version any more', '已移除修复版本')
        : fill(w('fix version {0}', '修复版本 {0}'), after.fixVersion);
    case 'dueDate':
      return after.dueDate === ''
        ? w('no due date any more', '已移除截止日期')
        : fill(w('due date {0}', '截止日期 {0}'), after.dueDate);
    case 'comment': {
      const text = after.commentText.replace(/\s+/g, ' ').trim();
      if (text === '') return undefined;
      const quoted = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
      return fill(w('{0}: "{1}"', '{0}：“{1}”'), after.commentBy, quoted);
    }
  }
}
