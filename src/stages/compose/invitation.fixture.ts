import type { Answered, Who } from '#testing'
import type { ComposeWorld } from './compose.fixture.ts'
import type { HostInvitation, InvitationBoard, Terms } from './invitation-model.ts'

export const LAST_DAY = '2026-12-13'
export const TERMS: Terms = { role: 'member', shareHundredths: 1_250, effortTenths: 65 }

/** A draft consortium of `own`, in which `world.other` has a seat, and what its hosts and the invited do with it. */
export interface Draft {
  id: string
  board(as?: Who): Promise<InvitationBoard>
  invite(organisationId: string, terms?: Partial<Terms>, body?: object, as?: Who): Promise<Answered>
  /** Invites and answers how the invitation stands. */
  invited(organisationId: string, terms?: Partial<Terms>): Promise<HostInvitation>
  seat(organisationId: string): Promise<InvitationBoard['seats'][number]>
  /** Waits until the search for others that is under way has ended. */
  searched(): Promise<InvitationBoard>
}

let seeds = 100

export async function openDraft(world: ComposeWorld, options: object = {}): Promise<Draft> {
  const proposal = await world.propose({ pins: [world.other], seed: ++seeds, ...options })
  const saved = await world.ask('POST', `/proposals/${proposal.id}/consortium`, { as: 'company', body: {} })
  const { id } = saved.body
  const board = async (as: Who = 'company') => (await world.ask('GET', `/consortia/${id}/invitations`, { as })).body
  const invite = (organisationId: string, terms: Partial<Terms> = {}, body: object = {}, as: Who = 'company') =>
    world.ask('POST', `/consortia/${id}/invitations`, {
      as,
      body: {
        seats: [{ organisationId, ...TERMS, ...terms }],
        message: '请来一起做',
        expiresOn: LAST_DAY,
        ...body,
      },
    })
  const seat = async (organisationId: string) => {
    const found = ((await board()) as InvitationBoard).seats.find((one) => one.id === organisationId)
    if (!found) throw new Error(`There is no seat of ${organisationId}.`)
    return found
  }
  return {
    id,
    board,
    invite,
    seat,
    async invited(organisationId, terms) {
      const answered = await invite(organisationId, terms)
      const { invitation } = await seat(organisationId)
      if (!invitation) throw new Error(`Nobody was invited: ${answered.text}`)
      return invitation
    },
    async searched() {
      const { work } = (await board()) as InvitationBoard
      if (work) await world.jobs.settled(world.zoneId, work.id)
      return board()
    },
  }
}

export const mover =
  (world: ComposeWorld) =>
  (as: Who, { id, revision }: { id: string; revision: number }, body: object) =>
    world.ask('POST', `/invitations/${id}/moves`, { as, body: { revision, ...body } })
