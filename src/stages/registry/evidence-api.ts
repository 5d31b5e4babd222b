import { endpoint } from '#http/contract.ts'
import { mayAddSomeEvidence, mayReadEvidence } from './access.ts'
import { EvidenceInput, EvidenceList, EvidenceQuery, EvidenceRow, EvidenceUpload } from './evidence-model.ts'
import { Removed } from './result-model.ts'

export const evidenceApi = {
  evidence: endpoint({
    method: 'get',
    path: '/zones/{zone}/evidence',
    summary: 'The evidence of one record, as far as its circles let the caller read.',
    may: mayReadEvidence,
    query: EvidenceQuery,
    answer: EvidenceList,
  }),
  addEvidence: endpoint({
    method: 'post',
    path: '/zones/{zone}/evidence',
    summary: 'Attaches a link or a statement to a record.',
    may: mayAddSomeEvidence,
    command: 'registry.add_evidence',
    body: EvidenceInput,
    answer: EvidenceRow,
    status: 201,
  }),
  uploadEvidence: endpoint({
    method: 'post',
    path: '/zones/{zone}/evidence/file',
    summary: 'Attaches a file to a record. The file is the body; its name is percent-encoded in X-File-Name.',
    may: mayAddSomeEvidence,
    query: EvidenceUpload,
    carries: 'file',
    answer: EvidenceRow,
    status: 201,
  }),
  evidenceFile: endpoint({
    method: 'get',
    path: '/zones/{zone}/evidence/{evidence}/file',
    summary: 'The file of a piece of evidence, always as a download.',
    may: mayReadEvidence,
    gives: ['application/octet-stream'],
  }),
  removeEvidence: endpoint({
    method: 'delete',
    path: '/zones/{zone}/evidence/{evidence}',
    summary: 'Removes a piece of evidence.',
    may: mayAddSomeEvidence,
    command: 'registry.remove_evidence',
    answer: Removed,
  }),
}
