import { readAs } from '#db/caller.ts'
import { NIL_ID } from '#kit/ids.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#stages/house/demo-accounts.ts'
import { plantDemo } from '../demo/plant.ts'
import type { Settings } from '../settings.ts'
import type { World } from '../world.ts'

/** On a first run plants the demo zone, or readies the one-time code. Returns the lines that the console shows. */
export async function seedFirstRun(world: World, settings: Settings): Promise<string[]> {
  const stranger = { zoneId: NIL_ID, accountId: null, role: 'stranger', organisationId: null }
  const zones = await readAs(world.database, stranger, (tx) => tx.selectFrom('zone').select(['id', 'demo']).execute())
  if (zones.length === 0 && !settings.demo) return codeLines(world)
  if (zones.length === 0) await plantDemo(world)
  return zones.length === 0 || zones.some((zone) => zone.demo) ? demoLines() : []
}

function codeLines({ firstCode }: World): string[] {
  return ['', '  Nobody is at home yet. The first visitor becomes administrator with this code:', `  ${firstCode.text}`]
}

function demoLines(): string[] {
  return [
    '',
    '  A demo zone stands, all of it invented. Sign in with any of these; the password is',
    `  ${DEMO_PASSWORD}`,
    ...DEMO_ACCOUNTS.map(({ email, role }) => `    ${email.padEnd(34)} ${role}`),
  ]
}
