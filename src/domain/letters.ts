/** A, B … Z, AA, AB …, as spreadsheets name their columns. @param index from 0 */
export function letters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letters(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}
