import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Learnt, learnInSteps, saidTwiceIn } from './learnt.ts'
import type { PreparedCorpus } from './prepared.ts'

/** So few texts are learnt from at once; of more it is done between answers. */
const AT_ONCE_TEXTS_MAX = 50
/** How long answers may wait for learning. */
const SLICE_MS = 15
/** Learnt again once this share of the records has changed. */
const CHANGED_SHARE = 0.02

/** Keeps what each zone's bilingual records teach in step with them. */
export interface Learner {
  /** `changed` bilingual records are new, gone or say something else; `all` where the zone was read anew. */
  note(zoneId: string, changed: number | 'all'): void
}

/** `held` gives what is held of a zone now: what is learnt is put there. `report` hears of a zone that cannot be learnt from. */
export function openLearner(
  held: (zoneId: string) => PreparedCorpus | undefined,
  report: (zoneId: string, error: unknown) => void,
): Learner {
  const behind = new Map<string, number>()
  const busy = new Set<string>()

  function note(zoneId: string, changed: number | 'all'): void {
    const total = changed === 'all' ? Number.POSITIVE_INFINITY : (behind.get(zoneId) ?? 0) + changed
    behind.set(zoneId, total)
    const prepared = held(zoneId)
    const known = prepared?.learnt?.records ?? 0
    if (!prepared || total < Math.max(1, known * CHANGED_SHARE) || busy.has(zoneId)) return
    behind.set(zoneId, 0)
    const said = saidTwiceIn(prepared.texts)
    const steps = learnInSteps(said)
    if (said.length <= AT_ONCE_TEXTS_MAX) put(prepared, finish(steps))
    else learnMeanwhile(zoneId, steps).catch((error: unknown) => report(zoneId, error))
  }

  async function learnMeanwhile(zoneId: string, steps: Generator<void, Learnt>): Promise<void> {
    busy.add(zoneId)
    let learnt: Learnt | undefined
    while (!learnt) {
      await nextTurn()
      const until = performance.now() + SLICE_MS
      while (!learnt && performance.now() < until) {
        const { done, value } = steps.next()
        if (done) learnt = value
      }
    }
    busy.delete(zoneId)
    const prepared = held(zoneId)
    if (prepared) put(prepared, learnt)
    note(zoneId, 0)
  }

  return { note }
}

function finish(steps: Generator<void, Learnt>): Learnt {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

function put(prepared: PreparedCorpus, learnt: Learnt): void {
  prepared.learnt = learnt.records > 0 ? learnt : null
}
