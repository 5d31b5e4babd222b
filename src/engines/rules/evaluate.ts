import {
  addRanges,
  compare,
  divideRanges,
  type Exact,
  exactOf,
  greaterRange,
  joinRanges,
  NOTHING_KNOWN,
  only,
  type Range,
  scaleRange,
  ZERO,
} from './exact.ts'
import type { Compare, Derived, Fact, FactCondition, Term } from './model.ts'

/** `unknown` is "check by hand". */
export type Verdict = 'met' | 'missed' | 'unknown'

/** Dates are days since 1970. */
export type FactValue = number | boolean | string

/** The names that a pack's rows may use. */
export interface Vocabulary {
  readonly facts: ReadonlyMap<string, Fact>
  readonly derived: ReadonlyMap<string, Derived>
}

/** One record of facts on the day of assessment. */
export interface Subject {
  readonly vocabulary: Vocabulary
  readonly facts: ReadonlyMap<string, FactValue>
  /** Days since 1970. */
  readonly day: number
  /** Derived figures that were computed already, with the facts that they lacked. */
  readonly known: Map<string, { range: Range; missing: ReadonlySet<string> }>
  /** Facts that were asked for and are not known. */
  readonly missing: Set<string>
}

export interface Finding {
  verdict: Verdict
  /** What the organisation has: a range of figures, or the value itself. */
  have: Range | string | boolean | null
}

const HUNDRED = exactOf(100)

export function subjectOf(vocabulary: Vocabulary, facts: ReadonlyMap<string, FactValue>, day: number): Subject {
  return { vocabulary, facts, day, known: new Map(), missing: new Set() }
}

/** Whether a figure of which a range is known stands as asked: in all of the range, in none of it, or nobody can say. */
export function judge({ lo, hi }: Range, how: Compare, threshold: Exact): Verdict {
  const [low, high] = [lo && compare(lo, threshold), hi && compare(hi, threshold)]
  const lowIs = (test: (sign: number) => boolean) => low !== null && test(low)
  const highIs = (test: (sign: number) => boolean) => high !== null && test(high)
  switch (how) {
    case 'at_least':
      return pick(
        lowIs((sign) => sign >= 0),
        highIs((sign) => sign < 0),
      )
    case 'above':
      return pick(
        lowIs((sign) => sign > 0),
        highIs((sign) => sign <= 0),
      )
    case 'at_most':
      return pick(
        highIs((sign) => sign <= 0),
        lowIs((sign) => sign > 0),
      )
    case 'below':
      return pick(
        highIs((sign) => sign < 0),
        lowIs((sign) => sign >= 0),
      )
    case 'equal':
      return pick(
        lowIs((sign) => sign === 0) && highIs((sign) => sign === 0),
        lowIs((sign) => sign > 0) || highIs((sign) => sign < 0),
      )
  }
}

const pick = (met: boolean, missed: boolean): Verdict => (met ? 'met' : missed ? 'missed' : 'unknown')

/** All hold, one does not, or nobody can say. */
export function judgeAll(subject: Subject, conditions: readonly FactCondition[]): Verdict {
  const verdicts = conditions.map((condition) => find(subject, condition).verdict)
  if (verdicts.includes('missed')) return 'missed'
  return verdicts.includes('unknown') ? 'unknown' : 'met'
}

export function find(subject: Subject, condition: FactCondition): Finding {
  switch (condition.form) {
    case 'exists':
      return findExists(subject, condition)
    case 'sum': {
      const have = sumOf(subject, condition.terms)
      return { verdict: judge(have, condition.compare, exactOf(condition.threshold)), have }
    }
    case 'ratio': {
      const [part, whole] = [sumOf(subject, condition.part), sumOf(subject, condition.whole)]
      return judgeRatio(part, whole, condition.compare, excess(part, whole, condition.threshold))
    }
    case 'date': {
      const day = subject.facts.get(condition.fact)
      if (day === undefined) subject.missing.add(condition.fact)
      const have = typeof day === 'number' ? only(exactOf(subject.day - day)) : NOTHING_KNOWN
      return { verdict: judge(have, condition.compare, exactOf(condition.threshold)), have }
    }
    case 'count': {
      const have = countRange(condition.conditions.map((one) => find(subject, one).verdict))
      return { verdict: judge(have, condition.compare, exactOf(condition.threshold)), have }
    }
  }
}

/** 100 x part - threshold x whole: not below zero where part is at least the threshold's percentage of whole. */
export function excess(part: Range, whole: Range, threshold: number): Range {
  return addRanges(scaleRange(part, HUNDRED), scaleRange(whole, exactOf(-threshold)))
}

/**
 * A ratio is judged by its excess, so that nothing is divided: it holds where the excess does and there is something to
 * divide by; of nothing, nobody can say.
 */
export function judgeRatio(part: Range, whole: Range, how: Compare, over: Range): Finding {
  const verdict = judge(over, how, ZERO)
  const have = scaleRange(divideRanges(part, whole), HUNDRED)
  const divides = whole.lo !== null && compare(whole.lo, ZERO) > 0
  return { verdict: verdict === 'met' && !divides ? 'unknown' : verdict, have }
}

/** How many hold: at least those that do, at most also those of which nobody can say. */
function countRange(verdicts: readonly Verdict[]): Range {
  const met = verdicts.filter((verdict) => verdict === 'met').length
  const unknown = verdicts.filter((verdict) => verdict === 'unknown').length
  return { lo: exactOf(met), hi: exactOf(met + unknown) }
}

type Exists = Extract<FactCondition, { form: 'exists' }>

function findExists(subject: Subject, { fact, is = true, byHand = [] }: Exists): Finding {
  const value = subject.facts.get(fact)
  if (value === undefined) {
    subject.missing.add(fact)
    return { verdict: 'unknown', have: null }
  }
  if (typeof value === 'number') return { verdict: 'met', have: only(exactOf(value)) }
  if (typeof value === 'boolean') return { verdict: value === is ? 'met' : 'missed', have: value }
  if (byHand.includes(value)) return { verdict: 'unknown', have: value }
  return { verdict: Array.isArray(is) && !is.includes(value) ? 'missed' : 'met', have: value }
}

export function sumOf(subject: Subject, terms: readonly Term[]): Range {
  return terms.reduce<Range>((sum, term) => addRanges(sum, rangeOf(subject, term)), only(ZERO))
}

function rangeOf(subject: Subject, term: Term): Range {
  if ('best' in term) return term.best.map((terms) => sumOf(subject, terms)).reduce(greaterRange)
  if ('cases' in term) return casePoints(subject, term)
  if ('points' in term) return only(exactOf(term.points))
  const figure = figureOf(subject, term.fact)
  if ('steps' in term) return stepPoints(figure, term)
  return term.times === undefined ? figure : scaleRange(figure, exactOf(term.times))
}

/** Every case that may be the first to hold, up to the first that certainly does. */
function casePoints(subject: Subject, { cases, otherwise }: Extract<Term, { cases: unknown }>): Range {
  const possible: Range[] = []
  for (const { if: conditions, points } of cases) {
    const verdict = judgeAll(subject, conditions)
    if (verdict !== 'missed') possible.push(only(exactOf(points)))
    if (verdict === 'met') return possible.reduce(joinRanges)
  }
  return [...possible, only(exactOf(otherwise))].reduce(joinRanges)
}

/** The points of every band that the range touches. */
function stepPoints({ lo, hi }: Range, { below, steps }: Extract<Term, { steps: unknown }>): Range {
  const bands = [{ from: null, points: below }, ...steps.map(({ from, points }) => ({ from: exactOf(from), points }))]
  const touched = bands.filter(({ from }, at) => {
    const end = bands[at + 1]?.from
    const beginsInTime = from === null || hi === null || compare(from, hi) <= 0
    const endsLateEnough = !end || lo === null || compare(end, lo) > 0
    return beginsInTime && endsLateEnough
  })
  return touched.map(({ points }) => only(exactOf(points))).reduce(joinRanges)
}

function figureOf(subject: Subject, name: string): Range {
  const derived = subject.vocabulary.derived.get(name)
  if (!derived) return numberRange(subject, name)
  const known = subject.known.get(name) ?? derive({ ...subject, missing: new Set() }, derived)
  subject.known.set(name, known)
  for (const fact of known.missing) subject.missing.add(fact)
  return known.range
}

function derive(subject: Subject, derived: Derived): { range: Range; missing: ReadonlySet<string> } {
  const range =
    'sum' in derived
      ? sumOf(subject, derived.sum)
      : scaleRange(divideRanges(sumOf(subject, derived.part), sumOf(subject, derived.whole)), HUNDRED)
  return { range, missing: subject.missing }
}

function numberRange({ vocabulary, facts, missing }: Subject, name: string): Range {
  const value = facts.get(name)
  if (typeof value === 'number') return only(exactOf(value))
  missing.add(name)
  const fact = vocabulary.facts.get(name)
  if (fact?.type !== 'number') return NOTHING_KNOWN
  return {
    lo: fact.min === undefined ? null : exactOf(fact.min),
    hi: fact.max === undefined ? null : exactOf(fact.max),
  }
}
