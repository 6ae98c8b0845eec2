// What really happened, typed into the form by the journeys: PostgreSQL in a container with 64 MB of /dev/shm.
import type { Moment } from './form';

const DAY = 86_400_000;

/** A day before today, as a date field takes it. */
export function daysAgo(days: number): string {
  const date = new Date(Date.now() - days * DAY);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

export const daysAhead = (days: number) => daysAgo(-days);

export const at = (days: number, time: string): Moment => ({ on: daysAgo(days), at: time });

export const sharedMemory = {
  title: 'Monthly report fails: could not resize shared memory segment',
  error:
    'ERROR:  could not resize shared memory segment "/PostgreSQL.1213217486" to 67145056 bytes: No space left on device',
  intake: {
    description: [
      'Since the move of the database into a container the monthly cost report stops after about ten seconds.',
      'The page shows "Report failed"; the log of PostgreSQL 15 says:',
      'ERROR:  could not resize shared memory segment "/PostgreSQL.1213217486" to 67145056 bytes: No space left on device',
      'CONTEXT:  parallel worker',
      'Disk / has 310 GB free. Small reports work, and the same report works at night when nobody else runs one.',
    ].join('\n'),
    occurredAt: at(1, '09:10'),
    impact: 'Month end: none of the 40 users in controlling can run the report; invoicing waits for it.',
    customer: 'Acme Logistics',
    contact: 'Dana Wu',
    channel: 'Phone',
    product: 'ERP',
    version: '3.2.1',
    receivedAt: at(1, '09:30'),
    problemType: 'Deployment',
  },
  steps: [
    'docker run -d --name pg -e POSTGRES_PASSWORD=x postgres:15 (no --shm-size: /dev/shm is 64 MB)',
    'Restore the customer dump and set max_parallel_workers_per_gather = 4',
    'Run the monthly cost report (hash join over 12 million rows) while a second one is running',
  ],
  expected: 'The report is done within two minutes',
  actual: 'ERROR:  could not resize shared memory segment … No space left on device, after about ten seconds',
  cause:
    'Docker gives a container 64 MB of /dev/shm. PostgreSQL puts the segments of parallel workers there and fails once they are full. Solution: start the container with --shm-size=1g (compose: shm_size: 1gb).',
  plan: {
    approach: 'Ship the compose file with shm_size: 1gb; installer checks /dev/shm',
    fixVersion: '3.2.2',
  },
};

export const environment = {
  cpu: '8 cores, load average 6.1',
  memory: '31 of 32 GB used',
  disk: '/ 41 % used, /dev/shm 64 MB 100 % used',
  logs: 'ERROR:  could not resize shared memory segment "/PostgreSQL.1213217486"',
  operations: 'Two users started the monthly cost report within one minute',
  times: 'Yesterday 09:10 and 09:14',
  users: { cannot: 'The audit log is switched off at this customer' },
};
