import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import type { ComposeOptionsSent } from '#stages/compose/model.ts'
import { houseApi } from '#stages/house/api.ts'
import { call, newKey } from '../../lib/client.ts'
import { isRefusal, Refusal } from '../../lib/refusal.ts'
import { useSlug } from '../../lib/zone-slug.ts'
import { isOpen, useWork, useWorkOf } from '../../ui/work-progress.tsx'

export const COMPOSE_WORK = 'compose'
/** Changes that follow one another closely are solved as one. */
const SETTLE_MS = 500

export interface Composer {
  /** Solves with these options, at once or, after a change in the panel, when it has settled. */
  solve: (options: ComposeOptionsSent, when?: 'now' | 'settled') => void
  /** A team is being sought, here or as work. */
  isSolving: boolean
  /** The work that seeks it, where it takes longer. */
  workId: string | null
  onWorkDone: (proposalId: string) => void
  stop: () => void
  /** Another version is shown: what was being sought is dropped, and nothing said of it. */
  leave: () => void
  /** Seeks what was asked for last, where that came to nothing. */
  again: () => void
  /** Somebody has stopped the search. */
  isStopped: boolean
  refusal: Refusal | null
}

/** Asks for teams one after another: a newer question takes the place of one that is still being answered. */
export function useComposer(need: string, found: (proposalId: string) => void): Composer {
  const zone = useSlug() ?? ''
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const [ownWork, setOwnWork] = useState<string | null>(null)
  const [ended, setEnded] = useState<readonly string[]>([])
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const asked = useRef<AbortController | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const [isStopped, setStopped] = useState(false)
  const last = useRef<ComposeOptionsSent>({})
  const tell = useRef(found)
  tell.current = found
  // Work that was ordered before this page was opened goes on, and is found again.
  const running = useWorkOf(COMPOSE_WORK, need)
  const workId = ownWork ?? (running && isOpen(running) && !ended.includes(running.id) ? running.id : null)
  const { work: progress } = useWork(workId)
  const work = useRef(workId)
  work.current = workId

  const drop = useCallback(() => {
    clearTimeout(timer.current)
    asked.current?.abort()
    asked.current = null
    const id = work.current
    if (!id) return
    setOwnWork(null)
    setEnded((before) => [...before, id])
    void call(houseApi.cancelWork, { params: { zone, work: id }, key: newKey() }).catch(() => undefined)
  }, [zone])

  const keep = useCallback(
    async (proposalId: string) => {
      await client.invalidateQueries({ queryKey: [composeApi.proposals.path] })
      tell.current(proposalId)
    },
    [client],
  )

  const ask = useCallback(
    async (options: ComposeOptionsSent) => {
      const controller = new AbortController()
      asked.current = controller
      setRefusal(null)
      try {
        const body = { options }
        const { signal } = controller
        const answer = await call(composeApi.compose, { params: { zone, need }, body, key: newKey(), signal })
        if (signal.aborted) return
        if (answer.proposalId) await keep(answer.proposalId)
        else setOwnWork(answer.workId)
      } catch (error) {
        if (controller.signal.aborted) return
        setRefusal(isRefusal(error) ? error : new Refusal('internal', 0))
      } finally {
        if (asked.current === controller) setAsking(false)
      }
    },
    [zone, need, keep],
  )

  const solve = useCallback(
    (options: ComposeOptionsSent, when: 'now' | 'settled' = 'now') => {
      drop()
      last.current = options
      setStopped(false)
      setAsking(true)
      if (when === 'now') void ask(options)
      else timer.current = setTimeout(() => void ask(options), SETTLE_MS)
    },
    [drop, ask],
  )

  const end = (byHand: boolean) => {
    drop()
    setAsking(false)
    setStopped(byHand)
  }

  useEffect(() => () => clearTimeout(timer.current), [])

  return {
    solve,
    again: () => solve(last.current),
    isStopped: isStopped || (ownWork !== null && progress?.state === 'cancelled'),
    isSolving: isAsking || (workId !== null && (!progress || isOpen(progress))),
    workId,
    refusal,
    onWorkDone: (proposalId) => {
      const id = work.current
      setOwnWork(null)
      if (id) setEnded((before) => [...before, id])
      void keep(proposalId)
    },
    stop: () => end(true),
    leave: () => end(false),
  }
}
