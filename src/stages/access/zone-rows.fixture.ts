import type { Row } from './table.fixture.ts'

const MEMBERS = 'AOMCRcr 200, F 403, S 401'
const OFFICERS = 'AO 200, MCRcr 403, F 403, S 401'
const OFFICERS_ADD = 'AO 201, MCRcr 403, F 403, S 401'

export const ZONE_ROWS: readonly Row[] = [
  { route: 'zone.industries', answers: 'AOMCRcrFS 200', ask: () => ({ path: '/industries' }) },
  {
    route: 'zone.industry',
    answers: MEMBERS,
    ask: async ({ industry }) => ({ path: `/industries/${await industry()}` }),
    sees: { ones: 'AOMCRcr', mayEdit: 'AO' },
  },
  {
    route: 'zone.addIndustry',
    answers: OFFICERS_ADD,
    ask: () => ({
      path: '/industries',
      body: {
        slug: `new-${crypto.randomUUID().slice(0, 8)}`,
        names: 'New',
        segments: [{ key: 'a', names: 'A', stream: 'upstream' }],
      },
    }),
  },
  {
    route: 'zone.setTarget',
    answers: OFFICERS,
    ask: async ({ industry }) => ({ path: `/industries/${await industry()}/ones/fund`, body: { target: 1 } }),
  },
  { route: 'zone.records', answers: MEMBERS },
  {
    route: 'zone.addRecord',
    answers: OFFICERS_ADD,
    ask: () => ({ path: '/records', body: { kind: 'fund', names: 'Fund' } }),
  },
  {
    route: 'zone.changeRecord',
    answers: OFFICERS,
    ask: async ({ record }) => ({
      path: `/records/${await record()}`,
      body: { kind: 'policy', names: 'Policy', status: 'done', revision: 1 },
    }),
  },
  {
    route: 'zone.removeRecord',
    answers: OFFICERS,
    ask: async ({ record }) => ({ path: `/records/${await record()}` }),
  },
  { route: 'zone.capital', answers: MEMBERS },
]
