import { beforeAll, describe, expect, it } from 'vitest'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import type { Proposal } from './model.ts'
import type { Packs } from './pack-model.ts'

let world: ComposeWorld
beforeAll(async () => {
  world = await openComposeWorld()
}, PATIENT.timeout)

const QINGDAO = 'cn/qingdao-innovation-consortium'
const XIAMEN = 'cn/xiamen-innovation-consortium'
const HORIZON = 'eu/horizon-europe'
const verdictOf = ({ rules }: Proposal, row: string) => rules.find((one) => one.row === row)?.verdict
const count = ({ members }: Proposal, kinds: readonly string[]) =>
  members.filter(({ kind }) => kinds.includes(kind)).length

describe('A team under a rule pack', PATIENT, () => {
  it('keeps its rows, and each is told with what it has, what is asked and the source', async () => {
    const free = await world.propose()
    const team = await world.propose({ packs: [QINGDAO] })
    expect(free.rules).toEqual([])
    expect(count(team, ['company'])).toBeGreaterThanOrEqual(3)
    expect(count(team, ['university', 'institute'])).toBeGreaterThanOrEqual(2)
    expect(team.rules.length).toBeGreaterThan(2)
    // Whoever brings nothing else is there for the rules, and that is said.
    for (const { covers, reasons } of team.members) expect(covers.length + reasons.length).toBeGreaterThan(0)
    for (const row of team.rules) {
      expect(row.verdict).not.toBe('missed')
      expect(row.source).not.toBe('')
      expect(row.pack).toMatchObject({ id: QINGDAO, version: '2025' })
    }
  })

  it('leaves to a person what the registry does not know, and never guesses it', async () => {
    const { rules } = await world.propose({ packs: [QINGDAO] })
    const agreement = rules.find(({ row }) => row.startsWith('agreement'))
    expect(agreement).toMatchObject({ verdict: 'unknown', why: 'facts', have: null })
  })

  it('is none where the registry can’t fill it, and the very row is named, to be set aside in one click', async () => {
    // The world has fewer than seven in all, besides fewer than five companies.
    const none = await world.propose({ packs: [XIAMEN], waived: [`${XIAMEN}:members`] })
    expect([none.status, none.conflict?.conditions]).toEqual(['infeasible', ['rules']])
    const [relaxation] = none.conflict!.relaxations
    expect(relaxation!.changes[0]!.words?.zh).toContain('企业5家以上')
    const eased = await world.propose(relaxation!.options!)
    expect(eased.status).toBe('optimal')
    expect(verdictOf(eased, 'enterprises')).toBe('missed')
    expect(eased.rules.find(({ row }) => row === 'enterprises')?.waived).toBe(true)
    expect(verdictOf(eased, 'academia')).toBe('met')
  })

  it('of Horizon Europe has a member of the Union among three countries', async () => {
    const { university, institute, presser, spare, neighbour } = world.who
    for (const [id, country] of [
      [university, 'DE'],
      [institute, 'NO'],
      [presser, 'GB'],
      [spare, 'CN'],
      [neighbour, 'CN'],
      [world.own, 'CN'],
    ] as const)
      await world.within((tx) =>
        tx
          .updateTable('zone_organisation')
          .set({ country })
          .where('zone_id', '=', world.zoneId)
          .where('organisation_id', '=', id)
          .execute(),
      )
    const team = await world.propose({ packs: [HORIZON] })
    expect(verdictOf(team, 'countries')).toBe('met')
    const without = await world.propose({ packs: [HORIZON], bans: [university], criticalRequired: false })
    expect(without.conflict?.conditions).toContain('rules')
  })
})

describe('Packs', PATIENT, () => {
  it('about a team that are in force on the day are listed', async () => {
    const { body } = await world.ask('GET', '/rule-packs')
    const ids = body.rows.map(({ id }: { id: string }) => id)
    expect(ids).toEqual(expect.arrayContaining([QINGDAO, XIAMEN, HORIZON]))
    expect(ids).not.toContain('cn/little-giant')
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('tell what they ask, where it stands, and what nobody confirmed', async () => {
    const { body } = await world.ask('GET', '/rule-packs')
    const qingdao = body.rows.find(({ id }: { id: string }) => id === QINGDAO)
    expect(qingdao.source.zh).toMatch(/青岛/)
    expect(qingdao.rows.length).toBeGreaterThan(0)
    for (const row of qingdao.rows) expect([row.words.zh, row.words.en, row.source].every(Boolean)).toBe(true)
    expect(new Set(body.rows.flatMap((pack: Packs['rows'][number]) => pack.rows.map((row) => row.certainty)))).toEqual(
      new Set(['A', 'B']),
    )
  })

  it.each([
    ['one that there is not', 'cn/nowhere', 404, 'rules.pack.unknown'],
    ['one about a single organisation', 'cn/little-giant', 422, 'rules.pack.about'],
  ])('%s is refused', async (_, id, status, rule) => {
    const answered = await world.compose({ packs: [id] })
    expect([answered.status, answered.body.rule]).toEqual([status, rule])
  })
})
