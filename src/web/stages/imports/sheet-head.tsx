import { Button } from '@mantine/core'
import { useState } from 'react'
import type { SheetReading } from '#stages/imports/model.ts'
import { useWords } from '../../lib/words.ts'
import classes from './mapping.module.css'
import { mappingWords } from './mapping-words.ts'
import { useNoteName } from './naming.ts'

/** Rows shown below the heading before more are asked for. */
const BELOW_HEADING_SHOWN = 4
const ROWS_SHOWN_MIN = 6

/** The sheet's first rows with the heading marked; the number of a row makes it the heading. */
export function SheetHead({ reading, choose }: { reading: SheetReading; choose: (row: number) => void }) {
  const say = useWords(mappingWords)
  const nameNote = useNoteName()
  const [isWhole, showWhole] = useState(false)
  const { head, heading } = reading
  const at = head.findIndex(({ row }) => row === heading.row)
  const few = Math.max(ROWS_SHOWN_MIN, at + 1 + BELOW_HEADING_SHOWN)
  const rows = isWhole ? head : head.slice(0, few)
  const width = Math.max(1, ...head.map(({ cells }) => cells.length))
  const letters = Array.from({ length: width }, (_, column) => reading.columns[column]?.letter ?? '')
  const title =
    heading.row === 0
      ? say('headingNone')
      : heading.rows.length > 1
        ? say('headingTitleRows', { from: heading.rows[0]!, to: heading.row })
        : say('headingTitle', { row: heading.row })
  return (
    <div className={classes.part}>
      <h3>{title}</h3>
      <p className="soft">{say('headingHint')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard */}
      <section className={classes.preview} aria-label={say('preview', { sheet: reading.name })} tabIndex={0}>
        <table className={classes.grid}>
          <thead>
            <tr>
              <th scope="col" className={classes.letter}>
                {say('rowNumber')}
              </th>
              {letters.map((letter, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                <th key={column} scope="col" className={classes.letter}>
                  {letter}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, cells, aside: reason }) => {
              const isHeading = heading.rows.includes(row)
              const aside = isHeading || reason === null ? null : nameNote(`aside.${reason}`)
              const is = isHeading ? 'heading' : aside ? 'aside' : undefined
              return (
                <tr key={row}>
                  <th scope="row" className={classes.number} data-is={is}>
                    <button
                      type="button"
                      className={classes.pick}
                      aria-pressed={row === heading.row}
                      aria-label={say('headingSet', { row })}
                      onClick={() => choose(row)}
                    >
                      {row}
                    </button>
                    {is ? (
                      <span className={classes.tag} data-is={is}>
                        {aside ?? say('isHeading')}
                      </span>
                    ) : null}
                  </th>
                  {letters.map((_, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                    <td key={column} className={classes.cell} data-is={is} title={cells[column] || undefined}>
                      {cells[column] ?? ''}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      <div className={classes.partFoot}>
        {head.length > few ? (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => showWhole(!isWhole)}>
            {isWhole ? say('fewerRows') : say('moreRows', { count: head.length - few })}
          </Button>
        ) : null}
        {heading.row === 0 ? null : (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => choose(0)}>
            {say('noHeading')}
          </Button>
        )}
      </div>
    </div>
  )
}
