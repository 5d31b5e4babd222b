import { Button, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { mayMergeNeeds, mayWriteNeeds } from '#stages/needs/access.ts'
import { needsApi } from '#stages/needs/api.ts'
import { NEED_STATES, type NeedRow } from '#stages/needs/model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useTimeZone, useZone } from '../../lib/zone.ts'
import { Tags } from '../../ui/badges.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { type TextsByLanguage, TextsField } from '../../ui/form/texts-field.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { Icon } from '../../ui/icons.tsx'
import type { Column, Filter } from '../../ui/list/filter.ts'
import { ListPage } from '../../ui/list/list-page.tsx'
import { useList } from '../../ui/list/use-list.ts'
import { tell } from '../../ui/toasts.tsx'
import { NeedStateBadge } from './state.tsx'
import { needTitles } from './titles.ts'
import { needWords } from './words.ts'

/** The needs that the reader may see. */
export function Needs() {
  const say = useWords(needWords)
  const title = useWords(needTitles)('needs')
  const go = useGo()
  const { caller } = useZone()
  const [merging, merge] = useState<{ ids: string[]; done: () => void } | null>(null)
  const filters: Filter[] = [
    {
      kind: 'choice',
      key: 'state',
      label: say('state'),
      options: NEED_STATES.map((value) => ({ value, label: say(`state.${value}`) })),
    },
    { kind: 'flag', key: 'mine', label: say('mine'), yes: say('mineYes') },
    { kind: 'words', key: 'field', label: say('field') },
    { kind: 'flag', key: 'joint', label: say('joint'), yes: say('jointYes') },
  ]
  const list = useList(needsApi.needs, { filters, sort: 'updated', order: 'desc' })
  const add = mayWriteNeeds(caller) ? (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => go('/needs/new')}>
      {say('addNeed')}
    </Button>
  ) : null
  return (
    <>
      {merging ? <MergeForm ids={merging.ids} close={() => merge(null)} done={merging.done} /> : null}
      <ListPage
        page="needs"
        title={title}
        list={list}
        columns={useNeedColumns()}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowPath={(row) => `/needs/${row.id}`}
        searchHint={say('search')}
        exportAs={needsApi.exportNeeds}
        actions={add}
        {...(mayMergeNeeds(caller)
          ? {
              bulk: (selected: ReadonlySet<string>, clear: () => void) => (
                <Button
                  size="compact-sm"
                  disabled={selected.size < 2}
                  onClick={() => merge({ ids: [...selected], done: clear })}
                >
                  {say('merge')}
                </Button>
              ),
            }
          : {})}
        empty={{ title: say('emptyTitle'), text: say('emptyText'), action: add }}
      />
    </>
  )
}

function useNeedColumns(): Column<NeedRow>[] {
  const say = useWords(needWords)
  const format = useFormat()
  const text = useText()
  const term = useTerm()
  const timeZone = useTimeZone()
  return [
    { key: 'title', label: say('title'), sort: 'title', width: '27%', cell: (row) => text(row.title) },
    {
      key: 'state',
      label: say('state'),
      sort: 'state',
      oneLine: true,
      cell: (row) => <NeedStateBadge state={row.state} />,
    },
    { key: 'sponsors', label: say('sponsors'), cell: (row) => format.list(row.sponsors.map(({ name }) => term(name))) },
    {
      key: 'capabilities',
      label: say('capabilities'),
      cell: (row) => <Tags of={row.capabilities.map(({ name }) => text(name))} most={2} />,
    },
    {
      key: 'trl',
      label: say('trl'),
      sort: 'trl',
      oneLine: true,
      cell: (row) => (row.trl ? `TRL ${row.trl.from}–${row.trl.to}` : null),
    },
    {
      key: 'budget',
      label: say('budget'),
      sort: 'budget',
      align: 'end',
      cell: (row) =>
        row.budget ? <span title={format.moneyExact(row.budget)}>{format.money(row.budget)}</span> : null,
    },
    {
      key: 'deadline',
      label: say('deadline'),
      sort: 'deadline',
      oneLine: true,
      cell: (row) =>
        row.deadline ? (
          <span title={format.deadline(row.deadline, timeZone).text}>{format.date(row.deadline)}</span>
        ) : null,
    },
    { key: 'fields', label: say('field'), spare: true, cell: (row) => <Tags of={row.fields.map(term)} /> },
    { key: 'updated', label: say('updated'), sort: 'updated', spare: true, cell: (row) => format.ago(row.updatedAt) },
  ]
}

function MergeForm({ ids, close, done }: { ids: string[]; close: () => void; done: () => void }) {
  const say = useWords(needWords)
  const go = useGo()
  const merge = useWrite(needsApi.mergeNeeds)
  const form = useForm<{ title: TextsByLanguage }>({ title: {} }, merge.refusal)
  const submit = async () => {
    try {
      const joint = await merge.run({ body: { needs: ids, title: form.values.title } })
      done()
      tell(say('merged'))
      go(`/needs/${joint.id}`)
    } catch {
      // The refusal stands in the form.
    }
  }
  return (
    <Modal opened onClose={close} title={say('merge')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack>
          <TextsField label={say('mergeTitle')} required {...form.field('title')} />
          <ErrorNote error={merge.refusal} />
          <Button type="submit" loading={merge.isRunning}>
            {say('merge')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
