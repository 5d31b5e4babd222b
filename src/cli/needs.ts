import { command } from '#db/command.ts'
import { admit } from '#http/serve.ts'
import { parse } from '#http/valid.ts'
import type { Caller } from '#stages/caller.ts'
import { needsApi } from '#stages/needs/api.ts'
import { NeedFile, type NeedSaved } from '#stages/needs/model.ts'
import { postNeed } from '#stages/needs/step-service.ts'
import type { World } from '../world.ts'
import type { CommandLine } from './commands.ts'
import { readJsonFile } from './json-file.ts'
import { inZone, type Session } from './session.ts'
import { print } from './tell.ts'

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

export async function runPostNeed(line: CommandLine): Promise<void> {
  const needFile = await readJsonFile(line.positionals[0]!)
  const post = async ({ world, caller }: Session) => {
    admit(needsApi.postNeed, caller)
    const saved = await postNeedFile(world, caller, needFile)
    print(line, saved, `${saved.id} (${saved.state})`)
  }
  await inZone(line, post, { mayStartZone: true })
}
