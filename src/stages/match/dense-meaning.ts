import { readAs } from '#db/caller.ts'
import { Fault } from '#kit/fault.ts'
import { cutText, type Embedder } from '../../embedding/embedder.ts'
import type { OpenedEmbedder } from '../../embedding/open.ts'
import type { World } from '../../world.ts'
import { systemCaller } from '../caller.ts'
import { openVectorIndex, type VectorIndex } from './dense-index.ts'
import { MEANING_OFF, type Meaning } from './dense-model.ts'
import { readVectorState, readVectors, type VectorState } from './dense-store.ts'
import { lastVectorWork } from './dense-work.ts'
import type { NearTexts } from './question.ts'

/** How many texts are near in meaning at most. */
const NEAR_MAX = 200
/** A text is near where its cosine stands out of all texts' by so many standard deviations; cosines of two models differ. */
const STANDS_OUT_MIN = 2
/** And no more than this share of all texts are, though a few always may be. */
const NEAR_SHARE_MAX = 0.04
const NEAR_MIN = 3
/** After a failure nobody waits for the embedder again so soon. */
const REST_MS = 30_000
const QUERIES_KEPT_MAX = 500

/** What ranking by meaning needs of the server: the embedder, the vectors that are held, and how it last went. */
export interface MeaningParts {
  readonly embedder: Embedder | null
  /** Why there is none, where one was asked for. */
  readonly why: string | null
  readonly index: VectorIndex
  /** A need's vector, or the rule by which there is none now. Throws only what is a bug. */
  embedQuery(text: string, now: Date): Promise<Float32Array | string>
  stop(): Promise<void>
}

export function openMeaning(opened: OpenedEmbedder): MeaningParts {
  const { embedder } = opened
  const index = openVectorIndex()
  const kept = new Map<string, Float32Array>()
  let rest: { until: number; why: string } | null = null

  async function embedQuery(text: string, now: Date): Promise<Float32Array | string> {
    const known = kept.get(text)
    if (known) return known
    if (rest && now.getTime() < rest.until) return rest.why
    try {
      const [vector] = await embedder!.embed([text], { kind: 'query' })
      rest = null
      kept.set(text, vector!)
      for (const one of kept.keys()) if (kept.size > QUERIES_KEPT_MAX) kept.delete(one)
      return vector!
    } catch (error) {
      if (!(error instanceof Fault) || !error.details.rule) throw error
      rest = { until: now.getTime() + REST_MS, why: error.details.rule }
      return rest.why
    }
  }

  return {
    embedder,
    why: 'why' in opened ? opened.why : null,
    index,
    embedQuery,
    async stop() {
      await embedder?.stop()
      await index.stop()
    },
  }
}

export interface AskedMeaning {
  /** What all who may read the need may read of it. */
  open: string
  /** What it keeps to its sponsors. */
  closed: string
}

/** Which texts of the zone are near a need in meaning, and how ranking by meaning stands. Never refuses. */
export async function nearInMeaning(
  world: World,
  zoneId: string,
  asked: AskedMeaning,
): Promise<{ near: NearTexts | null; meaning: Meaning }> {
  const { embedder, why } = world.meaning
  if (!embedder) return { near: null, meaning: { ...MEANING_OFF, why } }
  const { state, failed } = await readAs(world.database, systemCaller(zoneId), async (tx) => {
    const found = await readVectorState(tx, zoneId)
    return { state: found, failed: failureOf(await lastVectorWork(tx, zoneId)) }
  })
  const own = state?.model === embedder.model ? state : null
  const waits = !own || own.vectors < own.texts
  const told = {
    model: embedder.model,
    texts: own?.texts ?? 0,
    vectors: own?.vectors ?? 0,
    used: false,
    why: waits ? failed : null,
    state: waits ? (failed ? ('failing' as const) : ('filling' as const)) : ('on' as const),
  }
  if (!own?.vectors) return { near: null, meaning: told }
  const text = cutText([asked.open, ...(embedder.mayReadPrivate ? [asked.closed] : [])].join('\n').trim())
  const query = await world.meaning.embedQuery(text, world.clock.now())
  if (typeof query === 'string') return { near: null, meaning: { ...told, state: 'failing', why: query } }
  try {
    return { near: await findNear(world, zoneId, own, query), meaning: { ...told, used: true } }
  } catch (err) {
    world.log.error({ err, zoneId }, 'The texts near in meaning could not be found.')
    return { near: null, meaning: { ...told, state: 'failing', why: FAILED } }
  }
}

const FAILED = 'meaning.failed'

const failureOf = (work: Awaited<ReturnType<typeof lastVectorWork>>): string | null =>
  work?.state === 'failed' ? ((work.fault as { rule?: string } | null)?.rule ?? FAILED) : null

async function findNear(
  world: World,
  zoneId: string,
  { model, revision, wholeSince }: VectorState,
  query: Float32Array,
): Promise<NearTexts> {
  const { near, hashes, count, mean, deviation } = await world.meaning.index.nearest({
    ...{ zoneId, model, revision, wholeSince, query },
    k: NEAR_MAX,
    read: (since, after, limit) =>
      readAs(world.database, systemCaller(zoneId), (tx) => readVectors(tx, zoneId, { model, since, after, limit })),
  })
  const most = Math.max(NEAR_MIN, Math.floor(count * NEAR_SHARE_MAX))
  return {
    model,
    of: count,
    texts: near
      .map(({ key, cosine }, at) => ({ key, hash: hashes[at]!, cosine }))
      .filter(({ cosine }) => deviation > 0 && cosine - mean >= STANDS_OUT_MIN * deviation)
      .slice(0, most),
  }
}
