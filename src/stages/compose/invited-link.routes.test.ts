import { beforeAll, describe, expect, it } from 'vitest'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import { type Draft, mover, openDraft, TERMS } from './invitation.fixture.ts'
import { LinkRate } from './invitation-rate.ts'
import { hashToken, makeToken, zoneOfToken } from './link-token.ts'

let world: ComposeWorld
let draft: Draft
beforeAll(async () => {
  world = await openComposeWorld()
  draft = await openDraft(world)
}, PATIENT.timeout)

const link = (id: string, body: object = {}, asking: object = {}) =>
  world.ask('POST', `/invitations/${id}/link`, { as: 'company', body, ...asking })
const open = (token: string) => world.ask('GET', `/api/invited/${token}`, { as: 'stranger' })
const answer = (token: string, body: object, key?: string) =>
  world.ask('POST', `/api/invited/${token}`, { as: 'stranger', body, ...(key ? { key } : {}) })

/** A draft of its own with an invitation to the institute, which has no account, and a link to it. */
async function linked() {
  const own = await openDraft(world)
  const invitation = await own.invited(world.who.institute)
  const { body } = await link(invitation.id)
  return { own, invitation, token: body.token as string }
}

describe('A link to an invitation', PATIENT, () => {
  it('shows the invitation without an account, and takes one answer', async () => {
    const { own, invitation, token } = await linked()
    const shown = await open(token)
    expect(shown.headers.get('cache-control')).toBe('no-store')
    expect(shown.body).toMatchObject({
      state: 'offered',
      terms: TERMS,
      moves: ['accept', 'counter', 'decline'],
      told: { organisation: { name: '材料研究所' } },
      zone: { slug: world.slug },
    })
    for (const secret of ['难题', '等静压公司', 'pinned']) expect(shown.text, secret).not.toContain(secret)
    const { revision } = shown.body
    const terms = { ...TERMS, shareHundredths: 3_000 }
    const said = await answer(token, { move: 'counter', terms, revision }, 'a key')
    expect(said.body).toEqual({ id: invitation.id, state: 'countered', revision: 2 })
    const { invitation: now } = await own.seat(world.who.institute)
    expect(now).toMatchObject({ state: 'countered', link: { state: 'used' } })
    expect(now?.steps.at(-1)).toMatchObject({ side: 'invited', byLink: true, by: null })
    expect((await open(token)).status).toBe(404)
    expect((await answer(token, { move: 'accept', revision: 2 })).body.rule).toBe('invitation.link_unknown')
    expect((await answer(token, { move: 'counter', terms, revision }, 'a key')).body).toEqual(said.body)
  })

  it('is used once by two who answer at the same time', async () => {
    const { token } = await linked()
    const both = await Promise.all([
      answer(token, { move: 'accept', revision: 1 }),
      answer(token, { move: 'counter', terms: TERMS, revision: 1 }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404])
  })

  it('that declines frees the seat and has others sought', async () => {
    const { own, token } = await linked()
    expect((await answer(token, { move: 'decline', code: 'conflict', revision: 1 })).body.state).toBe('declined')
    const board = await own.searched()
    expect(board).toMatchObject({ free: 1, work: { state: 'done' } })
    const { body } = await world.ask('GET', `/needs/${world.need}/responses`, { as: 'company' })
    const said = body.rows.find(
      ({ organisationId }: { organisationId: string }) => organisationId === world.who.institute,
    )
    expect(said).toMatchObject({ answer: 'refusal', code: 'conflict' })
    await world.ask('DELETE', `/needs/${world.need}/responses/${said.id}`, { as: 'administrator' })
  })

  it.each([
    ['the hosts’ move', { move: 'agree', revision: 1 }],
    ['to take back', { move: 'take_back', revision: 1 }],
    ['an answer without a revision', { move: 'accept' }],
    ['a decline without a code', { move: 'decline', revision: 1 }],
  ])('is refused %s', async (_story, body) => {
    const { token } = await linked()
    expect((await answer(token, body)).status).toBe(422)
    expect((await open(token)).status).toBe(200)
  })

  it('looks the same when guessed, used, ended, replaced, expired, withdrawn, cut short or of another zone', async () => {
    const used = await linked()
    await answer(used.token, { move: 'accept', revision: 1 })
    const ended = await linked()
    await world.ask('DELETE', `/invitations/${ended.invitation.id}/link`, { as: 'company' })
    const replaced = await linked()
    await link(replaced.invitation.id)
    const withdrawn = await linked()
    await mover(world)('company', withdrawn.invitation, { move: 'withdraw' })
    const moved = Buffer.concat([
      Buffer.from(world.foreign.zoneId.replaceAll('-', ''), 'hex'),
      Buffer.from((await linked()).token, 'base64url').subarray(16),
    ]).toString('base64url')
    const late = await linked()
    const tokens = [used, ended, replaced, withdrawn].map(({ token }) => token)
    const bodies = []
    for (const token of [...tokens, moved, makeToken(world.zoneId), 'x', late.token.slice(1), `${late.token}A`]) {
      for (const answered of [await open(token), await answer(token, { move: 'accept', revision: 1 })]) {
        expect([answered.status, token]).toEqual([404, token])
        const { requestId: _, ...rest } = answered.body
        bodies.push(JSON.stringify(rest))
      }
    }
    expect((await open(late.token)).status).toBe(200)
    world.clock.set('2026-12-20T08:00:00Z')
    const { requestId: _, ...rest } = (await open(late.token)).body
    bodies.push(JSON.stringify(rest))
    world.clock.set('2026-11-22T08:00:00Z')
    expect(new Set(bodies).size).toBe(1)
    expect(rest).toMatchObject({ code: 'not_found', rule: 'invitation.link_unknown' })
  })

  it('is kept as a hash alone, shown once, and mailed with its note', async () => {
    const own = await openDraft(world)
    const { id } = await own.invited(world.who.institute)
    const made = await link(id, { email: 'director@institute.test', note: '请所长定夺' }, { key: 'link once' })
    const { token } = made.body
    expect(made.body).toMatchObject({ mailed: true, url: `${world.origin}/invited/${token}` })
    expect(zoneOfToken(token)).toBe(world.zoneId)
    const again = await link(id, { email: 'director@institute.test', note: '请所长定夺' }, { key: 'link once' })
    expect(again.body).toMatchObject({ token: null, url: null })
    const rows = await world.within(async (tx) => ({
      links: await tx.selectFrom('invitation_link').selectAll().where('zone_id', '=', world.zoneId).execute(),
      answers: await tx.selectFrom('answer').selectAll().where('zone_id', '=', world.zoneId).execute(),
      steps: await tx.selectFrom('invitation_step').selectAll().where('zone_id', '=', world.zoneId).execute(),
      history: await tx.selectFrom('record_change').selectAll().where('zone_id', '=', world.zoneId).execute(),
    }))
    expect(rows.links.map((row) => row.token_hash)).toContain(hashToken(token))
    expect(JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      token,
    )
    const letters = () =>
      world.within((tx) =>
        tx
          .selectFrom('outbox')
          .select(['link', 'body'])
          .where('zone_id', '=', world.zoneId)
          .where('to_address', '=', 'director@institute.test')
          .orderBy('created_at')
          .orderBy('id')
          .execute(),
      )
    expect(await letters()).toMatchObject([{ link: made.body.url }])
    expect((await letters())[0]?.body).toContain('请所长定夺')

    // Another offer after an answer by the link goes to the same address, by a link of its own.
    await answer(token, { move: 'counter', terms: TERMS, revision: 1 })
    await mover(world)('company', { id, revision: 2 }, { move: 'offer', terms: TERMS })
    const second = (await letters()).find((letter) => letter.link !== made.body.url)
    const fresh = new URL(second?.link ?? '').pathname.split('/').at(-1)!
    expect((await answer(fresh, { move: 'accept', revision: 3 })).body.state).toBe('accepted')
  })

  it('of a rehearsal, or to what is settled, is none', async () => {
    const own = await openDraft(world)
    const invitation = await own.invited(world.other)
    const { body } = await world.ask('POST', `/invitations/${invitation.id}/link?rehearse=true`, {
      as: 'company',
      body: {},
    })
    expect(body).toMatchObject({ token: null, url: null })
    await mover(world)('company.other', invitation, { move: 'accept' })
    const late = await link(invitation.id)
    expect([late.status, late.body.rule]).toEqual([409, 'invitation.link_settled'])
  })

  it('is made and ended by the hosts alone', async () => {
    const { id } = await draft.invited(world.other)
    for (const who of ['company.other', 'researcher.other'] as const) {
      expect((await link(id, {}, { as: who })).body.rule, who).toBe('invitation.for_hosts')
      expect((await world.ask('DELETE', `/invitations/${id}/link`, { as: who })).status, who).toBe(403)
    }
    for (const [who, status] of [
      ['company.foreign', 403],
      ['stranger', 401],
    ] as const)
      expect((await link(id, {}, { as: who })).status, who).toBe(status)
    expect((await link(id, {}, { as: 'technology_manager' })).status).toBe(201)
  })

  it('is not asked for without end, nor are guesses', () => {
    const tries = (rate: LinkRate, count: number, token: (n: number) => string, now = 0) => {
      let refused = 0
      for (let n = 0; n < count; n++)
        try {
          rate.count(token(n), now)
        } catch {
          refused++
        }
      return refused
    }
    const rate = new LinkRate()
    expect(tries(rate, 45, () => 'one')).toBe(5)
    expect(tries(rate, 1, () => 'another')).toBe(0)
    expect(tries(rate, 1, () => 'one', 300_000)).toBe(0)
    expect(
      tries(rate, 40, () => 'one', 0),
      'by a clock that was set back',
    ).toBe(0)
    expect(tries(new LinkRate(), 1_210, (n) => `guess ${n}`)).toBe(10)
  })
})
