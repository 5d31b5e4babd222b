import type { InvitationStep } from './invitation-model.ts'
import type { Before } from './invitation-rules.ts'

/** A team before others were taken over, as its rows were. */
export interface TeamBefore {
  members: {
    organisation_id: string
    role: string
    covers: unknown
    reason: unknown
    ordinal: number
    share_hundredths: number | null
    effort_tenths: number | null
  }[]
  /** Invitations that were settled by it, with the answer that could still be taken back. */
  settled: { id: string; before: Before | null }[]
  proposal: string | null
  next: string | null
}

/** What stood right after: the draft's revision, who had joined, and each invitation's revision. */
export interface TeamTaken {
  revision: number
  joined: string[]
  invitations: Record<string, number>
}

/** How the draft stands now. */
export interface SinceTaken {
  revision: number
  /** `acted`: somebody other than the hosts, or the calendar, has made a step. */
  invitations: readonly { id: string; organisationId: string; revision: number; acted: boolean }[]
  /** How many of the earlier members the registry no longer knows. */
  gone: number
}

export const hasActed = (steps: readonly Pick<InvitationStep, 'side'>[]) => steps.some(({ side }) => side !== 'host')

/**
 * Why a take-over can't be undone any more, as a rule; null where it can. A newcomer may have been invited, and not have
 * answered; anything else that anybody did since stands in the way.
 */
export function whyNotUndone({ revision, joined, invitations }: TeamTaken, now: SinceTaken): string | null {
  if (now.revision !== revision) return 'take_over.changed'
  const moved = now.invitations.filter((one) =>
    one.id in invitations ? invitations[one.id] !== one.revision : one.acted || !joined.includes(one.organisationId),
  )
  if (moved.length) return 'take_over.answered'
  return now.gone ? 'take_over.gone' : null
}
