/** A server's clock against the engineer's: logs of both are compared by their times. */
import { fill, type Words, w } from '../words';

/** Smaller differences are the time that copying takes, or nobody's trouble. */
const WORTH_SAYING = 60_000;

/**
 * How far the server's clock is wrong at least, in milliseconds: above 0 ahead, below 0 behind, 0 if it may be right.
 * A snapshot is pasted some time after it was taken, so only a time that lies outside of what is possible tells.
 * @param at when it was taken, by the server's clock
 * @param notBefore when the collector was copied, by the engineer's clock; undefined: not known
 * @param notAfter when the output was pasted, by the engineer's clock
 */
export function skewOf(at: string, notBefore: number | undefined, notAfter: number): number {
  const taken = Date.parse(at);
  if (Number.isNaN(taken)) return 0;
  if (taken - notAfter >= WORTH_SAYING) return taken - notAfter;
  // a copy from the future was made on a machine of another clock
  if (notBefore === undefined || notBefore > notAfter) return 0;
  return notBefore - taken >= WORTH_SAYING ? taken - notBefore : 0;
}

/** "3 min", "2 h 5 min", "12 d 3 h". */
export function span(milliseconds: number): Words {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const two = (large: number, small: number, words: Words, alone: Words) =>
    fill(small === 0 ? alone : words, String(large), String(small));
  if (days > 0) return two(days, hours, w('{0} d {1} h', '{0} 天 {1} 小时'), w('{0} d', '{0} 天'));
  if (hours > 0) return two(hours, rest, w('{0} h {1} min', '{0} 小时 {1} 分钟'), w('{0} h', '{0} 小时'));
  return fill(w('{0} min', '{0} 分钟'), String(rest));
}
