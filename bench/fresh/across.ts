/**
 * How well a need in one language finds a record in the other on a board: `node bench/fresh/across.ts`. A tenth of the demo
 * zone's records at a time is held in one language only, asked for in the other, and kept out of what is learnt.
 */
import { closenessOf } from '#stages/match/closeness.ts'
import { learnInSteps, saidTwiceIn } from '#stages/match/learnt.ts'
import { prepareCorpus } from '#stages/match/prepared.ts'
import type { CorpusText } from '#stages/match/question.ts'
import { type BilingualRecord, readRecords } from '../search/languages.ts'

const FOLDS = 10
const DEPTH = 10
type Side = 'zh' | 'en'

const records = readRecords().filter(({ id, title }) => /^(results|projects):/.test(id) && title.zh && title.en)
for (const [from, to] of [
  ['zh', 'en'],
  ['en', 'zh'],
] as const) {
  const found = { without: 0, with: 0 }
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const isAsked = (at: number) => at % FOLDS === fold
    const prepared = prepareCorpus({
      organisations: [],
      texts: records.map((record, at) => textOf(record, isAsked(at) ? [to] : ['zh', 'en'])),
    })
    const learnt = learn(prepared.texts)
    for (const [at, record] of records.entries()) {
      if (!isAsked(at)) continue
      const question = { text: `${record.title[from]}\n${record.text[from] ?? ''}`, capabilities: [] }
      const isFound = (known: typeof learnt | null) =>
        [...closenessOf({ ...prepared, learnt: known }, question)]
          .sort(([, a], [, b]) => b.share - a.share)
          .slice(0, DEPTH)
          .some(([place]) => place === at)
      if (isFound(null)) found.without += 1
      if (isFound(learnt)) found.with += 1
    }
  }
  const share = (count: number) => (count / records.length).toFixed(2)
  console.log(`| ${from} → ${to} | ${records.length} | ${share(found.without)} | ${share(found.with)} |`)
}

function learn(texts: readonly CorpusText[]) {
  const steps = learnInSteps(saidTwiceIn(texts))
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

function textOf({ id, title, text }: BilingualRecord, sides: readonly Side[]): CorpusText {
  const said = (of: BilingualRecord['title']) => sides.flatMap((side) => of[side] ?? [])
  const titles = Object.fromEntries(sides.map((side) => [side, { text: title[side] ?? '', origin: 'typed' as const }]))
  const kind = id.startsWith('results:') ? 'result' : 'project'
  return { kind, id, title: said(title).join(' / '), titles, text: said(text).join('\n'), trl: null, holders: [] }
}
