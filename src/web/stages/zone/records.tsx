import { ActionIcon, Button } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { mayPlanZone } from '#stages/zone/access.ts'
import { zoneApi } from '#stages/zone/api.ts'
import { RECORD_KINDS, RECORD_STATES, type ZoneRecord } from '#stages/zone/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Badge, type Tone } from '../../ui/badges.tsx'
import { Go } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { Column, Filter } from '../../ui/list/filter.ts'
import { ListPage } from '../../ui/list/list-page.tsx'
import { useList } from '../../ui/list/use-list.ts'
import { tell } from '../../ui/toasts.tsx'
import { RecordForm } from './record-form.tsx'
import { zoneWords } from './words.ts'

export type RecordRow = z.infer<typeof ZoneRecord>

const TONES: Record<RecordRow['status'], Tone> = { planned: 'plain', in_force: 'good', done: 'good', ended: 'quiet' }

/** All that the Ten Ones are counted from, besides organisations and people. */
export function Records() {
  const say = useWords(zoneWords)
  const format = useFormat()
  const text = useText()
  const term = useTerm()
  const { caller } = useZone()
  const mayEdit = mayPlanZone(caller)
  const [edited, edit] = useState<RecordRow | 'new' | null>(null)
  const industries = useRead(zoneApi.industries).data?.rows ?? []
  const segments = industries.flatMap((industry) => industry.segments)
  const segmentName = (key: string) => text(segments.find((segment) => segment.key === key)?.names) || key
  const remove = useRemoval()
  const filters: Filter[] = [
    {
      kind: 'choice',
      key: 'kind',
      label: say('kind'),
      options: RECORD_KINDS.map((value) => ({ value, label: say(`kind.${value}`) })),
    },
    {
      kind: 'choice',
      key: 'status',
      label: say('status'),
      options: RECORD_STATES.map((value) => ({ value, label: say(`status.${value}`) })),
    },
    { kind: 'words', key: 'segment', label: say('segment'), offers: segments.map(({ key }) => key), name: segmentName },
    {
      kind: 'given',
      key: 'industry',
      label: say('industry'),
      name: (slug) => text(industries.find((one) => one.slug === slug)?.names) || slug,
    },
  ]
  const list = useList(zoneApi.records, { filters, sort: 'name' })
  const columns: Column<RecordRow>[] = [
    { key: 'name', label: say('name'), sort: 'name', cell: (row) => text(row.names) || row.name },
    { key: 'kind', label: say('kind'), sort: 'kind', oneLine: true, cell: (row) => say(`kind.${row.kind}`) },
    {
      key: 'status',
      label: say('status'),
      sort: 'status',
      oneLine: true,
      cell: (row) => <Badge tone={TONES[row.status]}>{say(`status.${row.status}`)}</Badge>,
    },
    {
      key: 'organisation',
      label: say('organisation'),
      cell: (row) =>
        row.organisationId ? (
          <Go to={`/organisations/${row.organisationId}`}>{term(row.organisationName ?? '')}</Go>
        ) : null,
    },
    { key: 'segment', label: say('segment'), cell: (row) => (row.segment ? segmentName(row.segment) : null) },
    {
      key: 'dated',
      label: say('dated'),
      sort: 'dated',
      oneLine: true,
      cell: (row) => (row.dated ? format.date(row.dated) : null),
    },
    { key: 'note', label: say('note'), spare: true, cell: (row) => term(row.note) },
    ...(mayEdit
      ? [
          {
            key: 'do',
            label: '',
            align: 'end' as const,
            cell: (row: RecordRow) => (
              <>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${say('editRecord')}: ${row.name}`}
                  onClick={() => edit(row)}
                >
                  <Icon name="edit" size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${say('removeRecord')}: ${row.name}`}
                  onClick={() => void remove(row)}
                >
                  <Icon name="trash" size={16} />
                </ActionIcon>
              </>
            ),
          },
        ]
      : []),
  ]
  const add = mayEdit ? <Button onClick={() => edit('new')}>{say('addRecord')}</Button> : null
  return (
    <>
      {edited ? (
        <RecordForm record={edited === 'new' ? null : edited} industries={industries} close={() => edit(null)} />
      ) : null}
      <ListPage
        page="records"
        title={say('records')}
        list={list}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        searchHint={say('searchRecords')}
        actions={add}
        empty={{ title: say('recordsEmpty'), text: say('recordsEmptyText'), action: add }}
      />
    </>
  )
}

/** Removes at once, and lets it be undone by adding it again. */
function useRemoval() {
  const say = useWords(zoneWords)
  const remove = useWrite(zoneApi.removeRecord)
  const add = useWrite(zoneApi.addRecord)
  return async (row: RecordRow) => {
    await remove.run({ params: { record: row.id } })
    const { kind, status, industryId, organisationId, segment, dated, note } = row
    const names = Object.fromEntries(Object.entries(row.names).map(([language, entry]) => [language, entry.text]))
    const body = { kind, status, industryId, organisationId, segment, dated, note, names }
    tell(say('removed', { name: row.name }), { undo: () => add.run({ body }) })
  }
}
