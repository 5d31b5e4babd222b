import { Button, Skeleton } from '@mantine/core'
import type { ECharts, EChartsCoreOption } from 'echarts/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useScheme } from '../../lib/scheme.ts'
import type { Scheme } from '../../lib/theme.ts'
import { useWords } from '../../lib/words.ts'
import { uiWords } from '../words.ts'
import classes from './chart.module.css'

export interface ChartProps {
  /** What the chart says, in a sentence: for those who can't see it. */
  label: string
  /** The same figures as a table. */
  table: { head: readonly ReactNode[]; rows: readonly (readonly ReactNode[])[] }
  /** From `options.ts`, or any of ECharts' own. */
  option: (scheme: Scheme) => EChartsCoreOption
  height?: number
  /** When a mark is pressed: its series' data item. What it leads to must be reachable from the table too. */
  onPick?: (item: { name: string; data: unknown }) => void
}

/** A picture of figures, drawn by ECharts, which is fetched when the first chart is shown. */
export function Chart({ label, table, option, height = 280, onPick }: ChartProps) {
  const say = useWords(uiWords)
  const scheme = useScheme()
  const frame = useRef<HTMLDivElement>(null)
  const pick = useRef(onPick)
  pick.current = onPick
  const [asTable, setAsTable] = useState(false)
  const [drawn, setDrawn] = useState(false)
  useEffect(() => {
    const element = frame.current
    if (asTable || !element) return
    let chart: ECharts | undefined
    let left = false
    const resize = new ResizeObserver(() => chart?.resize())
    void import('./echarts.ts').then(({ init }) => {
      if (left) return
      chart = init(element, scheme)
      // An HTML tooltip needs style attributes, which the content policy forbids.
      chart.setOption({ animation: false, ...withPlainTooltip(option(scheme)) })
      chart.on('click', (event) => pick.current?.({ name: event.name, data: event.data }))
      // At once, since paper does not wait for the next frame.
      chart.getZr().flush()
      resize.observe(element)
      setDrawn(true)
    })
    return () => {
      left = true
      resize.disconnect()
      chart?.dispose()
      setDrawn(false)
    }
  }, [option, scheme, asTable])
  return (
    <figure className={classes.figure}>
      {asTable ? (
        <div className={classes.scroll}>
          <table className={classes.table} aria-label={label}>
            <thead>
              <tr>
                {table.head.map((cell, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a heading has nothing but its place
                  <th key={at} scope="col">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <tr key={at}>
                  {row.map((cell, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <td key={place}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div className={classes.frame} style={{ height }}>
          <div ref={frame} className={classes.canvas} role="img" aria-label={label} />
          {drawn ? null : <Skeleton className={classes.waiting} height={height} aria-label={say('chartLoading')} />}
        </div>
      )}
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        className="unprinted"
        onClick={() => setAsTable(!asTable)}
      >
        {say(asTable ? 'showChart' : 'showTable')}
      </Button>
    </figure>
  )
}

function withPlainTooltip(option: EChartsCoreOption): EChartsCoreOption {
  return { ...option, tooltip: { ...(option.tooltip as object | undefined), renderMode: 'richText', confine: true } }
}
