import { Fault, type Issue } from '#kit/fault.ts'
import type { Caller } from '../caller.ts'
import { hasText } from '../texts.ts'
import { isAnOfficer, isSponsorOrOfficer, isSponsorOrStaff, isTheServer, type Standing, type WhoMay } from './access.ts'
import { capabilityKeys, type NeedContent } from './content-rules.ts'
import { MOVE_ACTIONS, type MoveAction, type NeedMove, type NeedState } from './model.ts'

/** What a step asks for, beyond the right state and the right person. */
export type Requirement = 'whole' | 'deadline_ahead' | 'deadline_new' | 'reasons'

export interface Step {
  action: MoveAction | 'expire' | 'merge' | 'unmerge'
  from: readonly NeedState[]
  /** `before` is the state in which the need was merged. */
  to: NeedState | 'before'
  who: WhoMay
  requires: readonly Requirement[]
}

/** The life of a need: every step there is. */
export const STEPS: readonly Step[] = [
  {
    action: 'submit',
    from: ['draft', 'returned'],
    to: 'in_review',
    who: isSponsorOrStaff,
    requires: ['whole', 'deadline_ahead'],
  },
  { action: 'withdraw', from: ['in_review'], to: 'draft', who: isSponsorOrStaff, requires: [] },
  { action: 'return', from: ['in_review'], to: 'returned', who: isAnOfficer, requires: ['reasons'] },
  { action: 'open', from: ['in_review'], to: 'open', who: isAnOfficer, requires: ['whole', 'deadline_ahead'] },
  { action: 'match', from: ['open'], to: 'matched', who: isSponsorOrStaff, requires: [] },
  { action: 'reopen', from: ['matched'], to: 'open', who: isAnOfficer, requires: ['deadline_ahead'] },
  { action: 'close', from: ['open', 'matched', 'expired'], to: 'closed', who: isSponsorOrOfficer, requires: [] },
  {
    action: 'renew',
    from: ['expired'],
    to: 'open',
    who: isSponsorOrOfficer,
    requires: ['deadline_new', 'deadline_ahead'],
  },
  { action: 'expire', from: ['open'], to: 'expired', who: isTheServer, requires: [] },
  { action: 'merge', from: ['in_review', 'open'], to: 'merged', who: isAnOfficer, requires: [] },
  { action: 'unmerge', from: ['merged'], to: 'before', who: isAnOfficer, requires: [] },
]

export const stepOf = (action: Step['action']): Step => STEPS.find((step) => step.action === action)!

/** The steps that lead a fresh draft to a state, for what is brought in as it stands elsewhere. */
export const ROADS: Readonly<Record<Exclude<NeedState, 'merged'>, readonly (MoveAction | 'expire')[]>> = {
  draft: [],
  in_review: ['submit'],
  returned: ['submit', 'return'],
  open: ['submit', 'open'],
  matched: ['submit', 'open', 'match'],
  closed: ['submit', 'open', 'match', 'close'],
  expired: ['submit', 'open', 'expire'],
}

/** The state as of today: an open need is over when its last day is, whether or not the server has moved it yet. */
export function stateOn(need: { state: NeedState; deadline: string | null }, today: string): NeedState {
  return need.state === 'open' && need.deadline !== null && need.deadline < today ? 'expired' : need.state
}

/** The steps that the caller could take now, were everything filled in. */
export function stepsOpenTo(caller: Caller, need: Standing): MoveAction[] {
  return MOVE_ACTIONS.filter((action) => {
    const step = stepOf(action)
    return step.from.includes(need.state) && step.who(caller, need)
  })
}

/** Whether the caller may take the step now. Throws `wrong_state` or `forbidden`. */
export function admitStep(step: Step, caller: Caller, need: Standing): void {
  if (!step.from.includes(need.state))
    throw new Fault('wrong_state', `A need in state ${need.state} can't take this step.`, {
      rule: 'need.move.not_allowed',
      limit: step.from.join(', '),
      tip: 'Open the need again and see where it stands.',
    })
  if (!step.who(caller, need))
    throw new Fault('forbidden', 'This step is not yours to take.', { rule: 'need.move.not_yours' })
}

/** What the step lacks, as issues with paths; empty when it may be taken. */
export function lacksFor(
  step: Step,
  content: NeedContent,
  { reasons, deadline }: Pick<NeedMove, 'reasons' | 'deadline'>,
  today: string,
): Issue[] {
  const last = deadline ?? content.deadline
  const lacks: Record<Requirement, () => Issue[]> = {
    whole: () => lacksToBeWhole(content),
    reasons: () => (reasons?.length ? [] : [{ path: 'reasons', rule: 'list.empty' }]),
    deadline_new: () => (deadline ? [] : [{ path: 'deadline', rule: 'missing' }]),
    deadline_ahead: () => (last !== null && last < today ? [pastDeadline(today)] : []),
  }
  return step.requires.flatMap((requirement) => lacks[requirement]())
}

export const pastDeadline = (today: string): Issue => ({ path: 'deadline', rule: 'deadline.past', limit: today })

/** What a need must say before anybody is asked to judge or answer it. */
export function lacksToBeWhole(content: NeedContent): Issue[] {
  const { title, problem, capabilities, trl, targets, conditions } = content
  const issues: Issue[] = []
  if (!hasText(title)) issues.push({ path: 'title', rule: 'text.missing' })
  if (!hasText(problem)) issues.push({ path: 'problem', rule: 'text.missing' })
  if (!capabilities.length) issues.push({ path: 'capabilities', rule: 'list.empty' })
  issues.push(...twiceNamed(capabilities))
  if (!trl) issues.push({ path: 'trl', rule: 'missing' })
  else if (trl.from > trl.to) issues.push({ path: 'trl.to', rule: 'trl.order', limit: trl.from })
  for (const [at, { now, wanted }] of targets.entries())
    if (now === wanted) issues.push({ path: `targets.${at}.wanted`, rule: 'target.same' })
  const { minMembers, maxMembers } = conditions
  if (minMembers !== undefined && maxMembers !== undefined && minMembers > maxMembers)
    issues.push({ path: 'conditions.maxMembers', rule: 'members.order', limit: minMembers })
  return issues
}

function twiceNamed(capabilities: NeedContent['capabilities']): Issue[] {
  const seen = new Set<string>()
  return capabilities.flatMap(({ name }, at) => {
    const keys = capabilityKeys(name)
    const known = keys.some((key) => seen.has(key))
    for (const key of keys) seen.add(key)
    return known ? [{ path: `capabilities.${at}.name`, rule: 'capability.twice' }] : []
  })
}

interface Life {
  state: NeedState
  joint: boolean
  openedAt: Date | null
}

/** What was never open can be removed. A joint draft is taken apart instead, so that nothing of it is lost. */
export const isRemovable = ({ state, joint, openedAt }: Life) =>
  (state === 'draft' || state === 'returned') && openedAt === null && !joint

/** A joint need goes back into those it was made of as long as it is a draft. */
export const isSeparable = ({ state, joint }: Life) => state === 'draft' && joint

/** Throws `invalid` with what is lacking, if anything is. */
export function refuseLacks(issues: readonly Issue[]): void {
  if (!issues.length) return
  throw new Fault('invalid', 'The need is not ready for this step.', {
    rule: 'need.incomplete',
    issues,
    tip: 'Fill in what the list names and try again.',
  })
}
