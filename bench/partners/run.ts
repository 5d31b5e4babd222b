import { boundExposure, measureExposure, reserveSeats, type ShownList } from '#engines/partners/exposure.ts'
import { type Desk, openDesk } from '#engines/partners/features.ts'
import { buildHistory } from '#engines/partners/history.ts'
import { type PartnersModel, partnersModel } from '#engines/partners/learn.ts'
import { findGains } from '#engines/partners/newcomer.ts'
import { rankAt, scoreAt } from '#engines/partners/rank.ts'
import { seededRandom } from '#kit/random.ts'
import { baselinesOf } from './baselines.ts'
import { areaUnderCurve, foundIn, interval, meanOf, rowOf } from './measures.ts'
import { type AskedQuestion, PARTNER_SETS, type PartnerSet, readPartnerSet } from './sets.ts'

const K = 50
const DEEP = 400
const COMPARED = 100
const NEWCOMER_PROJECTS_MAX = 1
const GAINS_ASKED_MAX = 60

const HEAD = '| | @10 | @20 | @50 | MRR |\n|---|---|---|---|---|'
const say = (text: string) => process.stdout.write(`${text}\n`)

/** Processor time, which a busy machine stretches less than the clock's. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const asked = process.argv.slice(2)
for (const name of PARTNER_SETS) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const set = await readPartnerSet(name)
  if (set) measure(set)
  else say(`${name}: skipped, the shared data does not stand here`)
}

function measure(set: PartnerSet): void {
  const { records, questions, before } = set
  const started = processorSeconds()
  const texts = questions.some(({ text }) => text)
  const model = partnersModel(records, before, { form: texts ? 'opening' : 'completing', withTexts: texts })!
  const learned = processorSeconds()
  const desk = openDesk(buildHistory(records, before))
  const opened = processorSeconds()
  const ours = questions.map((question) =>
    rankAt(desk, question, model, { k: DEEP }).ranked.map((one) => one.organisation),
  )
  const answered = processorSeconds()
  say(
    `\n## ${set.name}, before ${before}: ${questions.length} questions, ${desk.everyone.length} candidates\n\n${HEAD}`,
  )
  for (const [name, ranker] of Object.entries(baselinesOf(records)))
    say(
      rowOf(
        name,
        questions.map((question) => foundIn(ranker(question), question.hidden)),
      ),
    )
  say(
    rowOf(
      '**ours, with history**',
      questions.map(({ hidden }, at) => foundIn(ours[at]!, hidden)),
    ),
  )
  const merit = questions.map((question) =>
    rankAt(desk, question, model, { k: K, by: 'merit' }).ranked.map((one) => one.organisation),
  )
  say(
    rowOf(
      'ours, on merit alone',
      questions.map(({ hidden }, at) => foundIn(merit[at]!, hidden)),
    ),
  )
  measureUntied(desk, model, questions)
  measureAreas(desk, model, questions)
  measureShown(desk, questions, ours)
  measureGains(desk, model, questions)
  const seconds = (from: number, to: number) => (to - from).toFixed(1)
  say(
    `\nLearned from ${model.examples} consortia in ${seconds(started, learned)} s, opened in ${seconds(learned, opened)} s, ` +
      `${((1000 * (answered - opened)) / questions.length).toFixed(0)} ms a question, all of one processor; ` +
      `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB resident. Data ${model.dataHash}.`,
  )
}

/** Only hidden members without a project shared with anybody given, among the organisations that have none either. */
function measureUntied(desk: Desk, model: PartnersModel, questions: readonly AskedQuestion[]): void {
  const asked = questions.flatMap((question) => {
    const hidden = scoreAt(desk, question, model, question.hidden)
      .filter(({ sharedProjects }) => sharedProjects === 0)
      .map(({ organisation }) => organisation)
    return hidden.length > 0 ? [{ ...question, hidden }] : []
  })
  const inPart = (question: AskedQuestion) => {
    const part = desk.statistics.partMembers[desk.history.parts.find(question.part ?? '') ?? -1]
    return (id: string) => part?.get(desk.history.organisations.find(id)!) ?? 0
  }
  const [popular, merit, history] = [[], [], []] as [string[][], string[][], string[][]]
  for (const question of asked) {
    const away = new Set(question.given)
    const everyone = [...desk.everyone].map((one) => desk.history.organisations.ids[one]!).filter((id) => !away.has(id))
    const all = scoreAt(desk, question, model, everyone)
      .filter(({ sharedProjects }) => sharedProjects === 0)
      .sort((a, b) => b.merit - a.merit || (a.organisation < b.organisation ? -1 : 1))
    const count = inPart(question)
    popular.push(all.map(({ organisation }) => organisation).sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1)))
    merit.push(all.map(({ organisation }) => organisation))
    history.push(all.toSorted((a, b) => b.score - a.score).map(({ organisation }) => organisation))
  }
  say(`\nWithout a shared past: ${asked.length} questions\n\n${HEAD}`)
  for (const [name, lists] of Object.entries({
    'popularity in part': popular,
    'with history': history,
    'on merit alone': merit,
  }))
    say(
      rowOf(
        name,
        asked.map(({ hidden }, at) => foundIn(lists[at]!, hidden)),
      ),
    )
}

/** Each hidden member against organisations of its country and kind: how often does it score higher? */
function measureAreas(desk: Desk, model: PartnersModel, questions: readonly AskedQuestion[]): void {
  const random = seededRandom(11)
  const { history } = desk
  const areas = {
    history: [] as number[],
    merit: [] as number[],
    untiedHistory: [] as number[],
    untiedMerit: [] as number[],
  }
  for (const question of questions) {
    const away = new Set([...question.given, ...question.hidden].map((id) => history.organisations.find(id)))
    for (const hidden of question.hidden) {
      const number = history.organisations.find(hidden)
      if (number === undefined || history.isCandidate[number] === 0) continue
      const alike = [...desk.everyone].filter(
        (one) =>
          !away.has(one) &&
          history.countryOf[one] === history.countryOf[number] &&
          history.kindOf[one] === history.kindOf[number],
      )
      const drawn = Array.from({ length: Math.min(COMPARED, alike.length) }, () => {
        const [one] = alike.splice(Math.floor(random() * alike.length), 1)
        return history.organisations.ids[one!]!
      })
      if (drawn.length === 0) continue
      const [own, ...others] = scoreAt(desk, question, model, [hidden, ...drawn])
      const withHistory = areaUnderCurve(
        own!.score,
        others.map(({ score }) => score),
      )
      const onMerit = areaUnderCurve(
        own!.merit,
        others.map(({ merit }) => merit),
      )
      areas.history.push(withHistory)
      areas.merit.push(onMerit)
      if (own!.sharedProjects > 0) continue
      areas.untiedHistory.push(withHistory)
      areas.untiedMerit.push(onMerit)
    }
  }
  say(`\nArea under the curve against ${COMPARED} of the same country and kind, with 95 % intervals by bootstrap\n`)
  say('| | with history | on merit alone |\n|---|---|---|')
  say(`| all ${areas.history.length} hidden | ${interval(areas.history)} | ${interval(areas.merit)} |`)
  say(
    `| ${areas.untiedMerit.length} without a shared past | ${interval(areas.untiedHistory)} | ${interval(areas.untiedMerit)} |`,
  )
}

/** Coverage and evenness of who is shown, and what it costs to bound it. */
function measureShown(desk: Desk, questions: readonly AskedQuestion[], ours: readonly string[][]): void {
  const { ids } = desk.history.organisations
  const everyone = [...desk.everyone].map((one) => ids[one]!)
  const lists: ShownList[] = questions.map(({ id }, at) => ({ question: id, ranked: ours[at]! }))
  const recall = (shown: readonly ShownList[]) => {
    const byId = new Map(shown.map(({ question, ranked }) => [question, ranked]))
    return meanOf(questions.map(({ id, hidden }) => foundIn(byId.get(id)!, hidden).recall[K]!))
  }
  const row = (name: string, shown: readonly ShownList[]) => {
    const { coverage, gini, greatestShare } = measureExposure(shown, everyone, K)
    say(
      `| ${name} | ${recall(shown).toFixed(4)} | ${coverage.toFixed(3)} | ${gini.toFixed(3)} | ${(100 * greatestShare).toFixed(2)} % |`,
    )
  }
  say(`\nExposure in the first ${K}\n\n| | found @${K} | coverage | Gini | greatest share |\n|---|---|---|---|---|`)
  row('as ranked', lists)
  const { gini } = measureExposure(lists, everyone, K)
  for (const share of [0.99, 0.97, 0.95, 0.92, 0.9]) {
    const bounded = boundExposure(lists, everyone, { k: K, giniMax: gini * share })
    row(
      `Gini at most ${(gini * share).toFixed(3)}: each in ${bounded.listsMax} lists${bounded.isMet ? '' : ' (not met)'}`,
      bounded.lists,
    )
  }
  const isNewcomer = (id: string) =>
    desk.statistics.projectsCount[desk.history.organisations.find(id)!]! <= NEWCOMER_PROJECTS_MAX
  for (const seats of [5, 10, 15])
    row(
      `${seats} seats for newcomers`,
      lists.map(({ question, ranked }) => ({
        question,
        ranked: reserveSeats(ranked, isNewcomer, { k: K, seats }).slice(0, K),
      })),
    )
}

/** What is said to newcomers among the hidden: which feature would raise them most. */
function measureGains(desk: Desk, model: PartnersModel, questions: readonly AskedQuestion[]): void {
  const { organisations } = desk.history
  const newcomers = questions.flatMap((question) =>
    question.hidden
      .filter(
        (id) => (desk.statistics.projectsCount[organisations.find(id) ?? -1] ?? Infinity) <= NEWCOMER_PROJECTS_MAX,
      )
      .map((id) => ({ question, id })),
  )
  const counts = new Map<string, number>()
  const asked = newcomers.slice(0, GAINS_ASKED_MAX)
  for (const { question, id } of asked) {
    const feature = findGains(desk, question, model, id)[0]?.feature ?? 'nothing'
    counts.set(feature, (counts.get(feature) ?? 0) + 1)
  }
  const told = [...counts].sort(([, a], [, b]) => b - a).map(([feature, count]) => `${feature} ${count}`)
  say(`\nWhat would raise ${asked.length} hidden newcomers most: ${told.join(', ')}.`)
}
