import { activeKeys, type Case, pinKeyOf } from './check.ts'
import type { Change, ConditionKey } from './model.ts'
import { burdenPoints, pointsByLevel, SECOND_LEVEL, secondPoints } from './score.ts'
import { missedBy, type PreparedRule } from './team-rules.ts'

/** A row of the program: lower <= sum of value x column <= upper. */
export interface Row {
  /** The condition it stands for; 'model' where it only ties columns together. */
  key: ConditionKey | 'model'
  lower: number
  upper: number
  columns: number[]
  values: number[]
  /** How the row gives way when its condition is relaxed. */
  give?: Give
}

/** A slack column of a relaxed row. The row's lower bound falls, or its upper bound rises, by `step` for each unit of slack. */
export interface Give {
  side: 'lower' | 'upper'
  step: number
  slackMax: number
  integer: boolean
  /** By how much the bound has to move for a team, where that is told from the team and not from the slack. */
  amountFor?(team: readonly number[]): number
  toChange(amount: number): Change
}

export interface Program {
  /** Columns from 0 on stand for the candidates given, in their order; others follow. */
  candidates: readonly number[]
  cost: number[]
  upper: number[]
  integer: boolean[]
  rows: Row[]
  /** What each column after the candidates' is at most, given a team. */
  follow: ((team: ReadonlySet<number>) => number)[]
}

/** A team that the next one has to differ from: at most `sharedMax` members of it may come back. */
export interface Apart {
  team: readonly number[]
  sharedMax: number
}

export interface ProgramOptions {
  /** The candidates that take part, by position; default all. */
  candidates?: readonly number[]
  /** The conditions that hold; default all that the problem sets. */
  keys?: readonly ConditionKey[]
  /** What is asked: the best team, any team, or the smallest change of one condition. */
  goal?: 'worth' | 'any' | { relax: ConditionKey }
  apartFrom?: readonly Apart[]
}

/**
 * The problem as a mixed-integer program, to be maximised: a binary column for each candidate, one for each step of a
 * requirement's level, one for its second cover, one for each trust pair and, where regions are counted, each region.
 */
export function buildProgram(problem: Case, options: ProgramOptions = {}): Program {
  const candidates = options.candidates ?? problem.candidates.map((_, position) => position)
  const goal = options.goal ?? 'worth'
  const program: Program = { candidates, cost: [], upper: [], integer: [], rows: [], follow: [] }
  for (const candidate of candidates) addColumn(program, goal === 'worth' ? -burdenPoints(problem, candidate) : 0)
  if (goal === 'worth') addWorth(program, problem)
  const keys = new Set(options.keys ?? activeKeys(problem.conditions))
  for (const row of conditionRows(program, problem)) if (keys.has(row.key as ConditionKey)) program.rows.push(row)
  for (const { team, sharedMax } of options.apartFrom ?? [])
    program.rows.push(
      atMostCount(
        columnsOf(program, (candidate) => team.includes(candidate)),
        sharedMax,
      ),
    )
  if (typeof goal === 'object') relaxRows(program, goal.relax)
  return program
}

/** The columns' values that stand for a team; its members are among the program's candidates. */
export function placeTeam(program: Program, team: readonly number[]): Float64Array {
  const members = new Set(team)
  const values = new Float64Array(program.cost.length)
  program.candidates.forEach((candidate, column) => {
    values[column] = members.has(candidate) ? 1 : 0
  })
  program.follow.forEach((valueFor, at) => {
    values[program.candidates.length + at] = valueFor(members)
  })
  return values
}

function addFollower(program: Program, cost: number, valueFor: (team: ReadonlySet<number>) => boolean): number {
  program.follow.push((team) => (valueFor(team) ? 1 : 0))
  return addColumn(program, cost)
}

function addColumn(program: Program, cost: number, { upper = 1, integer = true } = {}): number {
  program.cost.push(cost)
  program.upper.push(upper)
  program.integer.push(integer)
  return program.cost.length - 1
}

/** The columns whose candidate passes. */
function columnsOf(program: Program, passes: (candidate: number) => boolean): number[] {
  return program.candidates.flatMap((candidate, column) => (passes(candidate) ? [column] : []))
}

function addWorth(program: Program, problem: Case): void {
  problem.requirements.forEach((_, requirement) => {
    const points = pointsByLevel(problem, requirement)
    const haveLevel = (level: number) =>
      columnsOf(program, (candidate) => problem.levels[candidate]![requirement]! >= level)
    for (const level of [1, 2, 3] as const) {
      const columns = haveLevel(level)
      if (columns.length === 0) continue
      const count = (team: ReadonlySet<number>) =>
        countWhere(team, (member) => problem.levels[member]![requirement]! >= level)
      const reached = addFollower(program, points[level] - points[level - 1]!, (team) => count(team) > 0)
      program.rows.push(atMostSum([reached], columns))
      if (level !== SECOND_LEVEL || columns.length < 2 || secondPoints(problem, requirement) === 0) continue
      const second = addFollower(program, secondPoints(problem, requirement), (team) => count(team) > 1)
      program.rows.push(atMostSum([second, reached], columns), atMostSum([second], [reached]))
    }
  })
  addTrust(program, problem)
}

/**
 * A column for each pair, one at most where both members' are. A member has a pair with each other one at most: without
 * that row fractions of many members would have all pairs among them, and the bound would be far off.
 */
function addTrust(program: Program, problem: Case): void {
  const columnOf = new Map(program.candidates.map((candidate, column) => [candidate, column]))
  const pairsOf = new Map<number, number[]>()
  for (const { a, b, points } of problem.trust) {
    const [first, other] = [columnOf.get(a), columnOf.get(b)]
    if (first === undefined || other === undefined) continue
    const both = addFollower(program, points, (team) => team.has(a) && team.has(b))
    program.rows.push(atMostSum([both], [first]), atMostSum([both], [other]))
    for (const one of [first, other]) pairsOf.set(one, [...(pairsOf.get(one) ?? []), both])
  }
  const othersMax = problem.membersMax - 1
  for (const [member, pairs] of pairsOf) {
    if (pairs.length <= othersMax) continue
    const row = atMostSum(pairs, [member])
    program.rows.push({ ...row, values: [...pairs.map(() => 1), -othersMax] })
  }
}

function countWhere(team: ReadonlySet<number>, passes: (member: number) => boolean): number {
  let count = 0
  for (const member of team) if (passes(member)) count++
  return count
}

function atMostCount(columns: number[], upper: number): Row {
  return { key: 'model', lower: -Infinity, upper, columns, values: columns.map(() => 1) }
}

/** sum(small) <= sum(large) */
function atMostSum(small: number[], large: number[]): Row {
  return {
    key: 'model',
    lower: -Infinity,
    upper: 0,
    columns: [...small, ...large],
    values: [...small.map(() => 1), ...large.map(() => -1)],
  }
}

function sumRow(key: ConditionKey, columns: number[], bounds: { lower?: number; upper?: number }, give: Give): Row {
  const { lower = -Infinity, upper = Infinity } = bounds
  return { key, lower, upper, columns: [...columns], values: columns.map(() => 1), give }
}

function conditionRows(program: Program, problem: Case): Row[] {
  return [
    ...sizeRows(program, problem),
    ...kindRows(program, problem),
    ...regionRows(program, problem),
    ...criticalRows(program, problem),
    ...nameRows(program, problem),
    ...problem.rules.flatMap((rule) => ruleRows(program, rule)),
  ]
}

function sizeRows(program: Program, { conditions, membersMax, candidates }: Case): Row[] {
  const all = columnsOf(program, () => true)
  const rows: Row[] = []
  const least = conditions.membersMin ?? 0
  rows.push(
    sumRow('membersMin', all, { lower: least }, lessBy('membersMin', least)),
    sumRow('membersMax', all, { upper: membersMax }, moreBy('membersMax', membersMax, all.length)),
  )
  const budget = conditions.budgetMax
  if (budget === undefined) return rows
  const costs = all.map((column) => candidates[program.candidates[column]!]!.cost ?? 0)
  const total = costs.reduce((sum, cost) => sum + cost, 0)
  rows.push({
    key: 'budget',
    lower: -Infinity,
    upper: budget,
    columns: [...all],
    values: costs,
    give: { ...moreBy('budgetMax', budget, total), integer: false },
  })
  return rows
}

function kindRows(program: Program, { conditions, candidates }: Case): Row[] {
  const rows: Row[] = []
  for (const { kind, min, max } of conditions.kinds ?? []) {
    const columns = columnsOf(program, (candidate) => candidates[candidate]!.kind === kind)
    if (min) rows.push(sumRow('kinds', columns, { lower: min }, lessBy('kindMin', min, kind)))
    if (max !== undefined)
      rows.push(sumRow('kinds', columns, { upper: max }, moreBy('kindMax', max, columns.length, kind)))
  }
  const leads = conditions.leadKinds
  if (leads?.length) {
    const columns = columnsOf(program, (candidate) => leads.includes(candidates[candidate]!.kind))
    rows.push(sumRow('lead', columns, { lower: 1 }, giveUp('leadKinds')))
  }
  return rows
}

function regionRows(program: Program, { conditions, candidates, membersMax }: Case): Row[] {
  const { allowed, distinctMin, includeAnyOf } = conditions.regions ?? {}
  const rows: Row[] = []
  const byRegion = new Map<string, number[]>()
  program.candidates.forEach((candidate, column) => {
    const { region } = candidates[candidate]!
    const columns = byRegion.get(region)
    if (columns) columns.push(column)
    else byRegion.set(region, [column])
  })
  const regions = [...byRegion].sort(([a], [b]) => (a < b ? -1 : 1))
  if (allowed)
    for (const [region, columns] of regions)
      if (!allowed.includes(region))
        rows.push(
          sumRow(
            'regions',
            columns,
            { upper: 0 },
            { ...giveUp('regionAllowed', region), side: 'upper', step: membersMax },
          ),
        )
  if (distinctMin) {
    const present = regions.map(([region]) =>
      addPresence(program, (candidate) => candidates[candidate]!.region === region),
    )
    rows.push(sumRow('regions', present, { lower: distinctMin }, lessBy('regionsDistinctMin', distinctMin)))
  }
  if (includeAnyOf) {
    const columns = columnsOf(program, (candidate) => includeAnyOf.includes(candidates[candidate]!.region))
    rows.push(sumRow('regions', columns, { lower: 1 }, giveUp('regionsIncludeAnyOf')))
  }
  return rows
}

function criticalRows(program: Program, problem: Case): Row[] {
  return problem.requirements.flatMap(({ id, critical }, requirement) => {
    if (!critical) return []
    const wanted = problem.levelsWanted[requirement]!
    const columns = columnsOf(program, (candidate) => problem.levels[candidate]![requirement]! >= wanted)
    const covers = problem.criticalCovers
    return [sumRow('critical', columns, { lower: covers }, { ...giveUp('critical', id), slackMax: covers })]
  })
}

function nameRows(program: Program, problem: Case): Row[] {
  const { conditions, conflicts, candidates, positionOf } = problem
  const columnOf = new Map(program.candidates.map((candidate, column) => [candidate, column]))
  const rows: Row[] = []
  for (const { a, b } of conflicts) {
    const columns = [columnOf.get(a), columnOf.get(b)].filter((column) => column !== undefined)
    const pair = `${candidates[a]!.id}+${candidates[b]!.id}`
    if (columns.length === 2)
      rows.push(sumRow('conflicts', columns, { upper: 1 }, { ...giveUp('conflict', pair), side: 'upper' }))
  }
  for (const id of new Set(conditions.pinned)) {
    const column = columnOf.get(positionOf.get(id)!)
    rows.push(
      sumRow(pinKeyOf(conditions, id), column === undefined ? [] : [column], { lower: 1 }, giveUp('pinned', id)),
    )
  }
  for (const id of new Set(conditions.banned)) {
    const column = columnOf.get(positionOf.get(id)!)
    if (column !== undefined)
      rows.push(sumRow('banned', [column], { upper: 0 }, { ...giveUp('banned', id), side: 'upper' }))
  }
  return rows
}

function ruleRows(program: Program, prepared: PreparedRule): Row[] {
  const { key, rule, amounts, groups, groupCount, divisor, whole } = prepared
  if (rule.form === 'distinct') {
    const present = Array.from({ length: groupCount }, (_, group) =>
      addPresence(program, (candidate) => groups[candidate] === group),
    )
    return [sumRow(key, present, { lower: rule.min }, lessBy('rule', rule.min, rule.id))]
  }
  const columns = columnsOf(program, (candidate) => amounts[candidate] !== 0)
  const values = columns.map((column) => amounts[program.candidates[column]!]! / divisor)
  const row = (bounds: { lower?: number; upper?: number }, give: Give): Row => ({
    ...{ key, lower: -Infinity, upper: Infinity, ...bounds, columns: [...columns], values: [...values] },
    give: {
      ...give,
      integer: whole && divisor === 1,
      amountFor: (team) => missedBy(prepared, team)[give.side],
    },
  })
  const least = values.reduce((sum, value) => sum + Math.min(0, value), 0)
  const most = values.reduce((sum, value) => sum + Math.max(0, value), 0)
  const { min, max } = rule
  const rows: Row[] = []
  if (min !== undefined) {
    const lower = min / divisor
    rows.push(row({ lower }, { ...lessBy('rule', min, rule.id), slackMax: Math.max(0, lower - least) }))
  }
  if (max !== undefined) {
    const upper = max / divisor
    rows.push(row({ upper }, moreBy('rule', max, Math.max(0, most - upper), rule.id)))
  }
  return rows
}

/** A column that can be one only where a member passes. */
function addPresence(program: Program, passes: (candidate: number) => boolean): number {
  const column = addFollower(program, 0, (team) => countWhere(team, passes) > 0)
  program.rows.push(atMostSum([column], columnsOf(program, passes)))
  return column
}

function lessBy(what: Change['what'], from: number, id?: string): Give {
  const named = id === undefined ? {} : { id }
  return {
    side: 'lower',
    step: 1,
    slackMax: from,
    integer: true,
    toChange: (slack) => ({ what, ...named, from, to: from - slack }),
  }
}

function moreBy(what: Change['what'], from: number, slackMax: number, id?: string): Give {
  const named = id === undefined ? {} : { id }
  return {
    side: 'upper',
    step: 1,
    slackMax,
    integer: true,
    toChange: (slack) => ({ what, ...named, from, to: from + slack }),
  }
}

function giveUp(what: Change['what'], id?: string): Give {
  const named = id === undefined ? {} : { id }
  return { side: 'lower', step: 1, slackMax: 1, integer: true, toChange: () => ({ what, ...named }) }
}

/** Gives each row of a condition a slack column at the price of one. */
function relaxRows(program: Program, key: ConditionKey): void {
  for (const row of program.rows) {
    if (row.key !== key || !row.give) continue
    const { side, step, slackMax, integer } = row.give
    row.columns.push(addColumn(program, -1, { upper: slackMax, integer }))
    row.values.push(side === 'lower' ? step : -step)
  }
}
