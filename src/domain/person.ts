/** People as the log names them: "name <mail>". */

/** "Li Wei <li.wei@example.com>" → "Li Wei"; where there is a mail address alone, that. */
export function personName(by: string): string {
  const name = by.replace(/\s*<[^<>]*>\s*$/, '').trim();
  return name === '' ? by : name;
}
