import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closenessOf, givenOf } from './closeness.ts'
import { denseTextOf, hashOfText } from './dense-text.ts'
import { prepareCorpus } from './prepared.ts'
import { type CorpusText, keyOf, type Question } from './question.ts'
import { rank } from './ranking.ts'
import { PARTS } from './rules.ts'

// Goal: meaning joins the words by rank, what it adds is told as its own, and without it nothing is other than before.
const WORDS = [
  'dry room',
  'silver contact',
  'pilot line',
  'cryogenic pump',
  'argon glovebox',
  'laser welding',
  'cell test',
]
const texts: CorpusText[] = WORDS.map((words, at) => ({
  kind: 'result',
  id: `r${at}`,
  title: `${words} of kind ${at}`,
  text: WORDS.slice(at, at + 3).join(', '),
  trl: 5,
  holders: [{ organisationId: `o${at % 4}`, strong: true }],
}))
const organisations = ['o0', 'o1', 'o2', 'o3'].map((id) => ({
  ...{ id, name: id, names: {}, kind: 'company', size: null },
  ...{ country: 'CN', region: null, city: null },
}))
const prepared = prepareCorpus({ texts, organisations })
const QUESTION: Question = {
  text: 'A dry room with an argon glovebox, silver contacts, laser welding and a cell test.',
  capabilities: [{ id: 'c1', names: ['Helium recovery'], weight: 3, critical: true }],
  trl: { from: null, to: null },
  sponsors: [],
  places: [],
  judgements: [],
  partners: [],
  refused: [],
  refusals: [],
}
const nearOf = (places: readonly number[]): NonNullable<Question['near']> => ({
  model: 'm',
  of: texts.length,
  texts: places.map((place, at) => ({
    key: keyOf(texts[place]!),
    hash: hashOfText(denseTextOf(texts[place]!)!),
    cosine: 1 - at / 10,
  })),
})
const byWords = closenessOf(prepared, QUESTION)
const withNear = (places: readonly number[]) => ({ ...QUESTION, near: nearOf(places) })

test('where nothing is near, or what was near says something else by now, words alone decide', () => {
  expect(byWords.size).toBeGreaterThan(2)
  expect(closenessOf(prepared, withNear([]))).toEqual(byWords)
  const stale = { ...nearOf([0]), texts: [{ key: 'result:r0', hash: 'of other words', cosine: 0.9 }] }
  const gone = { ...nearOf([0]), texts: [{ key: 'result:gone', hash: '', cosine: 0.9 }] }
  expect(closenessOf(prepared, { ...QUESTION, near: stale })).toEqual(byWords)
  expect(closenessOf(prepared, { ...QUESTION, near: gone })).toEqual(byWords)
})

test('what is near is told with its place, and no share passes 1', () => {
  const places = fc.shuffledSubarray(
    texts.map((_, at) => at),
    { minLength: 1 },
  )
  fc.assert(
    fc.property(places, (near) => {
      const fused = closenessOf(prepared, withNear(near))
      expect([...fused.keys()].sort()).toEqual([...new Set([...byWords.keys(), ...near])].sort())
      for (const [place, close] of fused) {
        const { textShare = 0, meaning } = givenOf(close)
        expect(textShare + (meaning?.share ?? 0)).toBeCloseTo(close.share)
        expect(close.share).toBeLessThanOrEqual(1)
        expect(meaning?.place).toBe(near.includes(place) ? near.indexOf(place) + 1 : undefined)
        expect(close.words).toEqual(byWords.get(place)?.words ?? [])
      }
    }),
  )
})

test('an organisation’s reasons from words and from meaning add up to its score', () => {
  const { candidates } = rank(prepared, withNear([3, 0, 1]))
  const kinds = new Set(candidates.flatMap(({ reasons }) => reasons.map(({ kind }) => kind)))
  expect([...kinds]).toEqual(expect.arrayContaining(['meaning', 'text']))
  for (const { score, reasons } of candidates) {
    expect(score).toBeCloseTo(reasons.reduce((sum, { weight }) => sum + weight, 0))
    expect(score).toBeLessThanOrEqual(PARTS.text + 1e-9)
    for (const { kind, evidence, facts } of reasons.filter((one) => one.kind === 'meaning')) {
      expect({ kind, marks: evidence?.marks }).toEqual({ kind: 'meaning', marks: [] })
      expect(facts).toMatchObject({ of: texts.length })
    }
  }
  const [before] = rank(prepared, QUESTION).candidates
  expect(before!.reasons.map(({ kind }) => kind)).not.toContain('meaning')
})

test.each([
  ['a programme part', { kind: 'part', title: 'ERC: frontier research', text: '' }, null],
  ['nothing at all', { kind: 'profile', title: '', text: ' ' }, null],
  ['a title alone', { kind: 'result', title: 'Pump', text: '' }, 'Pump'],
  ['a title and a text', { kind: 'project', title: 'Pump', text: 'Cold' }, 'Pump\nCold'],
] as const)('%s is embedded as what it says', (_says, text, said) => {
  expect(denseTextOf(text)).toBe(said)
})
