import { useEffect, useRef } from 'react'
import { mayImport } from '#stages/imports/access.ts'
import { importsApi } from '#stages/imports/api.ts'
import { IMPORT_STATES, type ImportBrief, type Started, type Verdict } from '#stages/imports/model.ts'
import { useGo } from '../../lib/address.ts'
import { downloadAddress } from '../../lib/client.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import type { Column, Filter } from '../../ui/list/filter.ts'
import { ListPage } from '../../ui/list/list-page.tsx'
import { type List, useList } from '../../ui/list/use-list.ts'
import { tell } from '../../ui/toasts.tsx'
import { isBusy, totalOf } from './counts.ts'
import classes from './imports.module.css'
import './refusals.ts'
import { ImportStateBadge } from './state.tsx'
import { importTitles } from './titles.ts'
import { Upload } from './upload.tsx'
import { importWords } from './words.ts'

const FRESH_MS = 2_000

/** Every file that was brought, how far it is, and on top the place to bring another. */
export function Imports() {
  const say = useWords(importWords)
  const title = useWords(importTitles)('imports')
  const { caller } = useZone()
  const filters: Filter[] = [
    {
      kind: 'choice',
      key: 'state',
      label: say('state'),
      options: IMPORT_STATES.map((value) => ({ value, label: say(`state.${value}`) })),
    },
  ]
  const list = useList(importsApi.imports, { filters, sort: 'when', order: 'desc' })
  useFresh(list)
  return (
    <ListPage
      page="imports"
      title={title}
      list={list}
      columns={useImportColumns()}
      rowId={(row) => row.id}
      rowName={(row) => row.fileName}
      rowPath={(row) => `/imports/${row.id}`}
      searchHint={say('search')}
      above={mayImport(caller) ? <Bring /> : null}
      empty={{ title: say('emptyTitle'), text: say('emptyText') }}
    />
  )
}

/** The place to put a file, and in plain words what happens to it. */
function Bring() {
  const say = useWords(importWords)
  const go = useGo()
  const { slug } = useZone()
  const open = (started: Started[]) => {
    if (started.length === 1) go(`/imports/${started[0]!.id}`)
    else tell(say('several', { count: started.length }))
  }
  return (
    <Section title={say('bring')}>
      <p className={classes.prose}>{say('bringText')}</p>
      <Upload onStarted={open} several />
      <p className="soft">
        {say('templateText')}{' '}
        <a
          className={classes.link}
          href={downloadAddress(importsApi.importTemplate, {
            params: { zone: slug },
            query: { language: say.language },
          })}
          download
        >
          {say('template')}
        </a>
      </p>
    </Section>
  )
}

/** What is being read or taken moves on by itself, so the list is asked again until all of it stands still. */
function useFresh({ rows, retry }: List<ImportBrief>): void {
  const ask = useRef(retry)
  ask.current = retry
  const moves = rows?.some(isBusy) ?? false
  useEffect(() => {
    if (!moves) return
    const timer = setInterval(() => ask.current(), FRESH_MS)
    return () => clearInterval(timer)
  }, [moves])
}

function useImportColumns(): Column<ImportBrief>[] {
  const say = useWords(importWords)
  const format = useFormat()
  const figure = (verdict: Verdict): Column<ImportBrief> => ({
    key: verdict,
    label: say(`verdict.${verdict}`),
    align: 'end',
    cell: (row) => (row.counts ? format.number(totalOf(row.counts, verdict)) : <span className="faint">—</span>),
  })
  return [
    { key: 'file', label: say('file'), width: '32%', cell: (row) => row.fileName },
    { key: 'state', label: say('state'), cell: (row) => <ImportStateBadge state={row.state} kind={row.kind} /> },
    figure('new'),
    figure('changed'),
    figure('same'),
    figure('refused'),
    { key: 'who', label: say('who'), cell: (row) => row.who ?? <span className="faint">—</span> },
    {
      key: 'when',
      label: say('when'),
      cell: (row) => <span title={format.instant(row.createdAt)}>{format.ago(row.createdAt)}</span>,
    },
    { key: 'size', label: say('size'), spare: true, align: 'end', cell: (row) => format.bytes(row.bytes) },
  ]
}
