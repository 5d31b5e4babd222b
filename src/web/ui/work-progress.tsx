import { Button, Progress } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { houseApi } from '#stages/house/api.ts'
import type { Work } from '#stages/house/model.ts'
import { useFormat } from '../lib/format.ts'
import { useRead, useWrite } from '../lib/query.tsx'
import { Refusal } from '../lib/refusal.ts'
import { useWords } from '../lib/words.ts'
import { ErrorNote } from './error-note.tsx'
import { Icon } from './icons.tsx'
import { uiWords } from './words.ts'
import classes from './work.module.css'

const POLL_MS = 700
/** Before this nothing can be said of the time that is left. */
const GUESS_AFTER_MS = 3_000

export const isOpen = (work: Pick<Work, 'state'>) => work.state === 'queued' || work.state === 'running'

/** A piece of long work, asked for again and again until it has ended. */
export function useWork(id: string | null | undefined) {
  const [ended, setEnded] = useState<string | null>(null)
  const { data, error, refetch } = useRead(houseApi.work, {
    params: { work: id ?? '' },
    enabled: Boolean(id),
    everyMs: ended === id ? false : POLL_MS,
  })
  useEffect(() => {
    if (data && !isOpen(data)) setEnded(data.id)
  }, [data])
  return { work: data, error, refetch }
}

/** The running or last work of a kind, so that a page that is opened again finds it: by its subject, or the newest. */
export function useWorkOf(kind: string, subjectId?: string): Work | undefined {
  const { data } = useRead(houseApi.openWork)
  return data?.rows.find((work) => work.kind === kind && (subjectId === undefined || work.subjectId === subjectId))
}

export interface WorkProgressProps {
  id: string
  /** What is being done, from the key that the runner tells (`reading`, `comparing`). */
  doing: (key: string) => string
  /** Once, when it has ended by itself. */
  onDone?: (work: Work) => void
  title: string
}

/** How far a piece of long work is: a bar with a figure, what is being done, the time left, and a way to stop it. */
export function WorkProgress({ id, doing, onDone, title }: WorkProgressProps) {
  const say = useWords(uiWords)
  const format = useFormat()
  const { work, error, refetch } = useWork(id)
  const cancel = useWrite(houseApi.cancelWork)
  const told = useRef(false)
  useEffect(() => {
    if (work?.state === 'done' && !told.current) {
      told.current = true
      onDone?.(work)
    }
  }, [work, onDone])
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  const share = work?.total ? Math.min(1, work.done / work.total) : undefined
  const left = work ? guessSecondsLeft(work) : undefined
  const open = !work || isOpen(work)
  return (
    <section className={classes.work} aria-label={title}>
      <div className={classes.line}>
        <h3>{title}</h3>
        <span className="figures soft" role="status">
          {stateInWords()}
        </span>
      </div>
      <Progress
        value={work?.state === 'done' ? 100 : (share ?? 0) * 100}
        animated={open && share === undefined}
        striped={open && share === undefined}
        aria-label={title}
      />
      <div className={classes.line}>
        <span className="figures faint">
          {work?.total
            ? say('workOf', { done: format.number(work.done), total: format.number(work.total) })
            : work?.done
              ? format.number(work.done)
              : ''}
          {open && left !== undefined ? ` · ${say('workLeft', { time: format.duration(left) })}` : ''}
        </span>
        {open ? (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            loading={cancel.isRunning}
            onClick={() => void cancel.run({ params: { work: id } })}
          >
            {say('workCancel')}
          </Button>
        ) : null}
      </div>
      {open ? <p className="faint">{say('workLeaves')}</p> : null}
      {work?.state === 'failed' ? <ErrorNote error={Refusal.ofWork(work.fault)} /> : null}
    </section>
  )

  function stateInWords(): string {
    if (!work || work.state === 'queued') return say('workQueued')
    if (work.state === 'done') return say('workDone')
    if (work.state === 'failed') return say('workFailed')
    if (work.state === 'cancelled') return say('workCancelled')
    const percent = share === undefined ? '' : ` ${format.percent(share, 0)}`
    return `${doing(work.doing)}${percent}`
  }
}

/** By the pace so far; nothing where there is no total or too little has been seen. */
export function guessSecondsLeft(work: Work, now = Date.now()): number | undefined {
  if (work.state !== 'running' || !work.total || !work.startedAt || work.done <= 0) return undefined
  const passed = now - Date.parse(work.startedAt)
  if (passed < GUESS_AFTER_MS) return undefined
  return ((passed / work.done) * Math.max(0, work.total - work.done)) / 1000
}

/** A small sign in the shell that something is being done; it leads to where. */
export function RunningSign({ count }: { count: number }) {
  return (
    <span className={classes.running}>
      <Icon name="history" size={16} />
      <span className="figures">{count}</span>
    </span>
  )
}
