import { expect, test } from 'vitest'
import { applyChanges, prepareCorpus } from './prepared.ts'
import type { Corpus, CorpusText, Question } from './question.ts'
import { rank } from './ranking.ts'

// Goal: a corpus that has followed changes answers as one that was read anew.
const organisation = (id: string) => ({
  id,
  name: id,
  names: {},
  kind: 'company',
  size: null,
  country: 'CN',
  region: null,
  city: null,
})
const text = (kind: CorpusText['kind'], id: string, words: string, owner: string): CorpusText => ({
  kind,
  id,
  title: words,
  text: `${words}. Made and tested since 2020 with partners of the region.`,
  trl: 5,
  holders: [{ organisationId: owner, strong: true }],
})
const POWDER = text('result', 'r1', 'Sulfide solid electrolyte powder', 'ada')
const PASTE = text('result', 'r2', 'Silver sintering paste', 'bo')
const NOTE = text('document', 'd1', 'Dry room for electrolyte powder', 'bo')
const PUMP = text('result', 'r3', 'Cryogenic pump', 'cy')
const corpus = (...texts: CorpusText[]): Corpus => ({ organisations: ['ada', 'bo', 'cy'].map(organisation), texts })
const QUESTION: Question = {
  text: 'We need a dry room, silver contacts and a pump for a pilot line.',
  capabilities: [
    { id: 'c1', names: ['Solid electrolyte powder'], weight: 3, critical: true },
    { id: 'c2', names: ['Cryogenic pump'], weight: 1, critical: false },
  ],
  trl: { from: 4, to: 7 },
  sponsors: [],
  places: [],
  judgements: [],
  partners: [],
  refused: [],
  refusals: [],
}
const change = (named: string[], there: CorpusText[], documentsOf: string[] = []) => ({
  mark: { version: '2', hash: '' },
  organisations: { named: [], there: [] },
  texts: { named, documentsOf, there },
})

test.each([
  ['one is added', corpus(POWDER, PASTE), change(['result:r3'], [PUMP]), corpus(POWDER, PASTE, PUMP)],
  ['one is removed', corpus(POWDER, PASTE, PUMP), change(['result:r1'], []), corpus(PASTE, PUMP)],
  [
    'one is changed',
    corpus(POWDER, PASTE),
    change(['result:r2'], [{ ...PASTE, title: 'Cryogenic pump with silver paste' }]),
    corpus(POWDER, { ...PASTE, title: 'Cryogenic pump with silver paste' }),
  ],
  ['its owner’s documents go', corpus(POWDER, NOTE, PASTE), change([], [], ['bo']), corpus(POWDER, PASTE)],
])('where %s', (_says, before, changes, after) => {
  const followed = applyChanges(prepareCorpus(before), changes)!
  expect(rank(followed, QUESTION).candidates).toEqual(rank(prepareCorpus(after), QUESTION).candidates)
})

test('an organisation that is gone is no candidate, and a new one is', () => {
  const changes = {
    ...change(['result:r3'], [text('result', 'r3', 'Cryogenic pump', 'new')]),
    organisations: { named: ['ada', 'new'], there: [organisation('new')] },
  }
  const followed = applyChanges(prepareCorpus(corpus(POWDER, PASTE)), changes)!
  const found = rank(followed, QUESTION).candidates.map(({ organisation: { id } }) => id)
  expect(found).toContain('new')
  expect(found).not.toContain('ada')
})

test('one that held nothing is read anew', () => {
  expect(applyChanges(prepareCorpus(corpus()), change([], [POWDER]))).toBeNull()
})

test('what would raise a candidate is what its score gains where it comes true', () => {
  const { candidates } = rank(prepareCorpus(corpus(POWDER, PASTE, PUMP)), QUESTION)
  const ada = candidates.find(({ kind, id }) => kind === 'organisation' && id === 'ada')!
  expect(ada).toMatchObject({ newcomer: true, raises: [{ what: 'evidence', capability: 'c2', level: 2 }] })
  const known = rank(prepareCorpus(corpus(POWDER, PASTE, PUMP)), {
    ...QUESTION,
    judgements: [{ capabilityId: 'c2', organisationId: 'ada', verdict: 'confirm', level: 2 }],
  }).candidates.find(({ kind, id }) => kind === 'organisation' && id === 'ada')!
  expect(known.score - ada.score).toBeGreaterThanOrEqual(ada.raises[0]!.gain - 1e-9)
})

test('merit is the sum of what is no history, as a share of the most that it can be', () => {
  const shared = { ...QUESTION, partners: [{ organisationId: 'ada', projects: 3 }] }
  const prepared = prepareCorpus(corpus(POWDER, PASTE, PUMP))
  const [with_, without] = [shared, QUESTION].map(
    (asked) => rank(prepared, asked).candidates.find(({ id }) => id === 'ada')!,
  )
  expect(with_!.merit).toBeCloseTo(without!.merit)
  expect(with_!.score - without!.score).toBeCloseTo(0.05)
  expect(with_!.newcomer).toBe(false)
  const merit = with_!.reasons.filter(({ history }) => !history).reduce((sum, { weight }) => sum + weight, 0)
  expect(with_!.merit).toBeCloseTo(merit / 0.92)
})
