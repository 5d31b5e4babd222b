import { Button } from '@mantine/core'
import { Fragment, type ReactNode, useState } from 'react'
import type { ImportRow, RowNote, RowRefusal, Verdict } from '#stages/imports/model.ts'
import { issueInWords } from '../../lib/refusal-words.ts'
import { useWords } from '../../lib/words.ts'
import { Badge, type Tone } from '../../ui/badges.tsx'
import { Go } from '../../ui/go.tsx'
import { uiWords } from '../../ui/words.ts'
import { type FactReader, fieldsInOrder, isEmpty, useFactReader } from './facts.ts'
import { useNoteName } from './naming.ts'
import classes from './rows.module.css'
import { importWords } from './words.ts'

const FACTS_SHOWN = 6
const TONES: Record<Verdict, Tone> = {
  new: 'good',
  changed: 'plain',
  same: 'quiet',
  refused: 'loss',
  set_aside: 'quiet',
}
const PATHS = { organisation: '/organisations', result: '/results', project: '/projects', participation: '/projects' }
const as = (role: string) => ({ role })

/** One row: where it stands, whom it is about, and what it says or why it is refused. */
export function ImportRowLine({ row, isTaken }: { row: ImportRow; isTaken: boolean }) {
  const say = useWords(importWords)
  const read = useFactReader()(row.subject, row.facts)
  const [isWhole, showWhole] = useState(false)
  const stands = row.verdict === 'same' || row.verdict === 'changed' || (row.verdict === 'new' && isTaken)
  const name = row.name || <span className="faint">{say('noName')}</span>
  const facts = fieldsInOrder(row.subject, row.facts)
  const isRefused = row.verdict === 'refused'
  const section = row.notes.find(({ note }) => note === 'section')?.value
  const isNoRecord = row.notes.some(({ note }) => note.startsWith('aside.'))
  const listed = isRefused || row.verdict === 'set_aside' ? [] : facts
  const shown = row.verdict === 'changed' || row.verdict === 'same' ? [] : listed
  const hasMore = shown.length > FACTS_SHOWN || (row.raw !== null && isRefused) || listed.length > shown.length
  return (
    <tr {...as('row')} className={classes.row}>
      <td {...as('cell')} className={classes.place}>
        <Badge tone={TONES[row.verdict]}>{say(`verdict.${row.verdict}`)}</Badge>{' '}
        <span className="soft figures">
          {row.sheet ? say('placeOf', { sheet: row.sheet, row: row.row }) : say('rowOf', { row: row.row })}
        </span>
        {section ? <div className={classes.subject}>{section}</div> : null}
      </td>
      <td {...as('cell')} className={classes.name}>
        {stands && row.subjectId ? (
          <Go to={`${PATHS[row.subject]}/${row.subjectId}`} quiet>
            {name}
          </Go>
        ) : (
          name
        )}
        {isNoRecord ? null : <div className={classes.subject}>{say(`one.${row.subject}`)}</div>}
      </td>
      <td {...as('cell')} className={classes.what}>
        <div className={classes.content}>
          {isRefused ? <Refusals refusals={row.refusals} /> : null}
          {row.verdict === 'changed' ? <Changes row={row} read={read} /> : null}
          {isWhole ? (
            <Whole row={row} fields={facts} read={read} />
          ) : (
            <FactLine fields={shown.slice(0, FACTS_SHOWN)} facts={row.facts} read={read} />
          )}
          <Notes name={row.name} notes={row.notes.filter(({ note }) => note !== 'section')} />
          {hasMore ? (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              aria-expanded={isWhole}
              onClick={() => showWhole(!isWhole)}
            >
              {say(isWhole ? 'less' : 'more')}
            </Button>
          ) : null}
        </div>
      </td>
    </tr>
  )
}

interface Shown {
  fields: readonly string[]
  read: FactReader
}

function FactLine({ fields, facts, read }: Shown & { facts: Record<string, unknown> }) {
  if (!fields.length) return null
  return (
    <p className={classes.factLine}>
      {fields.map((field) => (
        <span key={field} className={classes.fact}>
          <span className="faint">{read.label(field)}</span> {read.show(field, facts[field])}
        </span>
      ))}
    </p>
  )
}

/** Everything that the row says, and of a refused one every cell as it was written. */
function Whole({ row, fields, read }: Shown & { row: ImportRow }) {
  const say = useWords(importWords)
  const lines: [string, ReactNode][] = row.raw
    ? Object.entries(row.raw).filter(([, text]) => text !== '')
    : fields.map((field) => [read.label(field), read.show(field, row.facts[field])])
  return (
    <>
      {row.raw ? <p className="faint">{say('raw')}</p> : null}
      <dl className={classes.pairs}>
        {lines.map(([label, value]) => (
          <Fragment key={label}>
            <dt className={classes.label}>{label}</dt>
            <dd className={classes.whole}>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </>
  )
}

/** Of a heading of several levels the lowest, which stands right above the value. */
const shorten = (column: string) => column.split(' / ').at(-1) ?? column

function Refusals({ refusals }: { refusals: readonly RowRefusal[] }) {
  const say = useWords(importWords)
  return (
    <ul className={classes.refusals}>
      {refusals.map(({ column, value, rule: key }) => {
        const rule = issueInWords({ path: '', rule: key }, say.language)
        const sentence = !column
          ? rule
          : value
            ? say('refusal', { column: shorten(column), value, rule })
            : say('refusalPlain', { column: shorten(column), rule })
        return <li key={`${column}.${key}.${value}`}>{sentence}</li>
      })}
    </ul>
  )
}

/** Before and after, field by field; and what a person's own word keeps as it is. */
function Changes({ row, read }: { row: ImportRow; read: FactReader }) {
  const say = useWords(importWords)
  const sayUi = useWords(uiWords)
  // How a level was said goes with the level.
  const changed = Object.entries(row.changes).filter(([field]) => field !== 'trlSaid' || !row.changes.trl)
  const shown = (field: string, value: unknown) => (isEmpty(value) ? sayUi('empty') : read.show(field, value))
  return (
    <dl className={classes.pairs}>
      {changed.map(([field, { from, to }]) => (
        <Fragment key={field}>
          <dt className={classes.label}>{read.label(field)}</dt>
          <dd>
            {sayUi.rich('fromTo', {
              from: (
                <del key="from" className={classes.before}>
                  {shown(field, from)}
                </del>
              ),
              to: (
                <ins key="to" className={classes.after}>
                  {shown(field, to)}
                </ins>
              ),
            })}
          </dd>
        </Fragment>
      ))}
      {Object.entries(row.told).map(([field, { from, to }]) => (
        <Fragment key={`told.${field}`}>
          <dt className={classes.label}>{read.label(field)}</dt>
          <dd className="soft">
            {say.rich('toldField', {
              ours: <b key="ours">{shown(field, from)}</b>,
              theirs: <b key="theirs">{shown(field, to)}</b>,
            })}
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

function Notes({ notes, name }: { notes: readonly RowNote[]; name: string }) {
  const say = useWords(importWords)
  const nameNote = useNoteName()
  if (!notes.length) return null
  const inWords = ({ note, column, value, rule, row }: RowNote) => {
    if (note === 'joined' && row !== undefined) return say('joinedTo', { row })
    // The row's own name says what stands there.
    if (note.startsWith('aside.')) return nameNote(note)
    const why = rule ? issueInWords({ path: '', rule }, say.language) : null
    const whole = why ? say('noteWhy', { note: nameNote(note), rule: why }) : nameNote(note)
    if (!column && (!value || value === name)) return whole
    return say('note', { column: shorten(column ?? ''), value: value ?? '', note: whole })
  }
  return (
    <ul className={classes.notes}>
      {notes.map((note) => (
        <li key={`${note.note}.${note.column ?? ''}.${note.value ?? ''}.${note.row ?? ''}`}>{inWords(note)}</li>
      ))}
    </ul>
  )
}
