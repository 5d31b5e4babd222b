import { expect, test } from 'vitest'
import type { NeedRow } from './model.ts'
import { sheetOfNeeds } from './need-sheet.ts'

const text = (zh: string, en: string) => ({
  zh: { text: zh, origin: 'typed' as const },
  en: { text: en, origin: 'typed' as const },
})
const need: NeedRow = {
  id: 'n1',
  name: '低堆叠压力电芯',
  title: text('低堆叠压力电芯', 'Low stack pressure cell'),
  state: 'in_review',
  circle: 'signed_in',
  trl: { from: 4, to: 7 },
  budget: { minor: '3200000050', currency: 'CNY' },
  deadline: '2028-12-31',
  fields: ['batteries', 'safety'],
  segment: 'cells',
  joint: false,
  openedAt: null,
  updatedAt: '2026-11-22T08:00:00.000Z',
  sponsors: [
    { id: 'o1', name: '自家公司' },
    { id: 'o2', name: 'Other' },
  ],
  capabilities: [
    { name: text('硫化物电解质', 'Sulfide electrolyte'), weight: 5, critical: true },
    { name: { en: { text: 'Pressing', origin: 'typed' } }, weight: 3, critical: false },
  ],
}

test('the list of needs is a sheet in the reader’s language, with exact amounts', () => {
  const english = sheetOfNeeds([need, { ...need, trl: null, budget: null, deadline: null, segment: null }], 'en')
  expect(Object.fromEntries(english.headings.map((heading, at) => [heading, english.rows[0]![at]]))).toEqual({
    Need: 'Low stack pressure cell',
    State: 'In review',
    Sponsors: '自家公司; Other',
    'Capabilities wanted': 'Sulfide electrolyte; Pressing',
    'TRL from': 4,
    'TRL to': 7,
    Budget: '32000000.50',
    Currency: 'CNY',
    Deadline: '2028-12-31',
    Fields: 'batteries; safety',
    Segment: 'cells',
    'Who sees the public part': 'Members of the zone',
    Id: 'n1',
  })
  expect(english.rows[1]!.filter((cell) => cell === null).length).toBe(6)
  const chinese = sheetOfNeeds([need], 'zh')
  expect(chinese.headings.length).toBe(english.headings.length)
  expect(chinese.rows[0]!.slice(0, 4)).toEqual([
    '低堆叠压力电芯',
    '待审核',
    '自家公司; Other',
    '硫化物电解质; Pressing',
  ])
})
