import type { ReactNode } from 'react'
import { Figure } from '../why/figure.tsx'
import classes from './chart.module.css'

export interface HeatTableCell {
  /** 0 to `levels`; drawn as a depth of colour. */
  level: number
  /** What stands in the cell. */
  text: ReactNode
  /** What a reader of the screen hears. */
  label: string
  /** Opens the why panel at this key. */
  why?: string
  /** A gap: hatched. */
  gap?: boolean
}

export interface HeatTableProps {
  label: string
  corner: ReactNode
  rows: readonly { key: string; head: ReactNode; end?: ReactNode }[]
  columns: readonly { key: string; head: ReactNode }[]
  /** What the last column adds up to, with its heading. */
  endHead?: ReactNode
  cell: (row: string, column: string) => HeatTableCell | undefined
  /** The deepest level. */
  levels: number
  /** For many columns with long names in little room. */
  dense?: boolean
}

const DEPTHS = 4
/** More columns than these, and in little room their names stand upright. */
const LYING_COLUMNS_MAX = 4

/** A cross table in which depth of colour repeats each cell's figure, and each cell opens to what it rests on. */
export function HeatTable({ label, corner, rows, columns, endHead, cell, levels, dense }: HeatTableProps) {
  // What scrolls must be reachable by key: by its cells where they open, else by itself.
  const opens = rows.some(({ key: row }) => columns.some((column) => cell(row, column.key)?.why))
  return (
    <div className={classes.scroll} {...(opens ? {} : { tabIndex: 0, role: 'group', 'aria-label': label })}>
      <table
        className={classes.heat}
        aria-label={label}
        data-dense={dense || undefined}
        data-upright={(dense && columns.length > LYING_COLUMNS_MAX) || undefined}
      >
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col">
                <div className={classes.head}>{column.head}</div>
              </th>
            ))}
            {endHead ? (
              <th scope="col" className={classes.end}>
                {endHead}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.head}</th>
              {columns.map((column) => {
                const found = cell(row.key, column.key)
                if (!found) return <td key={column.key} data-depth={0} />
                const depth = levels ? Math.round((Math.max(0, found.level) / levels) * DEPTHS) : 0
                return (
                  <td key={column.key} data-depth={depth} data-gap={found.gap || undefined}>
                    {found.why ? (
                      <Figure why={found.why} label={found.label}>
                        {found.text}
                      </Figure>
                    ) : (
                      <>
                        <span aria-hidden>{found.text}</span>
                        <span className="unseen">{found.label}</span>
                      </>
                    )}
                  </td>
                )
              })}
              {endHead ? <td className={classes.end}>{row.end}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
