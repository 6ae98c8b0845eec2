import type { TicketSnapshot } from '../../../src/domain/tickets/tracker';

/** A ticket that nobody has looked at yet. */
export const snapshot: TicketSnapshot = {
  key: 'DEV-1',
  id: '10001',
  url: 'https://dev.example.com/DEV-1',
  title: '相机断线',
  status: 'New',
  progress: 'open',
  resolution: '',
  fixVersion: '',
  dueDate: '',
  comments: [],
  files: [],
  updatedAt: '2026-11-22T10:19:17Z',
};
