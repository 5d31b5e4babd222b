import type { Row } from './table.fixture.ts'

const HOSTS = 'AOMCR 200, cr 404, F 403, S 401'
const TERMS = { role: 'member', shareHundredths: 1_000, effortTenths: 60 }

/** Nobody of the callers speaks for the invited organisation: what those may is tested where they do. */
export const INVITATION_ROWS: readonly Row[] = [
  {
    route: 'compose.invitationBoard',
    answers: HOSTS,
    ask: async ({ consortium }) => ({ path: `/consortia/${await consortium()}/invitations` }),
    sees: { seats: 'AOMCR' },
  },
  {
    route: 'compose.invite',
    answers: 'AOMCR 422, cr 404, F 403, S 401',
    ask: async ({ consortium, world }) => ({
      path: `/consortia/${await consortium()}/invitations`,
      body: { seats: [{ organisationId: world.own, ...TERMS }], expiresOn: '2026-12-24' },
    }),
  },
  { route: 'compose.invitations', answers: 'AOMCRcr 200, F 403, S 401' },
  {
    route: 'compose.invitation',
    answers: HOSTS,
    ask: async ({ invitation }) => ({ path: `/invitations/${(await invitation()).id}` }),
    sees: { told: 'AOMCR' },
  },
  {
    route: 'compose.moveInvitation',
    answers: HOSTS,
    ask: async ({ invitation }) => ({
      path: `/invitations/${(await invitation()).id}/moves`,
      body: { move: 'withdraw', revision: 1 },
    }),
  },
  {
    route: 'compose.linkInvitation',
    answers: 'AOMCR 201, cr 404, F 403, S 401',
    ask: async ({ invitation }) => ({ path: `/invitations/${(await invitation()).id}/link`, body: {} }),
  },
  {
    route: 'compose.endInvitationLink',
    answers: HOSTS,
    ask: async ({ invitation }) => ({ path: `/invitations/${(await invitation()).id}/link` }),
  },
  {
    route: 'compose.openedInvitation',
    answers: 'AOMCRcrFS 200',
    ask: async ({ invited }) => ({ path: `/api/invited/${await invited()}` }),
    sees: { told: 'AOMCRcrFS', private: '', problem: '' },
  },
  {
    route: 'compose.answerOpened',
    answers: 'AOMCRcrFS 200',
    ask: async ({ invited }) => ({
      path: `/api/invited/${await invited()}`,
      body: { move: 'counter', terms: TERMS, revision: 1 },
    }),
  },
  {
    route: 'compose.searchOthers',
    answers: 'AOMCR 409, cr 404, F 403, S 401',
    ask: async ({ consortium }) => ({ path: `/consortia/${await consortium()}/others` }),
  },
  {
    route: 'compose.takeOver',
    answers: 'AOMCRcr 404, F 403, S 401',
    ask: async ({ consortium, proposal }) => ({
      path: `/consortia/${await consortium()}/take-over`,
      body: { proposalId: await proposal(), revision: 1 },
    }),
  },
  {
    route: 'compose.changeSeat',
    answers: HOSTS,
    ask: async ({ consortium, world }) => ({
      path: `/consortia/${await consortium()}/seats/${world.own}`,
      body: { shareHundredths: 5_000, revision: 1 },
    }),
  },
  {
    route: 'compose.removeSeat',
    answers: HOSTS,
    ask: async ({ consortium, world }) => ({
      path: `/consortia/${await consortium()}/seats/${world.own}/remove`,
      body: { revision: 1 },
    }),
  },
  {
    route: 'compose.namePersons',
    answers: HOSTS,
    ask: async ({ consortium }) => ({
      path: `/consortia/${await consortium()}/persons`,
      body: { chief: null, operator: null, revision: 1 },
    }),
  },
]
