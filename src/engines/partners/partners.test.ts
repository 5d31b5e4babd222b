import { beforeAll, describe, expect, it } from 'vitest'
import { defaultModel, plainModel } from './default-model.ts'
import { openDesk } from './features.ts'
import { buildHistory, dayNumber, partLadder } from './history.ts'
import { type PartnersModel, partnersModel } from './learn.ts'
import { findGains } from './newcomer.ts'
import { member, smallWorld } from './partners.fixture.ts'
import { rankAt, rankPartners, scoreAt } from './rank.ts'
import { partnersRun } from './trec.ts'
import type { PartnerQuestion, PartnerRecords } from './types.ts'

const world = smallWorld()
const BEFORE = '2019-01-01'
let model: PartnersModel
beforeAll(() => {
  model = partnersModel(world, BEFORE, { form: 'completing', withTexts: true })!
})

const question: PartnerQuestion = {
  id: 'q',
  part: 'railways',
  start: BEFORE,
  given: [member('railways', 1), member('railways', 2), member('railways', 3)],
}
const idsOf = (answer: { ranked: readonly { organisation: string }[] }) =>
  answer.ranked.map(({ organisation }) => organisation)

/** Later projects that would change every count, tie and text if they were seen. */
function poisoned(records: PartnerRecords, from: string): PartnerRecords {
  const projects = Array.from({ length: 60 }, (_, number) => ({
    id: `late-${number}`,
    start: from,
    parts: ['railways', `new part ${number}`],
    text: 'track signalling wagon freight timetable lithium',
  }))
  const participations = projects.flatMap(({ id }) =>
    [member('railways', 1), member('seeds', 5), 'nobody-yet'].map((organisation) => ({
      project: id,
      organisation,
      role: 'participant' as const,
    })),
  )
  return {
    ...records,
    projects: [...projects, ...records.projects],
    participations: [...participations, ...records.participations],
  }
}

describe('a ranking', () => {
  it('puts first those who work in the field and with those given', () => {
    const answer = rankPartners(world, question, model, { k: 9 })
    expect(idsOf(answer).every((id) => id.startsWith('railways'))).toBe(true)
    expect(idsOf(answer)).not.toContain(member('railways', 2))
    expect(answer.ranked[0]!.sharedProjects).toBeGreaterThan(0)
    expect(answer).toMatchObject({ question: 'q', before: BEFORE, learnedBefore: BEFORE, meritOnly: false })
  })

  it('finds by text who worked on the like, with nobody given', () => {
    const asked = { id: 'q', start: BEFORE, given: [], text: 'drought in wheat breeding' }
    const answer = rankPartners(world, asked, defaultModel({ form: 'opening', withTexts: true }), { k: 8 })
    expect(idsOf(answer).every((id) => id.startsWith('seeds'))).toBe(true)
    expect(answer.meritOnly).toBe(true)
  })

  it.each(['history', 'merit'] as const)('by %s is the sum of what it tells', (by) => {
    const answer = rankPartners(world, question, model, { by, k: 48 })
    expect(answer.ranked.length).toBe(45)
    const scores = scoreAt(openDesk(buildHistory(world, BEFORE)), question, model, idsOf(answer))
    answer.ranked.forEach((one, at) => {
      const sum = (parts: readonly { weight: number }[]) => parts.reduce((total, { weight }) => total + weight, 0)
      expect(one.score).toBeCloseTo(answer.base + sum(one.contributions), 9)
      expect(one.score).toBeCloseTo(scores[at]!.score, 6)
      expect(one.merit).toBeCloseTo(scores[at]!.merit, 6)
    })
    const of = answer.ranked.map(({ score, merit }) => (by === 'merit' ? merit : score))
    of.slice(1).forEach((score, at) => {
      expect(score).toBeLessThanOrEqual(of[at]! + 1e-9)
    })
  })

  it('is the same whatever order the records come in', () => {
    const turned = {
      ...world,
      projects: world.projects.toReversed(),
      participations: world.participations.toReversed(),
      organisations: world.organisations.toReversed(),
    }
    const again = partnersModel(turned, BEFORE, { form: 'completing', withTexts: true })!
    expect(again).toEqual(model)
    expect(rankPartners(turned, question, again)).toEqual(rankPartners(world, question, model))
  })

  it('sees nothing of the day it is asked for, or later', () => {
    const dirty = poisoned(world, BEFORE)
    expect(partnersModel(dirty, BEFORE, { form: 'completing', withTexts: true })).toEqual(model)
    expect(rankPartners(dirty, question, model)).toEqual(rankPartners(world, question, model))
  })

  it('sees what began the day before', () => {
    const changed = poisoned(world, '2018-12-31')
    expect(rankPartners(changed, question, model)).not.toEqual(rankPartners(world, question, model))
  })

  it('leaves out who has a shared past, where asked to, and who is filtered', () => {
    const untied = rankPartners(world, question, model, { by: 'merit', untied: true, k: 48 })
    expect(untied.ranked.length).toBeGreaterThan(0)
    expect(untied.ranked.every(({ sharedProjects }) => sharedProjects === 0)).toBe(true)
    const french = rankPartners(world, question, model, { filter: (id) => id.endsWith('0'), k: 48 })
    expect(idsOf(french).every((id) => id.endsWith('0'))).toBe(true)
  })

  it('does not change on merit when only the ties change', () => {
    const met = (project: string, organisations: string[]) =>
      organisations.map((organisation) => ({ project, organisation, role: 'participant' as const }))
    const withTies = (first: string[], second: string[]): PartnerRecords => ({
      projects: ['a', 'b'].map((id) => ({ id, start: '2018-05-01', parts: ['seeds'], text: 'wheat' })),
      participations: [...met('a', first), ...met('b', second)],
      organisations: ['g', 'h', 'x', 'y'].map((id) => ({ id, name: `Institute ${id}`, country: 'FR' })),
    })
    const asked = { id: 'q', part: 'seeds', start: BEFORE, given: ['g'], text: 'wheat' }
    const scoresOf = (records: PartnerRecords) =>
      scoreAt(openDesk(buildHistory(records, BEFORE)), asked, model, ['x', 'y'])
    const [tied, untied] = [scoresOf(withTies(['g', 'x'], ['h', 'y'])), scoresOf(withTies(['g', 'y'], ['h', 'x']))]
    expect(tied.map(({ merit }) => merit)).toEqual(untied.map(({ merit }) => merit))
    expect(tied.map(({ sharedProjects }) => sharedProjects)).toEqual([1, 0])
    expect(untied[0]!.score).not.toBe(tied[0]!.score)
  })
})

describe('a zone without any history', () => {
  const records: PartnerRecords = {
    projects: [],
    participations: [],
    organisations: Array.from({ length: 30 }, (_, number) => ({
      id: `o${number}`,
      name: `Firm ${number}`,
      kind: 'company',
    })),
    texts: [
      { organisation: 'o7', text: 'A lithium cell with a solid electrolyte' },
      { organisation: 'o9', text: 'A wagon for freight trains', date: '2025-01-01' },
      { organisation: 'o3', text: 'A better solid electrolyte for the lithium cell', date: '2027-01-01' },
    ],
  }
  const asked = { id: 'n', start: '2026-01-01', given: [], text: 'solid electrolyte for lithium cells' }

  it('is ranked on merit by what organisations show', () => {
    const answer = rankPartners(records, asked, defaultModel({ form: 'opening', withTexts: true }))
    expect(answer.meritOnly).toBe(true)
    expect(answer.ranked).toHaveLength(30)
    expect(answer.ranked[0]!.organisation).toBe('o7')
    expect(answer.ranked[0]!.score).toBe(answer.ranked[0]!.merit)
  })

  it('answers an empty question by id', () => {
    const answer = rankPartners(
      records,
      { id: 'e', start: '2026-01-01', given: [] },
      plainModel('2026-01-01', 'opening'),
    )
    expect(idsOf(answer)).toEqual(records.organisations.map(({ id }) => id).sort())
  })

  it('says what would raise a newcomer', () => {
    const desk = openDesk(buildHistory(world, BEFORE))
    const newcomer = {
      ...world,
      organisations: [...world.organisations, { id: 'new', name: 'New firm', country: 'DE' }],
    }
    const gains = findGains(openDesk(buildHistory(newcomer, BEFORE)), question, plainModel(BEFORE, 'completing'), 'new')
    expect(gains[0]).toMatchObject({ feature: 'partActivity', now: 0 })
    expect(gains.every(({ now, wanted, gain }) => wanted > now && gain > 0)).toBe(true)
    expect(findGains(desk, question, model, 'nobody')).toEqual([])
  })
})

describe('refusals', () => {
  it.each([
    ['a start that is no day', { ...question, start: '2019-1-1' }, 'partners.bad_day'],
    ['too many given', { ...question, given: Array.from({ length: 501 }, (_, at) => `o${at}`) }, 'partners.given'],
  ])('%s', (_says, asked, rule) => {
    expect(() => rankPartners(world, asked, model)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ rule }) }),
    )
  })

  it('learns from half a year where records hold no more, and not from when hardly anything was known', () => {
    const busy = smallWorld(1, 200)
    const [day, middle] = ['2015-01-01', '2014-07-01']
    const early = { id: 'early', start: '2013-12-01', parts: ['seeds'] }
    const young = { ...busy, projects: [early, ...busy.projects.filter(({ start }) => start! < day)] }
    const learned = partnersModel(young, day, { form: 'completing', withTexts: false })
    const began = young.projects.filter(({ start }) => start! >= middle).length
    expect(learned?.examples).toBeGreaterThan(0)
    expect(learned?.examples).toBeLessThanOrEqual(began)
  })

  it('learns from nothing nothing', () => {
    expect(partnersModel(world, '2014-02-01', { form: 'opening', withTexts: false })).toBeNull()
  })
})

describe('a run', () => {
  it('answers an earlier question from its own past only', () => {
    const early = { ...question, id: 'early', start: '2018-03-15' }
    const parts: { before: string; learned: boolean }[] = []
    const run = (records: PartnerRecords) => [
      ...partnersRun(records, [question, early], { before: BEFORE, k: 5 }, (part) => parts.push(part)),
    ]
    const lines = run(world)
    expect(lines).toHaveLength(10)
    expect(lines[0]).toMatch(/^early Q0 railways-\d\d 1 -?\d+\.\d{6} consortia$/)
    expect(parts.map(({ before }) => before)).toEqual(['2018-03-01', BEFORE])
    expect(run(poisoned(world, '2018-03-15')).slice(0, 5)).toEqual(lines.slice(0, 5))
  })
})

it.each([
  ['H2020-EU.3.3.2.', ['H2020-EU.3.3.2', 'H2020-EU.3.3', 'H2020-EU.3']],
  ['MSCA', ['MSCA']],
  ['', ['']],
])('the part %j stands for %j', (part, ladder) => {
  expect(partLadder(part)).toEqual(ladder)
  expect(dayNumber('1970-01-02')).toBe(1)
})

it('keeps one desk for many questions', () => {
  const desk = openDesk(buildHistory(world, BEFORE))
  const first = rankAt(desk, question, model)
  rankAt(desk, { ...question, part: 'seeds', given: [member('seeds', 1)] }, model)
  expect(rankAt(desk, question, model)).toEqual(first)
})
