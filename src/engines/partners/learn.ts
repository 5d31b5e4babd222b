import { sha256 } from '#kit/ids.ts'
import { seededRandom } from '#kit/random.ts'
import { FEATURES, MERIT_FEATURES, openDesk, type Rated, rate, WIDTH } from './features.ts'
import { buildHistory, type History } from './history.ts'
import { rowOf } from './rows.ts'
import { fitScorer, type Scorer } from './scorer.ts'
import type { Lists } from './trees.ts'
import type { PartnerQuestion, PartnerRecords } from './types.ts'

/** What a ranking was learned from and by when, and its two scorers. Plain data: it can be kept as JSON. */
export interface PartnersModel {
  readonly format: 'consortia-partners-1'
  /** `YYYY-MM-DD`: no outcome of that day or later had a part in it. */
  readonly learnedBefore: string
  /** SHA-256 of the projects and participations before that day. */
  readonly dataHash: string
  readonly form: QuestionForm
  /** How many consortia it was learned from. */
  readonly examples: number
  readonly withHistory: Scorer
  readonly onMerit: Scorer
}

/** `opening`: few are given and many are missing. `completing`: one is missing. */
export type QuestionForm = 'opening' | 'completing'

export interface LearnOptions {
  readonly form: QuestionForm
  /** Questions to come have texts, so examples have theirs. */
  readonly withTexts: boolean
  readonly seed?: number
  /** Told how far it is, in steps of about the same length. */
  readonly onStep?: (done: number, total: number) => void
}

export const EXAMPLES_MAX = 1_200
export const EXAMPLES_MIN = 40
export const EXAMPLE_MEMBERS_MAX = 60
const EXAMPLE_MEMBERS_MIN = { opening: 2, completing: 4 } as const
/** How long each of the two periods is that are learned from: the longest before which enough was known. */
const PERIOD_MONTHS = [12, 6, 3]
const PERIODS_BACK = [1, 2]
/** Of the projects known on the day: what is learned where hardly anything was known is wrong of a day on which much is. */
const KNOWN_SHARE_MIN = 0.25
const SOURCE_CANDIDATES = 250
const HARD_ROWS = 40
const EASY_ROWS = 50
const UNTIED_LISTS_MIN = 100
const SEED_DEFAULT = 7
/** Two periods to gather, and two scorers to fit. */
const STEPS = 4
const STEP_EXAMPLES = 50

/**
 * Learns how to rank from the two years before a day, or from shorter periods where records do not go back that far: each
 * consortium of a period is asked for from what was known when it began. Null where there are too few consortia to learn
 * from.
 */
export function partnersModel(records: PartnerRecords, before: string, options: LearnOptions): PartnersModel | null {
  const seed = options.seed ?? SEED_DEFAULT
  const gathered = new ListGatherer(seed)
  const months = PERIOD_MONTHS.find((length) => isEnoughKnown(records, before, length)) ?? 0
  for (const back of PERIODS_BACK) {
    if (months === 0 || !isEnoughKnown(records, before, months * back)) continue
    const [from, to] = [monthsEarlier(before, months * back), monthsEarlier(before, months * (back - 1))]
    const history = buildHistory(records, from)
    const examples = examplesOf(records, { from, to, history, seed: seed + back, ...options })
    if (examples.length === 0) continue
    const desk = openDesk(history)
    examples.forEach(({ question, missing }, at) => {
      gathered.add(rate(desk, question, { perSource: SOURCE_CANDIDATES }), missing)
      if (at % STEP_EXAMPLES === 0) options.onStep?.(back - 1 + at / examples.length, STEPS)
    })
    options.onStep?.(back, STEPS)
  }
  if (gathered.count < EXAMPLES_MIN) return null
  const lists = gathered.finish()
  const untied = onlyUntied(lists)
  const withHistory = fitScorer(lists, FEATURES, seed)
  options.onStep?.(STEPS - 1, STEPS)
  return {
    format: 'consortia-partners-1',
    learnedBefore: before,
    dataHash: hashOf(records, before),
    form: options.form,
    examples: gathered.count,
    withHistory,
    onMerit: fitScorer(untied.starts.length > UNTIED_LISTS_MIN ? untied : lists, MERIT_FEATURES, seed),
  }
}

/** Whether, so many months before a day, enough was known of what is known on the day. */
function isEnoughKnown({ projects }: PartnerRecords, before: string, months: number): boolean {
  const from = monthsEarlier(before, months)
  const known = (day: string) => projects.filter(({ start }) => start !== null && start < day).length
  return known(from) > 0 && known(from) >= KNOWN_SHARE_MIN * known(before)
}

function monthsEarlier(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const then = new Date(Date.UTC(year, month - 1 - months, 1))
  const lastDate = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate()
  then.setUTCDate(Math.min(date, lastDate))
  return then.toISOString().slice(0, day.length)
}

function hashOf(records: PartnerRecords, before: string): string {
  const { projects, members, memberRole, organisations } = buildHistory(records, before)
  const lines = projects.map(({ id, start, parts }, project) => {
    const joined = Array.from(
      { length: members.starts[project + 1]! - members.starts[project]! },
      (_, at) =>
        `${organisations.ids[members.items[members.starts[project]! + at]!]}:${memberRole[members.starts[project]! + at]}`,
    )
    return `${id} ${start} ${parts.join(',')} ${joined.join(' ')}`
  })
  return sha256(lines.join('\n'))
}

interface Example {
  readonly question: PartnerQuestion
  /** Numbers in the history that the question is asked of. */
  readonly missing: ReadonlySet<number>
}

interface ExampleOptions extends LearnOptions {
  readonly from: string
  readonly to: string
  readonly history: History
  readonly seed: number
}

/** Consortia that began from one day up to another, those with a missing member that was known before; at most so many. */
function examplesOf(records: PartnerRecords, options: ExampleOptions): Example[] {
  const { form, from, to, history, seed, withTexts } = options
  const later = buildHistory(records, to)
  const random = seededRandom(seed)
  const examples: Example[] = []
  for (let project = 0; project < later.projects.length; project += 1) {
    const { id, start, parts, text } = later.projects[project]!
    if (start! < from) continue
    const [given, missing] = part(later, history, project, form, random)
    if (missing.size === 0) continue
    const question = {
      id,
      start: from,
      given,
      ...(parts[0] ? { part: parts[0] } : {}),
      ...(withTexts && text ? { text } : {}),
    }
    examples.push({ question, missing })
  }
  return draw(examples, EXAMPLES_MAX, random)
}

/** Parts a consortium into who is given and who is to be found. */
function part(
  later: History,
  history: History,
  project: number,
  form: QuestionForm,
  random: () => number,
): [string[], Set<number>] {
  const from = later.members.starts[project]!
  const roles = later.memberRole.subarray(from, later.members.starts[project + 1]!)
  const full = [...rowOf(later.members, project)].flatMap((one, at) =>
    roles[at]! > 0 ? [{ id: later.organisations.ids[one]!, leads: roles[at] === 2 }] : [],
  )
  if (full.length < EXAMPLE_MEMBERS_MIN[form] || full.length > EXAMPLE_MEMBERS_MAX) return [[], new Set()]
  const known = full.filter(({ id }) => isKnown(history, id))
  const chosen =
    form === 'opening'
      ? full.filter((member) => member !== (full.find(({ leads }) => leads) ?? full[0]))
      : known.slice((random() * known.length) | 0).slice(0, 1)
  const missing = new Set(
    chosen.filter((member) => known.includes(member)).map(({ id }) => history.organisations.find(id)!),
  )
  return [full.filter((member) => !chosen.includes(member)).map(({ id }) => id), missing]
}

function isKnown(history: History, id: string): boolean {
  const number = history.organisations.find(id)
  if (number === undefined || history.isCandidate[number] === 0) return false
  return history.joined.starts[number + 1]! > history.joined.starts[number]!
}

function draw<T>(from: readonly T[], limit: number, random: () => number): T[] {
  const left = [...from]
  const drawn: T[] = []
  while (left.length > 0 && drawn.length < limit) {
    const at = Math.floor(random() * left.length)
    drawn.push(left[at]!)
    left[at] = left[left.length - 1]!
    left.pop()
  }
  return drawn
}

const column = (feature: (typeof FEATURES)[number]) => FEATURES.indexOf(feature)
const LIKELY = [
  column('likeConsortium'),
  column('walkOne'),
  column('partActivity'),
  column('textSum'),
  column('textSum'),
]
const SHARED = column('shared')

/**
 * Turns rated candidates into lists: all that were right, the likeliest of the others, and a sample of the rest in which
 * each stands for several, so that nothing is learned from how the sample was drawn.
 */
class ListGatherer {
  count = 0
  private readonly rows: Float32Array[] = []
  private readonly right: number[] = []
  private readonly standsFor: number[] = []
  private readonly starts = [0]
  private readonly random: () => number

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  add({ candidates, features }: Rated, missing: ReadonlySet<number>): void {
    const places = [...candidates.keys()]
    const right = places.filter((at) => missing.has(candidates[at]!))
    if (right.length === 0) return
    const likely = (at: number) => LIKELY.reduce((sum, feature) => sum + features[at * WIDTH + feature]!, 0)
    const others = places
      .filter((at) => !missing.has(candidates[at]!))
      .map((at) => ({ at, likely: likely(at) }))
      .sort((a, b) => b.likely - a.likely || a.at - b.at)
      .map(({ at }) => at)
    const rest = others.slice(HARD_ROWS)
    const easy = draw(rest, EASY_ROWS, this.random)
    for (const at of right) this.push(features, at, 1, 1)
    for (const at of others.slice(0, HARD_ROWS)) this.push(features, at, 0, 1)
    for (const at of easy) this.push(features, at, 0, rest.length / easy.length)
    this.starts.push(this.right.length)
    this.count += 1
  }

  private push(features: Float32Array, at: number, right: number, standsFor: number): void {
    this.rows.push(features.slice(at * WIDTH, (at + 1) * WIDTH))
    this.right.push(right)
    this.standsFor.push(standsFor)
  }

  finish(): Lists {
    return packLists(this.rows, this.starts, this.right, this.standsFor)
  }
}

function packLists(
  rows: readonly Float32Array[],
  starts: readonly number[],
  right: readonly number[],
  standsFor: readonly number[],
): Lists {
  const features = new Float32Array(rows.length * WIDTH)
  rows.forEach((row, at) => {
    features.set(row, at * WIDTH)
  })
  return { width: WIDTH, features, starts, right: Uint8Array.from(right), standsFor: Float32Array.from(standsFor) }
}

/** Only who has no shared past with those given, in lists that still have somebody who was right. */
function onlyUntied(lists: Lists): Lists {
  const rows: Float32Array[] = []
  const right: number[] = []
  const standsFor: number[] = []
  const starts = [0]
  for (let list = 0; list + 1 < lists.starts.length; list += 1) {
    const kept: number[] = []
    for (let row = lists.starts[list]!; row < lists.starts[list + 1]!; row += 1)
      if (lists.features[row * WIDTH + SHARED] === 0) kept.push(row)
    if (!kept.some((row) => lists.right[row] === 1)) continue
    for (const row of kept) {
      rows.push(lists.features.subarray(row * WIDTH, (row + 1) * WIDTH))
      right.push(lists.right[row]!)
      standsFor.push(lists.standsFor[row]!)
    }
    starts.push(rows.length)
  }
  return packLists(rows, starts, right, standsFor)
}
