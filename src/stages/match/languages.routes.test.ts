import { expect, test } from 'vitest'
import { openWorld, type TestWorld } from '#testing'
import type { Candidate, MatchBoard } from './model.ts'

// Goal: a need in one language finds a record in the other, by what other records say in both, and the board says how.
const TWICE = [
  [
    '高速轴承润滑',
    'Lubrication of high-speed bearings',
    '轴承在高速下的润滑。',
    'Bearings are lubricated at high speed.',
  ],
  ['陶瓷轴承', 'Ceramic bearings', '用于主轴的陶瓷轴承。', 'Ceramic bearings for spindles.'],
  ['主轴振动监测', 'Vibration monitoring of spindles', '监测主轴的振动。', 'The vibration of spindles is monitored.'],
  ['振动传感器', 'Vibration sensors', '传感器测量振动。', 'Sensors measure vibration.'],
  ['陶瓷刀具', 'Ceramic cutting tools', '陶瓷刀具的磨损。', 'Wear of ceramic cutting tools.'],
  ['刀具润滑', 'Lubrication of cutting tools', '刀具的微量润滑。', 'Minimal lubrication of cutting tools.'],
  ['水处理膜', 'Membranes for water treatment', '水处理用的膜。', 'Membranes treat water.'],
] as const

async function withRecords({ bilingual }: { bilingual: boolean }) {
  const world = await openWorld()
  if (bilingual)
    for (const [zh, en, chinese, english] of TWICE)
      await world.addResult({ title: { zh, en }, summary: { zh: chinese, en: english } })
  const maker = await world.addOrganisation({ names: { en: 'Spindle Works' } })
  const other = await world.addOrganisation({ names: { zh: '主轴工坊' } })
  const english = await world.addResult({
    owners: [maker],
    title: { en: 'Ceramic bearings with low vibration' },
    summary: { en: 'Spindles run on ceramic bearings with lubrication for life; vibration stays low.' },
  })
  const chinese = await world.addResult({
    owners: [other],
    title: { zh: '低振动陶瓷轴承' },
    summary: { zh: '主轴采用陶瓷轴承，终身润滑，振动小。' },
  })
  return { world, maker, other, english, chinese }
}

async function boardFor(world: TestWorld, language: 'zh' | 'en', words: string, name: string): Promise<MatchBoard> {
  const need = await world.addNeed({
    title: { [language]: words },
    problem: { [language]: words },
    sponsors: [world.own],
    capabilities: [{ name: { [language]: name }, weight: 3, critical: false, levelWanted: 2 }],
    state: 'open',
  })
  return (await world.ask('POST', `/needs/${need}/match`)).body
}

const pairsOf = ({ reasons }: Candidate) =>
  reasons
    .flatMap(({ facts }) => String(facts?.twice ?? '').split('\n'))
    .filter(Boolean)
    .map((line) => line.split('\t'))

test('a Chinese need finds an English result through what others say in both languages', async () => {
  const { world, maker, english } = await withRecords({ bilingual: true })
  const board = await boardFor(world, 'zh', '主轴的陶瓷轴承振动过大，润滑不足', '陶瓷轴承')
  const result = board.candidates.find(({ id }) => id === english)
  expect(result).toMatchObject({ kind: 'result', cells: [{ level: 0 }], organisation: { id: maker } })
  expect(board.candidates.map(({ id }) => id)).toContain(maker)
  expect(pairsOf(result!)).toContainEqual(['轴承', expect.stringMatching(/^bearings?$/i), '2'])
  const quoted = result!.reasons.find(({ facts }) => facts?.twice)!.evidence!
  const marked = quoted.marks.map(([from, to]) => quoted.quote.slice(from, to).toLowerCase())
  expect(marked).toContain('bearings')
  expect(board.pairs).toMatchObject({ records: TWICE.length })
})

test('an English need finds a Chinese result the same way', async () => {
  const { world, chinese } = await withRecords({ bilingual: true })
  const board = await boardFor(
    world,
    'en',
    'Spindles with ceramic bearings need less vibration and lubrication',
    'Bearing',
  )
  const result = board.candidates.find(({ id }) => id === chinese)
  expect(pairsOf(result!).map(([, says]) => says)).toContain('轴承')
})

test('without records in both languages nothing is found across, and nothing is said of pairs', async () => {
  const { world, maker, english } = await withRecords({ bilingual: false })
  const board = await boardFor(world, 'zh', '主轴的陶瓷轴承振动过大，润滑不足', '陶瓷轴承')
  const ids = board.candidates.map(({ id }) => id)
  expect(ids).not.toContain(english)
  expect(ids).not.toContain(maker)
  expect(board.pairs).toBeNull()
})

test('what is learnt follows the records, and the answer’s hash says from which it was learnt', async () => {
  const { world, english } = await withRecords({ bilingual: true })
  const words = '主轴的陶瓷轴承振动过大，润滑不足'
  const before = await boardFor(world, 'zh', words, '陶瓷轴承')
  for (const [zh, en] of TWICE.slice(0, 2)) {
    const { body } = await world.ask('GET', `/results?q=${encodeURIComponent(zh)}`)
    const { id } = body.rows.find((row: { titles: Record<string, { text: string }> }) => row.titles.en?.text === en)
    expect((await world.ask('DELETE', `/results/${id}`)).status).toBeLessThan(300)
  }
  const after = await boardFor(world, 'zh', words, '陶瓷轴承')
  expect(after.pairs).toMatchObject({ records: TWICE.length - 2 })
  expect(after.pairs!.hash).not.toBe(before.pairs!.hash)
  const pairs = after.candidates.filter(({ id }) => id === english).flatMap(pairsOf)
  expect(pairs.map(([word]) => word)).not.toContain('轴承')
})
