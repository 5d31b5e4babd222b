import { readAs } from '#db/caller.ts'
import { admit } from '#http/serve.ts'
import { composeApi } from '#stages/compose/api.ts'
import { composeNeed, draftFor } from '#stages/compose/compose-service.ts'
import type { Draft } from '#stages/compose/describe.ts'
import type { ComposeOptions } from '#stages/compose/model.ts'
import type { RuleState } from '#stages/compose/pack-model.ts'
import { readProposal } from '#stages/compose/proposal-service.ts'
import { Narrator } from '#stages/compose/sentences.ts'
import { coverForFile } from '#stages/match/cover.ts'
import type { CommandLine } from './commands.ts'
import { composeOptionsOf, refuseUnknownPacks } from './compose-options.ts'
import { languageOf, type NeedArgument, readNeedArgument } from './need-argument.ts'
import { inZone, type Session } from './session.ts'
import { Misuse, print } from './tell.ts'

/** `consortia compose NEED`: a posted need's proposal is kept, as in the browser; of a need file nothing is. */
export async function runCompose(line: CommandLine): Promise<void> {
  if (line.values.all) return (await import('./compose-all.ts')).runComposeAll(line)
  const [named] = line.positionals
  if (named === undefined) throw new Misuse('An argument is missing.')
  for (const option of ['capacity', 'anew'])
    if (line.values[option] !== undefined) throw new Misuse(`--${option} stands with --all.`)
  const options = composeOptionsOf(line)
  const need = await readNeedArgument(named)
  await inZone(line, async (session) => {
    admit(composeApi.compose, session.caller)
    await refuseUnknownPacks(session, line)
    const proposal = await compose(session, need, options)
    const narrator = new Narrator(proposal, 'id' in need ? languageOf(proposal.needTitle) : need.language)
    print(line, answerOf(named, proposal, narrator), textOf(proposal, narrator))
  })
}

async function compose({ world, caller }: Session, need: NeedArgument, options: ComposeOptions): Promise<Draft> {
  if (!('id' in need)) return draftFor(world, caller, await coverForFile(world, caller, need.file), options)
  const id = await composeNeed(world, caller, { needId: need.id, options })
  return readAs(world.database, caller, (tx) => readProposal(tx, caller, id))
}

/** The fixed form of the answer; with rule packs, how the team stands to each of their rows. */
function answerOf(need: string, proposal: Draft, narrator: Narrator) {
  const { status, objective, bound, seconds, members, gaps, conflict, rules, options } = proposal
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
    ...(options.packs.length ? { rules: rules.map((rule) => ruleOf(rule, narrator)) } : {}),
  }
}

/** One row of a pack: `met`, `missed`, or `unknown`, which a person has to look at. */
const ruleOf = (
  { pack, row, words, verdict, have, need, compare, unit, source, waived }: RuleState,
  narrator: Narrator,
) => ({
  pack: pack.id,
  version: pack.version,
  rule: row,
  words: narrator.say(words),
  verdict,
  have,
  need,
  compare,
  unit: narrator.say(unit),
  source,
  waived,
})

function textOf(proposal: Draft, narrator: Narrator): string {
  const members = proposal.members.map(
    (member) => `  ${narrator.name(member)} (${narrator.role(member.role)}): ${narrator.reason(member)}`,
  )
  const packs = Map.groupBy(proposal.rules, ({ pack }) => pack.id)
  const rules = [...packs.values()].flatMap((rows) => [
    '',
    `${narrator.say(rows[0]!.pack.title)} ${rows[0]!.pack.id}@${rows[0]!.pack.version}`,
    ...rows.map((row) => `  ${verdictOf(row)}  ${narrator.say(row.words)} (${row.source})`),
  ])
  return [narrator.answer(proposal), ...members, ...rules].join('\n')
}

const VERDICT_WORDS = { met: 'met', missed: 'MISSED', unknown: 'by hand' } as const
const VERDICT_WIDTH = Math.max(...Object.values(VERDICT_WORDS).map((word) => word.length))
const verdictOf = ({ verdict }: RuleState) => VERDICT_WORDS[verdict].padEnd(VERDICT_WIDTH)
