import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readQuote } from './quote.ts'

// Goal: a reader sees the line of a quote that is in the reader's language and bears the marks, its words still marked.
const BOTH = {
  quote: 'A gas sensor.\n气体传感模组。\n传感; 热失控',
  marks: [
    [2, 5],
    [14, 18],
  ] as [number, number][],
}

test.each([
  ['Chinese', 'zh', BOTH, '气体传感模组。', ['气体传感']],
  ['English', 'en', BOTH, 'A gas sensor.', ['gas']],
  [
    'the other language where only that is marked',
    'en',
    { ...BOTH, marks: BOTH.marks.slice(1) },
    '气体传感模组。',
    ['气体传感'],
  ],
  ['own lines where nothing is marked', 'en', { ...BOTH, marks: [] }, 'A gas sensor.', []],
  [
    'two own lines joined',
    'en',
    {
      quote: 'One.\nTwo.',
      marks: [
        [0, 3],
        [5, 8],
      ] as [number, number][],
    },
    'One. Two.',
    ['One', 'Two'],
  ],
  [
    'its own language out of the two that are quoted',
    'en',
    { quote: '气体传感模组。', marks: [[0, 4]], other: { quote: 'The gas sensor.', marks: [[4, 7]] } },
    'The gas sensor.',
    ['gas'],
  ],
  ['that a quote begins within a sentence', 'en', { quote: 'of the gas.', marks: [[7, 10]] }, '…of the gas.', ['gas']],
  ['that a quote ends within a sentence', 'en', { quote: 'The gas is', marks: [[4, 7]] }, 'The gas is…', ['gas']],
  ['an empty quote', 'en', { quote: '', marks: [] }, '', []],
] as const)('shows %s', (_says, reader, quote, text, words) => {
  const read = readQuote(quote as never, reader)
  expect(read.text).toBe(text)
  expect(read.marks.map(([from, to]) => read.text.slice(from, to))).toEqual(words)
})

test('marks the same characters as the quote did, in whatever lines are kept', () => {
  const line = fc.constantFrom('gas', '气体', 'a b', '')
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), fc.nat(8), fc.nat(8), (lines, from, length) => {
      const quote = lines.join('\n')
      const mark: [number, number] = [Math.min(from, quote.length), Math.min(from + length, quote.length)]
      const marked = quote.slice(...mark)
      const read = readQuote({ quote, marks: [mark] }, 'en')
      for (const [start, end] of read.marks) expect(marked).toContain(read.text.slice(start, end))
    }),
  )
})
