import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import type { Loss } from '#engines/cover/explain.ts'
import { type Answer, hasTeam, type Problem, type Progress } from '#engines/cover/model.ts'
import { explainInWorker, solveInWorker } from '#engines/cover/run.ts'
import { present } from '#kit/assert.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { type Cover, coverFor } from '../match/cover.ts'
import { type Draft, describeSolution, mentioned } from './describe.ts'
import { answerForNobody } from './empty.ts'
import { guarded } from './guarded.ts'
import { countOrganisations, currencyOf, estimateCosts, listOthers, loadsOf, namesOf, pulseOf } from './inputs-store.ts'
import { likelyAmong } from './likely.ts'
import type { Composed, ComposeOptions } from './model.ts'
import { packsAsked } from './pack-store.ts'
import { compilePacks } from './pack-thread.ts'
import { candidatesOf, type Framed, frameProblem } from './problem.ts'
import { findSame, insertProposal } from './proposal-store.ts'
import { refuseToCompose } from './rules.ts'

export const COMPOSE_WORK = 'compose'
/** A larger registry is composed from as work with a bar, not while the asker waits. */
export const ORGANISATIONS_INLINE_MAX = 800
/** What is not done by then goes on as work. */
const INLINE_MILLISECONDS_MAX = 2_500
/** The registry may move on while a team is sought; then it is sought once more. */
const ATTEMPTS_MAX = 2
const EXPLAIN_SECONDS_MIN = 1
/** Where the bar stands when each step begins, of a hundred. */
const BAR = { solving: 10, explaining: 70, keeping: 95, end: 100 } as const

export interface Watch {
  signal?: AbortSignal
  progress?: (doing: string, done: number, total?: number) => void
}

export interface ComposeOrder {
  needId: string
  options: ComposeOptions
  key?: string | undefined
  rehearse?: boolean
}

/**
 * Composes at once where that is quick; else orders it as work. A request that is repeated with its key, or that asks
 * for exactly what was answered before, gets that answer.
 */
export async function composeOrEnqueue(world: World, caller: Caller, order: ComposeOrder): Promise<Composed> {
  const { organisations } = await readAs(world.database, caller, async (tx) => {
    await pulseOf(tx, caller, order.needId)
    return { organisations: await countOrganisations(tx, caller.zoneId) }
  })
  if (organisations > ORGANISATIONS_INLINE_MAX) return enqueue(world, caller, order)
  return inTime(
    (signal) => makeProposal(world, caller, order, { signal }),
    () => enqueue(world, caller, order),
  )
}

/** What is quick is done while the asker waits; what is not is stopped and ordered as work. */
export async function inTime<T>(run: (signal: AbortSignal) => Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), INLINE_MILLISECONDS_MAX)
  try {
    return await run(late.signal)
  } catch (error) {
    if (late.signal.aborted && error instanceof Fault && error.code === 'cancelled') return otherwise()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** A command as it is ordered from outside: repeated with its key it is answered again. */
export const composeOrder = (
  name: string,
  input: Record<string, unknown>,
  { key, rehearse }: { key?: string | undefined; rehearse?: boolean },
  at: Date,
) => ({ name, input, key, rehearse, at })

/** Both ways of composing are one command, so that a key stands for one answer whichever way it came. */
const orderOf = ({ needId, options, ...order }: ComposeOrder, at: Date) =>
  composeOrder('compose.compose', { need: needId, options }, order, at)

async function enqueue(world: World, caller: Caller, order: ComposeOrder): Promise<Composed> {
  const { needId, options } = order
  const { output } = await command(world.database, caller, orderOf(order, world.clock.now()), async ({ tx }) => ({
    proposalId: null,
    workId: await world.jobs.enqueue(tx, caller, { kind: COMPOSE_WORK, subjectId: needId, input: { options } }),
  }))
  return output
}

/** Composes for a posted need and keeps the proposal; answers its id. Throws as `makeProposal` does. */
export async function composeNeed(
  world: World,
  caller: Caller,
  order: Omit<ComposeOrder, 'key'>,
  watch: Watch = {},
): Promise<string> {
  const { proposalId } = await makeProposal(world, caller, order, watch)
  return present(proposalId, 'the proposal that was made')
}

/**
 * A snapshot is read, the team sought in a worker, and a short command keeps it if the inputs are still the same.
 * @throws Fault `changed_meanwhile` where they changed again and again
 */
async function makeProposal(world: World, caller: Caller, order: ComposeOrder, watch: Watch): Promise<Composed> {
  for (let attempt = 1; ; attempt++) {
    const pulse = await readAs(world.database, caller, (tx) => pulseOf(tx, caller, order.needId))
    const cover = await coverFor(world, caller, order.needId)
    const { same, ...framing } = await frame(world, caller, cover, order.options, watch)
    const draft = same ? null : await solve(world, caller, { cover, ...framing, options: order.options }, watch)
    watch.progress?.('compose.keeping', BAR.keeping, BAR.end)
    const kept = await keep(world, caller, order, { pulse, same, draft })
    if (kept) return kept
    if (attempt === ATTEMPTS_MAX)
      throw new Fault('changed_meanwhile', 'The need or the registry changed while a team was sought.', {
        rule: 'compose.inputs_changed',
        tip: 'Try again when the import that is running has ended.',
      })
  }
}

/** The draft of a proposal for a cover, kept nowhere. */
export async function draftFor(
  world: World,
  caller: Caller,
  cover: Cover,
  options: ComposeOptions,
  watch: Watch = {},
): Promise<Draft> {
  const framing = await frame(world, caller, cover, options, watch)
  return solve(world, caller, { cover, ...framing, options }, watch)
}

/** A need's cover and a person's options as the engine's problem; `same` is the proposal made of exactly these. */
export async function frame(
  world: World,
  caller: Caller,
  cover: Cover,
  options: ComposeOptions,
  { signal }: Pick<Watch, 'signal'> = {},
) {
  refuseToCompose(cover.need)
  const { zoneId } = caller
  const inputs = await readAs(world.database, caller, async (tx) => {
    const kinds = Object.keys(options.kinds ?? cover.need.conditions.kinds ?? {})
    const others = await listOthers(tx, zoneId, cover, { options, kinds })
    const currency = options.budget?.currency ?? cover.need.currency ?? (await currencyOf(tx, zoneId))
    const costs = await estimateCosts(tx, zoneId, currency, [...cover.organisations, ...others])
    const loads = await loadsOf(tx, zoneId, cover.need.id)
    const rows = [...cover.organisations, ...others]
    const packs = await packsAsked(tx, zoneId, { names: options.packs, rows, at: world.clock.now() })
    return { cover, others, costs, loads, packs }
  })
  const likely = await likelyAmong(world, caller, inputs, options, signal)
  const task = { asked: inputs.packs, ids: candidatesOf(inputs, options), waived: options.waived }
  const packConditions = await guarded(world, () => compilePacks(task, signal ? { signal } : {}))
  const framed = frameProblem({ ...inputs, likely, packConditions }, options)
  const balanced = likely
    ? () => frameProblem({ ...inputs, packConditions }, { ...options, weights: 'balanced' }).problem
    : null
  if (cover.need.revision === 0) return { framed, balanced, same: null }
  const same = await readAs(world.database, caller, (tx) => findSame(tx, zoneId, cover.need.id, framed.inputsHash))
  return { framed, balanced, same }
}

interface Framing {
  cover: Cover
  framed: Framed
  /** Puts the same by the balanced weights, where others ask who is likely to join. */
  balanced: (() => Problem) | null
  options: ComposeOptions
}

async function solve(world: World, caller: Caller, framing: Framing, { signal, progress }: Watch): Promise<Draft> {
  const { framed, balanced, options } = framing
  const limits = { seed: options.seed, ...(signal && { signal }) }
  const tell = ({ seconds }: Progress) =>
    progress?.(
      'compose.solving',
      BAR.solving + (BAR.explaining - BAR.solving) * Math.min(seconds / options.seconds, 1),
      BAR.end,
    )
  progress?.('compose.solving', BAR.solving, BAR.end)
  const run = (problem: Problem) =>
    guarded(world, () => solveInWorker(problem, { ...limits, secondsMax: options.seconds, onProgress: tell }))
  const first = framed.problem.candidates.length ? await run(framed.problem) : answerForNobody(framed.problem)
  const certain = restsOnBudget(first) ? await run(withoutBudget(framed.problem)) : first
  const besidesBudget = certain !== first && certain.status === 'infeasible'
  const answer = besidesBudget ? certain : first
  progress?.('compose.explaining', BAR.explaining, BAR.end)
  const losses = await explain(world, framing, answer, limits)
  const beside = balanced && hasTeam(answer) ? await run(balanced()) : null
  const solution = { ...framing, answer, losses, besidesBudget, beside }
  const names = await readAs(world.database, caller, (tx) => namesOf(tx, caller.zoneId, mentioned(solution)))
  return describeSolution(solution, names)
}

/** Whether a conflict rests on the budget, and so on estimates: there may be one besides that is certain. */
const restsOnBudget = (answer: Answer) =>
  answer.status === 'infeasible' && answer.conflict.conditions.includes('budget')

function withoutBudget(problem: Problem): Problem {
  const { budgetMax: _, ...conditions } = problem.conditions
  return { ...problem, conditions }
}

/** What each member is worth, by solving again without it; nothing where there is no time for that. */
async function explain(
  world: World,
  { framed, options }: Framing,
  answer: Answer,
  limits: { seed: number; signal?: AbortSignal },
): Promise<Loss[]> {
  if (!hasTeam(answer) || answer.status === 'cancelled' || answer.chosen.length === 0) return []
  const secondsMax = Math.max(EXPLAIN_SECONDS_MIN, options.seconds / answer.chosen.length)
  try {
    return await guarded(world, () => explainInWorker(framed.problem, answer, { ...limits, secondsMax }))
  } catch (error) {
    if (error instanceof Fault && error.code === 'out_of_time') return []
    throw error
  }
}

/** The proposal, kept or known; or nothing where the inputs have changed since. */
async function keep(
  world: World,
  caller: Caller,
  order: ComposeOrder,
  { pulse, same, draft }: { pulse: string; same: string | null; draft: Draft | null },
): Promise<Composed | null> {
  const at = world.clock.now()
  const { needId, key } = order
  if (!draft && !key) return { proposalId: same, workId: null }
  try {
    const { output } = await command<Composed>(world.database, caller, orderOf(order, at), async ({ tx, changed }) => {
      if (!draft) return { proposalId: same, workId: null }
      if ((await pulseOf(tx, caller, needId)) !== pulse) throw new InputsChanged()
      const id = newId(at)
      await insertProposal(tx, caller, { id, at, kept: { ...draft, pulse } })
      changed({
        subject: { kind: 'need', id: needId },
        action: 'proposal.made',
        changes: { proposal: { from: null, to: id }, inputsHash: { from: null, to: draft.inputsHash } },
      })
      return { proposalId: id, workId: null }
    })
    return output
  } catch (error) {
    if (error instanceof InputsChanged) return null
    throw error
  }
}

/** Rolls the command back; caught where it is begun. */
class InputsChanged extends Error {}
