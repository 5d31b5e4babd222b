import { Button } from '@mantine/core'
import { mayAddOrganisation } from '#stages/registry/access.ts'
import { registryApi } from '#stages/registry/api.ts'
import { KINDS, type OrganisationRow, SIZES } from '#stages/registry/model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useSegments } from '../../lib/segments.ts'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Badge, KindBadge, Tags } from '../../ui/badges.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { Column, Filter } from '../../ui/list/filter.ts'
import { ListPage } from '../../ui/list/list-page.tsx'
import { useList } from '../../ui/list/use-list.ts'
import { placeOfKind } from './kinds.ts'
import { registryTitles } from './titles.ts'
import { organisationWords, registryWords } from './words.ts'

const OFFERS_MAX = 200

export function Organisations() {
  const say = useWords(organisationWords)
  const sayRegistry = useWords(registryWords)
  const title = useWords(registryTitles)('organisations')
  const go = useGo()
  const { caller, zone } = useZone()
  const filters = useOrganisationFilters()
  const list = useList(registryApi.organisations, { filters, sort: 'name' })
  const columns = useOrganisationColumns()
  const mayAdd = mayAddOrganisation(caller)
  return (
    <ListPage
      page="organisations"
      title={title}
      list={list}
      columns={columns}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      rowPath={(row) => `/organisations/${row.id}`}
      searchHint={say('search')}
      exportAs={registryApi.exportOrganisations}
      actions={
        mayAdd ? (
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => go('/organisations/new')}>
            {say('add')}
          </Button>
        ) : null
      }
      empty={{
        title: say('emptyTitle'),
        text: say('emptyText'),
        action: mayAdd ? (
          <>
            <Button onClick={() => go('/imports')}>{say('importLedger')}</Button>
            <Button variant="default" onClick={() => go('/organisations/new')}>
              {say('add')}
            </Button>
          </>
        ) : null,
      }}
    />
  )

  function useOrganisationColumns(): Column<OrganisationRow>[] {
    const format = useFormat()
    const text = useText()
    const term = useTerm()
    const { nameOf } = useSegments()
    const dash = <span className="faint">—</span>
    return [
      {
        key: 'name',
        label: sayRegistry('fact.names'),
        sort: 'name',
        cell: (row) => (
          <>
            {text(row.names) || row.name} {row.nameless ? <Badge tone="look">{say('nameless')}</Badge> : null}
          </>
        ),
      },
      {
        key: 'kind',
        label: sayRegistry('fact.kind'),
        sort: 'kind',
        cell: (row) => <KindBadge place={placeOfKind(row.kind)}>{sayRegistry(`kind.${row.kind}`)}</KindBadge>,
      },
      {
        key: 'size',
        label: sayRegistry('fact.size'),
        sort: 'size',
        cell: (row) => (row.size ? sayRegistry(`size.${row.size}`) : dash),
      },
      {
        key: 'place',
        label: say('place'),
        sort: 'region',
        cell: (row) => {
          const abroad = row.country && row.country !== zone?.country ? format.country(row.country) : null
          const parts = [term(row.city ?? row.region ?? ''), abroad].filter(Boolean)
          return parts.join(say.language === 'zh' ? '，' : ', ') || (row.country ? format.country(row.country) : dash)
        },
      },
      {
        key: 'region',
        label: sayRegistry('fact.region'),
        spare: true,
        cell: (row) => (row.region ? term(row.region) : dash),
      },
      { key: 'segment', label: sayRegistry('fact.segment'), cell: (row) => nameOf(row.segment) || dash },
      { key: 'fields', label: sayRegistry('fact.fields'), cell: (row) => <Tags of={row.fields} most={2} /> },
      {
        key: 'titles',
        label: sayRegistry('fact.titles'),
        spare: true,
        cell: (row) => <Tags of={row.titles} most={2} />,
      },
      {
        key: 'results',
        label: say('results'),
        sort: 'results',
        align: 'end',
        cell: (row) => format.number(row.results),
      },
      {
        key: 'projects',
        label: say('projects'),
        sort: 'projects',
        align: 'end',
        cell: (row) => format.number(row.projects),
      },
      { key: 'updated', label: say('updated'), sort: 'updated', spare: true, cell: (row) => format.ago(row.updatedAt) },
    ]
  }
}

/** The list's filters, with what there is in the zone to choose from. */
function useOrganisationFilters(): Filter[] {
  const say = useWords(organisationWords)
  const sayRegistry = useWords(registryWords)
  const format = useFormat()
  const term = useTerm()
  const { segments } = useSegments()
  const { data } = useRead(registryApi.registryFacets)
  const facets = data?.organisations
  const offer = (counts: { value: string }[] | undefined) =>
    (counts ?? []).slice(0, OFFERS_MAX).map(({ value }) => value)
  return [
    {
      key: 'kind',
      kind: 'choice',
      label: sayRegistry('fact.kind'),
      options: KINDS.map((value) => ({ value, label: sayRegistry(`kind.${value}`) })),
    },
    {
      key: 'size_class',
      kind: 'choice',
      label: sayRegistry('fact.size'),
      options: SIZES.map((value) => ({ value, label: sayRegistry(`size.${value}`) })),
    },
    {
      key: 'country',
      kind: 'choice',
      label: sayRegistry('fact.country'),
      options: offer(facets?.countries).map((value) => ({ value, label: format.country(value) })),
    },
    { key: 'region', kind: 'words', label: sayRegistry('fact.region'), offers: offer(facets?.regions), name: term },
    {
      key: 'segment',
      kind: 'choice',
      label: sayRegistry('fact.segment'),
      options: segments.map(({ key, name }) => ({ value: key, label: name })),
    },
    { key: 'field', kind: 'words', label: sayRegistry('fact.fields'), offers: offer(facets?.fields), name: term },
    { key: 'title', kind: 'words', label: sayRegistry('fact.titles'), offers: offer(facets?.titles), name: term },
    { key: 'titled', kind: 'flag', label: say('titledFilter'), yes: say('titledFilter') },
    { key: 'mine', kind: 'flag', label: say('mineFilter'), yes: say('mineFilter') },
    { key: 'nameless', kind: 'flag', label: say('namelessFilter'), yes: say('namelessFilter') },
    { key: 'import', kind: 'given', label: say('fromImport'), name: () => say('fromImport') },
  ]
}
