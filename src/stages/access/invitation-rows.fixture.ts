import type { Row } from './table.fixture.ts'

const HOSTS = 'AOMCR 200, cr 404, F 403, S 401'
/** On a revision that is not the draft's, so that nothing changes: who may is told so, and the others nothing. */
const CHANGED = 'AOMCR 409, cr 404, F 403, S 401'
const TERMS = { role: 'member', shareHundredths: 1_000, effortTenths: 60 }

/** Nobody of the callers speaks for the invited organisation: what those may is tested where they do. */
export const INVITATION_ROWS: readonly Row[] = [
  {
    route: 'compose.invitationBoard',
    answers: HOSTS,
    ask: async ({ draft }) => ({ path: `/consortia/${await draft()}/invitations` }),
    sees: { seats: 'AOMCR' },
  },
  {
    route: 'compose.invite',
    answers: 'AOMCR 422, cr 404, F 403, S 401',
    ask: async ({ draft, world }) => ({
      path: `/consortia/${await draft()}/invitations`,
      body: { seats: [{ organisationId: world.own, ...TERMS }], expiresOn: '2026-12-24' },
    }),
  },
  { route: 'compose.invitations', answers: 'AOMCRcr 200, F 403, S 401' },
  {
    route: 'compose.invitation',
    answers: HOSTS,
    ask: async ({ invitation }) => ({ path: `/invitations/${await invitation()}` }),
    sees: { told: 'AOMCR' },
  },
  {
    route: 'compose.moveInvitation',
    answers: HOSTS,
    ask: async ({ invitation }) => ({
      path: `/invitations/${await invitation()}/moves`,
      body: { move: 'withdraw', revision: 1 },
    }),
  },
  {
    route: 'compose.linkInvitation',
    answers: 'AOMCR 201, cr 404, F 403, S 401',
    ask: async ({ invitation }) => ({ path: `/invitations/${await invitation()}/link`, body: {} }),
  },
  {
    route: 'compose.endInvitationLink',
    answers: HOSTS,
    ask: async ({ invitation }) => ({ path: `/invitations/${await invitation()}/link` }),
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
    ask: async ({ draft }) => ({ path: `/consortia/${await draft()}/others` }),
  },
  {
    route: 'compose.takeOver',
    answers: CHANGED,
    ask: async ({ draft, world }) => ({
      path: `/consortia/${await draft()}/take-over`,
      body: { proposalId: world.own, revision: 99 },
    }),
  },
  {
    route: 'compose.undoTakeOver',
    answers: CHANGED,
    ask: async ({ draft }) => ({ path: `/consortia/${await draft()}/take-over/undo`, body: { revision: 99 } }),
  },
  {
    route: 'compose.changeSeat',
    answers: CHANGED,
    ask: async ({ draft, world }) => ({
      path: `/consortia/${await draft()}/seats/${world.own}`,
      body: { shareHundredths: 5_000, revision: 99 },
    }),
  },
  {
    route: 'compose.removeSeat',
    answers: CHANGED,
    ask: async ({ draft, world }) => ({
      path: `/consortia/${await draft()}/seats/${world.own}/remove`,
      body: { revision: 99 },
    }),
  },
  {
    route: 'compose.namePersons',
    answers: CHANGED,
    ask: async ({ draft }) => ({
      path: `/consortia/${await draft()}/persons`,
      body: { chief: null, operator: null, revision: 99 },
    }),
  },
]
