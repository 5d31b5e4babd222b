import { parentPort, workerData } from 'node:worker_threads'
import { type PartnersModel, partnersModel, type QuestionForm } from '#engines/partners/learn.ts'
import type { PartnerRecords } from '#engines/partners/types.ts'
import { present } from '#kit/assert.ts'
import { dayOf, seenBy } from './partners-rank.ts'

export interface ToLearner {
  records: PartnerRecords
  /** `YYYY-MM-DD` */
  today: string
  forms: readonly QuestionForm[]
}

export type FromLearner = { share: number } | { learned: { form: QuestionForm; model: PartnersModel | null }[] }

const port = present(parentPort, 'the port of a worker thread')
const { records: all, today, forms } = workerData as ToLearner
const day = dayOf(all, today)
const records = seenBy(all, { day, today })
const withTexts = Boolean(records.texts?.length) || records.projects.some(({ text }) => text)

const learned = forms.map((form, at) => {
  const onStep = (done: number, total: number) =>
    port.postMessage({ share: (at + done / total) / forms.length } satisfies FromLearner)
  return { form, model: partnersModel(records, day, { form, withTexts, onStep }) }
})
port.postMessage({ learned } satisfies FromLearner)
