import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { houseApi } from '#stages/house/api.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../error-note.tsx'
import { uiWords } from '../words.ts'
import classes from './detail.module.css'

export interface HistoryWords {
  /** A command's outcome in words: `added`, `changed`. */
  action: (action: string) => string
  /** A field's name as on the page. */
  field: (field: string) => string
  /** A value as on the page. */
  value: (field: string, value: unknown) => ReactNode
}

/** What became of a record: who changed which field from what to what, newest first. */
export function History({ kind, id, words }: { kind: string; id: string; words: HistoryWords }) {
  const say = useWords(uiWords)
  const format = useFormat()
  const { data, isPending, error, refetch } = useRead(houseApi.history, { params: { kind, id } })
  if (isPending) return <Skeleton height={80} />
  if (error?.code === 'forbidden') return <p className="soft">{say('historyHidden')}</p>
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  if (!data.rows.length) return <p className="soft">{say('noHistory')}</p>
  return (
    <ol className={classes.history}>
      {data.rows.map((change, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a command may write several parts under one number
        <li key={`${change.seq}.${data.rows.length - at}`}>
          <p>
            <b>{words.action(change.action)}</b>{' '}
            <span className="faint">
              {say('changedBy', {
                who: change.who ?? (change.importId ? say('byImport') : say('byServer')),
                when: format.instant(change.at),
              })}
            </span>
          </p>
          {Object.entries(change.changes).map(([field, { from, to }]) => (
            <p key={field} className={classes.change}>
              <span className="soft">{words.field(field)}</span>{' '}
              {say.rich('fromTo', {
                from: <del key="from">{isEmpty(from) ? say('empty') : words.value(field, from)}</del>,
                to: <ins key="to">{isEmpty(to) ? say('empty') : words.value(field, to)}</ins>,
              })}
            </p>
          ))}
        </li>
      ))}
    </ol>
  )
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
