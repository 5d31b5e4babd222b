import { createWriteStream } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { type SetCoverProblem, solveSetCover } from '#engines/cover/set-cover.ts'
import { HITS_MAX } from '#engines/search/index.ts'
import { type TrecDocument, trecRun } from '#engines/search/trec.ts'
import { parse } from '#http/valid.ts'
import { Fault } from '#kit/fault.ts'
import type { CommandLine } from './commands.ts'
import { depthOf, fuseWithMeaning, openNamedEmbedder } from './engine-embed.ts'
import { Id, readJsonFile, readJsonLines } from './json-file.ts'
import { numberOf, print, wordOf } from './tell.ts'

/** The engines on public file formats, so that anyone can check them. They need no data folder. */

const HITS_DEFAULT = 100
const SECONDS_MAX = 3_600

const Problem = z.object({
  rows: z.int().min(0),
  columns: z.array(z.object({ cost: z.number(), covers: z.array(z.int()) })),
})

export async function runCover(line: CommandLine): Promise<void> {
  const problem = parse(Problem, await readJsonFile(wordOf(line, 'problem')), 'file') satisfies SetCoverProblem
  const secondsMax = numberOf(line, 'seconds', { min: 1, max: SECONDS_MAX })
  const { gap: _, ...answer } = await solveSetCover(problem, secondsMax === undefined ? {} : { secondsMax })
  print(line, answer, JSON.stringify(answer))
}

const TextLine = z.object({ id: Id, lang: z.string().nullish(), title: z.string().nullish(), text: z.string() })

export async function runSearch(line: CommandLine): Promise<void> {
  const started = performance.now()
  const k = numberOf(line, 'k', { min: 1, max: HITS_MAX }) ?? HITS_DEFAULT
  const [docsPath, queriesPath, runPath] = [wordOf(line, 'docs'), wordOf(line, 'queries'), wordOf(line, 'run')]
  const documents = await readTexts(docsPath)
  const queries = await readTexts(queriesPath)
  let lines = 0
  const embedder = line.values.embed === undefined ? null : openNamedEmbedder(wordOf(line, 'embed'))
  const byWords = (depth: number) => trecRun(documents, queries, { k: depth, threads: availableParallelism() })
  const run = embedder ? fuseWithMeaning(embedder, documents, queries, byWords(depthOf(k)), k) : byWords(k)
  const counted = async function* () {
    for await (const hit of run) {
      lines += 1
      yield `${hit}\n`
    }
  }
  try {
    await pipeline(Readable.from(counted()), createWriteStream(runPath))
  } finally {
    await embedder?.stop()
  }
  const seconds = (performance.now() - started) / 1000
  const answer = { documents: documents.length, queries: queries.length, lines, run: runPath, seconds }
  print(line, answer, `${lines} lines in ${runPath}, after ${seconds.toFixed(1)} s`)
}

async function readTexts(path: string): Promise<TrecDocument[]> {
  const byId = new Map<string, TrecDocument>()
  for await (const { id, text, lang, title } of readJsonLines(path, TextLine)) {
    if (byId.has(id)) throw new Fault('invalid', `The id ${id} stands twice in ${path}.`, { rule: 'file.id_twice' })
    byId.set(id, { id, text, ...(lang ? { lang } : {}), ...(title ? { title } : {}) })
  }
  return [...byId.values()]
}
