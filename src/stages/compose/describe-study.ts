import type { Alternative as EngineAlternative } from '#engines/cover/alternatives.ts'
import type { Part } from '#engines/cover/model.ts'
import type { Price } from '#engines/cover/prices.ts'
import { describeChange, ease } from './describe-conflict.ts'
import { partyOf, type Told } from './describe-members.ts'
import type { ComposeOptions, Proposal } from './model.ts'
import { conditionOf } from './rules.ts'
import type { Alternative, ConditionPrice } from './study-model.ts'

/** An alternative beside the proposal, with what each difference is worth. */
export function describeAlternative(
  told: Told,
  proposal: Pick<Proposal, 'parts' | 'options'>,
  { answer, joining, leaving, worseBy }: EngineAlternative,
): Alternative {
  const members = answer.chosen.map(({ id }) => partyOf(told, id))
  const ids = members.map(({ id }) => id)
  return {
    status: answer.status === 'optimal' ? 'optimal' : 'feasible',
    objective: answer.objective,
    worseBy,
    members,
    joining,
    leaving,
    coverage: answer.coverage.map(({ requirement, level }) => ({ capability: requirement, level })),
    differences: differencesOf(proposal.parts, answer.parts),
    options: onlyThese(proposal.options, ids),
  }
}

const BY_CAPABILITY: readonly Part['kind'][] = ['coverage', 'second']

/** Addend by addend where it is about a capability, else summed; what is the same is left out. Sums to the difference. */
function differencesOf(before: readonly Part[], after: readonly Part[]): Alternative['differences'] {
  const points = new Map<string, { kind: Part['kind']; capability: string | null; points: number }>()
  const add = (part: Part, sign: 1 | -1) => {
    const capability = BY_CAPABILITY.includes(part.kind) ? part.id : null
    const key = `${part.kind} ${capability ?? ''}`
    const known = points.get(key) ?? { kind: part.kind, capability, points: 0 }
    points.set(key, { ...known, points: known.points + sign * part.points })
  }
  for (const part of after) add(part, 1)
  for (const part of before) add(part, -1)
  return [...points.values()].filter((one) => one.points !== 0).sort((a, b) => a.points - b.points)
}

/** Options under which no other team can be had. */
function onlyThese(options: ComposeOptions, ids: readonly string[]): ComposeOptions {
  return { ...options, pins: [...ids], sizeMax: ids.length, bans: options.bans.filter((id) => !ids.includes(id)) }
}

/** The prices that a person can act on: neither somebody's refusal nor what is no condition of ours. */
export function describePrices(told: Told, options: ComposeOptions, prices: readonly Price[]): ConditionPrice[] {
  const { refused } = told.framed
  return prices
    .filter(({ change }) => !(change.what === 'banned' && refused.includes(change.id ?? '')))
    .map(({ condition, change, gain, proven }) => {
      const eased = gain ? ease(told, options, change) : null
      return { condition: conditionOf(condition), change: describeChange(told, change), gain, proven, options: eased }
    })
    .sort((a, b) => (b.gain ?? -1) - (a.gain ?? -1))
}
