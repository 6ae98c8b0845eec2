import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { openUsageFiles } from '../../../src/adapters/report/usageFiles';
import { readCsv } from '../../../src/adapters/transfer/csv';
import { openTransferFiles } from '../../../src/adapters/transfer/transferFiles';
import { ZoneTime } from '../../../src/domain/report/calendar';
import { DateReader } from '../../../src/domain/transfer/dates';
import { TransferError } from '../../../src/domain/transfer/files';
import { breathing } from '../../../src/adapters/machine/breathing';
import { guessMapping } from '../../../src/domain/transfer/mapping';
import { leftOut } from '../../../src/domain/transfer/leftOut';
import { surveyOf } from '../../../src/domain/transfer/survey';
import { rowAt } from '../../../src/domain/transfer/table';
import { likeliestSheet } from '../../../src/domain/transfer/guesses';
import { guessUsage, planUsage, unknownCustomers } from '../../../src/domain/transfer/usage';
import { cleanUp, newCasebook, tempFolder } from '../store/folders';
import { bundleScript } from '../store/writers';
import { planOf, serviceNow, tableIn } from './files';

const dates = new DateReader('dmy', new ZoneTime('Asia/Shanghai'));
/** "编号;标题\n1;崩溃\n" as a Chinese spreadsheet writes it. */
const GB18030 = Buffer.from('b1e0bac53bb1eacce20a313bb1c0c0a30a', 'hex');

describe('tables in files', () => {
  afterEach(cleanUp);

  it('are read in the encodings and with the separators that spreadsheets write', async () => {
    const wanted = [
      ['编号', '标题'],
      ['1', '崩溃'],
    ];
    const text = '编号,标题\r\n1,崩溃\r\n';
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\uFEFF${text}`),
      Buffer.from(`\uFEFF${text}`, 'utf16le'),
      GB18030,
      Buffer.from(text.replaceAll(',', '\t')),
      Buffer.from('编号|标题\n1|崩溃'),
    ]) {
      assert.deepEqual(await readCsv(bytes), wanted);
    }
  });

  it('are read whole where a cell goes over many lines, and over the pieces they are read in', async () => {
    const long = `"${'row of a log, with "" in it\r\n'.repeat(9_000)}"`;
    const rows = await readCsv(Buffer.from(`a,b\r\n1,${long}\r\n2,end`));
    assert.equal(rows.length, 3);
    assert.equal(rows[1]?.[1]?.length, 'row of a log, with " in it\r\n'.length * 9_000);
    assert.deepEqual(rows[2], ['2', 'end']);
  });

  it('say why they cannot be read', async () => {
    const files = openTransferFiles(await newCasebook(), 'no-thread.js');
    const empty = join(tempFolder(), 'empty.csv');
    writeFileSync(empty, '\r\n\r\n');
    const reason = (wanted: string) => (error: unknown) => error instanceof TransferError && error.reason === wanted;
    await assert.rejects(files.read(empty), reason('no-table'));
    await assert.rejects(files.read(`${empty}.gone`), reason('unreadable'));
    const open = join(tempFolder(), 'open.csv');
    writeFileSync(open, `a,b\n1,"two\nlines"\n2,"${'never closed, as where an export broke off\n'.repeat(9_000)}`);
    await assert.rejects(
      files.read(open),
      (error) => reason('open-quote')(error) && (error as TransferError).row === 3,
    );
  });
});

describe('spreadsheets', () => {
  let thread = '';

  before(async () => {
    thread = await bundleScript('src/adapters/transfer/sheetThread.ts');
  });
  after(cleanUp);

  it('say every second of a day as it was written', async () => {
    const files = openTransferFiles(await newCasebook(), thread);
    const path = join(tempFolder(), 'times.xlsx');
    const times = Array.from({ length: 2_000 }, (_, index) =>
      new Date(Date.UTC(2016, 0, 1) + index * 7_919_000).toISOString().slice(0, 19),
    );
    const writer = await files.write(path, [{ name: 'Times', headers: ['At'] }]);
    await writer.add(
      0,
      times.map((date) => [{ date: `${date}+08:00` }]),
    );
    await writer.finish();
    const [sheet] = await files.read(path);
    assert.deepEqual(
      sheet?.table.rows.map(([text = '']) => (text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T'))),
      times,
    );
  });

  it('are known by what is in them, whatever they are called; what only other programs can open is named', async () => {
    const files = openTransferFiles(await newCasebook(), thread);
    const path = join(tempFolder(), 'export.xlsx');
    const writer = await files.write(path, [{ name: 'Tickets', headers: ['Number'] }]);
    await writer.add(0, [['T-1']]);
    await writer.finish();
    const misnamed = join(tempFolder(), 'export.csv');
    copyFileSync(path, misnamed);
    assert.deepEqual((await files.read(misnamed))[0]?.table.rows, [['T-1']]);
    const reason = async () => files.read(misnamed).then(String, (error: unknown) => (error as TransferError).reason);
    for (const foreign of [
      Buffer.from('d0cf11e0a1b11ae1000000', 'hex'),
      Buffer.from('\uFEFF\n<html><table><tr><td>编号</td></tr></table></html>'),
      Buffer.from('<?xml version="1.0"?><Workbook/>'),
    ]) {
      writeFileSync(misnamed, foreign);
      assert.equal(await reason(), 'other-form');
    }
    writeFileSync(misnamed, '<b>,title\n1,2');
    assert.equal((await files.read(misnamed)).length, 1);
  });

  it('that would fill the memory when unpacked, or are none, are refused with the reason', async () => {
    const files = openTransferFiles(await newCasebook(), thread);
    const path = join(tempFolder(), 'book.xlsx');
    const reason = async () => files.read(path).then(String, (error: unknown) => (error as TransferError).reason);
    const bytes = Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': strToU8('<worksheet/>') }));
    // of the entry in the directory at the end: how many bytes it has when unpacked
    bytes.writeUInt32LE(2_000_000_000, bytes.indexOf('PK\u0001\u0002') + 24);
    writeFileSync(path, bytes);
    assert.equal(await reason(), 'too-large');
    for (const broken of [Buffer.from('no zip'), bytes.subarray(0, 60), Buffer.alloc(0)]) {
      writeFileSync(path, broken);
      assert.equal(await reason(), 'unreadable');
    }
  });
});

describe('columns of a table', () => {
  afterEach(cleanUp);

  it('have each a name of its own: a second one of a name, and one without a name that says something', async () => {
    const path = join(tempFolder(), 'columns.csv');
    writeFileSync(path, 'Date,,Date,Note,\n1,2,3,4,\n5,,6,7\n');
    const [sheet] = await openTransferFiles(await newCasebook(), '').read(path);
    assert.deepEqual(sheet?.table.headers, ['Date', 'B', 'Date (2)', 'Note', '']);
  });
});

describe('the sheet that most likely holds the cases', () => {
  it('is the first one whose headers say most', () => {
    const sheets = [['Read me'], ['ID', 'Subject', 'Created'], ['编号', '标题', '创建时间'], ['Name']];
    const named = sheets.map((headers) => ({ name: '', table: { headers, rows: [] } }));
    assert.equal(likeliestSheet(named), 1);
    assert.equal(likeliestSheet(named.slice(3)), 0);
  });
});

describe('headers below a title', () => {
  afterEach(cleanUp);

  it('are found, and rows keep the numbers that a spreadsheet shows', async () => {
    const path = join(tempFolder(), 'titled.csv');
    const files = openTransferFiles(await newCasebook(), '');
    const table = async (text: string) => {
      writeFileSync(path, text);
      return (await files.read(path))[0]?.table ?? assert.fail();
    };
    const titled = await table('2026 年工单导出,,\n\n编号,标题,创建时间\nT-1,崩溃,2026/3/1\nT-2,卡死,没有\n');
    assert.deepEqual([titled.headers, titled.headerRow], [['编号', '标题', '创建时间'], 3]);
    const mapping = guessMapping(await surveyOf(titled, breathing()), '工单', 'Asia/Shanghai');
    const plan = await planOf(titled, mapping);
    assert.deepEqual([plan.cases[0]?.row, plan.rejected[0]?.row], [4, 5]);
    assert.deepEqual(
      leftOut(plan, titled, mapping).map(({ row }) => rowAt(titled, row)[0]),
      ['T-2'],
    );
    for (const plain of ['编号,标题,创建时间\n编号,标题,创建时间\n', 'a,b\n1,2\n', 'x,y,z\nid,title,2026\n']) {
      assert.equal((await table(plain)).headerRow, undefined, plain);
    }
  });
});

describe('saved mappings', () => {
  afterEach(cleanUp);

  it('lie in the casebook under their names; what is no mapping is left out', async () => {
    const folder = await newCasebook();
    const files = openTransferFiles(folder, '');
    await files.saveMapping(serviceNow());
    await files.saveMapping({ ...serviceNow(), name: '../../客户导出: 2026' });
    writeFileSync(join(folder, 'mappings', 'broken.json'), '{');
    writeFileSync(join(folder, 'mappings', 'other.json'), '{"version":1,"zone":"Nowhere/City"}');
    assert.deepEqual(
      (await files.mappings()).map(({ name }) => name),
      ['../../客户导出: 2026', 'ServiceNow audit log'],
    );
    const text = readFileSync(join(folder, 'mappings', 'ServiceNow-audit-log.json'), 'utf8');
    assert.deepEqual(JSON.parse(text), serviceNow());
  });
});

describe('usage figures', () => {
  afterEach(cleanUp);

  const csv = [
    '客户名称,月份,登录次数,核心功能使用次数',
    '华东某厂,2026-09,"1,204",88',
    '北方重工,2026年9月,,12',
    '华东某厂,2026-9,3,3',
    ',2026-09,1,1',
    'Acme,31/02/2026,1,1',
    'Acme,2026-Q3,many,1',
    'Acme,2026-09-07,,',
    'Acme,07/09/2026,5,',
  ].join('\n');

  it('are found by their headers, and of each row that is not taken the reason is said', async () => {
    const table = await tableIn(csv);
    const guess = guessUsage(table);
    assert.deepEqual(
      [guess.customer, guess.period, guess.logins, guess.coreUses],
      ['客户名称', '月份', '登录次数', '核心功能使用次数'],
    );
    const mapping = { ...guess, source: ' 平台后台导出 ', legalBasis: '合同第 7 条' };
    const { rows, rejected } = planUsage(table, mapping, dates);
    assert.deepEqual(
      rows.map(({ customer, period, logins, coreUses, source }) => [customer, period, logins, coreUses, source]),
      [
        ['华东某厂', '2026-09', '1204', '88', '平台后台导出'],
        ['北方重工', '2026-09', '', '12', '平台后台导出'],
        ['Acme', '2026-09-07', '5', '', '平台后台导出'],
      ],
    );
    assert.deepEqual(
      rejected.map(({ row, reason }) => [row, reason.en]),
      [
        [4, 'Customer and period are those of row 2'],
        [5, 'The customer is missing'],
        [6, '"31/02/2026" is no date and no period'],
        [7, '"many" is no count'],
        [8, 'There is no figure in this row'],
      ],
    );
  });

  const planned = async (text: string) => {
    const table = await tableIn(text);
    return planUsage(table, guessUsage(table), dates);
  };

  it('of a spreadsheet that keeps months as their first days are those of months', async () => {
    const periods = async (text: string) => {
      const { rows, isMonthly } = await planned(text);
      return [isMonthly, ...rows.map(({ period }) => period)];
    };
    const monthly = 'customer,date,logins\nA,2026/9/1,1\nA,2026/10/1,2\nB,2026-Q3,3';
    assert.deepEqual(await periods(monthly), [true, '2026-09', '2026-10', '2026-Q3']);
    assert.deepEqual(await periods('客户,月份,登录\nA,2026/9/1,1'), [true, '2026-09']);
    assert.deepEqual(await periods('customer,date,logins\nA,2026/9/1,1'), [false, '2026-09-01']);
    assert.deepEqual(await periods('customer,month,logins\nA,2026/9/1,1\nA,2026/9/2,1'), [
      false,
      '2026-09-01',
      '2026-09-02',
    ]);
  });

  it('name the rows that share days, and the customers that nobody knows', async () => {
    const { rows, crossing } = await planned(
      'customer,period,logins\nA,2026-Q3,9\nA,2026-07,3\nA,2026-10,1\nB,2026-07,1\nOld,2026-07,1\nA co.,2026-07,1',
    );
    assert.equal(crossing, 2);
    const customers = [{ name: 'A', contacts: [], formerNames: ['Old'] }];
    assert.deepEqual(unknownCustomers(rows, { customers }, [{ customer: ' B ' }]), ['A co.']);
  });

  it('are written for the report to read', async () => {
    const folder = await newCasebook();
    const files = openTransferFiles(folder, '');
    const mapping = { ...guessUsage(await tableIn(csv)), source: '=后台', legalBasis: '合同' };
    const { rows } = planUsage(await tableIn(csv), mapping, dates);
    const path = await files.writeUsage('logins', rows.slice(0, 1));
    assert.equal(path, join(folder, 'usage', 'logins.csv'));
    assert.equal(
      readFileSync(path, 'utf8'),
      "\uFEFFcustomer,period,logins,coreUses,source,legalBasis\r\n华东某厂,2026-09,1204,88,'=后台,合同\r\n",
    );
    const { entries, problems } = await openUsageFiles(folder).read();
    assert.deepEqual(problems, []);
    assert.deepEqual(entries, [
      {
        customer: '华东某厂',
        from: '2026-09-01',
        until: '2026-09-30',
        logins: 1204,
        coreUses: 88,
        source: '=后台',
        legalBasis: '合同',
      },
    ]);
  });

  it('of two windows that write them at the same moment are all kept', async () => {
    const folder = await newCasebook();
    const periods = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];
    const same = { customer: 'A', logins: '1', coreUses: '', source: 's', legalBasis: 'l' };
    await Promise.all(
      periods.map((period) => openTransferFiles(folder, '').writeUsage('logins', [{ ...same, period }])),
    );
    const { entries } = await openUsageFiles(folder).read();
    assert.deepEqual(entries.map(({ from }) => from.slice(0, 7)).toSorted(), periods);
  });

  it('of a file that is called like one before stand beside what that one said', async () => {
    const folder = await newCasebook();
    const files = openTransferFiles(folder, '');
    const same = { customer: '-华东', coreUses: '', source: '后台', legalBasis: '合同' };
    const row = (period: string, logins: string) => ({ ...same, period, logins });
    await files.writeUsage('logins', [row('2026-08', '10'), row('2026-09', '20')]);
    await files.writeUsage('logins', [row('2026-09', '21'), row('2026-10', '30')]);
    const { entries } = await openUsageFiles(folder).read();
    assert.deepEqual(
      entries.map(({ customer, from, logins }) => [customer, from, logins]),
      [
        ['-华东', '2026-08-01', 10],
        ['-华东', '2026-09-01', 21],
        ['-华东', '2026-10-01', 30],
      ],
    );
    const added = join(folder, 'usage', 'added.csv');
    const text = 'customer,period,logins,coreUses,source,legalBasis,note\nA,2026-09,1,,x,y,by hand\n';
    writeFileSync(added, text);
    assert.equal(await files.writeUsage('added', [row('2026-10', '1')]), join(folder, 'usage', 'added-usage.csv'));
    assert.equal(readFileSync(added, 'utf8'), text);
    const own = join(folder, 'usage', 'notes.csv');
    writeFileSync(own, 'somebody,wrote\nthis,here\n');
    assert.equal(await files.writeUsage('notes', [row('2026-10', '1')]), join(folder, 'usage', 'notes-usage.csv'));
    assert.equal(readFileSync(own, 'utf8'), 'somebody,wrote\nthis,here\n');
  });
});
