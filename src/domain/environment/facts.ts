/** The lines of a collector's block, "key: value", put together again where they were wrapped on the way. */

export interface Fact {
  readonly key: string;
  readonly value: string;
}

const KEYS = new Set([
  'collector',
  'asked',
  'host',
  'epoch',
  'time',
  'zone',
  'os',
  'kernel',
  'uptime',
  'container',
  'cpu.model',
  'cpu.count',
  'cpu.load',
  'cpu.busy',
  'cpu.limit',
  'cpu.used',
  'memory.total',
  'memory.available',
  'memory.limit',
  'memory.used',
  'memory.oom',
  'swap.total',
  'swap.free',
  'disk',
  'share',
  'users',
  'user',
  'process',
  'missing',
]);

/** Nothing wraps shorter lines than this; what follows one is no part of it. */
const SHORTEST_WRAP = 40;
/** Nobody reads more of one thing. */
const LONGEST_VALUE = 300;
const MOST_FACTS = 200;

/** Lines that are none of the block's, such as prompts, are left out. */
export function factsOf(lines: readonly string[]): readonly Fact[] {
  const whole: string[] = [];
  let last = '';
  for (const line of lines) {
    if (isFact(line)) whole.push(line);
    else if (line !== '' && last.length >= SHORTEST_WRAP && whole.length > 0) whole.push(`${whole.pop()} ${line}`);
    last = line;
  }
  return whole.slice(0, MOST_FACTS).map((line) => {
    const at = line.search(/[:：]/);
    return {
      key: keyOf(line),
      value: line
        .slice(at + 1)
        .trim()
        .slice(0, LONGEST_VALUE),
    };
  });
}

/** Telephones write the first letter large, and Chinese keyboards a full-width colon. */
function keyOf(line: string): string {
  return /^([a-z.]{2,20}) ?[:：]/i.exec(line)?.[1]?.toLowerCase() ?? '';
}

const isFact = (line: string) => KEYS.has(keyOf(line));
