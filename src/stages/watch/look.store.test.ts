import { beforeAll, expect, test } from 'vitest'
import { openMatcher } from '#stages/match/matcher.ts'
import { openWorld } from '#testing'
import { startLooking } from './look.ts'

beforeAll(async () => {
  await openWorld()
})

test('two servers that start at once tell what came while they were down, and send the letter that was due, once', async () => {
  const world = await openWorld()
  const watch = { kind: 'wanted_organisation', name: 'Wants us', subjectId: world.own }
  await world.ask('POST', '/watches', { as: 'company', body: watch })
  await world.ask('PUT', '/digest', { as: 'company', body: { on: true, weekday: 1, language: 'en' } })
  await world.addResult({ title: 'Cryogenic valve for liquid hydrogen' })
  await world.addNeed({
    sponsors: [world.other],
    capabilities: [{ name: 'Cryogenic valve', weight: 3, critical: false, levelWanted: 2 }],
  })
  world.clock.set('2026-11-25T08:00:00Z')

  const other = { ...world, matcher: openMatcher() }
  const stops = [startLooking(world), startLooking(other)]
  await Promise.all(stops.map((stop) => stop()))
  await other.matcher.stop()

  const notices = (await world.ask('GET', '/notices', { as: 'company' })).body.rows as { subject: string }[]
  expect(notices.filter(({ subject }) => subject === 'notice.watch.wanted')).toHaveLength(1)
  expect((await world.ask('GET', '/outbox', { as: 'administrator' })).body.rows).toMatchObject([
    { subject: 'home: 1 new this week' },
  ])
})
