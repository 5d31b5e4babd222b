import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import type { KnownTeam, Problem } from '#engines/cover/model.ts'
import { alternativesInWorker, priceInWorker } from '#engines/cover/run.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { coverFor } from '../match/cover.ts'
import { composeOrder, frame, inTime, ORGANISATIONS_INLINE_MAX, type Watch } from './compose-service.ts'
import { describeAlternative, describePrices } from './describe-study.ts'
import { guarded } from './guarded.ts'
import { countOrganisations, namesOf } from './inputs-store.ts'
import { ENGINE } from './problem.ts'
import { readableProposal } from './proposal-service.ts'
import type { KeptDraft } from './proposal-store.ts'
import type { Studied, Study } from './study-model.ts'

export const STUDY_WORK = 'study'
/** Alternatives differ in one of so many members at least, or in one where no such team is good enough. */
const APART_ONE_IN = 4
/** They are worth less by so many per cent at most. */
const WORSE_PERCENT_MAX = 20
const ALTERNATIVES = 4
const SOLVE_SECONDS_MAX = 5
const BAR = { comparing: 10, pricing: 50, keeping: 95, end: 100 } as const

/** What was found of a proposal before. @throws Fault `not_found` for one that the caller may not read */
export async function readStudy(tx: Tx, caller: Caller, proposalId: string): Promise<Studied> {
  await readableProposal(tx, caller, proposalId)
  const row = await tx
    .selectFrom('proposal_study')
    .select('answer')
    .where('zone_id', '=', caller.zoneId)
    .where('proposal_id', '=', proposalId)
    .executeTakeFirst()
  return { study: row ? (row.answer as Study) : null, workId: null }
}

/**
 * Looks for teams that differ and prices each condition, by solving again: at once where that is quick, else as work.
 *
 * @throws Fault `wrong_state` where there is no team, `changed_meanwhile` where the inputs have changed since
 */
export async function studyProposal(world: World, caller: Caller, order: StudyOrder): Promise<Studied> {
  const { known, organisations } = await readAs(world.database, caller, async (tx) => ({
    known: await readStudy(tx, caller, order.proposalId),
    organisations: await countOrganisations(tx, caller.zoneId),
  }))
  if (known.study) return known
  if (organisations > ORGANISATIONS_INLINE_MAX) return enqueue(world, caller, order)
  return inTime<Studied>(
    async (signal) => ({ study: await makeStudy(world, caller, order, { signal }), workId: null }),
    () => enqueue(world, caller, order),
  )
}

interface StudyOrder {
  proposalId: string
  key?: string | undefined
  rehearse?: boolean
}

async function enqueue(world: World, caller: Caller, { proposalId, ...order }: StudyOrder): Promise<Studied> {
  const named = composeOrder('compose.study', { proposal: proposalId }, order, world.clock.now())
  const { output } = await command(world.database, caller, named, async ({ tx }) => ({
    study: null,
    workId: await world.jobs.enqueue(tx, caller, { kind: STUDY_WORK, subjectId: proposalId, input: {} }),
  }))
  return output
}

/** Solves for the alternatives and the prices, and keeps both. Throws as `studyProposal` does. */
export async function makeStudy(
  world: World,
  caller: Caller,
  { proposalId, ...order }: StudyOrder,
  { signal, progress }: Watch = {},
): Promise<Study> {
  const { kept } = await readAs(world.database, caller, async (tx) => {
    const { proposal } = await readableProposal(tx, caller, proposalId)
    return proposal
  })
  const known = teamOf(kept)
  const { options } = kept
  const cover = await coverFor(world, caller, kept.needId)
  const { framed } = await frame(world, caller, cover, options, signal ? { signal } : {})
  if (framed.inputsHash !== kept.inputsHash)
    throw new Fault('changed_meanwhile', 'The need or the registry has changed since this proposal was made.', {
      rule: 'compose.study_stale',
      tip: 'Compose again; the new proposal can be compared.',
    })
  const limits = { seed: options.seed, secondsMax: SOLVE_SECONDS_MAX, ...(signal && { signal }) }
  progress?.('compose.comparing', BAR.comparing, BAR.end)
  const { alternatives, apartMin } = await seekAlternatives(world, framed.problem, known, limits)
  progress?.('compose.pricing', BAR.pricing, BAR.end)
  const prices = await guarded(world, () => priceInWorker(framed.problem, known, limits))
  progress?.('compose.keeping', BAR.keeping, BAR.end)
  const ids = new Set(alternatives.flatMap(({ answer }) => answer.chosen.map(({ id }) => id)))
  const priced = prices.flatMap(({ change }) => (change.id && framed.named.has(change.id) ? [change.id] : []))
  const names = await readAs(world.database, caller, (tx) => namesOf(tx, caller.zoneId, [...ids, ...priced]))
  const told = { cover, framed, options, names }
  const study: Study = {
    at: world.clock.now().toISOString(),
    engine: ENGINE,
    objective: known.objective,
    apartMin,
    worsePercentMax: WORSE_PERCENT_MAX,
    alternatives: alternatives.map((one) => describeAlternative(told, kept, one)),
    prices: describePrices(told, options, prices),
  }
  await keepStudy(world, caller, { proposalId, ...order }, study)
  return study
}

async function seekAlternatives(
  world: World,
  problem: Problem,
  known: KnownTeam,
  limits: { seed: number; secondsMax: number; signal?: AbortSignal },
) {
  const seek = (apartMin: number) =>
    guarded(world, () =>
      alternativesInWorker(problem, known, {
        ...limits,
        apartMin,
        count: ALTERNATIVES,
        worseShareMax: WORSE_PERCENT_MAX / 100,
      }),
    )
  const wished = Math.ceil(known.chosen.length / APART_ONE_IN)
  const found = await seek(wished)
  if (found.length || wished === 1) return { alternatives: found, apartMin: wished }
  return { alternatives: await seek(1), apartMin: 1 }
}

function teamOf(kept: KeptDraft): KnownTeam {
  const { status, objective, members } = kept
  if (status === 'infeasible' || objective === null || members.length === 0)
    throw new Fault('wrong_state', 'There is no team that could be compared.', {
      rule: 'compose.study_no_team',
      tip: 'Give way on a condition first.',
    })
  return { status, objective, chosen: members.map(({ id }) => ({ id })) }
}

async function keepStudy(world: World, caller: Caller, { proposalId, ...order }: StudyOrder, study: Study) {
  const at = world.clock.now()
  const named = composeOrder('compose.keep_study', { proposal: proposalId }, order, at)
  await command(world.database, caller, { ...named, key: undefined }, async ({ tx }) => {
    await readableProposal(tx, caller, proposalId)
    await tx
      .insertInto('proposal_study')
      .values({ zone_id: caller.zoneId, proposal_id: proposalId, engine: ENGINE, answer: json(study), at })
      .onConflict((conflict) => conflict.columns(['zone_id', 'proposal_id']).doNothing())
      .execute()
    return { proposalId }
  })
}
