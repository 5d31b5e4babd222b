import type { Row } from './table.fixture.ts'

const SPONSORS = 'AOMCR 200, cr 404, F 403, S 401'

export const COMPOSE_ROWS: readonly Row[] = [
  {
    route: 'compose.compose',
    answers: 'AOMCR 200, cr 403, F 403, S 401',
    ask: async ({ need }) => ({ path: `/needs/${await need()}/proposals`, body: { options: {} } }),
  },
  {
    route: 'compose.proposals',
    answers: 'AOMCR 200, cr 403, F 403, S 401',
    ask: async ({ need }) => ({ path: `/needs/${await need()}/proposals` }),
  },
  {
    route: 'compose.partners',
    answers: 'AOMCR 200, cr 403, F 403, S 401',
    ask: async ({ need, world }) => ({ path: `/needs/${await need()}/partners?given=${world.own}` }),
    sees: { rows: 'AOMCR' },
  },
  {
    route: 'compose.proposal',
    answers: SPONSORS,
    ask: async ({ proposal }) => ({ path: `/proposals/${await proposal()}` }),
  },
  {
    route: 'compose.study',
    answers: SPONSORS,
    ask: async ({ proposal }) => ({ path: `/proposals/${await proposal()}/study` }),
  },
  {
    route: 'compose.studyProposal',
    answers: SPONSORS,
    ask: async ({ proposal }) => ({ path: `/proposals/${await proposal()}/study` }),
  },
  {
    route: 'compose.exportProposal',
    answers: SPONSORS,
    ask: async ({ proposal }) => ({ path: `/proposals/${await proposal()}/export?format=xlsx` }),
  },
  {
    route: 'compose.saveConsortium',
    answers: 'AOMCR 201, cr 404, F 403, S 401',
    ask: async ({ proposal }) => ({ path: `/proposals/${await proposal()}/consortium`, body: {} }),
  },
  { route: 'compose.localPacks', answers: 'AOM 200, CRcr 403, F 403, S 401' },
  {
    route: 'compose.previewLocalPack',
    answers: 'AO 200, MCRcr 403, F 403, S 401',
    ask: async ({ localPack }) => ({ path: '/local-packs/preview', body: await localPack() }),
  },
  {
    route: 'compose.addLocalPack',
    answers: 'AO 201, MCRcr 403, F 403, S 401',
    ask: async ({ localPack }) => ({ path: '/local-packs', body: await localPack() }),
  },
  {
    route: 'compose.withdrawLocalPack',
    answers: 'AO 200, MCRcr 403, F 403, S 401',
    ask: async ({ keptPack }) => ({ path: `/local-packs/${await keptPack()}` }),
  },
  {
    route: 'compose.packs',
    answers: 'AOMCRcr 200, F 403, S 401',
    ask: async () => ({ path: '/rule-packs' }),
  },
  {
    route: 'compose.links',
    answers: SPONSORS,
    ask: async ({ proposal }) => ({ path: `/proposals/${await proposal()}/links` }),
  },
  {
    route: 'compose.shareProposal',
    answers: 'AOMCR 201, cr 404, F 403, S 401',
    ask: async ({ proposal }) => ({ path: `/proposals/${await proposal()}/links`, body: {} }),
  },
  {
    route: 'compose.revokeLink',
    answers: SPONSORS,
    ask: async ({ proposal, link }) => {
      const id = await proposal()
      return { path: `/proposals/${id}/links/${(await link(id)).id}` }
    },
  },
  {
    route: 'compose.shared',
    answers: 'AOMCRcrFS 200',
    ask: async ({ proposal, link }) => ({ path: `/api/shared/${(await link(await proposal())).token}` }),
    sees: { needTitle: 'AOMCRcrFS', private: '', problem: '', contact: '' },
  },
  { route: 'compose.consortia', answers: 'AOMCRcr 200, F 403, S 401' },
  {
    route: 'compose.consortium',
    answers: SPONSORS,
    ask: async ({ consortium }) => ({ path: `/consortia/${await consortium()}` }),
  },
  {
    route: 'compose.changeConsortium',
    answers: SPONSORS,
    ask: async ({ consortium }) => ({ path: `/consortia/${await consortium()}`, body: { revision: 1, note: 'Noted' } }),
  },
  {
    route: 'compose.removeConsortium',
    answers: SPONSORS,
    ask: async ({ consortium }) => ({ path: `/consortia/${await consortium()}` }),
  },
  { route: 'compose.bulkPlan', answers: 'AOM 200, CRcr 403, F 403, S 401', sees: { needs: 'AOM' } },
  {
    route: 'compose.orderBulk',
    answers: 'AO 202, MCRcr 403, F 403, S 401',
    ask: async ({ need, settled }) => {
      await settled()
      return { path: '/bulk-runs', body: { options: { needs: [await need()], seconds: 5 } } }
    },
  },
  { route: 'compose.bulkRuns', answers: 'AOM 200, CRcr 403, F 403, S 401' },
  {
    route: 'compose.bulkRun',
    answers: 'AOM 200, CRcr 403, F 403, S 401',
    ask: async ({ bulkRun }) => ({ path: `/bulk-runs/${await bulkRun()}` }),
    sees: { needs: 'AOM', seats: 'AOM' },
  },
  {
    route: 'compose.exportBulkRun',
    answers: 'AOM 200, CRcr 403, F 403, S 401',
    ask: async ({ bulkRun }) => ({ path: `/bulk-runs/${await bulkRun()}/export?format=csv` }),
  },
]
