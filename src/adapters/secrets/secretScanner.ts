/** The detector of secrets: the domain's rules for logs and command lines, and Secretlint's for vendors' tokens. */
import { setImmediate } from 'node:timers/promises';
import { apart, type Spot, worded } from '../../domain/redaction/finding';
import { secretSpots } from '../../domain/redaction/secrets';
import { moved, slicesOf } from '../../domain/redaction/slices';
import type { SecretScanner } from '../../domain/ports';
import { vendorSpots } from './vendorRules';

export const secretScanner: SecretScanner = {
  async scan(text, language = 'en') {
    const spots: Spot[] = [];
    for (const slice of slicesOf(text)) {
      spots.push(...moved(await spotsOfSlice(slice.text), slice.start));
      // others have their turn between two slices
      await setImmediate();
    }
    return worded(text, spots, language);
  },
};

/** Where both find something, the domain's bounds count: they leave the names around a value. */
async function spotsOfSlice(text: string): Promise<Spot[]> {
  const own = apart(secretSpots(text));
  const others = (await vendorSpots(text)).filter(({ start, end }) =>
    own.every((spot) => spot.end <= start || spot.start >= end),
  );
  return [...own, ...others];
}
