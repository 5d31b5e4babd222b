import { Fault } from '#kit/fault.ts'
import { defaultModel, plainModel } from './default-model.ts'
import { type Desk, openDesk } from './features.ts'
import { buildHistory, dayNumber } from './history.ts'
import { type PartnersModel, partnersModel, type QuestionForm } from './learn.ts'
import { rankAt } from './rank.ts'
import type { PartnerQuestion, PartnerRecords } from './types.ts'

export interface RunOptions {
  readonly before: string
  readonly k: number
  readonly tag?: string
}

export const QUESTIONS_MAX = 100_000
/** Questions that start before the run's day are answered from the beginnings of this many months at most. */
export const MONTHS_MAX = 60
const GIVEN_OF_OPENING = 2

export interface RunPart {
  readonly before: string
  readonly questions: number
  readonly model: PartnersModel
  readonly learned: boolean
}

/**
 * A run in TREC form, a line an organisation: `question Q0 organisation rank score tag`. A question sees nothing of the
 * run's day or later; one that starts earlier sees nothing of its start's month or later. `onPart` hears what each day's
 * ranking was learned from.
 */
export function* partnersRun(
  records: PartnerRecords,
  questions: readonly PartnerQuestion[],
  options: RunOptions,
  onPart: (part: RunPart) => void = () => {},
): Generator<string> {
  dayNumber(options.before)
  if (questions.length > QUESTIONS_MAX)
    throw new Fault('too_large', 'There are too many questions.', { rule: 'partners.questions', limit: QUESTIONS_MAX })
  const days = Map.groupBy(questions, ({ start }) => dayOf(start, options.before))
  if (days.size > MONTHS_MAX)
    throw new Fault('too_large', 'The questions start in too many months.', {
      rule: 'partners.months',
      limit: MONTHS_MAX,
    })
  for (const [day, asked] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { form, withTexts } = formOf(asked)
    const learned = partnersModel(records, day, { form, withTexts })
    const model = learned ?? fallbackModel(day, { form, withTexts })
    onPart({ before: day, questions: asked.length, model, learned: learned !== null })
    yield* answer(openDesk(buildHistory(records, day)), asked, model, options)
  }
}

/** A model may only stand in where it, too, had seen nothing of the day or later. */
function fallbackModel(day: string, asked: { form: QuestionForm; withTexts: boolean }): PartnersModel {
  const model = defaultModel(asked)
  return model.learnedBefore <= day ? model : plainModel(day, asked.form)
}

function* answer(desk: Desk, questions: readonly PartnerQuestion[], model: PartnersModel, { k, tag }: RunOptions) {
  for (const question of questions) {
    const { ranked } = rankAt(desk, question, model, { k })
    for (const [at, { organisation, score }] of ranked.entries())
      yield `${question.id} Q0 ${organisation} ${at + 1} ${score.toFixed(6)} ${tag ?? 'consortia'}`
  }
}

function dayOf(start: string, before: string): string {
  dayNumber(start)
  return start >= before ? before : `${start.slice(0, 7)}-01`
}

/** What examples must be like to be like these questions. */
function formOf(questions: readonly PartnerQuestion[]): { form: QuestionForm; withTexts: boolean } {
  const counts = questions.map(({ given }) => given.length).sort((a, b) => a - b)
  const middle = counts[counts.length >> 1] ?? 0
  const withText = questions.filter(({ text }) => text?.trim()).length
  return { form: middle <= GIVEN_OF_OPENING ? 'opening' : 'completing', withTexts: withText * 2 > questions.length }
}
