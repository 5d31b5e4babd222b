import type { Issue } from '#kit/fault.ts'
import {
  CANDIDATES_MAX,
  type Derived,
  type Fact,
  type FactCondition,
  isMemberRow,
  type MemberRow,
  type PackForm,
  type Row,
  type Term,
} from './model.ts'

/** What a pack's form can't say of itself: that its names are there, fit one another, and lead nowhere in a circle. */

type About = Fact['of']

interface Names {
  facts: ReadonlyMap<string, Fact>
  derived: ReadonlyMap<string, Derived>
  issues: Issue[]
}

/** Whose facts a condition may ask for: a member's conditions also see the team's. */
const SEES: Readonly<Record<About, readonly About[]>> = {
  organisation: ['organisation'],
  member: ['member', 'team'],
  team: ['team'],
}

export function findPackIssues(pack: PackForm): Issue[] {
  const names: Names = {
    facts: new Map(pack.facts.map((fact) => [fact.name, fact])),
    derived: new Map((pack.derived ?? []).map((figure) => [figure.name, figure])),
    issues: [],
  }
  findTwice(
    names,
    'facts',
    [...pack.facts, ...(pack.derived ?? [])].map(({ name }) => name),
  )
  findTwice(
    names,
    'rows',
    pack.rows.map(({ id }) => id),
  )
  const { from, to } = pack.effective
  if (to !== undefined && to < from)
    names.issues.push({ path: 'effective.to', rule: 'rules.pack.effective', limit: from })
  pack.facts.forEach((fact, at) => {
    checkFact(names, fact, pack.about, `facts.${at}`)
  })
  pack.derived?.forEach((figure, at) => {
    checkDerived(names, figure, pack.about, `derived.${at}`)
  })
  if (names.issues.length === 0) findCircles(names)
  pack.rows.forEach((row, at) => {
    checkRow(names, row, pack.about, `rows.${at}`)
  })
  return names.issues
}

function findTwice({ issues }: Names, path: string, names: readonly string[]): void {
  names.forEach((name, at) => {
    if (names.indexOf(name) < at) issues.push({ path: `${path}.${at}`, rule: 'rules.pack.name_twice', limit: name })
  })
}

function checkFact({ issues }: Names, fact: Fact, about: PackForm['about'], path: string): void {
  if ((fact.of === 'organisation') !== (about === 'organisation'))
    issues.push({ path: `${path}.of`, rule: 'rules.pack.of', limit: about })
  if (fact.type === 'number' && fact.min !== undefined && fact.max !== undefined && fact.min > fact.max)
    issues.push({ path: `${path}.max`, rule: 'rules.pack.bounds', limit: fact.min })
}

function checkDerived(names: Names, figure: Derived, about: PackForm['about'], path: string): void {
  if ((figure.of === 'organisation') !== (about === 'organisation'))
    names.issues.push({ path: `${path}.of`, rule: 'rules.pack.of', limit: about })
  if ('sum' in figure) checkTerms(names, figure.sum, figure.of, `${path}.sum`)
  else checkRatio(names, figure, figure.of, path)
}

function checkRow(names: Names, row: Row, about: PackForm['about'], path: string): void {
  if ((row.of === 'organisation') !== (about === 'organisation'))
    names.issues.push({ path: `${path}.of`, rule: 'rules.pack.of', limit: about })
  if ((row.certainty === 'B') !== (row.basis === 'recalled'))
    names.issues.push({ path: `${path}.basis`, rule: 'rules.pack.basis', limit: row.certainty })
  if (row.form === 'ratio' && row.unit.en !== '%')
    names.issues.push({ path: `${path}.unit`, rule: 'rules.pack.percent' })
  const of: About = row.of === 'lead' ? 'member' : row.of
  checkConditions(names, row.when ?? [], of, `${path}.when`)
  checkConditions(names, row.unless ?? [], of, `${path}.unless`)
  if (isMemberRow(row)) checkMemberRow(names, row, path)
  else checkCondition(names, row, of, path)
}

function checkMemberRow(names: Names, row: MemberRow, path: string): void {
  checkConditions(names, row.members, 'member', `${path}.members`)
  if (row.form === 'distinct') expectFact(names, row.fact, 'member', `${path}.fact`, ['choice', 'country'])
  if ((row.form === 'distinct' || row.form === 'count') && !isCount(row.threshold))
    names.issues.push({ path: `${path}.threshold`, rule: 'rules.pack.count', limit: CANDIDATES_MAX })
  if (row.form === 'sum') checkTerms(names, row.terms, 'member', `${path}.terms`)
  if (row.form === 'ratio') checkRatio(names, row, 'member', path)
}

type Ratio = { part: readonly Term[]; whole: readonly Term[] }

function checkRatio(names: Names, { part, whole }: Ratio, of: About, path: string): void {
  checkTerms(names, part, of, `${path}.part`)
  checkWhole(names, whole, of, `${path}.whole`)
}

const isCount = (threshold: number) => Number.isInteger(threshold) && threshold >= 0 && threshold <= CANDIDATES_MAX

function checkConditions(names: Names, conditions: readonly FactCondition[], of: About, path: string): void {
  conditions.forEach((condition, at) => {
    checkCondition(names, condition, of, `${path}.${at}`)
  })
}

function checkCondition(names: Names, condition: FactCondition, of: About, path: string): void {
  switch (condition.form) {
    case 'exists':
      checkExists(names, condition, of, path)
      break
    case 'sum':
      checkTerms(names, condition.terms, of, `${path}.terms`)
      break
    case 'ratio':
      checkRatio(names, condition, of, path)
      break
    case 'date':
      expectFact(names, condition.fact, of, `${path}.fact`, ['date'])
      break
    case 'count':
      if (!isCount(condition.threshold)) names.issues.push({ path: `${path}.threshold`, rule: 'rules.pack.count' })
      checkConditions(names, condition.conditions, of, `${path}.conditions`)
  }
}

function checkExists(
  names: Names,
  { fact: name, is, byHand }: Extract<FactCondition, { form: 'exists' }>,
  of: About,
  path: string,
): void {
  expectFact(names, name, of, `${path}.fact`)
  const fact = names.facts.get(name)
  if (!fact) return
  const named = fact.type === 'choice' || fact.type === 'country'
  if ((Array.isArray(is) && !named) || (typeof is === 'boolean' && fact.type !== 'boolean') || (byHand && !named))
    names.issues.push({ path: `${path}.is`, rule: 'rules.pack.value_type', limit: fact.type })
  if (named && !Array.isArray(is)) names.issues.push({ path: `${path}.is`, rule: 'rules.pack.values_missing' })
  if (!named) return
  for (const value of [...(Array.isArray(is) ? is : []), ...(byHand ?? [])])
    if (fact.type === 'choice' ? !fact.choices.includes(value) : !/^[A-Z]{2}$/.test(value))
      names.issues.push({ path: `${path}.is`, rule: 'rules.pack.value_unknown', limit: value })
}

function expectFact(names: Names, name: string, of: About, path: string, types?: readonly Fact['type'][]): void {
  const fact = names.facts.get(name)
  if (!fact) names.issues.push({ path, rule: 'rules.pack.fact_unknown', limit: name })
  else if (!SEES[of].includes(fact.of)) names.issues.push({ path, rule: 'rules.pack.fact_of', limit: fact.of })
  else if (types && !types.includes(fact.type))
    names.issues.push({ path, rule: 'rules.pack.fact_type', limit: fact.type })
}

function checkTerms(names: Names, terms: readonly Term[], of: About, path: string): void {
  terms.forEach((term, at) => {
    checkTerm(names, term, of, `${path}.${at}`)
  })
}

function checkTerm(names: Names, term: Term, of: About, path: string): void {
  if ('best' in term) {
    for (const [at, sum] of term.best.entries()) checkTerms(names, sum, of, `${path}.best.${at}`)
    return
  }
  if ('cases' in term) {
    for (const [at, one] of term.cases.entries()) checkConditions(names, one.if, of, `${path}.cases.${at}.if`)
    return
  }
  if ('points' in term) return
  const derived = names.derived.get(term.fact)
  if (!derived) expectFact(names, term.fact, of, `${path}.fact`, ['number'])
  else if (!SEES[of].includes(derived.of))
    names.issues.push({ path: `${path}.fact`, rule: 'rules.pack.fact_of', limit: derived.of })
  if ('steps' in term && term.steps.some(({ from }, step) => step > 0 && from <= term.steps[step - 1]!.from))
    names.issues.push({ path: `${path}.steps`, rule: 'rules.pack.steps' })
}

/** What is divided by can't be negative, so that a ratio can be judged without dividing. */
function checkWhole(names: Names, terms: readonly Term[], of: About, path: string): void {
  checkTerms(names, terms, of, path)
  if (terms.length === 0 || !terms.every((term) => isNeverNegative(names, term)))
    names.issues.push({ path, rule: 'rules.pack.whole' })
}

function isNeverNegative(names: Names, term: Term): boolean {
  if ('best' in term || 'steps' in term) return false
  if ('points' in term) return term.points >= 0
  if ('cases' in term) return term.otherwise >= 0 && term.cases.every(({ points }) => points >= 0)
  const fact = names.facts.get(term.fact)
  return fact?.type === 'number' && (fact.min ?? -1) >= 0 && (term.times ?? 1) >= 0
}

/** Figures that depend on themselves, at any distance. */
function findCircles({ derived, issues }: Names): void {
  const done = new Set<string>()
  const onWay = new Set<string>()
  const visit = (name: string): void => {
    const figure = derived.get(name)
    if (!figure || done.has(name)) return
    if (onWay.has(name)) {
      issues.push({ path: `derived.${name}`, rule: 'rules.pack.circle', limit: [...onWay].join(' → ') })
      return
    }
    onWay.add(name)
    const terms = 'sum' in figure ? figure.sum : [...figure.part, ...figure.whole]
    for (const used of terms.flatMap(namesIn)) visit(used)
    onWay.delete(name)
    done.add(name)
  }
  for (const name of derived.keys()) visit(name)
}

function namesIn(term: Term): string[] {
  if ('best' in term) return term.best.flat().flatMap(namesIn)
  if ('cases' in term) return term.cases.flatMap((one) => one.if.flatMap(namesInCondition))
  return 'points' in term ? [] : [term.fact]
}

function namesInCondition(condition: FactCondition): string[] {
  switch (condition.form) {
    case 'exists':
    case 'date':
      return [condition.fact]
    case 'sum':
      return condition.terms.flatMap(namesIn)
    case 'ratio':
      return [...condition.part, ...condition.whole].flatMap(namesIn)
    case 'count':
      return condition.conditions.flatMap(namesInCondition)
  }
}
