import { readAs } from '#db/caller.ts'
import { parse } from '#http/valid.ts'
import { Fault } from '#kit/fault.ts'
import { ComposeOptions, PRESETS } from '#stages/compose/model.ts'
import { readPacks } from '#stages/compose/pack-service.ts'
import { PRESET_WEIGHTS } from '#stages/compose/rules.ts'
import type { CommandLine } from './commands.ts'
import type { Session } from './session.ts'
import { Misuse } from './tell.ts'

/** What `consortia compose NEED` was told to ask for. Packs are looked up when the zone is open. */
export function composeOptionsOf({ values }: CommandLine): ComposeOptions {
  const { pin, ban, weights, seconds, seed, newcomers } = values as Record<string, string | undefined>
  const options = {
    ...(pin === undefined ? {} : { pins: pin.split(',') }),
    ...(ban === undefined ? {} : { bans: ban.split(',') }),
    ...(newcomers === undefined ? {} : { newcomersMin: Number(newcomers) }),
    ...(weights === undefined ? {} : { weights: weightsOf(weights) }),
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    apart: listOf(values.apart).map(pairOf),
    packs: listOf(values.pack).map((asked) => readAsked(asked).id),
  }
  return parse(ComposeOptions, options, 'body')
}

/** An option that may be given again and again. */
const listOf = (value: CommandLine['values'][string]): string[] => (Array.isArray(value) ? value : [])

function pairOf(pair: string): string[] {
  const ids = pair.split(',')
  if (ids.length !== 2) throw new Misuse('--apart takes two ids, A,B; give it again for another two.')
  return ids
}

/** A preset's name; or an object of points, where what it leaves out weighs as in the balanced preset. */
function weightsOf(given: string): unknown {
  if ((PRESETS as readonly string[]).includes(given)) return given
  try {
    const points: unknown = JSON.parse(given)
    if (typeof points === 'object' && points !== null && !Array.isArray(points))
      return { ...PRESET_WEIGHTS.balanced, ...points }
  } catch {
    // Said below, whatever was wrong with it.
  }
  throw new Misuse(`--weights takes ${PRESETS.join(', ')}, or an object in JSON: {"member": 500}.`)
}

/** `KEY` or `KEY@VERSION`. */
function readAsked(asked: string): { id: string; version: string | null } {
  const at = asked.lastIndexOf('@')
  return at < 0 ? { id: asked, version: null } : { id: asked.slice(0, at), version: asked.slice(at + 1) }
}

/**
 * A pack holds by the version in force on the zone's day; one that is named with it must be that.
 * @throws Fault `not_found` for any other, with those in force
 */
export async function refuseUnknownPacks({ world, caller }: Session, { values }: CommandLine): Promise<void> {
  const asked = listOf(values.pack).map(readAsked)
  if (!asked.length) return
  const { rows } = await readAs(world.database, caller, (tx) => readPacks(tx, caller, world.clock.now()))
  const inForce = rows.map(({ id, version }) => `${id}@${version}`)
  for (const { id, version } of asked) {
    const known = rows.find((row) => row.id === id)
    if (known && (version === null || version === known.version)) continue
    throw new Fault(
      'not_found',
      known ? `Version ${version} of ${id} is not in force.` : `No rule pack ${id} about a team is in force.`,
      {
        rule: known ? 'rules.pack.not_in_force' : 'rules.pack.unknown',
        tip: `In force today: ${inForce.join(', ')}.`,
      },
    )
  }
}
