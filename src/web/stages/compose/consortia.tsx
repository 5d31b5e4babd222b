import { Button } from '@mantine/core'
import { composeApi } from '#stages/compose/api.ts'
import type { ConsortiumRow } from '#stages/compose/model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { Go } from '../../ui/go.tsx'
import type { Column } from '../../ui/list/filter.ts'
import { ListPage } from '../../ui/list/list-page.tsx'
import { useList } from '../../ui/list/use-list.ts'
import { useName } from '../match/names.ts'
import { consortiumWords } from './consortium-words.ts'
import { composeTitles } from './titles.ts'

/** The draft consortia that the reader may see. */
export function Consortia() {
  const say = useWords(consortiumWords)
  const titles = useWords(composeTitles)
  const format = useFormat()
  const name = useName()
  const go = useGo()
  const list = useList(composeApi.consortia, { filters: [], sort: 'updated', order: 'desc' })
  const columns: Column<ConsortiumRow>[] = [
    { key: 'name', label: say('name'), sort: 'name', cell: name },
    {
      key: 'need',
      label: say('need'),
      cell: (row) => <Go to={`/needs/${row.needId}`}>{name({ name: row.needName, names: row.needTitle })}</Go>,
    },
    {
      key: 'members',
      label: say('membersHead'),
      sort: 'members',
      align: 'end',
      cell: (row) => format.number(row.members),
    },
    {
      key: 'lead',
      label: say('lead'),
      cell: (row) =>
        row.leadName ? (
          name({ name: row.leadName, names: row.leadNames ?? undefined })
        ) : (
          <span className="faint">—</span>
        ),
    },
    { key: 'state', label: say('state'), oneLine: true, cell: (row) => <Badge>{say(`state.${row.state}`)}</Badge> },
    { key: 'updated', label: say('updated'), sort: 'updated', cell: (row) => format.ago(row.updatedAt) },
  ]
  return (
    <ListPage
      page="consortia"
      title={titles('consortia')}
      list={list}
      columns={columns}
      rowId={(row) => row.id}
      rowName={name}
      rowPath={(row) => `/consortia/${row.id}`}
      searchHint={say('search')}
      empty={{
        title: say('emptyTitle'),
        text: say('emptyText'),
        action: <Button onClick={() => go('/needs')}>{say('toNeeds')}</Button>,
      }}
    />
  )
}
