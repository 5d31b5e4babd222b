import { expect, test } from 'vitest'
import { termsOf } from '#engines/text/tokens.ts'
import { openBook } from './question.ts'
import { quoteOf } from './ranking.ts'

// Goal: a record in two languages is quoted in both, so that each reader gets words of their own.
const quoted = (text: string, ...asked: string[]) =>
  quoteOf(
    openBook({ organisations: [], texts: [{ kind: 'result', id: 'r', title: 'Title', text, trl: null, holders: [] }] }),
    0,
    asked.flatMap((words) => termsOf(words)),
  )

test.each([
  [
    'both languages, the one with more marks first',
    'A gas sensor.\n气体传感器，氢气传感。',
    '气体传感器，氢气传感。',
    'A gas sensor.',
  ],
  ['one language where the other bears no mark', 'A pump.\n气体传感器。', '气体传感器。', undefined],
  ['the only language that there is', 'A gas sensor.', 'A gas sensor.', undefined],
  ['the title where there is no text', '', 'Title', undefined],
])('quotes %s', (_says, text, main, other) => {
  const quote = quoted(text, 'gas sensor', '气体传感', '氢气')
  expect([quote.quote, quote.other?.quote]).toEqual([main, other])
})
