import { Button } from '@mantine/core'
import { mayEditSomeResult } from '#stages/registry/access.ts'
import { registryApi } from '#stages/registry/api.ts'
import { TRL_MAX, TRL_MIN } from '#stages/registry/model.ts'
import { IP_KINDS, IP_STATUSES, type ResultRow, WANTED_DEALS } from '#stages/registry/result-model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useSegments } from '../../lib/segments.ts'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useTimeZone, useZone } from '../../lib/zone.ts'
import { Badge, Tags, TrlBadge } from '../../ui/badges.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { Column, Filter } from '../../ui/list/filter.ts'
import { ListPage } from '../../ui/list/list-page.tsx'
import { useList } from '../../ui/list/use-list.ts'
import { resultWords } from './result-words.ts'
import { registryTitles } from './titles.ts'

export function Results() {
  const say = useWords(resultWords)
  const title = useWords(registryTitles)('results')
  const go = useGo()
  const { caller } = useZone()
  const filters = useResultFilters()
  const columns = useResultColumns()
  const list = useList(registryApi.results, { filters, sort: 'title' })
  const mayAdd = mayEditSomeResult(caller)
  const add = mayAdd ? (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => go('/results/new')}>
      {say('add')}
    </Button>
  ) : null
  return (
    <ListPage
      page="results"
      title={title}
      list={list}
      columns={columns}
      rowId={(row) => row.id}
      rowName={(row) => row.title}
      rowPath={(row) => `/results/${row.id}`}
      searchHint={say('search')}
      exportAs={registryApi.exportResults}
      actions={add}
      empty={{ title: say('emptyTitle'), text: say('emptyText'), action: add }}
    />
  )
}

function useResultColumns(): Column<ResultRow>[] {
  const say = useWords(resultWords)
  const format = useFormat()
  const text = useText()
  const term = useTerm()
  const timeZone = useTimeZone()
  const { nameOf } = useSegments()
  const dash = <span className="faint">—</span>
  return [
    {
      key: 'title',
      label: say('fact.title'),
      sort: 'title',
      width: '32%',
      cell: (row) => text(row.titles) || row.title,
    },
    { key: 'owners', label: say('owners'), cell: (row) => format.list(row.owners.map(({ name }) => term(name))) },
    { key: 'trl', label: say('fact.trl'), sort: 'trl', cell: (row) => <TrlBadge level={row.trl} /> },
    { key: 'fields', label: say('fact.fields'), cell: (row) => <Tags of={row.fields} most={2} /> },
    {
      key: 'ip',
      label: say('ip'),
      cell: (row) => <Tags most={1} of={[...new Set(row.ip.map(({ kind }) => say(`ip.${kind}`)))]} />,
    },
    {
      key: 'deal',
      label: say('fact.wantedDeal'),
      cell: (row) => <Tags most={1} of={row.wantedDeal.map((deal) => say(`deal.${deal}`))} />,
    },
    {
      key: 'segment',
      label: say('fact.segment'),
      sort: 'segment',
      spare: true,
      cell: (row) => nameOf(row.segment) || dash,
    },
    {
      key: 'dated',
      label: say('fact.dated'),
      sort: 'dated',
      spare: true,
      cell: (row) => (row.dated ? format.date(row.dated) : dash),
    },
    {
      key: 'expires',
      label: say('expires'),
      sort: 'expires',
      spare: true,
      cell: (row) => {
        if (!row.expires) return dash
        const left = format.deadline(row.expires, timeZone)
        return <Badge tone={left.tone === 'calm' ? 'quiet' : 'look'}>{left.text}</Badge>
      },
    },
    { key: 'updated', label: say('updated'), sort: 'updated', spare: true, cell: (row) => format.ago(row.updatedAt) },
  ]
}

function useResultFilters(): Filter[] {
  const say = useWords(resultWords)
  const term = useTerm()
  const { segments } = useSegments()
  const facets = useRead(registryApi.registryFacets).data?.results
  return [
    {
      key: 'trl',
      kind: 'range',
      from: 'trl_from',
      to: 'trl_to',
      least: TRL_MIN,
      most: TRL_MAX,
      label: say('trlRange'),
    },
    {
      key: 'field',
      kind: 'words',
      label: say('fact.fields'),
      offers: (facets?.fields ?? []).map(({ value }) => value),
      name: term,
    },
    {
      key: 'segment',
      kind: 'choice',
      label: say('fact.segment'),
      options: segments.map(({ key, name }) => ({ value: key, label: name })),
    },
    {
      key: 'ip_kind',
      kind: 'choice',
      label: say('ip'),
      options: IP_KINDS.map((value) => ({ value, label: say(`ip.${value}`) })),
    },
    {
      key: 'ip_status',
      kind: 'choice',
      label: say('status'),
      options: IP_STATUSES.map((value) => ({ value, label: say(`status.${value}`) })),
    },
    {
      key: 'deal',
      kind: 'choice',
      label: say('fact.wantedDeal'),
      options: WANTED_DEALS.map((value) => ({ value, label: say(`deal.${value}`) })),
    },
    { key: 'mine', kind: 'flag', label: say('mineFilter'), yes: say('mineFilter') },
    { key: 'owner', kind: 'given', label: say('owners'), name: () => say('owners') },
    { key: 'import', kind: 'given', label: say('importFilter'), name: () => say('importFilter') },
  ]
}
