/**
 * How long it takes to find which of a zone's open needs want one organisation: `node bench/wanted/run.ts`.
 * Texts are made of words drawn with a seed, frequent ones more often, as in real titles and summaries.
 */
import { availableParallelism, cpus } from 'node:os'
import { prepareCorpus } from '#stages/match/prepared.ts'
import type { Corpus, Question } from '#stages/match/question.ts'
import { rank } from '#stages/match/ranking.ts'
import { wantingOf } from '#stages/match/wanted-ranking.ts'

const SEED = 7
const WORDS = 8_000
const NEEDS = 200
const CAPABILITIES = 8
const TEXTS_EACH = 3
const ROUNDS = 5
const TOLD = 50
const PARTY = 'organisation-2'

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

function makeZone(organisationsCount: number, heldMore: number) {
  const random = seeded(SEED)
  const words = Array.from(
    { length: WORDS },
    (_, at) => `${'bcdfghklmnprstv'[at % 15]}a${((at * 7_919) % WORDS).toString(36)}ium`,
  )
  const pick = (count: number) =>
    Array.from({ length: count }, () => words[Math.floor(random() ** 2 * WORDS)]).join(' ')
  const organisations = Array.from({ length: organisationsCount }, (_, at) => ({
    id: `organisation-${at}`,
    name: `Organisation ${at}`,
    names: {},
    kind: 'company',
    size: null,
    country: 'CN',
    region: null,
    city: null,
  }))
  const texts = Array.from({ length: organisationsCount * TEXTS_EACH }, (_, at) => ({
    kind: at % TEXTS_EACH ? ('result' as const) : ('profile' as const),
    id: `text-${at}`,
    title: pick(8),
    text: pick(80),
    trl: 5,
    holders: [
      { organisationId: `organisation-${Math.floor(at / TEXTS_EACH)}`, strong: at % TEXTS_EACH > 0 },
      ...(at < heldMore ? [{ organisationId: PARTY, strong: true }] : []),
    ],
  }))
  const named = texts[2 * TEXTS_EACH + 1]!.title.split(' ').slice(0, 4).join(' ')
  const askings = Array.from({ length: NEEDS }, (_, at) => ({
    needId: `need-${at}`,
    question: questionOf(
      Array.from({ length: CAPABILITIES }, (_, place) => [at % 5 || place ? pick(4) : named, pick(3)]),
    ),
  }))
  return { corpus: { organisations, texts } satisfies Corpus, askings, words: pick(60) }
}

const questionOf = (names: readonly string[][]): Question => ({
  text: '',
  capabilities: names.map((own, at) => ({ id: `capability-${at}`, names: own, weight: 3, critical: false })),
  trl: { from: 4, to: 7 },
  sponsors: [],
  places: [],
  judgements: [],
  partners: [],
  refused: [],
  refusals: [],
})

const middle = (of: readonly number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!

function timed(run: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return middle(times)
}

process.stdout.write(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}\n\n`)
process.stdout.write(
  '| organisations | texts | texts of the one asked for | 200 needs, ms | one whole board, ms |\n|---|---|---|---|---|\n',
)
for (const [organisationsCount, heldMore] of [
  [1_000, 0],
  [5_000, 0],
  [20_000, 0],
  [5_000, 2_000],
] as const) {
  const { corpus, askings, words } = makeZone(organisationsCount, heldMore)
  const prepared = prepareCorpus(corpus)
  const party = { organisationIds: [PARTY], resultId: null }
  const found = timed(() => wantingOf(prepared, askings, party, TOLD))
  const board = timed(() => rank(prepared, { ...askings[0]!.question, text: words }))
  const own = corpus.texts.filter(({ holders }) =>
    holders.some(({ organisationId }) => organisationId === PARTY),
  ).length
  process.stdout.write(
    `| ${organisationsCount} | ${corpus.texts.length} | ${own} | ${found.toFixed(0)} | ${board.toFixed(0)} |\n`,
  )
}
