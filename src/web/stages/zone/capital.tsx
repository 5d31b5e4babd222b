import type { z } from 'zod'
import { zoneApi } from '#stages/zone/api.ts'
import { CAPITAL_STAGES, type CapitalEvent } from '#stages/zone/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { Go } from '../../ui/go.tsx'
import type { Column, Filter } from '../../ui/list/filter.ts'
import { ListPage } from '../../ui/list/list-page.tsx'
import { useList } from '../../ui/list/use-list.ts'
import { zoneTitles } from './titles.ts'
import { zoneWords } from './words.ts'

type Row = z.infer<typeof CapitalEvent>

/** Grants and investments: the records of the capital chain. */
export function Capital() {
  const say = useWords(zoneWords)
  const titles = useWords(zoneTitles)
  const format = useFormat()
  const text = useText()
  const term = useTerm()
  const segments = useRead(zoneApi.industries).data?.rows.flatMap((industry) => industry.segments) ?? []
  const segmentName = (key: string) => text(segments.find((segment) => segment.key === key)?.names) || key
  const filters: Filter[] = [
    {
      kind: 'choice',
      key: 'stage',
      label: say('stage'),
      options: CAPITAL_STAGES.map((value) => ({ value, label: say(`stage.${value}`) })),
    },
    { kind: 'words', key: 'segment', label: say('segment'), offers: segments.map(({ key }) => key), name: segmentName },
  ]
  const list = useList(zoneApi.capital, { filters, sort: 'dated', order: 'desc' })
  const columns: Column<Row>[] = [
    {
      key: 'organisation',
      label: say('organisation'),
      sort: 'organisation',
      cell: (row) => <Go to={`/organisations/${row.organisationId}`}>{term(row.organisationName)}</Go>,
    },
    { key: 'stage', label: say('stage'), cell: (row) => say(`stage.${row.stage}`) },
    { key: 'amount', label: say('amountHead'), sort: 'amount', align: 'end', cell: (row) => <Amount row={row} /> },
    { key: 'segment', label: say('segment'), cell: (row) => (row.segment ? segmentName(row.segment) : null) },
    { key: 'dated', label: say('dated'), sort: 'dated', cell: (row) => (row.dated ? format.date(row.dated) : null) },
  ]
  return (
    <ListPage
      page="capital"
      title={titles('capital')}
      list={list}
      columns={columns}
      rowId={(row) => row.id}
      rowName={(row) => row.organisationName}
      searchHint={say('searchCapital')}
      empty={{ title: say('capitalEmpty'), text: say('capitalEmptyText') }}
    />
  )
}

function Amount({ row }: { row: Row }) {
  const format = useFormat()
  if (row.amountMinor === null || row.currency === null) return null
  const money = { minor: row.amountMinor, currency: row.currency }
  return (
    <span className="figures" title={format.moneyExact(money)}>
      {format.money(money)}
    </span>
  )
}
