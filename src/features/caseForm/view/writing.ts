/** Begins a message: to whom and about what, where nobody has begun one already. */
import { nextMessage } from '../../../domain/text/nextMessage';
import type { App } from './app';

/** @returns the action whose form writes it */
export function beginToCustomer(app: App): string {
  const { action, purpose } = nextMessage(app.page.state);
  if (action === 'logMessage' && !app.drafts.of(action).has('text')) {
    app.drafts.edit(action, 'to', 'customer');
    app.drafts.edit(action, 'purpose', purpose);
  }
  return action;
}

/** @returns the action whose form writes it */
export function beginToGroup(app: App): string {
  const [group, ...others] = app.page.groups.connected;
  if (!app.drafts.of('logMessage').has('text')) {
    app.drafts.edit('logMessage', 'to', 'group');
    app.drafts.edit('logMessage', 'purpose', 'status');
    if (group && others.length === 0) app.drafts.edit('logMessage', 'group', group.group);
  }
  return 'logMessage';
}
