import { NativeSelect } from '@mantine/core'
import type { ColumnReading } from '#stages/imports/model.ts'
import { useFormat } from '../../lib/format.ts'
import { type Say, useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Badge } from '../../ui/badges.tsx'
import classes from './mapping.module.css'
import {
  type Choice,
  choiceOf,
  fieldsOf,
  isBare,
  isMoney,
  type SheetDraft,
  twinsOf,
  UNITS,
  yearFieldsOf,
} from './mapping-draft.ts'
import { mappingWords } from './mapping-words.ts'
import { useFieldName } from './naming.ts'

const SURE_FROM = 0.85
const FAIRLY_SURE_FROM = 0.6
/** The narrow layout takes a table's own roles away, so they are said aloud. */
const as = (role: string) => ({ role })

export interface SheetColumnsProps {
  sheet: SheetDraft
  choose: (column: ColumnReading, choice: Partial<Choice>) => void
}

/** Every column that says anything: its heading, three of its values, what it is, in which unit, and how sure that is. */
export function SheetColumns({ sheet, choose }: SheetColumnsProps) {
  const say = useWords(mappingWords)
  const format = useFormat()
  const columns = sheet.reading.columns.filter((column) => !isBare(sheet, column))
  const bare = sheet.reading.columns.length - columns.length
  const hasUnits = columns.some((column) => isMoney(choiceOf(sheet, column).field))
  const heads = ['column', 'heading', 'samples', 'meaning', ...(hasUnits ? (['unit'] as const) : []), 'sure'] as const
  return (
    <div className={classes.part}>
      <h3>{say('columnsTitle')}</h3>
      <p className="soft">{say('columnsHint')}</p>
      <table className={classes.columns} {...as('table')} aria-label={say('columnsTitle')}>
        <thead {...as('rowgroup')} className={classes.columnsHead}>
          <tr {...as('row')}>
            {heads.map((head) => (
              <th key={head} {...as('columnheader')} scope="col" className={classes.head}>
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...as('rowgroup')} className={classes.columnsBody}>
          {columns.map((column) => (
            <ColumnRow key={column.column} column={column} sheet={sheet} choose={choose} hasUnits={hasUnits} />
          ))}
        </tbody>
      </table>
      {bare ? <p className="faint">{say('emptyColumns', { count: bare, figure: format.number(bare) })}</p> : null}
    </div>
  )
}

interface ColumnRowProps extends SheetColumnsProps {
  column: ColumnReading
  hasUnits: boolean
}

function ColumnRow({ column, sheet, choose, hasUnits }: ColumnRowProps) {
  const say = useWords(mappingWords)
  const nameField = useFieldName()
  const format = useFormat()
  const { letter, heading, samples, notKept } = column
  const { field } = choiceOf(sheet, column)
  const { organisation, result } = fieldsOf(sheet.subject)
  const group = (name: 'organisationFields' | 'yearFields' | 'resultFields', fields: readonly string[]) =>
    fields.length ? [{ group: say(name), items: fields.map((value) => ({ value, label: nameField(value) })) }] : []
  const twins = twinsOf(sheet, column)
  return (
    <tr {...as('row')} className={classes.columnRow}>
      <td {...as('cell')} className={classes.column}>
        {letter}
      </td>
      <td {...as('cell')} className={classes.heading} data-left-out={field === null || undefined}>
        {heading || <span className="faint">{say('noHeadingText')}</span>}
      </td>
      <td {...as('cell')} className={classes.samples}>
        {samples.length ? (
          <ul className={classes.values}>
            {samples.map((sample) => (
              <li key={sample} className={classes.value} title={sample}>
                {sample}
              </li>
            ))}
          </ul>
        ) : (
          <span className="faint">{say('noSamples')}</span>
        )}
      </td>
      <td {...as('cell')} className={classes.meaning}>
        <NativeSelect
          size="xs"
          aria-label={`${say('fieldOf', { letter })}${heading ? ` (${heading})` : ''}`}
          value={field ?? ''}
          error={twins.length ? say('twice', { letters: format.list(twins.map((twin) => twin.letter)) }) : undefined}
          onChange={(event) => choose(column, { field: event.currentTarget.value || null })}
          data={[
            { value: '', label: say('leaveOut') },
            ...group('organisationFields', organisation),
            ...group('yearFields', yearFieldsOf(sheet, new Date().getFullYear())),
            ...group('resultFields', result),
          ]}
        />
        {notKept && field === null ? (
          <p className={classes.told}>{say('notKept', { name: nameField(notKept) })}</p>
        ) : null}
      </td>
      {hasUnits ? (
        <td {...as('cell')} className={classes.unit} data-none={!isMoney(field) || undefined}>
          {isMoney(field) ? <UnitSelect column={column} sheet={sheet} choose={choose} /> : null}
        </td>
      ) : null}
      <td {...as('cell')} className={classes.sureness}>
        {field === null ? null : <Sure column={column} sheet={sheet} field={field} />}
      </td>
    </tr>
  )
}

const keyOf = ({ currency, scale }: { currency?: string | undefined; scale: number }) => `${currency}.${scale}`

function UnitSelect({ column, sheet, choose }: SheetColumnsProps & { column: ColumnReading }) {
  const say = useWords(mappingWords)
  const currency = useZone().zone?.currency ?? 'CNY'
  const { unit } = choiceOf(sheet, column)
  return (
    <NativeSelect
      size="xs"
      aria-label={say('unitOf', { letter: column.letter })}
      value={unit ? keyOf(unit) : ''}
      onChange={(event) => {
        const key = event.currentTarget.value
        choose(column, { unit: UNITS.find((each) => keyOf(each) === key) })
      }}
      data={[
        {
          value: '',
          label: column.unit
            ? say('unitFound', { unit: column.unit.text })
            : say('unitNone', { currency: inWords(say, currency) }),
        },
        ...UNITS.map((each) => ({ value: keyOf(each), label: say(`unit.${keyOf(each)}` as 'unit.CNY.1') })),
      ]}
    />
  )
}

function inWords(say: Say<(typeof mappingWords)['table']>, currency: string): string {
  const key = `unit.${currency}.1`
  return mappingWords.keys.includes(key as 'unit.CNY.1') ? say(key as 'unit.CNY.1') : currency
}

/** How sure the reading is of what a column is; a person's own choice is beyond doubt. */
function Sure({ column, sheet, field }: { column: ColumnReading; sheet: SheetDraft; field: string }) {
  const say = useWords(mappingWords)
  const format = useFormat()
  if (field !== column.field) return <Badge tone="good">{say('sure.yours')}</Badge>
  if (sheet.reading.remembered) return <Badge tone="good">{say('sure.before')}</Badge>
  const { confidence } = column
  const degree = confidence >= SURE_FROM ? 'high' : confidence >= FAIRLY_SURE_FROM ? 'middle' : 'low'
  return (
    <span className={classes.sure}>
      <Badge tone={degree === 'low' ? 'look' : degree === 'high' ? 'good' : 'plain'}>{say(`sure.${degree}`)}</Badge>
      <span className="faint figures">{format.percent(confidence, 0)}</span>
    </span>
  )
}
