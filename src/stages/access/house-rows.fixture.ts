import type { Row } from './table.fixture.ts'

const NOBODY = '00000000-0000-7000-8000-000000000000'

export const HOUSE_ROWS: readonly Row[] = [
  {
    route: 'house.me',
    answers: 'AOMCRcrFS 200',
    ask: () => ({ path: '/api/me' }),
    sees: { account: 'AOMCRcrF', memberships: 'AOMCRcrF' },
  },
  { route: 'house.zone', answers: 'AOMCRcrFS 200', ask: () => ({ path: '' }) },
  {
    route: 'house.startServer',
    answers: 'AOMCRcrFS 403',
    ask: () => ({
      path: '/api/first-administrator',
      body: {
        code: 'GUESS',
        name: 'X',
        email: 'x@example.org',
        password: 'long enough',
        zone: { slug: 'taken-over', name: 'X' },
      },
    }),
  },
  {
    route: 'house.startZone',
    answers: 'A 201, OMCRcr 403, F 403, S 401',
    ask: () => ({
      path: '/own-zone',
      body: { zone: { slug: `zone-${crypto.randomUUID().slice(0, 8)}`, name: 'New' } },
    }),
  },
  { route: 'house.members', answers: 'AO 200, MCRcr 403, F 403, S 401' },
  {
    route: 'house.addMember',
    answers: 'A 201, OMCRcr 403, F 403, S 401',
    ask: () => ({
      path: '/members',
      body: { name: 'X', email: `${crypto.randomUUID()}@example.org`, role: 'company' },
    }),
  },
  {
    route: 'house.changeMember',
    answers: 'A 200, OMCRcr 403, F 403, S 401',
    ask: ({ world }) => ({
      path: `/members/${world.caller('researcher.other').accountId}`,
      body: { role: 'researcher', organisationId: world.other },
    }),
  },
  {
    route: 'house.removeMember',
    answers: 'A 404, OMCRcr 403, F 403, S 401',
    ask: () => ({ path: '/members/nobody' }),
  },
  { route: 'house.work', answers: 'AOMCRcr 404, F 403, S 401', ask: () => ({ path: `/work/${NOBODY}` }) },
  { route: 'house.openWork', answers: 'AOMCRcr 200, F 403, S 401', ask: () => ({ path: '/work' }) },
  { route: 'house.cancelWork', answers: 'AOMCRcr 404, F 403, S 401', ask: () => ({ path: `/work/${NOBODY}/cancel` }) },
  { route: 'house.outbox', answers: 'AO 200, MCRcr 403, F 403, S 401' },
  { route: 'house.notices', answers: 'AOMCRcr 200, F 403, S 401' },
  { route: 'house.readNotices', answers: 'AOMCRcr 200, F 403, S 401', ask: () => ({ path: '/notices/read' }) },
  { route: 'house.journal', answers: 'AO 200, MCRcr 403, F 403, S 401' },
  {
    route: 'house.verifyJournal',
    answers: 'AO 200, MCRcr 403, F 403, S 401',
    ask: () => ({ path: '/journal/verify' }),
  },
  {
    route: 'house.history',
    answers: 'AOMCR 200, cr 403, F 403, S 401',
    ask: ({ world }) => ({ path: `/history/organisation/${world.own}` }),
  },
  { route: 'house.terms', answers: 'AOMCRcr 200, FS 200', ask: () => ({ path: '/terms' }) },
  { route: 'house.views', answers: 'AOMCRcr 200, F 403, S 401' },
  {
    route: 'house.saveView',
    answers: 'AOMCRcr 201, F 403, S 401',
    ask: () => ({ path: '/views', body: { page: 'needs', name: 'Mine', search: '' } }),
  },
  {
    route: 'house.removeView',
    answers: 'A 200, OMCRcr 404, F 403, S 401',
    ask: async ({ view }, who) => ({
      path: `/views/${await view(who === 'administrator.other' ? who : 'administrator')}`,
    }),
  },
]
