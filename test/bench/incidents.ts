/** A made-up export of a ticket system, one row a case. */
const statuses = ['Closed', 'Closed', 'Closed', 'Resolved', 'In progress'];
const priorities = ['1 - Critical', '2 - High', '3 - Moderate', '4 - Low'];
const pad = (value: number) => String(value).padStart(2, '0');

/** @returns CSV text with a header */
export function incidents(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.UTC(2020, 0, 1 + (index % 2_000), index % 24, index % 60));
    const at = (hours: number) => {
      const time = new Date(day.getTime() + hours * 3_600_000);
      return `${pad(time.getUTCDate())}/${pad(time.getUTCMonth() + 1)}/${time.getUTCFullYear()} ${pad(time.getUTCHours())}:${pad(time.getUTCMinutes())}`;
    };
    const status = statuses[index % statuses.length];
    return [
      `INC${String(index).padStart(7, '0')}`,
      `导出报表 ${index % 977} 失败, "module ${index % 53}"`,
      `The export of report ${index % 977} stops after ${index % 90} seconds.\nERROR: could not resize shared memory segment`,
      `Customer ${index % 300}`,
      `Product ${index % 12}`,
      `${index % 5}.${index % 10}.0`,
      `Type ${index % 9}`,
      priorities[index % priorities.length],
      status,
      at(0),
      at(1),
      status === 'In progress' ? '' : at(50),
      `Engineer ${index % 40}`,
    ];
  });
  const header =
    'Number,Short description,Description,Customer,Product,Version,Category,Priority,State,Opened at,First response,Closed at,Assigned to'.split(
      ',',
    );
  return [header, ...rows]
    .map((row) => row.map((cell) => (/[",\n]/.test(cell ?? '') ? `"${cell?.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\r\n');
}
