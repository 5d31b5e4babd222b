import { ActionIcon, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { importsApi } from '#stages/imports/api.ts'
import { type Import, SUBJECTS, type Subject, VERDICTS, type Verdict } from '#stages/imports/model.ts'
import { useAddress } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import { uiWords } from '../../ui/words.ts'
import { countOf, SUBJECTS_COUNTED } from './counts.ts'
import { ImportRowLine } from './import-row.tsx'
import { useNoteName } from './naming.ts'
import classes from './rows.module.css'
import { importWords } from './words.ts'

const TYPING_MS = 250
/** The narrow layout takes a table's own roles away, so they are said aloud. */
const as = (role: string) => ({ role })
const isVerdict = (text: string | undefined): text is Verdict => VERDICTS.some((verdict) => verdict === text)

/** The rows one by one. Which ones is in the address: subject, outcome, sheet, note, words, page. */
export function Rows({ run }: { run: Import }) {
  const say = useWords(importWords)
  const format = useFormat()
  const { search } = useAddress()
  const query = Object.fromEntries(
    ['subject', 'verdict', 'sheet', 'note', 'q', 'page'].flatMap((key) => (search[key] ? [[key, search[key]]] : [])),
  )
  const { data, error, isPlaceholderData, refetch } = useRead(importsApi.importRows, {
    params: { import: run.id },
    query,
    keep: true,
  })
  return (
    <Section title={say('rows')}>
      <RowFilters run={run} />
      {isVerdict(search.verdict) && run.state !== 'applied' ? (
        <p className="soft">{say(`verdictTell.${search.verdict}`)}</p>
      ) : null}
      <ErrorNote error={error} retry={() => void refetch()} />
      {data?.total === 0 ? <Empty title={say('noRows')}>{say('noRowsText')}</Empty> : null}
      {data?.rows.length ? (
        <table className={classes.rows} {...as('table')} aria-label={say('rows')} aria-busy={isPlaceholderData}>
          <thead {...as('rowgroup')} className={classes.tableHead}>
            <tr {...as('row')}>
              {(['place', 'name', 'content'] as const).map((head) => (
                <th key={head} {...as('columnheader')} scope="col" className={classes.head}>
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...as('rowgroup')} className={classes.body} data-stale={isPlaceholderData || undefined}>
            {data.rows.map((row) => (
              <ImportRowLine key={row.ordinal} row={row} isTaken={run.state === 'applied'} />
            ))}
          </tbody>
        </table>
      ) : null}
      {data ? <Paging page={data.page} size={data.size} total={data.total} /> : null}
    </Section>
  )

  function Paging({ page, size, total }: { page: number; size: number; total: number }) {
    const sayUi = useWords(uiWords)
    const { set } = useAddress()
    if (total <= size) return total ? <p className={`${classes.paging} soft figures`}>{format.number(total)}</p> : null
    const turn = (to: number) => set({ page: to > 1 ? String(to) : undefined })
    const [from, to] = [(page - 1) * size + 1, Math.min(total, page * size)]
    const words = { from: format.number(from), to: format.number(to), total: format.number(total) }
    return (
      <nav className={`${classes.paging} unprinted`} aria-label={sayUi('pages')}>
        <span className="soft figures">{sayUi('pageOf', words)}</span>
        <ActionIcon
          variant="default"
          disabled={page <= 1}
          aria-label={sayUi('previousPage')}
          onClick={() => turn(page - 1)}
        >
          <Icon name="chevronLeft" />
        </ActionIcon>
        <ActionIcon
          variant="default"
          disabled={to >= total}
          aria-label={sayUi('nextPage')}
          onClick={() => turn(page + 1)}
        >
          <Icon name="chevronRight" />
        </ActionIcon>
      </nav>
    )
  }
}

/** The same choices as the figures above give, for those who come by keyboard or from a link. */
function RowFilters({ run }: { run: Import }) {
  const say = useWords(importWords)
  const nameNote = useNoteName()
  const sayUi = useWords(uiWords)
  const { search, set } = useAddress()
  const counts = run.summary?.counts
  const subjects = SUBJECTS_COUNTED.filter(
    ({ counted }) => counts && VERDICTS.some((verdict) => countOf(counts[counted], verdict) > 0),
  )
  const verdicts = VERDICTS.filter((verdict) => subjects.some(({ counted }) => countOf(counts![counted], verdict) > 0))
  const sheets = run.reading?.sheets ?? []
  const choose = (key: string) => (value: string) => set({ [key]: value || undefined, page: undefined })
  return (
    <div className={`${classes.filters} unprinted`}>
      <RowSearch />
      {subjects.length > 1 ? (
        <SegmentedControl
          size="xs"
          aria-label={say('content')}
          value={SUBJECTS.includes(search.subject as Subject) ? search.subject! : ''}
          onChange={choose('subject')}
          data={[
            { value: '', label: say('allRows') },
            ...subjects.map(({ subject }) => ({ value: subject, label: say(`of.${subject}`) })),
          ]}
        />
      ) : null}
      <NativeSelect
        size="xs"
        aria-label={say('verdict')}
        value={isVerdict(search.verdict) ? search.verdict : ''}
        onChange={(event) => choose('verdict')(event.currentTarget.value)}
        data={[
          { value: '', label: say('allVerdicts') },
          ...verdicts.map((value) => ({ value, label: say(`verdict.${value}`) })),
        ]}
      />
      {sheets.length > 1 ? (
        <NativeSelect
          size="xs"
          aria-label={say('sheet')}
          value={search.sheet ?? ''}
          onChange={(event) => choose('sheet')(event.currentTarget.value)}
          data={[{ value: '', label: say('allSheets') }, ...sheets.map(({ name }) => ({ value: name, label: name }))]}
        />
      ) : null}
      {search.note ? (
        <span className={classes.chip}>
          {say('onlyNote', { note: nameNote(search.note) })}
          <button
            type="button"
            className={classes.chipRemove}
            aria-label={sayUi('removeFilter', { label: nameNote(search.note) })}
            onClick={() => choose('note')('')}
          >
            <Icon name="close" size={14} />
          </button>
        </span>
      ) : null}
    </div>
  )
}

function RowSearch() {
  const say = useWords(importWords)
  const { search, set } = useAddress()
  const said = search.q ?? ''
  const [text, setText] = useState(said)
  useEffect(() => setText(said), [said])
  const find = useDebouncedCallback(
    (value: string) => set({ q: value.trim() || undefined, page: undefined }),
    TYPING_MS,
  )
  return (
    <TextInput
      className={classes.search}
      type="search"
      size="xs"
      data-list-search
      aria-label={say('searchRows')}
      placeholder={say('searchRows')}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        find(event.currentTarget.value)
      }}
    />
  )
}
