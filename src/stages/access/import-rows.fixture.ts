import { proposed } from '../imports/imports.fixture.ts'
import type { Row } from './table.fixture.ts'

const STAFF = 'AOM 200, CRcr 403, F 403, S 401'
const STAFF_ORDER = 'AOM 202, CRcr 403, F 403, S 401'

export const IMPORT_ROWS: readonly Row[] = [
  { route: 'imports.imports', answers: STAFF },
  {
    route: 'imports.uploadImport',
    answers: STAFF_ORDER,
    ask: () => ({ path: '/imports?name=firms.csv', raw: new TextEncoder().encode('Name,City\nA firm,Town\n') }),
  },
  { route: 'imports.importTemplate', answers: STAFF, ask: () => ({ path: '/imports/template?language=en' }) },
  {
    route: 'imports.import',
    answers: STAFF,
    ask: async ({ importOf }) => ({ path: `/imports/${await importOf('Name,City\nRead firm,Town\n')}` }),
  },
  {
    // A ledger is one file: who may add another is told that this import takes none.
    route: 'imports.addImportFile',
    answers: 'AOM 409, CRcr 403, F 403, S 401',
    ask: async ({ importOf }) => ({
      path: `/imports/${await importOf('Name,City\nAdded firm,Town\n')}/files?name=organization.csv`,
      raw: new TextEncoder().encode('projectID;organisationID\n'),
    }),
  },
  {
    route: 'imports.importSheet',
    answers: STAFF,
    ask: async ({ importOf }) => ({ path: `/imports/${await importOf('Name,City\nSheet firm,Town\n')}/sheets/0` }),
  },
  {
    route: 'imports.mapImport',
    answers: STAFF_ORDER,
    ask: async ({ world, importOf }) => {
      const id = await importOf('Name,City\nMapped firm,Town\n')
      const { body } = await world.ask('GET', `/imports/${id}`, { as: 'administrator' })
      return { path: `/imports/${id}/mapping`, body: proposed(body) }
    },
  },
  {
    route: 'imports.importRows',
    answers: STAFF,
    ask: async ({ importOf }) => ({ path: `/imports/${await importOf('Name,City\nRow firm,Town\n')}/rows` }),
  },
  {
    route: 'imports.refusedRows',
    answers: STAFF,
    ask: async ({ importOf }) => ({
      path: `/imports/${await importOf('Name,USCC\nRefused firm,91110000600037341N\n')}/refused?format=csv`,
    }),
  },
  {
    route: 'imports.applyImport',
    answers: STAFF_ORDER,
    ask: async ({ importOf }) => ({
      path: `/imports/${await importOf(`Name,City\nFirm ${crypto.randomUUID()},Town\n`)}/apply`,
      body: {},
    }),
  },
  {
    route: 'imports.dropImport',
    answers: STAFF,
    ask: async ({ importOf }) => ({ path: `/imports/${await importOf('Name,City\nDropped firm,Town\n')}/drop` }),
  },
]
