import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import type { Work } from '#db/jobs.ts'
import type { BulkAnswer, BulkTeam } from '#engines/cover/bulk-model.ts'
import type { Loss } from '#engines/cover/explain.ts'
import { type Answer, hasTeam, type TeamAnswer } from '#engines/cover/model.ts'
import { explainInWorker, solveBulkInWorker } from '#engines/cover/run.ts'
import { canonicalJson } from '#kit/canonical.ts'
import { Fault } from '#kit/fault.ts'
import { newId, sha256 } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { type Cover, coverFor } from '../match/cover.ts'
import { readStanding, type StandingTeams } from './bulk-again-service.ts'
import { BulkInput, type BulkOptions, type BulkRun, type BulkSeat, type BulkStatus, type Skip } from './bulk-model.ts'
import { BANS_MAX, bansOf, optionsFor, planNeeds } from './bulk-plan.ts'
import { BAR_END, type BulkStep, barOf, doingOf } from './bulk-progress-rules.ts'
import { mergeSeats, seatsWith, totalsWith } from './bulk-standing.ts'
import {
  BULK_ENGINE,
  type BulkNeedStanding,
  inputsSeq,
  insertRun,
  isCancelled,
  type KeptNeed,
  type KeptRun,
  listNeeds,
  listParties,
  pulseNow,
  seatsTaken,
} from './bulk-store.ts'
import { frame } from './compose-service.ts'
import { type Draft, describeSolution, mentioned } from './describe.ts'
import { guarded } from './guarded.ts'
import { namesOf, pulseOf } from './inputs-store.ts'
import type { Framed } from './problem.ts'
import { insertProposal } from './proposal-store.ts'
import { orderedBy } from './work.ts'

const EXPLAIN_SECONDS_MAX = 2

type Tell = (step: BulkStep, done: number, of: number, figures?: { total: number | null; bound: number | null }) => void

/** A need in the hands of a run: what it starts from. */
interface Entry {
  need: BulkNeedStanding
  pulse: string
  cover: Cover
  framed: Framed
}

/**
 * Composes for all needs of an order at once. Snapshots are read, the teams sought in a worker, and one command keeps
 * them with a proposal a need. What was found before it was cancelled is kept too.
 */
export const runBulk = (world: World) => async (work: Work) => {
  const { options } = BulkInput.parse(work.input)
  return new BulkComposition(world, work, await orderedBy(world, work), options).run()
}

/** What a run has found, with what stands of the one before, and all needs in their order. */
interface Found {
  answer: BulkAnswer
  seats: BulkSeat[]
  skipped: BulkRun['skipped']
  seenSeq: string
  standing: StandingTeams
  order: readonly string[]
}

class BulkComposition {
  private readonly world: World
  private readonly work: Work
  private readonly caller: Caller
  private readonly options: BulkOptions

  constructor(world: World, work: Work, caller: Caller, options: BulkOptions) {
    this.world = world
    this.work = work
    this.caller = caller
    this.options = options
  }

  async run(): Promise<{ runId: string } | null> {
    const { zoneId } = this.caller
    const { planned, seenSeq, elsewhere, standing } = await this.read(async (tx) => {
      const planned = planNeeds(await listNeeds(tx, zoneId, this.options.needs))
      const elsewhere = await seatsTaken(tx, zoneId)
      const ready = planned.filter(({ skip }) => skip === null)
      const standing = await readStanding(tx, this.caller, { options: this.options, planned: ready, elsewhere })
      return { planned, seenSeq: await inputsSeq(tx, zoneId), elsewhere, standing }
    })
    const stays = new Set(standing.needs.map(({ id }) => id))
    const { entries, skipped } = await this.match(planned.filter(({ id }) => !stays.has(id)))
    if (this.isStopped()) return null
    const answer = await this.solve(entries, seatsWith(elsewhere, standing))
    const needs: { need: KeptNeed; draft: Draft | null }[] = []
    for (const [at, entry] of entries.entries()) {
      this.tell('explaining', at, entries.length)
      needs.push(await this.describe(entry, answer.teams[at]!))
    }
    this.tell('keeping', 0, 1)
    const sponsors = new Map(planned.map((need) => [need.id, need.sponsors]))
    const seats = mergeSeats(await this.describeSeats(answer, elsewhere, sponsors), standing, {
      elsewhere,
      sponsors,
      capacity: this.options.capacity,
    })
    const order = planned.map(({ id }) => id)
    return this.keep(needs, { answer, seats, skipped, seenSeq, standing, order })
  }

  private read<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
    return readAs(this.world.database, this.caller, run)
  }

  private readonly tell: Tell = (step, done, of, figures) =>
    this.work.progress(doingOf(step, done, of, figures), barOf(step, done, of), BAR_END)

  private isStopped(): boolean {
    return this.work.signal.aborted
  }

  private async match(planned: readonly (BulkNeedStanding & { skip: Skip | null })[]) {
    const entries: Entry[] = []
    const skipped: BulkRun['skipped'] = []
    const leave = ({ id, name, title }: BulkNeedStanding, reason: Skip) => skipped.push({ id, name, title, reason })
    for (const [at, { skip, ...need }] of planned.entries()) {
      if (this.isStopped()) break
      this.tell('matching', at, planned.length)
      const entry = skip === null ? await this.entryOf(need) : null
      if (skip !== null) leave(need, skip)
      else if (!entry) leave(need, 'not_open')
      else if (entry.framed.problem.candidates.length === 0) leave(need, 'nobody')
      else entries.push(entry)
    }
    return { entries, skipped }
  }

  /** Nothing for a need that was settled meanwhile. */
  private async entryOf(need: BulkNeedStanding): Promise<Entry | null> {
    try {
      const pulse = await this.read((tx) => pulseOf(tx, this.caller, need.id))
      const cover = await coverFor(this.world, this.caller, need.id)
      const { framed } = await frame(this.world, this.caller, cover, optionsFor(this.options))
      return { need, pulse, cover, framed }
    } catch (error) {
      if (error instanceof Fault && ['not_found', 'wrong_state'].includes(error.code)) return null
      throw error
    }
  }

  private solve(entries: readonly Entry[], elsewhere: ReadonlyMap<string, number>): Promise<BulkAnswer> {
    const { capacity, seconds, seed } = this.options
    const tasks = entries.map(({ need, framed }) => ({ id: need.id, problem: framed.problem }))
    const capacities = Object.fromEntries([...elsewhere].map(([id, taken]) => [id, Math.max(0, capacity - taken)]))
    return guarded(this.world, () =>
      solveBulkInWorker(
        { tasks, capacity, capacities },
        {
          secondsMax: seconds,
          seed,
          signal: this.work.signal,
          onBulkProgress: ({ phase, done, of, total, bound }) => this.tell(phase, done, of, { total, bound }),
        },
      ),
    )
  }

  private async describe(entry: Entry, team: BulkTeam): Promise<{ need: KeptNeed; draft: Draft | null }> {
    const answer = team.together ?? (team.alone.status === 'infeasible' ? team.alone : null)
    const draft = answer && (await this.draft(entry, team, answer))
    const { need, pulse, cover } = entry
    const { status: found } = answer ?? { status: null }
    const status = statusOf(team, draft, found)
    return {
      draft,
      need: {
        id: need.id,
        name: need.name,
        title: need.title,
        status,
        proposalId: null,
        members: (draft?.members ?? []).map(({ id, name, names, role }) => ({ id, name, names, role })),
        covered: team.met.together,
        of: cover.need.capabilities.length,
        objective: draft?.objective ?? null,
        alone: hasTeam(team.alone) ? team.alone.objective : null,
        aloneCovered: team.met.alone,
        inTurn: team.inTurn,
        inTurnCovered: team.met.inTurn,
        givesUp: team.givesUp,
        full: bansOf(team.full, entry.framed.rows, cover.need.capabilities).length,
        kept: false,
        pulse,
      },
    }
  }

  /** The proposal as if one had composed for this need alone, without those who have no seat left for it. */
  private async draft(entry: Entry, team: BulkTeam, answer: Answer): Promise<Draft> {
    const { cover } = entry
    const full = team.together ? bansOf(team.full, entry.framed.rows, cover.need.capabilities) : []
    const options = optionsFor(this.options, full)
    const framed = full.length ? (await frame(this.world, this.caller, cover, options)).framed : entry.framed
    const told =
      full.length === BANS_MAX && answer.status === 'optimal' ? { ...answer, status: 'feasible' as const } : answer
    const losses = hasTeam(told) ? await this.explain(framed, told) : []
    const solution = { cover, framed, options, answer: told, losses }
    const names = await this.read((tx) => namesOf(tx, this.caller.zoneId, mentioned(solution)))
    return describeSolution(solution, names)
  }

  /** What each member is worth; nothing where the run was stopped or time runs out. */
  private async explain(framed: Framed, answer: TeamAnswer): Promise<Loss[]> {
    const { signal } = this.work
    if (this.isStopped() || answer.chosen.length === 0) return []
    try {
      const limits = { secondsMax: EXPLAIN_SECONDS_MAX, seed: this.options.seed, signal }
      return await guarded(this.world, () => explainInWorker(framed.problem, answer, limits))
    } catch (error) {
      if (error instanceof Fault && ['out_of_time', 'cancelled'].includes(error.code)) return []
      throw error
    }
  }

  private async describeSeats(
    { seats }: BulkAnswer,
    elsewhere: ReadonlyMap<string, number>,
    sponsors: ReadonlyMap<string, readonly string[]>,
  ): Promise<BulkSeat[]> {
    const ids = seats.map(({ id }) => id)
    const parties = await this.read((tx) => listParties(tx, this.caller.zoneId, ids))
    return seats.flatMap(({ id, askedBy, takenBy, price }) => {
      const party = parties.get(id)
      const own = takenBy.filter((need) => sponsors.get(need)?.includes(id))
      const capacity = this.options.capacity
      return party
        ? [{ ...party, elsewhere: elsewhere.get(id) ?? 0, capacity, askedBy, takenBy, own: own.length, price }]
        : []
    })
  }

  private async keep(
    described: readonly { need: KeptNeed; draft: Draft | null }[],
    found: Found,
  ): Promise<{ runId: string }> {
    const { workId, zoneId } = this.work
    const order = { name: 'compose.keep_bulk', input: { work: workId }, at: this.world.clock.now() }
    const { output } = await command(this.world.database, this.caller, order, async ({ tx, at, changed }) => {
      // A server that is stopping leaves its work to the next one.
      if (this.isStopped() && !(await isCancelled(tx, zoneId, workId)))
        throw new Fault('cancelled', 'The search was stopped.', { rule: 'compose.cancelled' })
      const needs: KeptNeed[] = []
      for (const { need, draft } of described) {
        const isThere = draft !== null && (await pulseNow(tx, this.caller, need.id)) !== null
        const id = isThere ? newId(at) : null
        needs.push({ ...need, proposalId: id })
        if (!draft || id === null) continue
        await insertProposal(tx, this.caller, { id, at, kept: { ...draft, pulse: need.pulse } })
        const inputs = { from: null, to: draft.inputsHash }
        const changes = { proposal: { from: null, to: id }, inputsHash: inputs }
        changed({ subject: { kind: 'need', id: need.id }, action: 'proposal.made', changes })
      }
      const rows = new Map([...found.standing.needs, ...needs].map((need) => [need.id, need]))
      const all = found.order.flatMap((id) => rows.get(id) ?? [])
      await insertRun(tx, this.caller, { id: workId, at, kept: this.keptRun(all, found) })
      return { runId: workId }
    })
    return output
  }

  private keptRun(needs: KeptNeed[], { answer, seats, skipped, seenSeq, standing }: Found): KeptRun {
    const { stopped, searches, seconds } = answer
    const hashed = { engine: BULK_ENGINE, options: this.options, needs: needs.map(({ id, pulse }) => [id, pulse]) }
    return {
      options: this.options,
      needs,
      skipped,
      seats,
      totals: totalsWith(answer, standing),
      stopped,
      searches,
      seconds,
      engine: BULK_ENGINE,
      seed: this.options.seed,
      inputsHash: sha256(canonicalJson(hashed)),
      seenSeq,
    }
  }
}

function statusOf({ alone, together }: BulkTeam, draft: Draft | null, found: Answer['status'] | null): BulkStatus {
  if (!hasTeam(alone)) return alone.status === 'infeasible' ? 'infeasible' : 'unknown'
  if (together?.status === 'infeasible') return 'crowded_out'
  if (!draft) return 'not_worth'
  return found === 'optimal' && draft.status === 'optimal' ? 'optimal' : 'feasible'
}
