import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import type { Import } from '#stages/imports/model.ts'
import { useAddress, useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { Refusal } from '../../lib/refusal.ts'
import { useWords } from '../../lib/words.ts'
import { DetailPage, Section } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { Loading } from '../../ui/loading.tsx'
import { WorkProgress } from '../../ui/work-progress.tsx'
import { Check } from './check.tsx'
import { goodOf, isBusy, stepOf, totalOf } from './counts.ts'
import { DropButton } from './drop-button.tsx'
import { MissingPart } from './missing-part.tsx'
import './refusals.ts'
import { ImportStateBadge } from './state.tsx'
import { Stepper } from './stepper.tsx'
import { Taken } from './taken.tsx'
import { Understand } from './understand.tsx'
import { Upload } from './upload.tsx'
import { useImport } from './use-import.ts'
import { importWords } from './words.ts'

export function ImportRecord() {
  const { import: id } = useParams({ strict: false }) as { import: string }
  const { data, error, refetch } = useImport(id)
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return data ? <ImportPage run={data} /> : <Loading />
}

/** The whole road of a file on one page: read, understood, checked, taken. */
function ImportPage({ run }: { run: Import }) {
  const say = useWords(importWords)
  const format = useFormat()
  const { search } = useAddress()
  const isMapping = run.state === 'mapping' || (run.state === 'ready' && run.may.map && search.step === 'understand')
  const step = isMapping ? 'understand' : stepOf(run)
  return (
    <DetailPage
      title={run.fileName}
      badges={
        <>
          <ImportStateBadge state={run.state} kind={run.kind} />
          <span>{say(`kind.${run.kind}`)}</span>
          <span>{say('broughtBy', { who: run.who ?? '—', when: format.instant(run.createdAt) })}</span>
          <span>{format.bytes(run.bytes)}</span>
        </>
      }
      answer={useAnswer(run, isMapping)}
      notes={<Stepper now={step} done={run.state === 'applied' && !isBusy(run)} />}
    >
      {isBusy(run) && run.work ? (
        <WorkProgress
          id={run.work.id}
          title={run.state === 'applied' ? say('after') : say(`state.${run.state}`)}
          doing={workTitle}
        />
      ) : null}
      {run.fault && run.state !== 'applied' ? <ErrorNote error={Refusal.ofWork(run.fault)} /> : null}
      {isMapping && run.may.addFile ? <MissingPart run={run} /> : null}
      {isMapping && run.reading?.sheets.length ? <Understand key={run.id} run={run} reading={run.reading} /> : null}
      {run.state === 'ready' && !isMapping ? <Check run={run} /> : null}
      {run.state === 'applied' ? <Taken run={run} /> : null}
      {run.state === 'failed' || run.state === 'cancelled' || run.state === 'dropped' ? <Ended run={run} /> : null}
    </DetailPage>
  )

  function workTitle(doing: string): string {
    const key = `work.${doing || 'reading'}`
    return importWords.keys.includes(key as 'work.reading') ? say(key as 'work.reading') : doing
  }
}

function useAnswer(run: Import, isMapping: boolean): string {
  const say = useWords(importWords)
  const format = useFormat()
  const count = (verdict: 'new' | 'changed' | 'refused') => format.number(totalOf(run.counts, verdict))
  if (isMapping) return say(run.may.addFile ? 'answer.adding' : 'answer.mapping')
  if (run.state === 'ready') {
    const good = goodOf(run.counts)
    if (!good) return say('answer.readyNone')
    const figures = { good: format.number(good), refused: count('refused') }
    return totalOf(run.counts, 'refused') ? say('answer.ready', figures) : say('answer.readyAll', figures)
  }
  if (run.state === 'applied')
    return say('answer.applied', {
      when: format.instant(run.appliedAt ?? run.createdAt),
      new: count('new'),
      changed: count('changed'),
    })
  return say(`answer.${run.state}`)
}

/** A run that went no further: what can be done instead. */
function Ended({ run }: { run: Import }) {
  const say = useWords(importWords)
  const go = useGo()
  if (run.state === 'dropped')
    return (
      <Empty title={say('state.dropped')} action={<Button onClick={() => go('/imports')}>{say('another')}</Button>}>
        {say('noneTell')}
      </Empty>
    )
  return (
    <>
      <Section title={say('bringOther')}>
        <Upload onStarted={([first]) => first && go(`/imports/${first.id}`)} />
      </Section>
      <DropButton run={run} word={say('finish')} />
    </>
  )
}
