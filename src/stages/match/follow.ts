import { readAs } from '#db/caller.ts'
import type { World } from '../../world.ts'
import { systemCaller } from '../caller.ts'
import { startRounds } from '../house/rounds.ts'
import { corpusVersion } from './corpus.ts'
import { bookOf } from './service.ts'

/** Whoever wrote, at this server or another: what is saved is found after so long at most, and the time to read it. */
const LOOK_MS = 500

/** How far each zone's chain had come when it was looked at, and the zones that could not be followed then. */
interface Seen {
  heads: Map<string, bigint>
  failing: Set<string>
}

/** Brings every zone that matching holds, or has a snapshot of, up to where its chain has come. */
async function followAll(world: World, { heads, failing }: Seen): Promise<void> {
  for (const [zoneId, held] of [...world.matcher.zones()])
    try {
      heads.set(zoneId, await followZone(world, zoneId, { held, seen: heads.get(zoneId) }))
      failing.delete(zoneId)
    } catch (err) {
      // A database that is away is away many times a second: once is enough.
      if (!failing.has(zoneId)) world.log.error({ err, zoneId }, 'A registry could not be followed for matching.')
      failing.add(zoneId)
    }
}

async function followZone(
  world: World,
  zoneId: string,
  { held, seen }: { held: string | null; seen: bigint | undefined },
): Promise<bigint> {
  const { head, version } = await readAs(world.database, systemCaller(zoneId), async (tx) => {
    const row = await tx.selectFrom('journal_head').select('seq').where('zone_id', '=', zoneId).executeTakeFirst()
    const head = row?.seq ?? 0n
    return { head, version: held !== null && seen === head ? held : await corpusVersion(tx, zoneId) }
  })
  if (held === null || BigInt(held) < BigInt(version)) await world.matcher.follow(bookOf(world, zoneId, version))
  return head
}

/** Takes up the snapshots that there are, then follows the chains as long as the server runs. Answers how to stop. */
export function startFollowing(world: World): () => Promise<void> {
  const seen: Seen = { heads: new Map(), failing: new Set() }
  let first: Promise<void> | undefined = world.matcher.keepSnapshots()
  return startRounds(world, LOOK_MS, 'Matching could not follow the registry.', async () => {
    const taking = first
    first = undefined
    await taking
    await followAll(world, seen)
  })
}
