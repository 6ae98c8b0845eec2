/** The form in which a report was pasted: a chat with its heads, a mail with its headers, or just text. */
import { findTimes, type FoundTime, type Here } from './times';

export type PastedForm = 'mail' | 'chat' | 'plain';

export interface Message {
  /** As the head names the sender; empty without a head. */
  readonly sender: string;
  readonly at: FoundTime | undefined;
  /** The line, or lines, that are no part of what was said. */
  readonly head: string;
  readonly lines: readonly string[];
}

export interface Pasted {
  readonly form: PastedForm;
  readonly messages: readonly Message[];
  /** Of a mail, without "Re:" and the like; empty without one. */
  readonly subject: string;
}

const HEADER =
  /^\s*[>*]*\s*(from|date|sent|to|cc|bcc|subject|reply-to|发件人|发送时间|发送日期|日期|时间|收件人|抄送|密送|主题)\*{0,2}\s?[:：]\*{0,2}\s*(.*)$/i;
const REPLY = /^(?:(?:re|fw|fwd|aw|回复|答复|转发)\s*[:：]\s*)+/i;
/** What is left of a head once name and time are taken away. */
const HEAD_REST = /^[\s,，:：()（）[\]【】-]*$/;
const LONGEST_HEAD = 80;

/** @param text lines separated by \n */
export function readMessages(text: string, here: Here): Pasted {
  const lines = text.split('\n');
  const mail = readMail(lines, here);
  if (mail) return mail;
  const messages: { sender: string; at: FoundTime | undefined; head: string; lines: string[] }[] = [];
  for (const line of lines) {
    const head = headOf(line, here);
    if (head) messages.push({ ...head, lines: head.said === '' ? [] : [head.said] });
    else if (messages.length === 0) messages.push({ sender: '', at: undefined, head: '', lines: [line] });
    else messages.at(-1)?.lines.push(line);
  }
  const isChat = messages.some(({ sender }) => sender !== '');
  return { form: isChat ? 'chat' : 'plain', messages: isChat ? messages : [plain(lines)], subject: '' };
}

const plain = (lines: readonly string[]): Message => ({ sender: '', at: undefined, head: '', lines });

function readMail(lines: readonly string[], here: Here): Pasted | undefined {
  const start = lines.findIndex((line) => line.trim() !== '');
  const heads: string[] = [];
  const known = new Map<string, string>();
  let at = start;
  for (; at >= 0 && at < lines.length; at += 1) {
    const parts = HEADER.exec(lines[at] ?? '');
    // a long header goes on in the next line, indented
    if (!parts && (heads.length === 0 || !/^[ \t]+\S/.test(lines[at] ?? ''))) break;
    heads.push(lines[at] ?? '');
    if (parts) known.set(headerName(parts[1] ?? ''), (parts[2] ?? '').trim());
  }
  const from = known.get('from');
  const subject = known.get('subject') ?? '';
  if (known.size < 2 || (from === undefined && subject === '')) return undefined;
  const date = known.get('date');
  const sent =
    date === undefined ? undefined : findTimes(date, here).find(({ hasDay, hasClock }) => hasDay && hasClock);
  const sender = (from ?? '')
    .replace(/\s*[<＜[(].*$/, '')
    .replaceAll('"', '')
    .trim();
  const body = lines.slice(at).map((line) => line.replace(/^\s*(?:>\s?)+/, ''));
  return {
    form: 'mail',
    messages: [{ sender: sender.includes('@') ? '' : sender, at: sent, head: heads.join('\n'), lines: body }],
    subject: subject.replace(REPLY, '').trim(),
  };
}

function headerName(name: string): string {
  const lower = name.toLowerCase();
  if (lower === 'from' || name === '发件人') return 'from';
  if (['date', 'sent', '发送时间', '发送日期', '日期', '时间'].includes(lower)) return 'date';
  return lower === 'subject' || name === '主题' ? 'subject' : lower;
}

interface Head {
  readonly sender: string;
  readonly at: FoundTime;
  readonly head: string;
  readonly said: string;
}

/** "李伟 2026/11/22 09:05:12", "[22 Nov 2026, 09:05] Tom: it hangs", "王工（信息科） 11-22 09:05". */
function headOf(line: string, here: Here): Head | undefined {
  const short = line.slice(0, LONGEST_HEAD);
  const at = findTimes(short, here).find(({ hasClock }) => hasClock);
  if (!at) return undefined;
  const before = short.slice(0, at.start);
  const after = line.slice(at.end);
  if (HEAD_REST.test(after) && before.trim() !== '') {
    const sender = before.replace(/[\s,，:：[【(（-]+$/, '').replace(/^[\s[【]+/, '');
    return isName(sender) ? { sender, at, head: line, said: '' } : undefined;
  }
  if (!HEAD_REST.test(before)) return undefined;
  const said = /^[\s\])】）-]*([^:：]{1,40})[:：]\s?(.*)$/.exec(after);
  const sender = (said?.[1] ?? '').trim();
  // "2026-11-22 09:05:12 ERROR: …" is a log, which nobody said
  if (!isName(sender) || !/^[\s]*[[【(（]/.test(before) || /^\s*[[(]|\b(error|warn|info|debug|fatal)\b/i.test(sender)) {
    return undefined;
  }
  return { sender, at, head: line.slice(0, line.length - (said?.[2] ?? '').length), said: said?.[2] ?? '' };
}

/** A name has no sentence in it, and no log either. */
function isName(text: string): boolean {
  if (text.length === 0 || text.length > 40 || !/^[\p{L}]/u.test(text)) return false;
  if (
    /[。！？!?;；=<>{}|"\\/]|\b(error|warn|warning|info|debug|fatal|at|since|from|until|around|on)\b|https?:/i.test(
      text,
    )
  )
    return false;
  // "导出从", "今天上午": words about a time, not whose it is
  if (/(?:从|自|在|于|到|至|约|大概|左右|时间|开始|发生|报错|日志|版本|今天|昨天)$/.test(text)) return false;
  return text.split(/\s+/).length <= 5;
}
