import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { FIT_THRESHOLD, NEIGHBOUR_THRESHOLD } from '#engines/coverage/weights.ts'
import { canonicalJson } from '#kit/canonical.ts'
import { Fault } from '#kit/fault.ts'
import { sha256 } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { systemCaller } from '../caller.ts'
import { capabilityKeys } from '../needs/content-rules.ts'
import { findOrganisation } from '../registry/organisation-store.ts'
import { allText, type Texts, textIn } from '../texts.ts'
import { AS_SCORED, arrange } from './arrange.ts'
import { type AskedNeed, askedNeed, questionOf, unknownOrganisation } from './asking.ts'
import { readChanges } from './changes.ts'
import { corpusMark, corpusVersion, readCorpus, standsInChain } from './corpus.ts'
import { nearInMeaning } from './dense-meaning.ts'
import { MEANING_OFF, type Meaning } from './dense-model.ts'
import { type ArrangedBy, arrangementFor, readArrangement } from './fairness-store.ts'
import type { AskedBook } from './matcher.ts'
import type { CoverageCell, JudgementInput, MatchBoard, Order } from './model.ts'
import type { Question } from './question.ts'
import { type Brief, ENGINE } from './ranking.ts'
import { listHeard } from './response-service.ts'
import { listJudgements, listRefusals } from './store.ts'
import type { RankingAnswer, Told } from './worker.ts'

/** Ranking uses no chance; the seed stands in each answer all the same, so that a later engine may. */
const SEED = 1

export interface Asked {
  need: AskedNeed
  question: Question
  arrangement: ArrangedBy
  version: string
  inputsHash: string
  /** How ranking by meaning stands, where it was looked for. */
  meaning?: Meaning
  /** The hash of what the pairs of terms were learnt from that were asked for too. */
  pairs?: string
}

/** What is asked of the ranking, how its answer is ordered, and the hash that names exactly that. */
export async function askFor(
  world: World,
  caller: Caller,
  load: (tx: Tx) => Promise<AskedNeed>,
  order?: Order,
): Promise<Asked> {
  const { zoneId } = caller
  const { elsewhere, arrangement } = await readAs(world.database, systemCaller(zoneId), async (tx) => ({
    elsewhere: await listRefusals(tx, zoneId),
    arrangement: await readArrangement(tx, zoneId, order),
  }))
  return readAs(world.database, caller, async (tx) => {
    const need = await load(tx)
    const question = await questionOf(tx, zoneId, need, elsewhere)
    const version = await corpusVersion(tx, zoneId)
    return withHash({ need, question, arrangement: arrangementFor(arrangement, need.id), version })
  })
}

/** The same with the texts that are near in meaning, where there is a model that says so. */
export async function askByMeaning(world: World, { zoneId }: Caller, asked: Asked): Promise<Asked> {
  const { title, summary, problem, tried } = asked.need.content
  const wordsOf = (texts: Texts[]) => texts.map(allText).join('\n')
  const words = { open: wordsOf([title, summary]), closed: wordsOf([problem, tried]) }
  const { near, meaning } = await nearInMeaning(world, zoneId, words)
  return near ? withHash({ ...asked, meaning, question: { ...asked.question, near } }) : { ...asked, meaning }
}

function withHash(asked: Omit<Asked, 'inputsHash'>): Asked {
  const { question, arrangement, version, pairs } = asked
  const seen = { version, question, arrangement, ...(pairs ? { pairs } : {}) }
  const inputs = { engine: engineOf(question), seed: SEED, ...seen }
  return { ...asked, inputsHash: sha256(canonicalJson(inputs)) }
}

const engineOf = ({ near }: Question) => (near ? `${ENGINE}, fused with ${near.model}` : ENGINE)

/** Names what was found, however a board would arrange it: a count of who is shown how often changes nothing of that. */
export const unarranged = ({ arrangement: _, ...asked }: Asked, { version }: Pick<RankingAnswer, 'version'>): string =>
  withHash({ ...asked, version, arrangement: { ...AS_SCORED, exposureBound: null } }).inputsHash

/** What was asked, as the answer saw the registry: it may have moved on in between. */
export const asSeen = (asked: Asked, { version, pairs }: Pick<RankingAnswer, 'version' | 'pairs'>): Asked =>
  version === asked.version && !pairs ? asked : withHash({ ...asked, version, ...(pairs ? { pairs: pairs.hash } : {}) })

/** Ranks in the worker. The corpus is what every member may read, so it is read as the server and serves all callers. */
export async function rankFor(
  world: World,
  caller: Caller,
  { question, version }: Asked,
  told: Told = 'cover',
): Promise<RankingAnswer> {
  return world.matcher.rank({ ...bookOf(world, caller.zoneId, version), question, told })
}

/** Only how organisations stand, for those who compare many needs. */
export async function briefFor(world: World, caller: Caller, { question, version }: Asked): Promise<Brief[]> {
  return world.matcher.rankBriefly({ ...bookOf(world, caller.zoneId, version), question })
}

/** Where the matcher gets what it does not hold: all of a zone's registry, or what has changed since it read it. */
export function bookOf(world: World, zoneId: string, version: string): AskedBook {
  const asServer = <T>(read: (tx: Tx) => Promise<T>) => readAs(world.database, systemCaller(zoneId), read)
  return {
    zoneId,
    version,
    readCorpus: () =>
      asServer(async (tx) => ({ mark: await corpusMark(tx, zoneId), corpus: await readCorpus(tx, zoneId) })),
    readChanges: (since) => asServer((tx) => readChanges(tx, zoneId, since)),
    stands: (mark) => asServer((tx) => standsInChain(tx, zoneId, mark)),
  }
}

/** The match board of a posted need; the run is kept, so that it can be replayed. */
export async function matchNeed(world: World, caller: Caller, needId: string, order?: Order): Promise<MatchBoard> {
  const plain = await askFor(world, caller, (tx) => askedNeed(tx, caller, needId), order)
  const asked = await askByMeaning(world, caller, plain)
  const ranking = await rankFor(world, caller, asked, 'board')
  await keepRun(world, caller, asSeen(asked, ranking), ranking)
  const responses = await readAs(world.database, caller, (tx) => listHeard(tx, caller, { needId }))
  return { ...boardOf(asked, ranking), responses, mayJudge: true }
}

export function boardOf(asked: Asked, ranking: RankingAnswer): Omit<MatchBoard, 'responses' | 'mayJudge'> {
  const { need, question, version, inputsHash, arrangement, meaning = MEANING_OFF } = asSeen(asked, ranking)
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
    candidates: arrange(ranking.candidates, arrangement),
    order: arrangement.order,
    fairness: { newcomerSeats: arrangement.newcomerSeats, exposureBound: arrangement.exposureBound },
    looked: ranking.looked,
    origin: ranking.origin,
    pairs: ranking.pairs,
    withText: ranking.looked.texts > 0,
    meaning,
    engine: engineOf(question),
    seed: SEED,
    inputsHash,
    seenSeq: version,
  }
}

async function keepRun(
  world: World,
  caller: Caller,
  { need, question, version, inputsHash }: Asked,
  ranking: RankingAnswer,
) {
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
        engine: engineOf(question),
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
  const ranking = await rankFor(world, caller, asked, { cell: organisationId })
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
