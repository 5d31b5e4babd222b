import { readAs } from '#db/caller.ts'
import { admit } from '#http/serve.ts'
import { parse } from '#http/valid.ts'
import { composeApi } from '#stages/compose/api.ts'
import { composeNeed, draftFor } from '#stages/compose/compose-service.ts'
import type { Draft } from '#stages/compose/describe.ts'
import { ComposeOptions } from '#stages/compose/model.ts'
import { readProposal } from '#stages/compose/proposal-service.ts'
import { Narrator } from '#stages/compose/sentences.ts'
import { coverForFile } from '#stages/match/cover.ts'
import type { CommandLine } from './commands.ts'
import { languageOf, type NeedArgument, readNeedArgument } from './need-argument.ts'
import { inZone, type Session } from './session.ts'
import { Misuse, print } from './tell.ts'

/** `consortia compose NEED`: a posted need's proposal is kept, as in the browser; of a need file nothing is. */
export async function runCompose(line: CommandLine): Promise<void> {
  if (line.values.all) return (await import('./compose-all.ts')).runComposeAll(line)
  const [named] = line.positionals
  if (named === undefined) throw new Misuse('An argument is missing.')
  if (line.values.capacity !== undefined) throw new Misuse('--capacity stands with --all.')
  const need = await readNeedArgument(named)
  const options = optionsOf(line)
  await inZone(line, async (session) => {
    admit(composeApi.compose, session.caller)
    const proposal = await compose(session, need, options)
    const narrator = new Narrator(proposal, 'id' in need ? languageOf(proposal.needTitle) : need.language)
    print(line, answerOf(named, proposal, narrator), textOf(proposal, narrator))
  })
}

function optionsOf({ values }: CommandLine): ComposeOptions {
  const { pin, ban, weights, seconds, seed } = values as Record<string, string | undefined>
  const options = {
    ...(pin === undefined ? {} : { pins: pin.split(',') }),
    ...(ban === undefined ? {} : { bans: ban.split(',') }),
    ...(weights === undefined ? {} : { weights }),
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  }
  return parse(ComposeOptions, options, 'body')
}

async function compose({ world, caller }: Session, need: NeedArgument, options: ComposeOptions): Promise<Draft> {
  if (!('id' in need)) return draftFor(world, caller, await coverForFile(world, caller, need.file), options)
  const id = await composeNeed(world, caller, { needId: need.id, options })
  return readAs(world.database, caller, (tx) => readProposal(tx, caller, id))
}

/** The fixed form of the answer. */
function answerOf(need: string, proposal: Draft, narrator: Narrator) {
  const { status, objective, bound, seconds, members, gaps, conflict } = proposal
  return {
    need,
    status,
    objective,
    bound,
    seconds,
    members: members.map((member) => ({
      id: member.id,
      name: narrator.name(member),
      role: member.role,
      covers: member.covers.map(({ capability, level }) => ({ capability: narrator.capability(capability), level })),
      reason: narrator.reason(member),
    })),
    gaps: gaps.map(({ id, nearest }) => ({
      capability: narrator.capability(id),
      nearest: nearest.map((one) => ({ id: one.id, name: narrator.name(one), level: one.level })),
    })),
    ...(conflict ? { conflict: conflict.conditions } : {}),
  }
}

function textOf(proposal: Draft, narrator: Narrator): string {
  const members = proposal.members.map(
    (member) => `  ${narrator.name(member)} (${narrator.role(member.role)}): ${narrator.reason(member)}`,
  )
  return [narrator.answer(proposal), ...members].join('\n')
}
