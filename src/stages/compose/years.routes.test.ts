import { beforeAll, describe, expect, it } from 'vitest'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import type { Proposal } from './model.ts'

// Goal: rows on R&D of several years are answered from the registry, and nobody learns another's figures by them.
const HEFEI = 'cn/hefei-innovation-consortium'
/** Of Hefei's rows only the one on R&D is asked, and who may lead. The sponsor leaves that to who is found. */
const options = {
  sponsorsIn: false,
  packs: [HEFEI],
  waived: ['lead_technology', 'lead_position', 'co_builders', 'technology_smes'].map((row) => `${HEFEI}:${row}`),
}
const rowOf = ({ rules }: Proposal) => rules.find(({ row }) => row === 'lead_research')!
const yuan = (tenThousands: number) => ({ minor: String(tenThousands * 1_000_000), currency: 'CNY' })
const year = (of: number, rdSpend: number) => ({ year: of, rdSpend: yuan(rdSpend), revenue: yuan(10_007) })

let world: ComposeWorld
let leader: string
beforeAll(async () => {
  world = await openComposeWorld()
  leader = world.who.presser
  expect((await change({ titles: ['链主企业'] })).status).toBe(200)
}, PATIENT.timeout)

async function change(body: object) {
  const { body: now } = await world.ask('GET', `/organisations/${leader}`)
  return world.ask('PATCH', `/organisations/${leader}`, { body: { revision: now.revision, ...body } })
}

describe('A pack’s row on several years', PATIENT, () => {
  it('says which years are missing, then is met as they are filled in', async () => {
    const none = rowOf(await world.propose(options))
    expect(none).toMatchObject({ verdict: 'unknown', why: 'facts', lead: null })
    expect(none.missing.flatMap(({ years }) => years)).toEqual([
      { of: leader, figure: 'rdSpend', years: [2025, 2024, 2023] },
      { of: leader, figure: 'revenue', years: [2025, 2024, 2023] },
    ])
    await change({ years: [year(2025, 333), year(2024, 333)] })
    expect(rowOf(await world.propose(options)).missing.flatMap(({ years }) => years)).toEqual([
      { of: leader, figure: 'rdSpend', years: [2023] },
      { of: leader, figure: 'revenue', years: [2023] },
    ])
    await change({ years: [year(2025, 333), year(2024, 333), year(2023, 333)] })
    const met = rowOf(await world.propose(options))
    expect([met.verdict, met.figures!.map(({ value }) => value)]).toEqual(['met', [999, 30_021]])
    // Whoever spends too little gives way to one of whom it is not known.
    await change({ years: [year(2025, 33), year(2024, 33), year(2023, 33)] })
    const other = rowOf(await world.propose(options))
    expect([other.verdict, other.missing.some(({ years }) => years.some(({ of }) => of === leader))]).toEqual([
      'unknown',
      false,
    ])
  })

  it.each(['company', 'researcher'] as const)(
    'tells a %s of the need’s sponsor the verdict, and no figure of another',
    async (as) => {
      await change({ years: [year(2025, 333), year(2024, 333), year(2023, 333)] })
      const asking = { as: 'company' } as const
      const composed = await world.compose({ ...options, seed: as.length }, asking)
      const { proposalId } = composed.body
      const told = await world.ask('GET', `/proposals/${proposalId}`, { as })
      const row = rowOf(told.body)
      expect([row.verdict, row.have, row.figures, row.hidden]).toEqual(['met', null, [], true])
      for (const figure of ['30021', '30,021', '10007', '"value":999', '3.327']) expect(told.text).not.toContain(figure)
      const officer = await world.ask('GET', `/proposals/${proposalId}`)
      expect(rowOf(officer.body)).toMatchObject({ verdict: 'met', have: 3.327671 })
      for (const path of [`/proposals/${proposalId}/export?format=docx`, `/proposals/${proposalId}/study`]) {
        const { status, text } = await world.ask('GET', path, { as })
        expect([path, status < 500, text.includes('30021')]).toEqual([path, true, false])
      }
    },
  )

  it('tells an organisation its own', async () => {
    const { body } = await world.ask('GET', `/organisations/${world.own}`)
    await world.ask('PATCH', `/organisations/${world.own}`, {
      body: {
        revision: body.revision,
        titles: ['龙头企业'],
        years: [year(2025, 3_000), year(2024, 3_000), year(2023, 3_000)],
      },
    })
    const proposal = await world.propose({ ...options, sponsorsIn: true, bans: [leader] }, { as: 'company' })
    expect(rowOf(proposal)).toMatchObject({ verdict: 'met', lead: null })
    expect(rowOf(proposal).figures!.map(({ value }) => value)).toEqual([9_000, 30_021])
    expect(rowOf(proposal).hidden).toBeUndefined()
  })
})
