/** The mark by which a ticket is found again: the case's id, in its title. */

/** Titles are cut at 255 characters by most systems, which count them in different ways; the mark is never cut. */
const LONGEST = 255;

export function markedTitle(title: string, caseId: string): string {
  const plain = title.replace(/\s+/g, ' ').trim();
  if (plain.includes(caseId) && plain.length <= LONGEST) return plain;
  const mark = ` [${caseId}]`;
  const room = LONGEST - mark.length;
  return (plain.length > room ? `${cut(plain, room - 1)}…` : plain) + mark;
}

/** By the strictest count, in UTF-16, and never within what a reader sees as one: a flag, a family. */
function cut(text: string, longest: number): string {
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length > longest) break;
    kept += segment;
  }
  return kept;
}

/** Whether what is kept there holds what was sent; systems change line ends and spaces. */
export function contains(kept: string, sent: string): boolean {
  const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
  return squeeze(kept).includes(squeeze(sent));
}
