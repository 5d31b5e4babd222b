import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import { hashToken, makeToken, zoneOfToken } from './link-token.ts'
import type { Proposal } from './model.ts'

let world: ComposeWorld
let proposal: Proposal
beforeAll(async () => {
  world = await openComposeWorld()
  const { presser, spare } = world.who
  await world.ask('PATCH', `/organisations/${presser}`, {
    body: { revision: 1, contact: { name: 'Secret Zhang', email: 'zhang@secret.test' }, notes: 'hidden note' },
  })
  proposal = await world.propose({ bans: [spare], pins: [world.who.fund], budget: { minor: '4711', currency: 'CNY' } })
}, PATIENT.timeout)

const share = (body: object = {}, asking: object = {}) =>
  world.ask('POST', `/proposals/${proposal.id}/links`, { as: 'company', body, ...asking })
const open = (token: string) => world.ask('GET', `/api/shared/${token}`, { as: 'stranger' })
const links = async () => (await world.ask('GET', `/proposals/${proposal.id}/links`, { as: 'company' })).body.rows

describe('A link', PATIENT, () => {
  it('shows the proposal to whoever holds it, without an account', async () => {
    const { status, body } = await share({ days: 7 })
    expect(status).toBe(201)
    expect(body).toMatchObject({ mailed: false, expiresAt: '2026-11-29T08:00:00.000Z' })
    expect(body.url).toBe(`${world.origin}/s/${body.token}`)
    const shown = await open(body.token)
    expect(shown.status).toBe(200)
    expect(shown.headers.get('cache-control')).toBe('no-store')
    expect(shown.body).toMatchObject({
      needTitle: proposal.needTitle,
      needSummary: { zh: { text: '公开摘要' } },
      status: 'optimal',
      gap: proposal.gap,
      solved: { covered: 3, of: 4, provenBest: true },
      inputsHash: proposal.inputsHash,
    })
    expect(shown.body.members.map(({ id, role }: { id: string; role: string }) => [id, role])).toEqual(
      proposal.members.map(({ id, role }) => [id, role]),
    )
    expect(shown.body.gaps[0].nearest[0]).toMatchObject({ id: world.who.neighbour, why: 'level' })
  })

  it('shows nothing private: no problem, contact, money, wish, ban or candidate', async () => {
    const { text } = await open((await share()).body.token)
    for (const secret of ['难题', 'Secret', 'secret', 'hidden', '4711', world.who.spare, '备选公司', 'pinned', 'ban'])
      expect(text, secret).not.toContain(secret)
  })

  it('shows of a conflict all or nothing: without what is private the rest is none', async () => {
    const { presser, spare } = world.who
    const whole = await world.propose({ sizeMax: 2 })
    const partly = await world.propose({ sizeMax: 2, pins: [presser, spare], criticalRequired: false })
    expect(partly.conflict?.conditions).toEqual(['maxMembers', 'sponsors', 'pinned'])
    const shown = async ({ id }: Proposal) => {
      const { body } = await world.ask('POST', `/proposals/${id}/links`, { as: 'company', body: {} })
      return (await open(body.token)).body
    }
    expect((await shown(whole)).conflict).toEqual(whole.conflict?.conditions)
    expect((await shown(partly)).conflict).toEqual([])
  })

  it('is kept as a hash alone, and its token is shown once', async () => {
    const { token, id } = (await share({}, { key: 'once' })).body
    expect(id).toBe(hashToken(token))
    const again = await share({}, { key: 'once' })
    expect(again.body).toMatchObject({ id, token: null, url: null })
    const rows = await world.within(async (tx) => ({
      links: await tx.selectFrom('proposal_link').selectAll().where('zone_id', '=', world.zoneId).execute(),
      answers: await tx.selectFrom('answer').selectAll().where('zone_id', '=', world.zoneId).execute(),
      journal: await tx.selectFrom('journal').selectAll().where('zone_id', '=', world.zoneId).execute(),
      history: await tx.selectFrom('record_change').selectAll().where('zone_id', '=', world.zoneId).execute(),
    }))
    expect(JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      token,
    )
  })

  it('ends when it is revoked, expires, or its proposal goes; and looks then as if it had never been', async () => {
    const revoked = (await share()).body
    const expired = (await share({ days: 1 })).body
    expect((await world.ask('DELETE', `/proposals/${proposal.id}/links/${revoked.id}`, { as: 'company' })).status).toBe(
      200,
    )
    expect((await world.ask('DELETE', `/proposals/${proposal.id}/links/${revoked.id}`, { as: 'company' })).status).toBe(
      200,
    )
    world.clock.set('2026-11-23T08:00:00Z')
    const bodies = []
    for (const token of [revoked.token, expired.token, makeToken(world.zoneId), 'x', '%00', `${expired.token}A`]) {
      const { status, body } = await open(token)
      expect(status).toBe(404)
      const { requestId: _, ...rest } = body
      bodies.push(rest)
    }
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(bodies[0]).toMatchObject({ code: 'not_found', rule: 'link.unknown' })
    const states = (await links()).map((row: { id: string; state: string }) => [row.id, row.state])
    expect(states).toContainEqual([revoked.id, 'revoked'])
    expect(states).toContainEqual([expired.id, 'expired'])
    world.clock.set('2026-11-22T08:00:00Z')
  })

  it('of another zone opens nothing here, nor does its secret under this zone’s name', async () => {
    const { token } = (await share()).body
    expect(zoneOfToken(token)).toBe(world.zoneId)
    const secret = Buffer.from(token, 'base64url').subarray(16)
    const moved = Buffer.concat([Buffer.from(world.foreign.zoneId.replaceAll('-', ''), 'hex'), secret])
    expect((await open(moved.toString('base64url'))).status).toBe(404)
    expect((await open(token)).status).toBe(200)
  })

  it('leaves by mail with its note, in both languages', async () => {
    const { body } = await share({ email: 'director@firm.test', note: '请周五前看', days: 3 })
    expect(body.mailed).toBe(true)
    const letter = await world.within((tx) =>
      tx
        .selectFrom('outbox')
        .selectAll()
        .where('zone_id', '=', world.zoneId)
        .where('to_address', '=', 'director@firm.test')
        .executeTakeFirstOrThrow(),
    )
    expect(letter.link).toBe(body.url)
    expect(letter.subject).toContain('低压固态电池 / Solid-state battery at low pressure')
    for (const words of ['请周五前看', '3 天内有效', 'holds for 3 days']) expect(letter.body).toContain(words)
    expect(letter.body).not.toContain('难题')
    expect((await links()).find(({ id }: { id: string }) => id === body.id).address).toBe('director@firm.test')
  })

  it('of a rehearsal is no link', async () => {
    const { body } = await world.ask('POST', `/proposals/${proposal.id}/links?rehearse=true`, {
      body: { email: 'nobody@firm.test' },
    })
    expect(body).toMatchObject({ token: null, url: null })
    expect((await links()).some(({ id }: { id: string }) => id === body.id)).toBe(false)
  })

  it.each([
    ['longer than 90 days', { days: 91 }, 'number.too_big'],
    ['of no day', { days: 0 }, 'number.too_small'],
    ['to no address', { email: 'director' }, 'email.format'],
    ['with something unknown', { forever: true }, 'key.unknown'],
  ])('%s is refused', async (_story, body, rule) => {
    const refused = await share(body)
    expect(refused.status).toBe(422)
    expect(refused.body.issues[0].rule).toBe(rule)
  })

  it('is made, listed and revoked by the sponsors and the staff alone', async () => {
    const { id, token } = (await share()).body
    for (const who of [
      'company.other',
      'researcher.other',
      'company.foreign',
      'administrator.foreign',
      'stranger',
    ] as const) {
      const refusals = [
        await share({}, { as: who }),
        await world.ask('GET', `/proposals/${proposal.id}/links`, { as: who }),
        await world.ask('DELETE', `/proposals/${proposal.id}/links/${id}`, { as: who }),
      ]
      const member = who.endsWith('.other')
      for (const { status } of refusals) expect(status, who).toBe(member ? 404 : who === 'stranger' ? 401 : 403)
    }
    expect((await open(token)).status).toBe(200)
    const unknown = await world.ask('DELETE', `/proposals/${proposal.id}/links/${hashToken('x')}`)
    expect(unknown.body.rule).toBe('link.unknown')
  })

  it('is not made without end', async () => {
    const other = await world.propose({ seed: 99 })
    await world.within((tx) =>
      sql`insert into proposal_link (zone_id, token_hash, proposal_id, created_at, expires_at)
        select ${world.zoneId}, 'link ' || n, ${other.id}, ${world.clock.now()}, ${world.clock.now()}
        from generate_series(1, 200) as n`.execute(tx),
    )
    const { status, body } = await world.ask('POST', `/proposals/${other.id}/links`, { body: {} })
    expect([status, body.rule, body.limit]).toEqual([429, 'link.too_many', 200])
  })

  it('is not read past the wall by its hash', async () => {
    await share()
    const seen = await world.within(
      (tx) => tx.selectFrom('proposal_link').select('token_hash').execute(),
      world.foreign.zoneId,
    )
    expect(seen).toEqual([])
  })
})
