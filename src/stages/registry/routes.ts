import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { Hono } from 'hono'
import { download } from '#http/download.ts'
import { EXPORT_ROWS_MAX } from '#http/export-file.ts'
import { open, read, serve, write } from '#http/serve.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import { registryApi } from './api.ts'
import { decideDuplicate, orderFindDuplicates, partOrganisation } from './duplicate-service.ts'
import { listPairs } from './duplicate-store.ts'
import {
  addEvidence,
  findEvidenceFile,
  readEvidence,
  removeEvidence,
  sentFileName,
  uploadEvidence,
} from './evidence-service.ts'
import { exportList, ORGANISATION_LIST, PROJECT_LIST, RESULT_LIST } from './export-service.ts'
import { readFacets } from './facet-store.ts'
import { todayIn } from './list-store.ts'
import { addOrganisation, changeOrganisation, readOrganisation } from './organisation-service.ts'
import { listOrganisations, listOrganisationsWhole } from './organisation-store.ts'
import { addPerson, changePerson, readPerson } from './person-service.ts'
import { listPeople } from './person-store.ts'
import { readProject } from './project-service.ts'
import { listProjects } from './project-store.ts'
import { addResult, changeResult, readResult, removeResult, restoreResult } from './result-service.ts'
import { listResults, listResultsWhole } from './result-store.ts'
import type { Finder } from './search-store.ts'

/** `finders` are those of every stage, since Ctrl-K looks through them all. */
export function mountRegistry(app: Hono, world: World, finders: readonly Finder[]): void {
  serve(app, world, registryApi, {
    organisations: read(async (tx, { caller, query }) => ({
      ...(await listOrganisations(tx, caller, query)),
      page: query.page,
      size: query.size,
    })),
    exportOrganisations: open(({ caller, query }) =>
      exportList(world, caller, query, ORGANISATION_LIST, (tx) =>
        listOrganisationsWhole(tx, caller, query, EXPORT_ROWS_MAX),
      ),
    ),
    organisation: read((tx, { caller, params }) => readOrganisation(tx, caller, params.organisation)),
    addOrganisation: write((done, { caller, body }) => addOrganisation(done, caller, body)),
    changeOrganisation: write((done, { caller, params, body }) =>
      changeOrganisation(done, caller, params.organisation, body),
    ),

    results: read(async (tx, { caller, query }) => ({
      ...(await listResults(tx, caller, query, await todayIn(tx, caller.zoneId, world.clock.now()))),
      page: query.page,
      size: query.size,
    })),
    exportResults: open(({ caller, query }) =>
      exportList(world, caller, query, RESULT_LIST, (tx, today) =>
        listResultsWhole(tx, caller, query, today, EXPORT_ROWS_MAX),
      ),
    ),
    result: read((tx, { caller, params }) => readResult(tx, caller, params.result, world.clock.now())),
    addResult: write((done, { caller, body }) => addResult(done, caller, body)),
    changeResult: write((done, { caller, params, body }) => changeResult(done, caller, params.result, body)),
    removeResult: write((done, { caller, params }) => removeResult(done, caller, params.result)),
    restoreResult: write((done, { caller, params }) => restoreResult(done, caller, params.result)),

    projects: read(async (tx, { caller, query }) => ({
      ...(await listProjects(tx, caller, query)),
      page: query.page,
      size: query.size,
    })),
    exportProjects: open(({ caller, query }) =>
      exportList(world, caller, query, PROJECT_LIST, (tx) => listProjects(tx, caller, query, EXPORT_ROWS_MAX)),
    ),
    project: read((tx, { caller, params }) => readProject(tx, caller, params.project)),

    people: read(async (tx, { caller, query }) => ({
      ...(await listPeople(tx, caller, query)),
      page: query.page,
      size: query.size,
    })),
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
      return uploadEvidence(world, caller, query, { body: req.raw.body, name, key: req.header('idempotency-key') })
    }),
    evidenceFile: open(async ({ caller, params }) => {
      const { path, ...file } = await findEvidenceFile(world, caller, params.evidence)
      return download(Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>, file)
    }),
    removeEvidence: write((done, { caller, params }) => removeEvidence(done, caller, params.evidence)),

    duplicates: read(async (tx, { caller, query }) => ({
      ...(await listPairs(tx, caller.zoneId, query)),
      page: query.page,
      size: query.size,
    })),
    findDuplicates: write((done, { caller }) => orderFindDuplicates(world, done, caller)),
    decideDuplicate: write((done, { caller, params, body }) =>
      decideDuplicate(done, caller, [params.first, params.second], body),
    ),
    partOrganisation: write((done, { caller, params }) => partOrganisation(done, caller, params.organisation)),

    registryFacets: read((tx, { caller }) => readFacets(tx, caller.zoneId)),
    search: read(async (tx, { caller, query }) => {
      if (!query.q) return { rows: [] }
      const rows = []
      for (const find of finders) rows.push(...(await find(tx, caller, query.q, query.limit)))
      return { rows }
    }),
  })
}
