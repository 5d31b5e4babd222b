import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { Hono } from 'hono'
import { download } from '#http/download.ts'
import { open, read, serve, write } from '#http/serve.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import { registryApi } from './api.ts'
import { decideDuplicate, orderFindDuplicates, partOrganisation } from './duplicate-service.ts'
import {
  addEvidence,
  findEvidenceFile,
  readEvidence,
  removeEvidence,
  sentFileName,
  uploadEvidence,
} from './evidence-service.ts'
import {
  exportOrganisations,
  exportProjects,
  exportResults,
  readFilters,
  readOrganisations,
  readPairs,
  readPeople,
  readProjects,
  readResults,
} from './list-service.ts'
import { addOrganisation, changeOrganisation, readOrganisation } from './organisation-service.ts'
import { addPerson, changePerson, readPerson } from './person-service.ts'
import { readProject } from './project-service.ts'
import { addResult, changeResult, readResult, removeResult, restoreResult } from './result-service.ts'
import { type Finder, search } from './search-service.ts'

/** `finders` are those of every stage, since Ctrl-K looks through them all. */
export function mountRegistry(app: Hono, world: World, finders: readonly Finder[]): void {
  serve(app, world, registryApi, {
    organisations: read((tx, { caller, query }) => readOrganisations(tx, caller, query)),
    exportOrganisations: open(({ caller, query }) => exportOrganisations(world, caller, query)),
    organisation: read((tx, { caller, params }) => readOrganisation(tx, caller, params.organisation)),
    addOrganisation: write((done, { caller, body }) => addOrganisation(done, caller, body)),
    changeOrganisation: write((done, { caller, params, body }) =>
      changeOrganisation(done, caller, params.organisation, body),
    ),

    results: read((tx, { caller, query }) => readResults(tx, caller, query, world.clock.now())),
    exportResults: open(({ caller, query }) => exportResults(world, caller, query)),
    result: read((tx, { caller, params }) => readResult(tx, caller, params.result, world.clock.now())),
    addResult: write((done, { caller, body }) => addResult(done, caller, body)),
    changeResult: write((done, { caller, params, body }) => changeResult(done, caller, params.result, body)),
    removeResult: write((done, { caller, params }) => removeResult(done, caller, params.result)),
    restoreResult: write((done, { caller, params }) => restoreResult(done, caller, params.result)),

    projects: read((tx, { caller, query }) => readProjects(tx, caller, query)),
    exportProjects: open(({ caller, query }) => exportProjects(world, caller, query)),
    project: read((tx, { caller, params }) => readProject(tx, caller, params.project)),

    people: read((tx, { caller, query }) => readPeople(tx, caller, query)),
    person: read((tx, { caller, params }) => readPerson(tx, caller, params.person)),
    addPerson: write((done, { caller, body }) => addPerson(done, caller, body)),
    changePerson: write((done, { caller, params, body }) => changePerson(done, caller, params.person, body)),

    evidence: read((tx, { caller, query }) => readEvidence(tx, caller, query.subject_kind, query.subject)),
    addEvidence: write((done, { caller, body }) => addEvidence(done, caller, body)),
    uploadEvidence: open(({ caller, query }, { req }) => {
      if (req.header('content-type') !== 'application/octet-stream')
        throw new Fault('unreadable', 'This takes a file as plain bytes.', {
          rule: 'body.media_type',
          tip: 'Send application/octet-stream.',
        })
      const name = sentFileName(req.header('x-file-name'))
      return uploadEvidence(world, caller, query, {
        body: req.raw.body,
        name,
        key: req.header('idempotency-key'),
        rehearse: req.query('rehearse') === 'true',
      })
    }),
    evidenceFile: open(async ({ caller, params }) => {
      const { path, ...file } = await findEvidenceFile(world, caller, params.evidence)
      return download(Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>, file)
    }),
    removeEvidence: write((done, { caller, params }) => removeEvidence(done, caller, params.evidence)),

    duplicates: read((tx, { caller, query }) => readPairs(tx, caller, query)),
    findDuplicates: write((done, { caller }) => orderFindDuplicates(world, done, caller)),
    decideDuplicate: write((done, { caller, params, body }) =>
      decideDuplicate(done, caller, [params.first, params.second], body),
    ),
    partOrganisation: write((done, { caller, params }) => partOrganisation(done, caller, params.organisation)),

    registryFacets: read((tx, { caller }) => readFilters(tx, caller)),
    search: read((tx, { caller, query }) => search(tx, caller, query, finders)),
  })
}
