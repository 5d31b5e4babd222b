import { Button } from '@mantine/core'
import { mayEditSomePerson } from '#stages/registry/access.ts'
import { registryApi } from '#stages/registry/api.ts'
import type { PersonRow } from '#stages/registry/person-model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useSegments } from '../../lib/segments.ts'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Tags } from '../../ui/badges.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { Column, Filter } from '../../ui/list/filter.ts'
import { ListPage } from '../../ui/list/list-page.tsx'
import { useList } from '../../ui/list/use-list.ts'
import { personWords } from './project-words.ts'
import { useTalentLevel } from './talent-level.ts'
import { registryTitles } from './titles.ts'

export function People() {
  const say = useWords(personWords)
  const title = useWords(registryTitles)('people')
  const go = useGo()
  const { caller } = useZone()
  const columns = usePersonColumns()
  const list = useList(registryApi.people, { filters: usePersonFilters(), sort: 'name' })
  const add = mayEditSomePerson(caller) ? (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => go('/people/new')}>
      {say('add')}
    </Button>
  ) : null
  return (
    <ListPage
      page="people"
      title={title}
      list={list}
      columns={columns}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      rowPath={(row) => `/people/${row.id}`}
      searchHint={say('search')}
      actions={add}
      empty={{ title: say('emptyTitle'), text: say('emptyText'), action: add }}
    />
  )
}

function usePersonColumns(): Column<PersonRow>[] {
  const say = useWords(personWords)
  const format = useFormat()
  const text = useText()
  const term = useTerm()
  const levelOf = useTalentLevel()
  const { nameOf } = useSegments()
  const dash = <span className="faint">—</span>
  return [
    { key: 'name', label: say('fact.names'), sort: 'name', cell: (row) => text(row.names) || row.name },
    { key: 'post', label: say('fact.post'), cell: (row) => (row.post ? term(row.post) : dash) },
    {
      key: 'organisation',
      label: say('fact.organisation'),
      sort: 'organisation',
      cell: (row) => (row.organisation ? term(row.organisation.name) : dash),
    },
    { key: 'fields', label: say('fact.fields'), cell: (row) => <Tags of={row.fields} most={3} /> },
    {
      key: 'level',
      label: say('fact.talentLevel'),
      sort: 'level',
      cell: (row) => (row.talentLevel ? levelOf(row.talentLevel) : dash),
    },
    { key: 'segment', label: say('fact.segment'), spare: true, cell: (row) => nameOf(row.segment) || dash },
    { key: 'updated', label: say('updated'), sort: 'updated', spare: true, cell: (row) => format.ago(row.updatedAt) },
  ]
}

function usePersonFilters(): Filter[] {
  const say = useWords(personWords)
  const term = useTerm()
  const levelOf = useTalentLevel()
  const { segments } = useSegments()
  const facets = useRead(registryApi.registryFacets).data?.people
  const offer = (counts: { value: string }[] | undefined) => (counts ?? []).map(({ value }) => value)
  return [
    { key: 'field', kind: 'words', label: say('fact.fields'), offers: offer(facets?.fields), name: term },
    {
      key: 'segment',
      kind: 'choice',
      label: say('fact.segment'),
      options: segments.map(({ key, name }) => ({ value: key, label: name })),
    },
    {
      key: 'level',
      kind: 'choice',
      label: say('fact.talentLevel'),
      options: offer(facets?.levels).map((value) => ({ value, label: levelOf(value) })),
    },
    { key: 'mine', kind: 'flag', label: say('mineFilter'), yes: say('mineFilter') },
    { key: 'organisation', kind: 'given', label: say('organisationFilter'), name: () => say('organisationFilter') },
  ]
}
