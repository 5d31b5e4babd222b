import { Button } from '@mantine/core'
import { mayAddOrganisation } from '#stages/registry/access.ts'
import { registryApi } from '#stages/registry/api.ts'
import type { ProjectRow } from '#stages/registry/project-model.ts'
import { useGo } from '../../lib/address.ts'
import { type Format, useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Tags } from '../../ui/badges.tsx'
import type { Column, Filter } from '../../ui/list/filter.ts'
import { ListPage } from '../../ui/list/list-page.tsx'
import { useList } from '../../ui/list/use-list.ts'
import { projectWords } from './project-words.ts'
import { registryTitles } from './titles.ts'

const YEAR_MIN = 1984
const YEAR_MAX = 2060

/** From which month to which. */
export function timeOf({ startDate, endDate }: Pick<ProjectRow, 'startDate' | 'endDate'>, format: Format): string {
  return [startDate, endDate].map((day) => (day ? format.date(day.slice(0, 7)) : '')).join(' – ')
}

export function Projects() {
  const say = useWords(projectWords)
  const title = useWords(registryTitles)('projects')
  const go = useGo()
  const { caller } = useZone()
  const columns = useProjectColumns()
  const list = useList(registryApi.projects, { filters: useProjectFilters(), sort: 'start', order: 'desc' })
  return (
    <ListPage
      page="projects"
      title={title}
      list={list}
      columns={columns}
      rowId={(row) => row.id}
      rowName={(row) => row.title}
      rowPath={(row) => `/projects/${row.id}`}
      searchHint={say('search')}
      exportAs={registryApi.exportProjects}
      empty={{
        title: say('emptyTitle'),
        text: say('emptyText'),
        action: mayAddOrganisation(caller) ? (
          <Button onClick={() => go('/imports')}>{say('importLedger')}</Button>
        ) : null,
      }}
    />
  )
}

function useProjectColumns(): Column<ProjectRow>[] {
  const say = useWords(projectWords)
  const format = useFormat()
  const text = useText()
  const dash = <span className="faint">—</span>
  return [
    {
      key: 'title',
      label: say('title'),
      sort: 'title',
      width: '40%',
      cell: (row) => [row.acronym, text(row.titles) || row.title].filter(Boolean).join(' · '),
    },
    { key: 'start', label: say('time'), sort: 'start', cell: (row) => timeOf(row, format) },
    { key: 'members', label: say('members'), sort: 'members', align: 'end', cell: (row) => format.number(row.members) },
    {
      key: 'contribution',
      label: say('contribution'),
      sort: 'contribution',
      align: 'end',
      cell: (row) =>
        row.contribution ? (
          <span title={format.moneyExact(row.contribution)}>{format.money(row.contribution)}</span>
        ) : (
          dash
        ),
    },
    { key: 'parts', label: say('parts'), cell: (row) => <Tags of={row.parts} most={1} /> },
    { key: 'framework', label: say('framework'), spare: true, cell: (row) => row.framework ?? dash },
    { key: 'fields', label: say('fields'), spare: true, cell: (row) => <Tags of={row.fields} most={2} /> },
    { key: 'status', label: say('status'), spare: true, cell: (row) => row.status ?? dash },
  ]
}

function useProjectFilters(): Filter[] {
  const say = useWords(projectWords)
  const term = useTerm()
  const facets = useRead(registryApi.registryFacets).data?.projects
  const offer = (counts: { value: string }[] | undefined) => (counts ?? []).map(({ value }) => value)
  return [
    {
      key: 'start',
      kind: 'range',
      from: 'start_from',
      to: 'start_to',
      least: YEAR_MIN,
      most: YEAR_MAX,
      label: say('years'),
    },
    {
      key: 'framework',
      kind: 'choice',
      label: say('framework'),
      options: offer(facets?.frameworks).map((value) => ({ value, label: value })),
    },
    { key: 'part', kind: 'words', label: say('parts'), offers: offer(facets?.parts) },
    { key: 'field', kind: 'words', label: say('fields'), name: term },
    { key: 'mine', kind: 'flag', label: say('mineFilter'), yes: say('mineFilter') },
    { key: 'organisation', kind: 'given', label: say('organisationFilter'), name: () => say('organisationFilter') },
    { key: 'import', kind: 'given', label: say('importFilter'), name: () => say('importFilter') },
  ]
}
