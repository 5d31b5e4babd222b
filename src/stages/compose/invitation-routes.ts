import type { Context } from 'hono'
import { type Handlers, open, read, write } from '#http/serve.ts'
import type { World } from '../../world.ts'
import { readBoard } from './board-service.ts'
import type { invitationApi } from './invitation-api.ts'
import { endInvitationLink, makeInvitationLink } from './invitation-link.ts'
import { moveInvitation } from './invitation-move.ts'
import { answerOpened, readOpened } from './invitation-opened.ts'
import { LinkRate } from './invitation-rate.ts'
import { invite, readInvitation, readInvitations } from './invitation-service.ts'
import { searchAgain } from './search-service.ts'
import { changeSeat, namePersons, removeSeat } from './seat-service.ts'
import { takeOver, undoTakeOver } from './take-over-service.ts'

const orderOf = (context: Context) => ({
  key: context.req.header('idempotency-key'),
  rehearse: context.req.query('rehearse') === 'true',
})

/** The routes of inviting, answering and filling seats again. */
export function handleInvitations(world: World): Handlers<typeof invitationApi> {
  const rate = new LinkRate()
  const now = () => world.clock.now()
  return {
    invitationBoard: read((tx, { caller, params }) => readBoard(tx, caller, params.consortium, now())),
    invite: write((done, { caller, params, body }) => invite(world, done, caller, params.consortium, body)),
    invitations: read((tx, { caller }) => readInvitations(tx, caller, now())),
    invitation: read((tx, { caller, params }) => readInvitation(tx, caller, params.invitation, now())),
    moveInvitation: write((done, { caller, params, body }) =>
      moveInvitation(world, done, caller, params.invitation, body),
    ),
    linkInvitation: open(({ caller, params, body }, context) =>
      makeInvitationLink(world, caller, { invitationId: params.invitation, input: body, ...orderOf(context) }),
    ),
    endInvitationLink: write((done, { caller, params }) => endInvitationLink(done, caller, params.invitation)),
    openedInvitation: open(async ({ params }, context) => {
      context.header('Cache-Control', 'no-store')
      rate.count(params.token, now().getTime())
      return readOpened(world, params.token)
    }),
    answerOpened: open(async ({ params, body }, context) => {
      context.header('Cache-Control', 'no-store')
      rate.count(params.token, now().getTime())
      return answerOpened(world, params.token, body, orderOf(context))
    }),
    searchOthers: write((done, { caller, params }) => searchAgain(world, done, caller, params.consortium)),
    takeOver: write((done, { caller, params, body }) => takeOver(done, caller, params.consortium, body)),
    undoTakeOver: write((done, { caller, params, body }) =>
      undoTakeOver(world, done, caller, params.consortium, body.revision),
    ),
    changeSeat: write((done, { caller, params, body }) => changeSeat(done, caller, params, body)),
    removeSeat: write((done, { caller, params, body }) => removeSeat(done, caller, params, body.revision)),
    namePersons: write((done, { caller, params, body }) => namePersons(done, caller, params.consortium, body)),
  }
}
