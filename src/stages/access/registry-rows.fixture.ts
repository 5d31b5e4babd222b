import type { Row } from './table.fixture.ts'

const MEMBERS = 'AOMCRcr 200, F 403, S 401'
const PDF = new TextEncoder().encode('%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF')

export const REGISTRY_ROWS: readonly Row[] = [
  { route: 'registry.organisations', answers: MEMBERS },
  {
    route: 'registry.exportOrganisations',
    answers: MEMBERS,
    ask: () => ({ path: '/organisations/export?format=csv' }),
  },
  {
    route: 'registry.organisation',
    answers: MEMBERS,
    ask: async ({ world }) => {
      await world.within((tx) =>
        tx
          .updateTable('zone_organisation')
          .set({ notes: 'A note of the staff.', contact: JSON.stringify({ name: 'Somebody' }), revenue_minor: 100n })
          .where('zone_id', '=', world.zoneId)
          .where('organisation_id', '=', world.own)
          .execute(),
      )
      await world.within((tx) =>
        tx
          .insertInto('organisation_year')
          .values({
            zone_id: world.zoneId,
            organisation_id: world.own,
            year: 2025,
            staff: 7,
            updated_at: world.clock.now(),
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      )
      return { path: `/organisations/${world.own}` }
    },
    sees: {
      names: 'AOMCRcr',
      private: 'AOMCR',
      'private.contact': 'AOMCR',
      'private.revenue': 'AOMCR',
      'private.years': 'AOMCR',
      'private.notes': 'AOM',
      mayEdit: 'AOMCR',
    },
  },
  {
    route: 'registry.addOrganisation',
    answers: 'AOM 201, CRcr 403, F 403, S 401',
    ask: () => ({ path: '/organisations', body: { names: 'New' } }),
  },
  {
    route: 'registry.changeOrganisation',
    answers: 'AOMCR 200, cr 403, F 403, S 401',
    ask: async ({ world }) => {
      const { body } = await world.ask('GET', `/organisations/${world.own}`, { as: 'administrator' })
      return { path: `/organisations/${world.own}`, body: { revision: body.revision, city: crypto.randomUUID() } }
    },
  },
  { route: 'registry.results', answers: MEMBERS },
  { route: 'registry.exportResults', answers: MEMBERS, ask: () => ({ path: '/results/export?format=csv' }) },
  {
    route: 'registry.result',
    answers: MEMBERS,
    ask: async ({ result }) => ({ path: `/results/${await result()}` }),
    sees: { title: 'AOMCRcr', mayEdit: 'AOMCR' },
  },
  {
    route: 'registry.addResult',
    answers: 'AOMCR 201, cr 403, F 403, S 401',
    ask: ({ world }) => ({ path: '/results', body: { title: 'New', owners: [world.own] } }),
  },
  {
    route: 'registry.changeResult',
    answers: 'AOMCR 200, cr 403, F 403, S 401',
    ask: async ({ result }) => ({ path: `/results/${await result()}`, body: { revision: 1, trl: 4 } }),
  },
  {
    route: 'registry.removeResult',
    answers: 'AOMCR 200, cr 403, F 403, S 401',
    ask: async ({ result }) => ({ path: `/results/${await result()}` }),
  },
  {
    route: 'registry.restoreResult',
    answers: 'AOMCR 200, cr 403, F 403, S 401',
    ask: async ({ world, result }) => {
      const id = await result()
      await world.ask('DELETE', `/results/${id}`, { as: 'administrator' })
      return { path: `/results/${id}/restore` }
    },
  },
  { route: 'registry.projects', answers: MEMBERS },
  { route: 'registry.exportProjects', answers: MEMBERS, ask: () => ({ path: '/projects/export?format=csv' }) },
  {
    route: 'registry.project',
    answers: MEMBERS,
    ask: async ({ world }) => ({ path: `/projects/${await world.addProject()}` }),
  },
  { route: 'registry.people', answers: MEMBERS },
  { route: 'registry.person', answers: MEMBERS, ask: async ({ person }) => ({ path: `/people/${await person()}` }) },
  {
    route: 'registry.addPerson',
    answers: 'AOMCR 201, cr 403, F 403, S 401',
    ask: ({ world }) => ({ path: '/people', body: { names: 'Somebody', organisation: world.own } }),
  },
  {
    route: 'registry.changePerson',
    answers: 'AOMCR 200, cr 403, F 403, S 401',
    ask: async ({ person }) => ({ path: `/people/${await person()}`, body: { revision: 1, post: 'Professor' } }),
  },
  {
    route: 'registry.evidence',
    answers: 'AOMCRcrFS 200',
    ask: async ({ world, evidence }) => {
      await evidence('members')
      return { path: `/evidence?subject_kind=organisation&subject=${world.own}` }
    },
    sees: { rows: 'AOMCR' },
  },
  {
    route: 'registry.addEvidence',
    answers: 'AOMCR 201, cr 403, F 403, S 401',
    ask: ({ world }) => ({
      path: '/evidence',
      body: { subjectKind: 'organisation', subject: world.own, kind: 'statement', title: 'Said', body: 'So.' },
    }),
  },
  {
    route: 'registry.uploadEvidence',
    answers: 'AOMCR 201, cr 403, F 403, S 401',
    ask: ({ world }) => ({
      path: `/evidence/file?subject_kind=organisation&subject=${world.own}`,
      raw: PDF,
      headers: { 'x-file-name': 'proof.pdf' },
    }),
  },
  {
    route: 'registry.evidenceFile',
    answers: 'AOMCR 200, cr 404, FS 404',
    ask: async ({ file }) => ({ path: `/evidence/${await file()}/file` }),
  },
  {
    route: 'registry.removeEvidence',
    answers: 'AOMCR 200, cr 404, F 403, S 401',
    ask: async ({ evidence }) => ({ path: `/evidence/${await evidence()}` }),
  },
  { route: 'registry.duplicates', answers: 'AOM 200, CRcr 403, F 403, S 401' },
  {
    route: 'registry.findDuplicates',
    answers: 'AOM 202, CRcr 403, F 403, S 401',
    ask: async ({ settled }) => {
      await settled()
      return { path: '/duplicates/find' }
    },
  },
  {
    route: 'registry.decideDuplicate',
    answers: 'AOM 200, CRcr 403, F 403, S 401',
    ask: async ({ twins }) => {
      const [first, second] = await twins()
      return { path: `/duplicates/${first}/${second}`, body: { decision: 'distinct' } }
    },
  },
  {
    route: 'registry.partOrganisation',
    answers: 'AOM 404, CRcr 403, F 403, S 401',
    ask: ({ world }) => ({ path: `/organisations/${world.own}/part` }),
  },
  { route: 'registry.registryFacets', answers: MEMBERS, ask: () => ({ path: '/registry/facets' }) },
  { route: 'registry.search', answers: MEMBERS, ask: () => ({ path: '/search?q=own' }) },
]
