import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { FIT_THRESHOLD, NEIGHBOUR_THRESHOLD } from '#engines/coverage/weights.ts'
import { canonicalJson } from '#kit/canonical.ts'
import { Fault } from '#kit/fault.ts'
import { newId, sha256 } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { systemCaller } from '../caller.ts'
import { postNotice } from '../house/outbox.ts'
import { maySeeNeed } from '../needs/access.ts'
import { capabilityKeys } from '../needs/content-rules.ts'
import { standingOf } from '../needs/need-row.ts'
import { findNeed } from '../needs/need-store.ts'
import { findOrganisation } from '../registry/organisation-store.ts'
import { type Texts, textIn } from '../texts.ts'
import { mayRespondAs } from './access.ts'
import { type AskedNeed, askedNeed, questionOf, unknownNeed } from './asking.ts'
import { corpusVersion, readCorpus } from './corpus.ts'
import type { CoverageCell, JudgementInput, MatchBoard, ResponseInput } from './model.ts'
import type { Question } from './question.ts'
import { ENGINE } from './ranking.ts'
import { listJudgements, listResponses, listSpeakers } from './store.ts'
import type { RankingAnswer } from './worker.ts'

/** Ranking uses no chance; the seed stands in each answer all the same, so that a later engine may. */
const SEED = 1

export interface Asked {
  need: AskedNeed
  question: Question
  version: string
  inputsHash: string
}

/** What is asked of the ranking, and the hash that names exactly that. */
export async function askFor(world: World, caller: Caller, load: (tx: Tx) => Promise<AskedNeed>): Promise<Asked> {
  return readAs(world.database, caller, async (tx) => {
    const need = await load(tx)
    const question = await questionOf(tx, caller.zoneId, need)
    const version = await corpusVersion(tx, caller.zoneId)
    return {
      need,
      question,
      version,
      inputsHash: sha256(canonicalJson({ engine: ENGINE, seed: SEED, version, question })),
    }
  })
}

/** Ranks in the worker. The corpus is what every member may read, so it is read as the server and serves all callers. */
export async function rankFor(
  world: World,
  caller: Caller,
  { question, version }: Asked,
  cell?: string,
): Promise<RankingAnswer> {
  const server = systemCaller(caller.zoneId)
  return world.matcher.rank({
    zoneId: caller.zoneId,
    version,
    question,
    ...(cell ? { cell } : {}),
    readCorpus: () => readAs(world.database, server, (tx) => readCorpus(tx, caller.zoneId)),
  })
}

/** The match board of a posted need; the run is kept, so that it can be replayed. */
export async function matchNeed(world: World, caller: Caller, needId: string): Promise<MatchBoard> {
  const asked = await askFor(world, caller, (tx) => askedNeed(tx, caller, needId))
  const ranking = await rankFor(world, caller, asked)
  await keepRun(world, caller, asked, ranking)
  const responses = await readAs(world.database, caller, (tx) => listResponses(tx, caller.zoneId, { needId }))
  return { ...boardOf(asked, ranking), responses, mayJudge: true }
}

export function boardOf(
  { need, version, inputsHash }: Asked,
  ranking: RankingAnswer,
): Omit<MatchBoard, 'responses' | 'mayJudge'> {
  return {
    need: { id: need.id, title: need.name, titles: need.content.title },
    capabilities: need.content.capabilities.map(({ id, name, weight, critical, levelWanted }) => ({
      id,
      name: textIn(name, 'zh'),
      names: name,
      weight,
      critical,
      levelWanted,
    })),
    candidates: ranking.candidates,
    looked: ranking.looked,
    withText: ranking.looked.texts > 0,
    engine: ENGINE,
    seed: SEED,
    inputsHash,
    seenSeq: version,
  }
}

async function keepRun(world: World, caller: Caller, { need, version, inputsHash }: Asked, ranking: RankingAnswer) {
  const known = await readAs(world.database, caller, (tx) =>
    tx
      .selectFrom('match_run')
      .select('inputs_hash')
      .where('zone_id', '=', caller.zoneId)
      .where('need_id', '=', need.id)
      .where('inputs_hash', '=', inputsHash)
      .executeTakeFirst(),
  )
  if (known) return
  const order = { name: 'match.keep_run', input: { need: need.id, inputsHash }, at: world.clock.now() }
  await command(world.database, caller, order, async ({ tx, at }) => {
    await tx
      .insertInto('match_run')
      .values({
        zone_id: caller.zoneId,
        need_id: need.id,
        inputs_hash: inputsHash,
        engine: ENGINE,
        seed: SEED,
        seen_seq: BigInt(version),
        answer: json(ranking.candidates.map(({ kind, id, score }) => ({ kind, id, score }))),
        at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return {}
  })
}

/** One cell, opened: its evidence computed anew, and a person's word on it. */
export async function openCell(
  world: World,
  caller: Caller,
  needId: string,
  capabilityId: string,
  organisationId: string,
): Promise<CoverageCell> {
  const asked = await askFor(world, caller, (tx) => askedNeed(tx, caller, needId))
  const capability = asked.need.content.capabilities.find(({ id }) => id === capabilityId)
  if (!capability) throw unknownCapability()
  const { organisation, judgement } = await readAs(world.database, caller, async (tx) => {
    const found = await listJudgements(tx, caller.zoneId, capabilityKeys(capability.name), organisationId)
    return { organisation: await findOrganisation(tx, caller.zoneId, organisationId), judgement: found.at(-1) }
  })
  if (!organisation) throw unknownOrganisation()
  const ranking = await rankFor(world, caller, asked, organisationId)
  const cell = ranking.supports[0]?.cells.find((one) => one.capabilityId === capabilityId)
  return {
    capability: { id: capabilityId, name: textIn(capability.name, 'zh'), names: capability.name },
    organisation: { id: organisationId, name: organisation.display_name, names: organisation.names as Texts },
    level: cell?.level ?? 0,
    computed: cell?.computed ?? 0,
    evidence: cell?.evidence ?? [],
    judgement: judgement
      ? {
          verdict: judgement.verdict,
          level: judgement.level,
          note: judgement.note,
          who: judgement.name,
          at: judgement.at.toISOString(),
        }
      : null,
    thresholds: { fit: FIT_THRESHOLD, neighbour: NEIGHBOUR_THRESHOLD },
    mayJudge: true,
  }
}

const unknownCapability = () =>
  new Fault('not_found', 'The need asks for no such capability.', { rule: 'capability.unknown' })
const unknownOrganisation = () =>
  new Fault('not_found', 'The zone does not know this organisation.', { rule: 'organisation.unknown' })

async function keysFor(
  { tx }: Command,
  caller: Caller,
  needId: string,
  capabilityId: string,
  organisationId: string,
): Promise<string[]> {
  const need = await askedNeed(tx, caller, needId)
  const capability = need.content.capabilities.find(({ id }) => id === capabilityId)
  if (!capability) throw unknownCapability()
  if (!(await findOrganisation(tx, caller.zoneId, organisationId))) throw unknownOrganisation()
  return capabilityKeys(capability.name)
}

/** A person's word on a cell, kept by the capability's words in each language, so that it serves later needs as well. */
export async function judgeCoverage(
  done: Command,
  caller: Caller,
  { need, capability, organisation }: { need: string; capability: string; organisation: string },
  input: z.output<typeof JudgementInput>,
) {
  const word = {
    verdict: input.verdict,
    level: input.verdict === 'deny' ? 0 : input.level,
    note: input.note,
    need_id: need,
    account_id: caller.accountId,
    at: done.at,
  }
  for (const key of await keysFor(done, caller, need, capability, organisation))
    await done.tx
      .insertInto('coverage_judgement')
      .values({ zone_id: caller.zoneId, capability_key: key, organisation_id: organisation, ...word })
      .onConflict((conflict) => conflict.columns(['zone_id', 'capability_key', 'organisation_id']).doUpdateSet(word))
      .execute()
  done.changed({
    subject: { kind: 'organisation', id: organisation },
    action: `coverage.${input.verdict}`,
    changes: { level: { from: null, to: word.level } },
  })
  return { id: organisation }
}

export async function withdrawJudgement(
  done: Command,
  caller: Caller,
  { need, capability, organisation }: { need: string; capability: string; organisation: string },
) {
  const keys = await keysFor(done, caller, need, capability, organisation)
  await done.tx
    .deleteFrom('coverage_judgement')
    .where('zone_id', '=', caller.zoneId)
    .where('organisation_id', '=', organisation)
    .where('capability_key', 'in', keys)
    .execute()
  done.changed({ subject: { kind: 'organisation', id: organisation }, action: 'coverage.withdrawn' })
  return { id: organisation }
}

/** One side's answer; a later one of the same side takes its place, and the other side is told. */
export async function respond(done: Command, caller: Caller, needId: string, input: z.output<typeof ResponseInput>) {
  const { tx, at, changed } = done
  const need = await findNeed(tx, caller.zoneId, needId)
  if (!need || !maySeeNeed(caller, standingOf(need))) throw unknownNeed()
  if (!(await findOrganisation(tx, caller.zoneId, input.organisationId))) throw unknownOrganisation()
  if (!mayRespondAs(caller, input.side, standingOf(need), input.organisationId))
    throw new Fault('forbidden', 'You can answer for your own side alone.', { rule: 'response.side' })
  if (need.state !== 'open' && need.state !== 'matched')
    throw new Fault('wrong_state', 'The need is not open for answers.', { rule: 'response.need_not_open' })

  const id = newId(at)
  await tx
    .deleteFrom('response')
    .where('zone_id', '=', caller.zoneId)
    .where('need_id', '=', needId)
    .where('organisation_id', '=', input.organisationId)
    .where('side', '=', input.side)
    .where('result_id', input.resultId ? '=' : 'is', input.resultId ?? null)
    .execute()
  await tx
    .insertInto('response')
    .values({
      zone_id: caller.zoneId,
      response_id: id,
      need_id: needId,
      organisation_id: input.organisationId,
      result_id: input.resultId ?? null,
      side: input.side,
      answer: input.answer,
      code: input.code ?? null,
      note: input.note,
      account_id: caller.accountId,
      at,
    })
    .execute()
  if (input.answer !== 'later')
    await tellOtherSide(done, caller, { id: needId, title: need.display_title, sponsors: need.sponsor_ids }, input)
  changed({ subject: { kind: 'need', id: needId }, action: `response.${input.answer}` })
  return { id }
}

/** What was said on a need, as far as the database shows it to the caller. */
export async function readResponses(tx: Tx, caller: Caller, needId: string) {
  const need = await findNeed(tx, caller.zoneId, needId)
  if (!need || !maySeeNeed(caller, standingOf(need))) throw unknownNeed()
  return { rows: await listResponses(tx, caller.zoneId, { needId }) }
}

export async function readMyResponses(tx: Tx, caller: Caller) {
  return {
    rows: caller.organisationId
      ? await listResponses(tx, caller.zoneId, { organisationId: caller.organisationId })
      : [],
  }
}

async function tellOtherSide(
  done: Command,
  caller: Caller,
  need: { id: string; title: string; sponsors: readonly string[] },
  input: z.output<typeof ResponseInput>,
) {
  const told = input.side === 'need' ? [input.organisationId] : need.sponsors
  const zone = await done.tx.selectFrom('zone').select('slug').where('id', '=', caller.zoneId).executeTakeFirstOrThrow()
  for (const account of await listSpeakers(done.tx, caller.zoneId, told)) {
    if (account === caller.accountId) continue
    const subject = input.answer === 'interest' ? 'notice.interest' : `notice.refusal.${input.code}`
    await postNotice(done, caller.zoneId, {
      toAccount: account,
      subject,
      body: need.title,
      link: `/${zone.slug}/needs/${need.id}`,
    })
  }
}
