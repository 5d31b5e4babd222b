import { endpoint } from '#http/contract.ts'
import { EXPORT_TYPES } from '../lists.ts'
import { mayComposeForAll, mayReadBulk } from './access.ts'
import { BulkExportQuery, BulkInput, BulkOrdered, BulkPlan, BulkRun, BulkRuns, BulkRunsQuery } from './bulk-model.ts'

export const bulkApi = {
  bulkPlan: endpoint({
    method: 'get',
    path: '/zones/{zone}/bulk-plan',
    summary: 'Which open needs can be composed for at once, and why the others are left out.',
    may: mayReadBulk,
    answer: BulkPlan,
  }),
  orderBulk: endpoint({
    method: 'post',
    path: '/zones/{zone}/bulk-runs',
    summary: 'Composes for many needs at once, where nobody serves in more teams than allowed; answers the work.',
    may: mayComposeForAll,
    command: 'compose.order_bulk',
    body: BulkInput,
    answer: BulkOrdered,
    status: 202,
  }),
  bulkRuns: endpoint({
    method: 'get',
    path: '/zones/{zone}/bulk-runs',
    summary: 'What came of composing for many needs at once, the newest first.',
    may: mayReadBulk,
    query: BulkRunsQuery,
    answer: BulkRuns,
  }),
  bulkRun: endpoint({
    method: 'get',
    path: '/zones/{zone}/bulk-runs/{run}',
    summary: 'Each need with its team, what it gives up for sharing, and who is in how many teams.',
    may: mayReadBulk,
    answer: BulkRun,
  }),
  exportBulkRun: endpoint({
    method: 'get',
    path: '/zones/{zone}/bulk-runs/{run}/export',
    summary: 'The needs or the seats of a run as a file.',
    may: mayReadBulk,
    query: BulkExportQuery,
    gives: EXPORT_TYPES,
  }),
}
