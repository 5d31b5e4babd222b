import type { Case } from './check.ts'
import {
  type Candidate,
  type Coverage,
  compareIds,
  type Gap,
  type Level,
  type Member,
  NEAREST_MAX,
  type Part,
  type Shortfall,
} from './model.ts'
import { bestLevel, brokenConditions, scoreParts, scoreTeam } from './score.ts'

const EXCHANGES_MAX = 100

/** What can be told of a team by looking at it alone. */
export interface TeamReport {
  objective: number
  chosen: Member[]
  coverage: Coverage[]
  gaps: Gap[]
  parts: Part[]
}

/** Describes a team: its members, what they cover, what is missing with the nearest candidates, and the objective's addends. */
export function describeTeam(problem: Case, team: readonly number[]): TeamReport {
  const ordered = [...team].sort((a, b) => a - b)
  const parts = scoreParts(problem, ordered)
  return {
    objective: parts.reduce((sum, { points }) => sum + points, 0),
    chosen: ordered.map((member) => describeMember(problem, ordered, member)),
    coverage: problem.requirements.map((_, requirement) => describeCoverage(problem, ordered, requirement)),
    gaps: findGaps(problem, ordered),
    parts,
  }
}

function describeMember(problem: Case, team: readonly number[], member: number): Member {
  const others = team.filter((other) => other !== member)
  const positions = problem.requirements.map((_, requirement) => requirement)
  const levels = problem.levels[member]!
  return {
    id: problem.candidates[member]!.id,
    covers: positions
      .filter((requirement) => levels[requirement]! > 0)
      .sort((a, b) => problem.requirements[b]!.weight - problem.requirements[a]!.weight || a - b)
      .map((requirement) => ({
        requirement: problem.requirements[requirement]!.id,
        level: levels[requirement] as Level,
      })),
    soleCoverOf: positions
      .filter((requirement) => levels[requirement]! > bestLevel(problem, others, requirement))
      .map((requirement) => problem.requirements[requirement]!.id),
  }
}

function describeCoverage(problem: Case, team: readonly number[], requirement: number): Coverage {
  const level = bestLevel(problem, team, requirement)
  return {
    requirement: problem.requirements[requirement]!.id,
    level,
    levelWanted: problem.levelsWanted[requirement]!,
    by: team
      .filter((member) => level > 0 && problem.levels[member]![requirement] === level)
      .map((member) => problem.candidates[member]!.id),
  }
}

function findGaps(problem: Case, team: readonly number[]): Gap[] {
  return problem.requirements.flatMap(({ id }, requirement) => {
    const level = bestLevel(problem, team, requirement)
    const levelWanted = problem.levelsWanted[requirement]!
    if (level >= levelWanted) return []
    return [{ requirement: id, level, levelWanted, nearest: findNearest(problem, team, requirement) }]
  })
}

function findNearest(problem: Case, team: readonly number[], requirement: number): Gap['nearest'] {
  const members = new Set(team)
  const levelAt = (position: number) => problem.levels[position]![requirement]! as Level
  return nearestPositions(problem, requirement).map((position) => ({
    id: problem.candidates[position]!.id,
    level: levelAt(position),
    chosen: members.has(position),
    why: explainShortfall(problem, team, requirement, position),
  }))
}

/** The best for a requirement: by level, then the cheapest, then by id. */
function nearestPositions(problem: Case, requirement: number): number[] {
  const costOf = (position: number) => problem.candidates[position]!.cost ?? 0
  const positions = problem.levels.flatMap((levels, position) => (levels[requirement]! > 0 ? [position] : []))
  return positions
    .sort(
      (a, b) =>
        problem.levels[b]![requirement]! - problem.levels[a]![requirement]! ||
        costOf(a) - costOf(b) ||
        compareIds(problem.candidates[a]!.id, problem.candidates[b]!.id),
    )
    .slice(0, NEAREST_MAX)
}

function explainShortfall(problem: Case, team: readonly number[], requirement: number, position: number): Shortfall {
  if (problem.levels[position]![requirement]! < problem.levelsWanted[requirement]!) return { kind: 'level' }
  const joined = [...team, position]
  const conditions = brokenConditions(problem, joined)
  if (conditions.length > 0) return { kind: 'condition', conditions }
  return { kind: 'worth', points: scoreTeam(problem, joined) - scoreTeam(problem, team) }
}

/**
 * Settles ties by id: exchanges a member for a candidate with an earlier id while the objective stays the same and no
 * condition breaks. An exchange that betters the objective is taken too, which matters where a limit stopped the search.
 */
export function settleTies(problem: Case, team: readonly number[]): number[] {
  let settled = [...team].sort((a, b) => a - b)
  for (let exchange = 0; exchange < EXCHANGES_MAX; exchange++) {
    const next = findExchange(problem, settled)
    if (!next) return settled
    settled = next
  }
  return settled
}

function findExchange(problem: Case, team: readonly number[]): number[] | null {
  const members = new Set(team)
  const objective = scoreTeam(problem, team)
  for (const leaving of team)
    for (let joining = 0; joining < leaving; joining++) {
      if (members.has(joining) || !isTwin(problem.candidates[joining]!, problem.candidates[leaving]!)) continue
      const exchanged = team.map((member) => (member === leaving ? joining : member)).sort((a, b) => a - b)
      if (scoreTeam(problem, exchanged) < objective) continue
      if (brokenConditions(problem, exchanged).length === 0) return exchanged
    }
  return null
}

/** A cheap test before the dear ones: who costs the same and is of the same kind. */
function isTwin(one: Candidate, other: Candidate): boolean {
  return one.kind === other.kind && (one.cost ?? 0) === (other.cost ?? 0)
}
