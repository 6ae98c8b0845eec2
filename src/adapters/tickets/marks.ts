/** The mark by which a ticket is found again: the case's id, in its title. */

/** Titles are cut at 255 characters by most systems; the mark is never cut. */
const LONGEST = 255;

export function markedTitle(title: string, caseId: string): string {
  const mark = ` [${caseId}]`;
  const plain = charactersOf(title.replace(/\s+/g, ' ').trim());
  if (plain.join('').includes(caseId)) return plain.slice(0, LONGEST).join('');
  const room = LONGEST - mark.length;
  return (plain.length > room ? [...plain.slice(0, room - 1), '…'] : plain).join('') + mark;
}

/** As a reader counts them: a flag or a family is one. */
const charactersOf = (text: string) => Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);

/** Whether what is kept there holds what was sent; systems change line ends and spaces. */
export function contains(kept: string, sent: string): boolean {
  const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
  return squeeze(kept).includes(squeeze(sent));
}
