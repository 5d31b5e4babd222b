import type { Row } from './table.fixture.ts'

const CAPABILITY = { name: 'Solid electrolyte', weight: 3, critical: false, levelWanted: 2 }
const SPONSORS = 'AOMCR 200, cr 403, F 403, S 401'

export const NEED_ROWS: readonly Row[] = [
  {
    route: 'needs.needs',
    answers: 'AOMCRcrFS 200',
    ask: async ({ need }) => {
      await need('open', 'signed_in')
      return { path: '/needs' }
    },
    sees: { rows: 'AOMCRcr' },
  },
  {
    route: 'needs.exportNeeds',
    answers: 'AOMCRcr 200, F 403, S 401',
    ask: () => ({ path: '/needs/export?format=csv' }),
  },
  { route: 'needs.needCounts', answers: 'AOMCRcrFS 200', ask: () => ({ path: '/needs/counts' }) },
  {
    route: 'needs.need',
    answers: 'AOMCRcr 200, FS 404',
    ask: async ({ need }) => ({ path: `/needs/${await need('open', 'signed_in')}` }),
    sees: { title: 'AOMCRcr', private: 'AOMCR', mayMove: 'AOMCR' },
  },
  {
    route: 'needs.addNeed',
    answers: 'AOM 201, CRcr 201, F 403, S 401',
    ask: () => ({ path: '/needs', body: { title: 'New' } }),
  },
  {
    route: 'needs.postNeed',
    answers: 'AOMCRcr 201, F 403, S 401',
    ask: () => ({
      path: '/needs/post',
      body: { title: 'New', problem: 'P', targets: [], trl: { from: 3, to: 5 }, capabilities: [CAPABILITY] },
    }),
  },
  {
    route: 'needs.mergeNeeds',
    answers: 'AO 201, MCRcr 403, F 403, S 401',
    ask: async ({ need }) => ({ path: '/needs/merge', body: { title: 'Joint', needs: [await need(), await need()] } }),
  },
  {
    route: 'needs.changeNeed',
    answers: 'AOMCR 200, cr 404, F 403, S 401',
    ask: async ({ need }) => ({ path: `/needs/${await need('draft')}`, body: { revision: 1, summary: 'Clearer' } }),
  },
  {
    route: 'needs.removeNeed',
    answers: 'AOCR 200, M 403, cr 404, F 403, S 401',
    ask: async ({ need }) => ({ path: `/needs/${await need('draft')}` }),
  },
  {
    route: 'needs.moveNeed',
    answers: 'AO 200, MCR 403, cr 404, F 403, S 401',
    ask: async ({ world, need }) => {
      const id = await need('in_review')
      const { body } = await world.ask('GET', `/needs/${id}`, { as: 'administrator' })
      return { path: `/needs/${id}/move`, body: { action: 'open', revision: body.revision } }
    },
  },
  {
    route: 'needs.unmergeNeed',
    answers: 'AO 200, MCRcr 403, F 403, S 401',
    ask: async ({ world, need }) => {
      const body = { title: 'Joint', needs: [await need(), await need()] }
      const joint = await world.ask('POST', '/needs/merge', { as: 'administrator', body })
      return { path: `/needs/${joint.body.id}/unmerge` }
    },
  },
  {
    route: 'needs.addSponsor',
    answers: 'AO 200, M 403, CR 403, cr 200, F 403, S 401',
    ask: async ({ world, need }) => ({
      path: `/needs/${await need()}/sponsors`,
      body: { organisationId: world.other },
    }),
  },
  {
    route: 'needs.removeSponsor',
    answers: 'AO 200, M 403, CR 403, cr 200, F 403, S 401',
    ask: async ({ world, need }) => {
      const id = await need()
      await world.ask('POST', `/needs/${id}/sponsors`, { as: 'administrator', body: { organisationId: world.other } })
      return { path: `/needs/${id}/sponsors/${world.other}` }
    },
  },
  { route: 'match.match', answers: SPONSORS, ask: async ({ need }) => ({ path: `/needs/${await need()}/match` }) },
  {
    route: 'match.cell',
    answers: SPONSORS,
    ask: async ({ world, need, capability }) => {
      const id = await need()
      return { path: `/needs/${id}/coverage/${await capability(id)}/${world.other}` }
    },
  },
  {
    route: 'match.judge',
    answers: SPONSORS,
    ask: async ({ world, need, capability }) => {
      const id = await need()
      return { path: `/needs/${id}/coverage/${await capability(id)}/${world.other}`, body: { verdict: 'deny' } }
    },
  },
  {
    route: 'match.unjudge',
    answers: SPONSORS,
    ask: async ({ world, need, capability }) => {
      const id = await need()
      return { path: `/needs/${id}/coverage/${await capability(id)}/${world.other}` }
    },
  },
  {
    route: 'match.respond',
    answers: 'AOM 201, CR 403, cr 201, F 403, S 401',
    ask: async ({ world, need }) => ({
      path: `/needs/${await need()}/responses`,
      body: { organisationId: world.other, side: 'offer', answer: 'interest' },
    }),
  },
  {
    route: 'match.withdraw',
    answers: 'AOMCR 200, cr 404, F 403, S 401',
    ask: async ({ world, need }) => {
      const id = await need()
      const body = { organisationId: world.own, side: 'offer', answer: 'interest' }
      const said = await world.ask('POST', `/needs/${id}/responses`, { as: 'administrator', body })
      return { path: `/needs/${id}/responses/${said.body.id}` }
    },
  },
  {
    route: 'match.responses',
    answers: 'AOMCRcr 200, F 403, S 401',
    ask: async ({ need }) => ({ path: `/needs/${await need()}/responses` }),
  },
  { route: 'match.myResponses', answers: 'AOMCRcr 200, F 403, S 401', ask: () => ({ path: '/responses' }) },
  { route: 'match.settings', answers: 'AOMCRcr 200, F 403, S 401', ask: () => ({ path: '/match-settings' }) },
  {
    route: 'match.changeSettings',
    answers: 'AO 200, MCRcr 403, F 403, S 401',
    ask: () => ({ path: '/match-settings', body: { newcomerSeats: 2 } }),
  },
  { route: 'match.exposure', answers: 'AOM 200, CRcr 403, F 403, S 401', ask: () => ({ path: '/exposure' }) },
  { route: 'match.measureExposure', answers: 'AOM 201, CRcr 403, F 403, S 401', ask: () => ({ path: '/exposure' }) },
]
