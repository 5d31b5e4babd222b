import { expect, test } from 'vitest'
import { plainModel } from '#engines/partners/default-model.ts'
import { openDesk } from '#engines/partners/features.ts'
import { buildHistory } from '#engines/partners/history.ts'
import { rankAt } from '#engines/partners/rank.ts'
import { foundIn, meanOf } from './measures.ts'
import { readPartnerSet } from './sets.ts'

/** With weights set by hand, so that no learning takes the test's time: a broken feature shows, a small change does not. */
test('partners of real projects are found by their texts before anything is learned', { timeout: 300_000 }, async ({
  skip,
}) => {
  const set = await readPartnerSet('projects-with-organisations')
  if (!set) return skip('the shared data does not stand here')
  const desk = openDesk(buildHistory(set.records, set.before))
  const model = plainModel(set.before, 'opening')
  const found = set.questions.map((question) => {
    const ranked = rankAt(desk, question, model, { k: 50 }).ranked.map(({ organisation }) => organisation)
    return foundIn(ranked, question.hidden).recall[50]!
  })
  expect(meanOf(found)).toBeGreaterThan(0.48)
})
