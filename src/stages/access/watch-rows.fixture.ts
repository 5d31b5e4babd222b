import type { Row } from './table.fixture.ts'

const MEMBERS = 'AOMCRcr 200, F 403, S 401'
const DIGEST = { on: true, weekday: 3, language: 'en' }

/** Each caller changes a watch of their own; of another's, nobody reads or changes anything, as watch.routes.test.ts has it. */
export const WATCH_ROWS: readonly Row[] = [
  {
    route: 'watch.wantedOrganisation',
    answers: MEMBERS,
    ask: ({ world }) => ({ path: `/organisations/${world.own}/wanted` }),
  },
  {
    route: 'watch.wantedResult',
    answers: MEMBERS,
    ask: async ({ result }) => ({ path: `/results/${await result()}/wanted` }),
  },
  { route: 'watch.watches', answers: MEMBERS },
  {
    route: 'watch.addWatch',
    answers: 'AOMCRcr 201, F 403, S 401',
    ask: () => ({ body: { kind: 'needs', name: 'Needs', query: { q: 'valve' } } }),
  },
  {
    route: 'watch.changeWatch',
    answers: MEMBERS,
    ask: async ({ watch }, who) => ({ path: `/watches/${await watch(who)}`, body: { paused: true } }),
  },
  {
    route: 'watch.removeWatch',
    answers: MEMBERS,
    ask: async ({ watch }, who) => ({ path: `/watches/${await watch(who)}` }),
  },
  {
    route: 'watch.restoreWatch',
    answers: MEMBERS,
    ask: async ({ watch }, who) => ({ path: `/watches/${await watch(who)}/restore` }),
  },
  {
    route: 'watch.watchHits',
    answers: 'C 200, AOMRcr 404, F 403, S 401',
    ask: async ({ watch }) => ({ path: `/watches/${await watch('company')}/hits` }),
  },
  { route: 'watch.feed', answers: MEMBERS },
  { route: 'watch.renewFeed', answers: 'AOMCRcr 201, F 403, S 401' },
  { route: 'watch.revokeFeed', answers: MEMBERS },
  {
    route: 'watch.feedFile',
    answers: 'AOMCRcrFS 200',
    ask: async ({ feed }) => ({ path: `/api/feeds/${await feed()}` }),
  },
  { route: 'watch.digest', answers: MEMBERS },
  { route: 'watch.setDigest', answers: MEMBERS, ask: () => ({ body: DIGEST }) },
  {
    route: 'watch.digestEnd',
    answers: 'AOMCRcrFS 200',
    ask: async ({ digest }) => ({ path: `/api/digests/${await digest()}` }),
    sees: { zone: 'AOMCRcrFS', address: '', name: '' },
  },
  {
    route: 'watch.endDigest',
    answers: 'AOMCRcrFS 200',
    ask: async ({ digest }) => ({ path: `/api/digests/${await digest()}/end` }),
  },
]
