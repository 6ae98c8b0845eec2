/** An issue, a request, and a connection, for the tests of ZenTao. */
import type { NewTicket, TrackerConnection } from '../../../../src/domain/tickets/tracker';

export const caseId = 'ISS-20261122-7K3F';

export const ticket: NewTicket = {
  caseId,
  kind: 'issue',
  place: '1',
  title: '相机断线后检测程序崩溃',
  text: '【复现步骤】\n1. 拔掉相机网线\n2. 等 30 秒\n\n<b>HTML</b> & *',
  fields: {
    openedBuild: ['1'],
    severity: '2',
    pri: '1',
    type: 'codeerror',
    assignedTo: 'dev1',
    deadline: '2026-12-05',
  },
  files: [],
};

export const request: NewTicket = {
  caseId: 'REQ-20261122-9QX2',
  kind: 'request',
  place: '1',
  title: '支持导出日志包',
  text: '一键导出诊断包',
  fields: { category: 'feature', pri: '2', source: 'customer', reviewer: ['admin'] },
  files: [],
};

export const connection = (url: string): TrackerConnection => ({
  name: '禅道',
  system: 'zentao',
  url,
  account: 'support1',
  places: {},
  assignees: {},
  utcOffset: 480,
  textFormat: 'textile',
});
