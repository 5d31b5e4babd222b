import { Button, Skeleton } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { mayComposeForAll } from '#stages/compose/access.ts'
import { composeApi } from '#stages/compose/api.ts'
import type { BulkPlan } from '#stages/compose/bulk-model.ts'
import { readDoing } from '#stages/compose/bulk-progress-rules.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { DetailPage, Section } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { isOpen, useWork, WorkProgress } from '../../ui/work-progress.tsx'
import classes from './bulk.module.css'
import { BulkForm } from './bulk-form.tsx'
import { bulkWords } from './bulk-words.ts'

/** Where an officer composes for all open needs at once, and finds what came of it before. */
export function BulkCompose() {
  const say = useWords(bulkWords)
  const format = useFormat()
  const { caller } = useZone()
  const { data: plan, error, isPending, refetch } = useRead(composeApi.bulkPlan)
  const [ordered, setOrdered] = useState<string | null>(null)
  const workId = ordered ?? plan?.workId ?? null
  const { work } = useWork(workId)
  const isBusy = workId !== null && (!work || isOpen(work))
  const ready = plan?.needs.filter(({ skip }) => skip === null) ?? []
  return (
    <DetailPage title={say('title')} answer={plan ? answer(plan, ready.length) : null}>
      <ErrorNote error={error} retry={() => void refetch()} />
      {workId ? <Working id={workId} isCancelled={work?.state === 'cancelled'} /> : null}
      {isPending ? <Skeleton height={240} /> : null}
      {plan && !isBusy ? <Order plan={plan} mayOrder={mayComposeForAll(caller)} ordered={setOrdered} /> : null}
      {/* Read after the plan: a run that ends between the two would otherwise be neither at work nor in the list. */}
      {plan ? <Runs key={work?.state} /> : null}
    </DetailPage>
  )

  function answer({ needs, organisations }: BulkPlan, count: number): string {
    const left = needs.length - count
    const planned = say('planned', { needs: format.number(count), organisations: format.number(organisations) })
    const gap = say.language === 'zh' ? '' : ' '
    return left ? `${planned}${gap}${say('plannedOut', { count: left })}` : planned
  }
}

/** How far the run is, with its figures; when it has ended its outcome is opened. */
function Working({ id, isCancelled }: { id: string; isCancelled: boolean }) {
  const say = useWords(bulkWords)
  const format = useFormat()
  const go = useGo()
  const client = useQueryClient()
  /** What was read before the run ended would lead back here from its outcome. */
  const leave = () => {
    for (const { path } of [composeApi.bulkPlan, composeApi.bulkRuns]) client.removeQueries({ queryKey: [path] })
    go(`/compose-all/${id}`, {}, { replace: true })
  }
  const inWords = (text: string) => {
    const doing = readDoing(text)
    if (!doing) return say('waiting')
    const { step, done, of, total, bound } = doing
    const at = step === 'keeping' ? say('step.keeping') : say(`step.${step}`, { done: Math.min(done + 1, of), of })
    const figures =
      total === null || bound === null
        ? ''
        : ` · ${say('figures', { total: format.number(total), bound: format.number(bound) })}`
    return `${at}${figures} ·`
  }
  return (
    <>
      <WorkProgress key={id} id={id} title={say('working')} doing={inWords} onDone={leave} />
      {isCancelled ? <p className="soft">{say('stoppedTell')}</p> : null}
    </>
  )
}

function Order({ plan, mayOrder, ordered }: { plan: BulkPlan; mayOrder: boolean; ordered: (workId: string) => void }) {
  const say = useWords(bulkWords)
  const go = useGo()
  if (!mayOrder) return <p className="soft">{say('onlyOfficers')}</p>
  if (!plan.needs.some(({ skip }) => skip === null))
    return (
      <Empty
        title={say('nothingTitle')}
        action={<Button onClick={() => go('/needs', { state: 'open' })}>{say('toNeeds')}</Button>}
      >
        {say('nothingText')}
      </Empty>
    )
  return <BulkForm plan={plan} ordered={ordered} />
}

function Runs() {
  const say = useWords(bulkWords)
  const format = useFormat()
  const { data } = useRead(composeApi.bulkRuns, { query: { size: 20 } })
  if (!data) return null
  return (
    <Section title={say('runs')}>
      {data.rows.length ? null : <p className="soft">{say('runsNone')}</p>}
      <ul className={classes.runs}>
        {data.rows.map(({ id, at, by, needs, teams, capacity, totals }) => (
          <li key={id}>
            <Go to={`/compose-all/${id}`}>{format.instant(at)}</Go>
            <span className="soft">
              {say('runLine', { needs: format.number(needs), teams: format.number(teams), capacity })}
            </span>
            <span className="faint figures">
              {say('figures', { total: format.number(totals.together), bound: format.number(totals.bound) })}
              {by ? ` · ${say('by', { name: by })}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
