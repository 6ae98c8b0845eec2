/** What the user sees: one folder, one feature, one place to look. */
import { bots } from './bots';
import { caseForm } from './caseForm';
import { casebookFolder } from './casebookFolder';
import { cases } from './cases';
import { connections } from './connections';
import { evidence } from './evidence';
import { followUps } from './followUps';
import { intake } from './intake';
import { knowledge } from './knowledge';
import { reports } from './reports';
import { tickets } from './tickets';
import { transfer } from './transfer';

export const features = [
  cases,
  intake,
  caseForm,
  followUps,
  knowledge,
  reports,
  evidence,
  tickets,
  connections,
  bots,
  transfer,
  casebookFolder,
];
