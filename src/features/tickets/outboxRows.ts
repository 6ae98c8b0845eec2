/** The order of the Outbox view, and what is told once something in it has gone. Free of vscode. */
import type { Delivery } from '../../domain/tickets/courier';
import type { OutboxItem } from '../../domain/tickets/outbox';

/** What needs a person stands on top; the rest as it was decided. */
export function inOutboxOrder(items: readonly OutboxItem[]): readonly OutboxItem[] {
  const isHeld = ({ state }: OutboxItem) => state === 'needsPerson';
  return [...items.filter(isHeld), ...items.filter((item) => !isHeld(item))];
}

/** What a round of sending came to; what goes on waiting is not told. */
export class Sendings {
  readonly sent: OutboxItem[] = [];
  readonly stuck: { readonly item: OutboxItem; readonly error: unknown }[] = [];

  readonly add = (item: OutboxItem, delivery: Delivery): void => {
    if (delivery.is === 'sent') this.sent.push(item);
    if (delivery.is === 'needsPerson') this.stuck.push({ item, error: delivery.error });
  };
}
