import { command } from '#db/command.ts'
import { parse } from '#http/valid.ts'
import type { Caller } from '#stages/caller.ts'
import { NeedFile, type NeedSaved } from '#stages/needs/model.ts'
import { postNeed } from '#stages/needs/step-service.ts'
import type { World } from '../world.ts'

/**
 * `consortia needs post FILE`: posts a need file (already read as JSON) as the caller. It is open at once for an officer
 * and for the local operator; anybody else's waits for its review. Throws a Fault with an issue for each thing that is wrong.
 */
export async function postNeedFile(world: World, caller: Caller, needFile: unknown): Promise<NeedSaved> {
  const input = parse(NeedFile, needFile, 'file')
  const order = { name: 'needs.post', input, at: world.clock.now() }
  const { output } = await command(world.database, caller, order, (done) => postNeed(done, caller, input))
  return output
}
