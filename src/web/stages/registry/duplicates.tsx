import { Button } from '@mantine/core'
import { useCallback, useState } from 'react'
import { registryApi } from '#stages/registry/api.ts'
import { type DuplicatePair, PAIR_STATES, type Reason } from '#stages/registry/duplicate-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { Column, Filter } from '../../ui/list/filter.ts'
import { ListPage } from '../../ui/list/list-page.tsx'
import { useList } from '../../ui/list/use-list.ts'
import { tell } from '../../ui/toasts.tsx'
import { useWorkOf, WorkProgress } from '../../ui/work-progress.tsx'
import { duplicateWords } from './duplicate-words.ts'
import { registryTitles } from './titles.ts'

const FIND_KIND = 'registry.find_duplicates'
const pairId = (pair: DuplicatePair) => `${pair.first.id}/${pair.second.id}`

export function Duplicates() {
  const say = useWords(duplicateWords)
  const title = useWords(registryTitles)('duplicates')
  const filters: Filter[] = [
    {
      key: 'state',
      kind: 'choice',
      label: say('state'),
      options: PAIR_STATES.map((value) => ({ value, label: say(`state.${value}`) })),
    },
  ]
  const columns = usePairColumns()
  const list = useList(registryApi.duplicates, { filters, sort: 'score', order: 'desc', usual: { state: 'suspected' } })
  const search = useWrite(registryApi.findDuplicates)
  const decide = useWrite(registryApi.decideDuplicate)
  const find = (
    <Button
      variant="default"
      leftSection={<Icon name="search" size={16} />}
      loading={search.isRunning}
      onClick={() => void search.run().catch(() => undefined)}
    >
      {say('find')}
    </Button>
  )
  const tellApart = async (pairs: ReadonlySet<string>) => {
    for (const pair of pairs) {
      const [first = '', second = ''] = pair.split('/')
      await decide.run({ params: { first, second }, body: { decision: 'distinct' } })
    }
    tell(say('toldApart'))
  }
  return (
    <ListPage
      page="duplicates"
      title={title}
      list={list}
      columns={columns}
      rowId={pairId}
      rowName={(pair) => say('compare', { first: pair.first.name, second: pair.second.name })}
      rowPath={(pair) => `/duplicates/${pairId(pair)}`}
      actions={find}
      above={
        <>
          <p className="soft">{say('tell')}</p>
          <ErrorNote error={search.refusal ?? decide.refusal} />
          <Search />
        </>
      }
      bulk={(selected, clear) => (
        <Button
          size="compact-sm"
          loading={decide.isRunning}
          onClick={() => void tellApart(selected).then(clear, () => undefined)}
        >
          {say('apartMany')}
        </Button>
      )}
      empty={{ title: say('emptyTitle'), text: say('emptyText'), action: find }}
    />
  )
}

/** The search that is on its way, also after a reload. */
function Search() {
  const say = useWords(duplicateWords)
  const work = useWorkOf(FIND_KIND)
  const [watched, watch] = useState<string | null>(null)
  if (work && (work.state === 'queued' || work.state === 'running') && watched !== work.id) watch(work.id)
  const onDone = useCallback(
    (done: { output: unknown }) => {
      const { added = 0 } = (done.output ?? {}) as { added?: number }
      tell(say('found', { count: added }))
      watch(null)
    },
    [say],
  )
  if (!watched) return null
  return (
    <WorkProgress
      id={watched}
      title={say('finding')}
      doing={(key) => (key === 'comparing' ? say('doing.comparing') : say('doing.other'))}
      onDone={onDone}
    />
  )
}

/** Why two organisations are taken for one. */
export function Reasons({ of }: { of: readonly Reason[] }) {
  const say = useWords(duplicateWords)
  const term = useTerm()
  return (
    <span>
      {of.map((reason) => (
        <span key={reason.kind}>
          <Badge tone={reason.kind === 'country_unknown' ? 'quiet' : 'plain'}>
            {say(`reason.${reason.kind}`, { value: term(reason.value ?? '') })}
          </Badge>{' '}
        </span>
      ))}
    </span>
  )
}

function usePairColumns(): Column<DuplicatePair>[] {
  const say = useWords(duplicateWords)
  const format = useFormat()
  const text = useText()
  return [
    {
      key: 'pair',
      label: say('pair'),
      width: '46%',
      cell: ({ first, second }) =>
        say('compare', { first: text(first.names) || first.name, second: text(second.names) || second.name }),
    },
    { key: 'why', label: say('why'), cell: (pair) => <Reasons of={pair.reasons} /> },
    { key: 'score', label: say('score'), sort: 'score', align: 'end', cell: (pair) => format.percent(pair.score, 0) },
    { key: 'state', label: say('state'), cell: (pair) => say(`state.${pair.state}`) },
  ]
}
