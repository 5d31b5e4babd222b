/**
 * Conditions on who is in a team, in the form that a solver takes: over a column for each candidate that is 1 for members
 * and 0 for all others. Whole numbers throughout, so that nothing is lost in rounding.
 */

/** sum of coefficient x member, against the bound. A candidate that is not named has the coefficient 0. */
export interface LinearConstraint {
  kind: 'linear'
  /** Stable within a pack's constraints. */
  id: string
  /** The rows that it stands for. */
  rules: readonly string[]
  sense: '<=' | '>=' | '='
  bound: number
  terms: readonly (readonly [candidate: string, coefficient: number])[]
}

/** The members are of at least so many groups. A candidate that is not named is of none. */
export interface DistinctConstraint {
  kind: 'distinct'
  id: string
  rules: readonly string[]
  distinctMin: number
  groupsOf: readonly (readonly [candidate: string, group: string])[]
}

export type TeamConstraint = LinearConstraint | DistinctConstraint

/** Whether a team keeps a constraint, exactly, for teams of up to MEMBERS_MAX. */
export function keepsConstraint(constraint: TeamConstraint, team: Iterable<string>): boolean {
  const members = new Set(team)
  if (constraint.kind === 'distinct') {
    const groups = constraint.groupsOf.filter(([candidate]) => members.has(candidate)).map(([, group]) => group)
    return new Set(groups).size >= constraint.distinctMin
  }
  const { sense, bound, terms } = constraint
  let sum = 0
  for (const [candidate, coefficient] of terms) if (members.has(candidate)) sum += coefficient
  return sense === '<=' ? sum <= bound : sense === '>=' ? sum >= bound : sum === bound
}
