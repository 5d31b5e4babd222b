import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { dayNumber } from '#engines/partners/history.ts'
import { partnersRun, type RunPart } from '#engines/partners/trec.ts'
import { GIVEN_MAX, type PartnerQuestion, QUESTION_CHARS_MAX, RANKED_MAX } from '#engines/partners/types.ts'
import { Fault } from '#kit/fault.ts'
import type { CommandLine } from './commands.ts'
import { readCordisPartners } from './cordis-partners.ts'
import { Id, readJsonLines } from './json-file.ts'
import { numberOf, print, wordOf } from './tell.ts'

const K_DEFAULT = 50

const QuestionLine = z.object({
  id: Id,
  part: z.string().nullish(),
  start: z.iso.date(),
  given: z.array(Id).max(GIVEN_MAX),
  text: z.string().nullish(),
})

/** Ranks organisations for half-built consortia, from a CORDIS download of which nothing from a day on is looked at. */
export async function runPartners(line: CommandLine): Promise<void> {
  const started = performance.now()
  const k = numberOf(line, 'k', { min: 1, max: RANKED_MAX }) ?? K_DEFAULT
  const [cordisPath, before, queriesPath, runPath] = ['cordis', 'before', 'queries', 'run'].map((option) =>
    wordOf(line, option),
  ) as [string, string, string, string]
  dayNumber(before)
  const questions = await readQuestions(queriesPath)
  const records = await readCordisPartners(cordisPath, before)
  const parts: RunPart[] = []
  let lines = 0
  const counted = function* () {
    for (const hit of partnersRun(records, questions, { before, k }, (part) => parts.push(part))) {
      lines += 1
      yield `${hit}\n`
    }
  }
  await pipeline(Readable.from(counted()), createWriteStream(runPath))
  const seconds = (performance.now() - started) / 1000
  const answer = {
    projects: records.projects.length,
    organisations: records.organisations.length,
    questions: questions.length,
    learned: parts.map(({ model, learned, ...part }) => ({
      ...part,
      fromTheseRecords: learned,
      examples: model.examples,
      form: model.form,
      dataHash: model.dataHash,
    })),
    lines,
    run: runPath,
    seconds,
  }
  print(line, answer, `${lines} lines in ${runPath}, after ${seconds.toFixed(1)} s`)
}

async function readQuestions(path: string): Promise<PartnerQuestion[]> {
  const byId = new Map<string, PartnerQuestion>()
  for await (const { id, part, start, given, text } of readJsonLines(path, QuestionLine)) {
    if (byId.has(id)) throw new Fault('invalid', `The id ${id} stands twice in ${path}.`, { rule: 'file.id_twice' })
    const said = text?.slice(0, QUESTION_CHARS_MAX)
    byId.set(id, { id, start, given, ...(part ? { part } : {}), ...(said ? { text: said } : {}) })
  }
  return [...byId.values()]
}
