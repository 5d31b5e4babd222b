import type { ReactNode } from 'react'
import classes from './versions.module.css'

export interface VersionRow {
  key: string
  head: ReactNode
  /** One for each version, in their order; null where there is nothing to say of it. */
  cells: readonly ReactNode[]
  strong?: boolean
}

/** One row a thing that is compared, one column a version; where it is narrow, the versions stand below the thing. */
export function VersionTable({
  label,
  corner,
  names,
  rows,
  figures = false,
}: {
  label: string
  corner: string
  /** Of the versions. */
  names: readonly string[]
  rows: readonly VersionRow[]
  figures?: boolean
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className={classes.frame} aria-label={label} tabIndex={0}>
      <table className={classes.table} data-figures={figures || undefined}>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, cells, strong }) => (
            <tr key={key} data-strong={strong || undefined}>
              <th scope="row">{head}</th>
              {names.map((name, at) => (
                <td key={name} data-version={name} data-empty={cells[at] === null || undefined}>
                  {cells[at] ?? '—'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
