import { CHAIN_ROWS, type ChainCell, type IndustryPage } from '#stages/zone/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useText } from '../../lib/texts.ts'
import { type Say, useWords } from '../../lib/words.ts'
import { HeatTable } from '../../ui/chart/heat-table.tsx'
import { useWhy } from '../../ui/why/why-panel.tsx'
import { zoneWords } from './words.ts'
import classes from './zone.module.css'

type SayZone = Say<(typeof zoneWords)['table']>

const TRL_LEVELS = [9, 8, 7, 6, 5, 4, 3, 2, 1]
const LEVELS = 4
const FULL_COUNT = 8

export const rowKey = (cell: Pick<ChainCell, 'row' | 'trl'>) => (cell.row === 'trl' ? `trl-${cell.trl}` : cell.row)
export const cellKey = (cell: ChainCell) => `cell:${cell.segment}:${rowKey(cell)}`
export const rowName = (cell: Pick<ChainCell, 'row' | 'trl'>, say: SayZone) =>
  cell.row === 'trl' ? `TRL ${cell.trl}` : say(`row.${cell.row}`)

/** TRL by segment with the three other chains below; an empty cell beside a full one is hatched. */
export function Chains({ page }: { page: IndustryPage }) {
  const say = useWords(zoneWords)
  const format = useFormat()
  const text = useText()
  const cells = new Map(page.chain.cells.map((cell) => [`${cell.segment}:${rowKey(cell)}`, cell]))
  const rows = [
    ...TRL_LEVELS.map((trl) => ({ key: `trl-${trl}`, head: <span title={format.trl(trl)}>TRL {trl}</span> })),
    ...CHAIN_ROWS.filter((row) => row !== 'trl').map((row) => ({ key: row, head: say(`row.${row}`) })),
  ]
  const segments = page.industry.segments
  return (
    <>
      <HeatTable
        label={say('chains')}
        corner={say('chainCorner')}
        rows={rows}
        columns={segments.map((segment) => ({
          key: segment.key,
          head: (
            <span className={classes.segment}>
              {text(segment.names)}
              <br />
              <small>{say(`stream.${segment.stream}`)}</small>
            </span>
          ),
        }))}
        levels={LEVELS}
        cell={(row, column) => {
          const cell = cells.get(`${column}:${row}`)
          if (!cell) return undefined
          const named = { segment: text(segments.find(({ key }) => key === column)?.names), row: rowName(cell, say) }
          return {
            level:
              cell.count === 0 ? 0 : Math.max(1, Math.round((Math.min(cell.count, FULL_COUNT) / FULL_COUNT) * LEVELS)),
            text: cell.broken ? '✕' : format.number(cell.count),
            label: cell.broken ? say('cellBroken', named) : say('cell', { ...named, count: cell.count }),
            why: cellKey(cell),
            gap: cell.broken !== null,
          }
        }}
      />
      {page.chain.unplaced ? <p className="soft">{say('unplaced', { count: page.chain.unplaced })}</p> : null}
    </>
  )
}

/** The same links as sentences, for those who would rather read or hear. */
export function BrokenLinks({ page }: { page: IndustryPage }) {
  const say = useWords(zoneWords)
  const text = useText()
  const { show } = useWhy()
  const broken = page.chain.cells.filter((cell) => cell.broken)
  if (!broken.length) return <p className="soft">{say('noBroken')}</p>
  return (
    <ul className={classes.broken}>
      {broken.map((cell) => (
        <li key={cellKey(cell)}>
          <b>
            {text(page.industry.segments.find(({ key }) => key === cell.segment)?.names)} · {rowName(cell, say)}
          </b>
          {': '}
          {say(`broken.${cell.broken!.where}`, { beside: cell.broken!.beside })}{' '}
          <button type="button" className={`${classes.why} unprinted`} onClick={() => show(cellKey(cell))}>
            {say('cellWhy')}
          </button>
        </li>
      ))}
    </ul>
  )
}
