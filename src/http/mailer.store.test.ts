import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { command } from '#db/command.ts'
import { systemCaller } from '#stages/caller.ts'
import { postMail } from '#stages/house/outbox.ts'
import { openWorld, type TestWorld } from '#testing'
import { type MailServer, startMailServer } from '../testing/mail-server.ts'
import { type Mailer, openMailer } from './mailer.ts'

const MINUTE = 60_000
let mail: MailServer
let made = 0
const opened: Mailer[] = []

beforeAll(async () => {
  mail = await startMailServer()
})
afterEach(async () => {
  mail.refuse = undefined
  mail.letters.length = 0
  for (const mailer of opened.splice(0)) await mailer.stop()
})
afterAll(() => mail.close())

function mailerFor({ database, clock, log }: TestWorld, smtpUrl = mail.url): Mailer {
  const mailer = openMailer({ database, clock, log, smtpUrl, from: 'Consortia <office@zone.test>' })
  opened.push(mailer)
  return mailer
}

async function post(world: TestWorld, order: { rehearse?: boolean } = {}): Promise<string> {
  const toAddress = `reader-${++made}@zone.test`
  const done = { name: 'test.post', input: { made }, at: world.clock.now(), ...order }
  const letter = { toAddress, subject: `请设置密码 ${made}`, body: 'A letter.', link: 'http://zone.test/link' }
  await command(world.database, systemCaller(world.zoneId), done, (written) => postMail(written, world.zoneId, letter))
  return toAddress
}

const stateOf = (world: TestWorld, to: string) =>
  world.within((tx) =>
    tx
      .selectFrom('outbox')
      .select(['state', 'attempts', 'error'])
      .where('zone_id', '=', world.zoneId)
      .where('to_address', '=', to)
      .executeTakeFirst(),
  )

const lettersTo = (to: string) => mail.letters.filter((letter) => letter.to === to)

test('a letter leaves once, with its link, however many servers look', async () => {
  const world = await openWorld()
  const to = await post(world)
  const mailers = [mailerFor(world), mailerFor(world), mailerFor(world)]
  await Promise.all(mailers.map((mailer) => mailer.sendDue()))
  await mailers[0]!.sendDue()
  expect(lettersTo(to)).toHaveLength(1)
  expect(lettersTo(to)[0]!.text).toContain('http://zone.test/link')
  expect(await stateOf(world, to)).toEqual({ state: 'sent', attempts: 1, error: null })
})

test('a rehearsed letter never leaves', async () => {
  const world = await openWorld()
  const to = await post(world, { rehearse: true })
  await mailerFor(world).sendDue()
  expect(lettersTo(to)).toEqual([])
})

test('a busy mail server is asked again, ever later, and given up after the eighth time', async () => {
  const world = await openWorld()
  const to = await post(world)
  mail.refuse = (asked) => (asked === to ? '451 busy' : undefined)
  const mailer = mailerFor(world)
  let now = world.clock.now().getTime()
  for (let attempt = 1; attempt <= 8; attempt++) {
    await mailer.sendDue()
    expect(await stateOf(world, to)).toMatchObject({ state: attempt < 8 ? 'waiting' : 'failed', attempts: attempt })
    world.clock.set(new Date(now + 2 ** attempt * MINUTE - 1))
    await mailer.sendDue()
    expect(await stateOf(world, to)).toMatchObject({ attempts: attempt })
    now += 2 ** attempt * MINUTE
    world.clock.set(new Date(now))
  }
  await mailer.sendDue()
  expect(await stateOf(world, to)).toMatchObject({
    state: 'failed',
    attempts: 8,
    error: expect.stringContaining('451'),
  })
})

test('a busy mail server that recovers takes the letter', async () => {
  const world = await openWorld()
  const to = await post(world)
  mail.refuse = () => '451 busy'
  const mailer = mailerFor(world)
  await mailer.sendDue()
  mail.refuse = undefined
  world.clock.set(new Date(world.clock.now().getTime() + 2 * MINUTE))
  await mailer.sendDue()
  expect(lettersTo(to)).toHaveLength(1)
  expect(await stateOf(world, to)).toMatchObject({ state: 'sent', attempts: 2, error: null })
})

test('an address that there is not is not asked again', async () => {
  const world = await openWorld()
  const to = await post(world)
  mail.refuse = (asked) => (asked === to ? '550 nobody of this name' : undefined)
  await mailerFor(world).sendDue()
  expect(await stateOf(world, to)).toMatchObject({ state: 'failed', attempts: 1 })
})

test('a mail server that is not there leaves the letter waiting, with a short reason', async () => {
  const world = await openWorld()
  const to = await post(world)
  await mailerFor(world, 'smtp://127.0.0.1:1').sendDue()
  const state = await stateOf(world, to)
  expect(state).toMatchObject({ state: 'waiting', attempts: 1 })
  expect(state!.error!.length).toBeLessThanOrEqual(200)
})

test('a letter that waited for days is told as failed and does not leave', async () => {
  const world = await openWorld()
  const to = await post(world)
  world.clock.set(new Date(world.clock.now().getTime() + 4 * 24 * 60 * MINUTE))
  await mailerFor(world).sendDue()
  expect(lettersTo(to)).toEqual([])
  expect(await stateOf(world, to)).toMatchObject({ state: 'failed', attempts: 0, error: 'waited too long' })
})

test('a letter is told as interrupted until it has left, so that a server which dies never sends it twice', async () => {
  const world = await openWorld()
  const to = await post(world)
  const seen: unknown[] = []
  mail.refuse = async (address) => {
    if (address === to) seen.push(await stateOf(world, to))
    return undefined
  }
  await mailerFor(world).sendDue()
  expect(seen).toEqual([{ state: 'failed', attempts: 1, error: 'interrupted while it was sent' }])
  expect(lettersTo(to)).toHaveLength(1)
  expect(await stateOf(world, to)).toMatchObject({ state: 'sent' })
})
