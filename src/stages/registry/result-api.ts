import { endpoint } from '#http/contract.ts'
import { EXPORT_TYPES, ExportQuery } from '../lists.ts'
import { mayEditSomeResult, mayExportRegistry, mayReadRegistry } from './access.ts'
import { Saved } from './model.ts'
import { Removed, Result, ResultChange, ResultInput, ResultPage, ResultQuery } from './result-model.ts'

export const resultApi = {
  results: endpoint({
    method: 'get',
    path: '/zones/{zone}/results',
    summary: 'The results that the zone knows, filtered, sorted and paged.',
    may: mayReadRegistry,
    query: ResultQuery,
    answer: ResultPage,
  }),
  exportResults: endpoint({
    method: 'get',
    path: '/zones/{zone}/results/export',
    summary: 'The same list, all its pages, as a file that is safe from formulas.',
    may: mayExportRegistry,
    query: ResultQuery.extend(ExportQuery.shape),
    gives: EXPORT_TYPES,
  }),
  result: endpoint({
    method: 'get',
    path: '/zones/{zone}/results/{result}',
    summary: 'A result with its rights, owners, evidence and sources.',
    may: mayReadRegistry,
    answer: Result,
  }),
  addResult: endpoint({
    method: 'post',
    path: '/zones/{zone}/results',
    summary: 'Adds a result.',
    may: mayEditSomeResult,
    command: 'registry.add_result',
    body: ResultInput,
    answer: Saved,
    status: 201,
  }),
  changeResult: endpoint({
    method: 'patch',
    path: '/zones/{zone}/results/{result}',
    summary: 'Changes what is said of a result, on the revision that was read.',
    may: mayEditSomeResult,
    command: 'registry.change_result',
    body: ResultChange,
    answer: Saved,
  }),
  removeResult: endpoint({
    method: 'delete',
    path: '/zones/{zone}/results/{result}',
    summary: 'Removes a result. It can be put back, and an import doesn’t bring it again.',
    may: mayEditSomeResult,
    command: 'registry.remove_result',
    answer: Removed,
  }),
  restoreResult: endpoint({
    method: 'post',
    path: '/zones/{zone}/results/{result}/restore',
    summary: 'Puts a removed result back, as it was.',
    may: mayEditSomeResult,
    command: 'registry.restore_result',
    answer: Saved,
  }),
}
