/** An embedded database that works the figures out by itself, from the definitions and in its own language. */
import { join } from 'node:path';
import initSqlJs, { type Database, type SqlValue } from 'sql.js';

export type Line = Readonly<Record<string, SqlValue>>;

export async function openDatabase(): Promise<Sql> {
  const { Database: Memory } = await initSqlJs({ locateFile: (name) => join('node_modules', 'sql.js', 'dist', name) });
  return new Sql(new Memory());
}

export class Sql {
  constructor(private readonly database: Database) {}

  run(text: string): void {
    this.database.run(text);
  }

  insert(table: string, rows: readonly (readonly SqlValue[])[]): void {
    const places = (rows[0] ?? []).map(() => '?').join(', ');
    const statement = this.database.prepare(`INSERT INTO ${table} VALUES (${places})`);
    for (const row of rows) statement.run([...row]);
    statement.free();
  }

  all(text: string, values: Readonly<Record<string, SqlValue>> = {}): readonly Line[] {
    const statement = this.database.prepare(text);
    const named = Object.fromEntries(Object.entries(values).map(([key, value]) => [`$${key}`, value]));
    // a value that a question does not name is no mistake here
    const used = Object.entries(named).filter(([key]) => text.includes(key));
    statement.bind(Object.fromEntries(used));
    const lines: Line[] = [];
    while (statement.step()) lines.push(statement.getAsObject());
    statement.free();
    return lines;
  }

  one(text: string, values: Readonly<Record<string, SqlValue>> = {}): SqlValue {
    return Object.values(this.all(text, values)[0] ?? {})[0] ?? null;
  }

  close(): void {
    this.database.close();
  }
}

/**
 * Working hours of Shanghai, which knows no summer time: a row for each span, in seconds since the epoch.
 * @param spans hours of a day from Monday to Friday
 */
export function makeWorkingHours(sql: Sql, spans: readonly (readonly [from: number, until: number])[]): void {
  sql.run('CREATE TABLE hours (from_hour, until_hour)');
  sql.insert('hours', spans);
  sql.run(`
    CREATE TABLE work AS
    WITH RECURSIVE days(day) AS (SELECT date('2015-12-28') UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < '2027-12-31')
    SELECT unixepoch(day || 'T00:00:00+08:00') + from_hour * 3600 AS from_at,
           unixepoch(day || 'T00:00:00+08:00') + until_hour * 3600 AS until_at
    FROM days, hours WHERE strftime('%w', day) NOT IN ('0', '6')`);
  sql.run('CREATE INDEX work_from ON work (from_at)');
}

/** Seconds of working time between two columns. */
export const workingTime = (from: string, until: string) => `
  coalesce((SELECT sum(min(until_at, ${until}) - max(from_at, ${from})) FROM work
            WHERE until_at > ${from} AND from_at < ${until}), 0)`;
