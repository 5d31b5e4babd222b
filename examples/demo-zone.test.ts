import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

interface Text {
  zh?: string
  en?: string
}
interface Organisation {
  key: string
  name: Text
  kind: string
  size: string | null
  identifiers: { uscc?: string }
  country: string
  region: Text
  city: Text
  founded: string
  staff: number
  revenue?: string
  rdSpendShare?: number
  years?: { back: number; revenue?: string; rdSpend?: string; staff?: number }[]
  segment?: string
  titles: Text[]
  summary: Text
  contact: { name: string; email: string; phone: string }
}
interface Result {
  key: string
  title: Text
  summary: Text
  segment: string
  fields: Text[]
  trl: number
  ip: { kind: string; number: string; status: string; expires?: string }[]
  owners: string[]
  wantedDeal: string[]
  date: string
}
interface Need {
  key: string
  segment: string
  sponsors: string[]
  state: string
  mergeWith?: string[]
  returnReasons?: { code: string; text: Text }[]
  title: Text
  summary: Text
  problem: Text
  targets: { quantity: Text; unit: string; now: number; wanted: number }[]
  trl: { from: number; to: number }
  capabilities: { name: Text; weight: number; critical: boolean }[]
  budget?: { amount: string; currency: string }
  deadline?: string
  conditions?: { regions?: string[]; minMembers?: number; maxMembers?: number; kinds?: Record<string, number> }
}
interface Backing {
  organisation: string
  results: string[]
}
interface Expected {
  need: string
  answer: 'rich' | 'gap' | 'infeasible'
  conflict?: string[]
  covered: { capability: Text; by: Backing[] }[]
  gaps: { capability: Text; nearest: Backing[] }[]
}
interface Project {
  key: string
  start: string
  end: string
  budget: { amount: string }
  participants: { organisation: string; role: string }[]
}
interface Zone {
  invented: boolean
  statement: Text
  city: Text
  currency: string
  industry: { segments: { key: string; stream: string }[] }
  tenOnes: { key: string; target: number; dueDate: string }[]
  [list: string]: unknown
}

const ZONES = ['demo-zone', 'second-zone']
const read = <T>(zone: string, file: string): T =>
  JSON.parse(readFileSync(join(import.meta.dirname, zone, `${file}.json`), 'utf8'))
const zone = read<Zone>('demo-zone', 'zone')
const organisations = read<Organisation[]>('demo-zone', 'organisations')
const results = read<Result[]>('demo-zone', 'results')
const needs = read<Need[]>('demo-zone', 'needs')
const projects = read<Project[]>('demo-zone', 'projects')
const expectedAnswers = read<Expected[]>('demo-zone', 'expected')
const resultByKey = new Map(results.map((result) => [result.key, result]))

function countBy<T>(items: T[], name: (item: T) => string | number): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[name(item)] = (counts[name(item)] ?? 0) + 1
  return counts
}

describe('the demo zone', () => {
  test('says that it is invented', () => {
    expect(zone.invented).toBe(true)
    expect(zone.statement.zh).toContain('虚构')
    expect(zone.statement.en).toContain('invented')
  })

  test('has thirty organisations of every kind', () => {
    expect(
      countBy(organisations, ({ kind, size }) => (kind === 'company' ? (size === 'large' ? 'leader' : 'sme') : kind)),
    ).toEqual({ leader: 3, sme: 20, university: 2, institute: 2, fund: 1, government: 1, other: 1 })
  })

  test('has sixty results in both languages, in one, and few in the valley', () => {
    const languages = ({ title }: Result) => (title.zh && title.en ? 'both' : title.zh ? 'zh' : 'en')
    expect(countBy(results, languages)).toEqual({ both: 40, zh: 15, en: 5 })
    const inValley = results.filter(({ trl }) => trl === 5 || trl === 6).length
    expect(inValley).toBeLessThan(results.length / 10)
    expect(new Set(results.map(({ trl }) => trl)).size).toBe(8)
  })

  test('has fifteen needs, most of them open', () => {
    expect(countBy(needs, ({ state }) => state)).toEqual({
      open: 9,
      draft: 1,
      in_review: 1,
      returned: 1,
      matched: 1,
      closed: 1,
      expired: 1,
    })
    expect(needs.filter(({ state }) => state === 'returned').every((need) => need.returnReasons?.length)).toBe(true)
    expect(countBy(expectedAnswers, ({ answer }) => answer)).toEqual({ rich: 5, gap: 3, infeasible: 1 })
  })

  test('has a chain that is broken twice', () => {
    const trlsOf = (segment: string) => results.filter((result) => result.segment === segment).map(({ trl }) => trl)
    expect(Math.max(...trlsOf('substrates'))).toBeLessThan(5)
    expect(trlsOf('substrates').length).toBeGreaterThan(5)
    expect(Math.min(...trlsOf('thermal'))).toBeGreaterThan(7)
    expect(organisations.filter(({ kind, segment }) => kind === 'company' && segment === 'substrates')).toEqual([])
  })

  test('measures the Ten Ones against targets that are not all met', () => {
    const lists: Record<string, string> = {
      plan: 'plans',
      policy: 'policies',
      team: 'teamMembers',
      roadmap: 'roadmapItems',
      talents: 'talents',
      platforms: 'platforms',
      scenarios: 'scenarios',
      fund: 'funds',
      pilot_areas: 'pilotAreas',
    }
    expect(zone.tenOnes.map(({ key }) => key).sort()).toEqual([...Object.keys(lists), 'enterprises'].sort())
    const listed = (key: string) => (zone[lists[key] ?? 'none'] as unknown[] | undefined) ?? []
    const met = zone.tenOnes.filter(({ key, target }) => listed(key).length >= target)
    expect(met.map(({ key }) => key)).toEqual(['plan', 'fund'])
    expect(zone.pilotAreas).toEqual([])
  })
})

describe.each(ZONES)('every record of %s', (name) => {
  const files = ['organisations', 'results', 'needs', 'people']
  const keysOf = (file: string) => read<{ key: string }[]>(name, file).map(({ key }) => key)
  const organisationKeys = new Set(keysOf('organisations'))
  const segmentKeys = new Set(read<Zone>(name, 'zone').industry.segments.map(({ key }) => key))

  test.each(files)('has a key of its own in %s', (file) => {
    expect(new Set(keysOf(file)).size).toBe(keysOf(file).length)
  })

  test('points only at organisations and segments that exist', () => {
    const named = [...read<Result[]>(name, 'results').flatMap(({ owners }) => owners)]
    named.push(...read<Need[]>(name, 'needs').flatMap(({ sponsors }) => sponsors))
    named.push(...read<{ organisationKey: string }[]>(name, 'people').map(({ organisationKey }) => organisationKey))
    for (const [, list] of Object.entries(read<Zone>(name, 'zone')))
      if (Array.isArray(list)) named.push(...list.flatMap((item) => item.organisationKey ?? []))
    expect(named.filter((key) => !organisationKeys.has(key))).toEqual([])
    const segments = [...read<Result[]>(name, 'results'), ...read<Need[]>(name, 'needs')].map(({ segment }) => segment)
    segments.push(...read<Organisation[]>(name, 'organisations').flatMap(({ segment }) => segment ?? []))
    expect(segments.filter((key) => !segmentKeys.has(key))).toEqual([])
  })

  test('has dates that exist', () => {
    const dates = new Set<string>()
    for (const file of ['zone', ...files]) collectDates(read<unknown>(name, file), dates)
    expect(dates.size).toBeGreaterThan(5)
    expect([...dates].filter((date) => new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) !== date)).toEqual([])
  })

  test('has Chinese wherever a need or the zone speaks, and full-width punctuation', () => {
    const lacking: string[] = []
    for (const file of ['zone', 'needs', 'people'])
      walkTexts(read<unknown>(name, file), (text) => text.zh || lacking.push(text.en!))
    expect(lacking).toEqual([])
    const halfWidth: string[] = []
    for (const file of ['zone', ...files])
      walkTexts(
        read<unknown>(name, file),
        (text) => /\p{Script=Han}[,;:]|[,;:]\p{Script=Han}/u.test(text.zh ?? '') && halfWidth.push(text.zh!),
      )
    expect(halfWidth).toEqual([])
  })
})

describe('an organisation', () => {
  test.each(
    organisations.filter(({ country }) => country === 'CN').map(({ key, identifiers }) => [key, identifiers.uscc]),
  )('%s has a valid credit code of an invented division', (_key, code) => {
    expect(usccCheck(code!.slice(0, 17))).toBe(code![17])
    expect(code!.slice(2, 8)).toMatch(/^9999|^9997/)
  })

  test('has a credit code that no other has', () => {
    const codes = organisations.flatMap(({ identifiers }) => identifiers.uscc ?? [])
    expect(codes.length).toBe(29)
    expect(new Set(codes).size).toBe(codes.length)
  })

  test('has a share between nothing and all, and an address that leads nowhere', () => {
    for (const { key, rdSpendShare, contact } of organisations) {
      if (rdSpendShare !== undefined) expect(rdSpendShare, key).toBeGreaterThan(0)
      if (rdSpendShare !== undefined) expect(rdSpendShare, key).toBeLessThan(1)
      expect(contact.email).toMatch(/@[a-z-]+\.example\.org$/)
      expect(contact.phone).toMatch(/^\+\d\d 000 /)
    }
  })

  test('says of its last year by year what it says of it elsewhere', () => {
    const kept = organisations.filter(({ years }) => years)
    expect(kept.length).toBeGreaterThan(2)
    for (const { key, revenue, rdSpendShare, staff, years } of kept) {
      const [last] = years!
      expect([last!.back, last!.revenue], key).toEqual([1, revenue])
      expect(Number(last!.rdSpend) / Number(revenue), key).toBeCloseTo(rdSpendShare!, 6)
      expect(last!.staff ?? staff, key).toBe(staff)
    }
  })

  // Industrial firms: medium from 300 staff and CNY 20 m, small from 20 staff and CNY 3 m, large from 1000 staff and CNY 400 m.
  test('has the size that its staff and revenue say', () => {
    for (const { key, kind, size, staff, revenue } of organisations.filter(
      (one) => one.kind === 'company' && one.revenue,
    )) {
      const millions = Number(BigInt(revenue!) / 100_000_000n)
      const tier = (staffMin: number, millionsMin: number) => staff >= staffMin && millions >= millionsMin
      const earned = tier(1000, 400) ? 'large' : tier(300, 20) ? 'medium' : tier(20, 3) ? 'small' : 'micro'
      expect(size, `${kind} ${key}`).toBe(earned)
    }
  })

  test('earns enough for its titles', () => {
    for (const { key, titles, revenue, rdSpendShare } of organisations.filter((one) => one.kind === 'company')) {
      const millions = Number(BigInt(revenue ?? '0') / 100_000_000n)
      const titled = (word: string) => titles.some(({ zh }) => zh?.includes(word))
      const rdShareMin = millions <= 50 ? 0.05 : millions <= 200 ? 0.04 : 0.03
      if (titled('高新技术企业')) expect(rdSpendShare, key).toBeGreaterThanOrEqual(rdShareMin)
      if (titled('专精特新中小企业')) expect(millions, key).toBeGreaterThanOrEqual(15)
      if (titled('小巨人')) expect(millions, key).toBeGreaterThanOrEqual(50)
    }
  })
})

test('a result has a readiness from 1 to 9 and rights of a year that cannot be', () => {
  for (const { key, trl, ip, date } of results) {
    expect(trl, key).toBeGreaterThanOrEqual(1)
    expect(trl, key).toBeLessThanOrEqual(9)
    expect(date < '2026-11-01', key).toBe(true)
    for (const { number, status, expires } of ip) {
      expect(number, key).toContain('2099')
      if (status === 'expired') expect(expires! < '2026-11-01', key).toBe(true)
    }
  }
})

test('a past project has a coordinator, ends after it starts and names members once', () => {
  expect(projects.length).toBeGreaterThanOrEqual(12)
  const known = new Set(organisations.map(({ key }) => key))
  for (const { key, start, end, participants } of projects) {
    expect(participants.filter(({ role }) => role === 'coordinator').length, key).toBe(1)
    expect(new Set(participants.map(({ organisation }) => organisation)).size, key).toBe(participants.length)
    expect(
      participants.every(({ organisation }) => known.has(organisation)),
      key,
    ).toBe(true)
    expect(start < end, key).toBe(true)
  }
})

describe('a need', () => {
  test('is whole once it is open', () => {
    for (const need of needs.filter(({ state }) => state === 'open')) {
      expect(
        need.targets.every(({ now, wanted }) => now !== wanted),
        need.key,
      ).toBe(true)
      expect(need.trl.from < need.trl.to, need.key).toBe(true)
      expect(need.budget?.amount, need.key).toMatch(/^[1-9]\d*$/)
      expect(need.deadline! > '2027-01-01', need.key).toBe(true)
      expect(
        need.capabilities.every(({ weight }) => weight >= 1 && weight <= 5),
        need.key,
      ).toBe(true)
      expect(
        need.capabilities.some(({ critical }) => critical),
        need.key,
      ).toBe(true)
      expect(need.summary.zh !== need.problem.zh, need.key).toBe(true)
    }
  })

  test('that belongs with another shares a capability with it', () => {
    const [plant, cabinet] = ['plant-warning', 'cabinet-warning'].map((key) => needs.find((need) => need.key === key)!)
    expect(plant!.mergeWith).toEqual([cabinet!.key])
    expect(cabinet!.mergeWith).toEqual([plant!.key])
    const names = new Set(plant!.capabilities.map(({ name }) => name.zh))
    expect(cabinet!.capabilities.filter(({ name }) => names.has(name.zh)).length).toBeGreaterThanOrEqual(2)
  })

  test('that cannot be met asks for more universities than the region has', () => {
    const { conditions } = needs.find(({ key }) => key === 'safety-standard')!
    const inRegion = organisations.filter(
      ({ city, kind }) => kind === 'university' && conditions!.regions!.includes(city.zh!),
    )
    expect(inRegion.length).toBeLessThan(conditions!.kinds!.university!)
  })

  test.each(expectedAnswers.map((answer) => [answer.need, answer] as const))(
    '%s is answered as intended',
    (key, answer) => {
      const need = needs.find((one) => one.key === key)!
      const capabilities = [...answer.covered, ...answer.gaps].map(({ capability }) => capability.zh)
      expect(capabilities.sort()).toEqual(need.capabilities.map(({ name }) => name.zh).sort())
      if (answer.answer === 'rich') expect(answer.gaps).toEqual([])
      if (answer.answer === 'gap') expect(answer.gaps.length).toBe(1)
      for (const { capability, by } of answer.covered) {
        for (const { organisation, results: keys } of by) {
          expect(keys.every((result) => resultByKey.get(result)?.owners.includes(organisation))).toBe(true)
          const shares = keys.map((result) => wordsFound(capability, ...textsOf(resultByKey.get(result)!)))
          expect(Math.max(...shares), `${capability.en} in ${keys}`).toBe(1)
        }
      }
      const records = [...results.map(textsOf), ...organisations.map(({ summary }) => [summary])]
      for (const { capability } of answer.gaps)
        expect(Math.max(...records.map((texts) => wordsFound(capability, ...texts))), capability.en).toBeLessThan(0.6)
    },
  )
})

const textsOf = ({ title, summary, fields }: Result): Text[] => [title, summary, ...fields]

/** The share of a capability's words that a record holds: Han bigrams, or English words without their plural. */
function wordsFound(capability: Text, ...texts: Text[]): number {
  const zh = texts.map((text) => text.zh ?? '').join('\n')
  const en = texts
    .map((text) => text.en ?? '')
    .join('\n')
    .toLowerCase()
  const bigrams = [...(capability.zh ?? '').matchAll(/\p{Script=Han}+|[\w.]+/gu)].flatMap(([run]) =>
    /\p{Script=Han}/u.test(run) ? [...run].slice(1).map((_, at) => run.slice(at, at + 2)) : [run],
  )
  const words = (capability.en ?? '').toLowerCase().match(/[\w-]{2,}/g) ?? []
  const stems = words
    .filter((word) => !/^(of|and|for|with|from|on|in)$/.test(word))
    .map((word) => word.replace(/s$/, ''))
  const share = (parts: string[], text: string) => parts.filter((part) => text.includes(part)).length / parts.length
  return Math.max(share(bigrams, zh), share(stems, en))
}

/** The check character of GB 32100-2015 for the first seventeen. */
function usccCheck(seventeen: string): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  let weight = 1
  let sum = 0
  for (const character of seventeen) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return alphabet[(31 - (sum % 31)) % 31]!
}

function walkTexts(value: unknown, visit: (text: Text) => unknown): void {
  if (Array.isArray(value)) for (const item of value) walkTexts(item, visit)
  else if (value !== null && typeof value === 'object') {
    if ('zh' in value || 'en' in value) visit(value as Text)
    else for (const item of Object.values(value)) walkTexts(item, visit)
  }
}

function collectDates(value: unknown, into: Set<string>): void {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) into.add(value)
  else if (value !== null && typeof value === 'object')
    for (const item of Object.values(value)) collectDates(item, into)
}
