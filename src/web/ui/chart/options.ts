import type { EChartsCoreOption } from 'echarts/core'
import { CATEGORICAL, DIVERGING, PAPER, type Scheme, SEQUENTIAL } from '../../lib/theme.ts'

const LABEL_WIDTH_MAX = 24
const NAME_WIDTH_MAX = 18
/** The room beside the ring for names. */
const NAME_PX = 116

/** By width: a Chinese character is as wide as two Latin ones. */
function shorten(text: string, most = LABEL_WIDTH_MAX): string {
  let width = 0
  for (const [at, character] of [...text].entries()) {
    width += character > '\u2e80' ? 2 : 1
    if (width > most) return `${[...text].slice(0, Math.max(1, at - 1)).join('')}…`
  }
  return text
}

export interface Bar {
  name: string
  value: number
  /** A fixed place in the categorical palette. */
  place?: number
}

/** Bars from the left, the first on top. */
export function barOption(bars: readonly Bar[], scheme: Scheme): EChartsCoreOption {
  return {
    grid: { left: 8, right: 32, top: 8, bottom: 8, containLabel: true },
    tooltip: { trigger: 'item' },
    xAxis: { type: 'value', minInterval: 1 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: { formatter: (name: string) => shorten(name) },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        label: { show: true, position: 'right' },
        data: bars.map(({ name, value, place = 0 }) => ({
          name,
          value,
          itemStyle: { color: CATEGORICAL[scheme][Math.min(place, CATEGORICAL[scheme].length - 1)], borderRadius: 2 },
        })),
      },
    ],
  }
}

export interface HeatCell {
  row: number
  column: number
  value: number
}

/** Many cells at once. Where each cell is to be opened by keyboard, `HeatTable` is the better picture. */
export function heatOption(
  {
    rows,
    columns,
    cells,
    most,
  }: { rows: readonly string[]; columns: readonly string[]; cells: readonly HeatCell[]; most: number },
  scheme: Scheme,
): EChartsCoreOption {
  const diverging = cells.some(({ value }) => value < 0)
  return {
    grid: { left: 8, right: 8, top: 8, bottom: 48, containLabel: true },
    tooltip: { trigger: 'item' },
    xAxis: {
      type: 'category',
      data: [...columns],
      axisLabel: { formatter: (name: string) => shorten(name), rotate: 30 },
    },
    yAxis: {
      type: 'category',
      data: [...rows],
      inverse: true,
      axisLabel: { formatter: (name: string) => shorten(name) },
    },
    visualMap: {
      min: diverging ? -most : 0,
      max: most,
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      itemHeight: 80,
      inRange: { color: [...(diverging ? DIVERGING : SEQUENTIAL)[scheme]] },
    },
    series: [{ type: 'heatmap', data: cells.map(({ row, column, value }) => [column, row, value]) }],
  }
}

export interface Flow {
  from: string
  to: string
  value: number
}

/** How much goes from where to where. */
export function sankeyOption(
  { nodes, flows }: { nodes: readonly { name: string; place?: number }[]; flows: readonly Flow[] },
  scheme: Scheme,
): EChartsCoreOption {
  return {
    tooltip: { trigger: 'item' },
    series: [
      {
        type: 'sankey',
        left: 8,
        right: 120,
        top: 8,
        bottom: 8,
        nodeWidth: 12,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'gradient', opacity: 0.35 },
        label: { formatter: ({ name }: { name: string }) => shorten(name) },
        data: nodes.map(({ name, place = 0 }) => ({ name, itemStyle: { color: CATEGORICAL[scheme][place] } })),
        links: flows.map(({ from, to, value }) => ({ source: from, target: to, value })),
      },
    ],
  }
}

export interface NetworkNode {
  id: string
  name: string
  /** How much it weighs: its area. */
  weight: number
  place?: number
}

/**
 * Who has to do with whom: the centre in the middle, the others around it in their order, so that it is the same picture
 * each time. Every name reads outwards from its mark.
 */
export function networkOption(
  { centre, others, links }: { centre: NetworkNode; others: readonly NetworkNode[]; links: readonly Flow[] },
  scheme: Scheme,
): EChartsCoreOption {
  const most = Math.max(1, ...others.map(({ weight }) => weight))
  const widest = Math.max(1, ...links.map(({ value }) => value))
  const mark = ({ id, name, weight, place = 0 }: NetworkNode, x: number, y: number, side: string) => ({
    id,
    name,
    x,
    y,
    value: weight,
    symbolSize: 8 + 12 * Math.sqrt(weight / most),
    label: { position: side },
    itemStyle: { color: CATEGORICAL[scheme][place] },
  })
  return {
    tooltip: {
      trigger: 'item',
      formatter: ({ name, value }: { name: string; value?: number }) => `${name}  ${value ?? ''}`,
    },
    series: [
      {
        type: 'graph',
        layout: 'none',
        left: NAME_PX,
        right: NAME_PX,
        top: 24,
        bottom: 24,
        preserveAspect: true,
        roam: false,
        emphasis: { focus: 'adjacency' },
        label: {
          show: true,
          fontSize: 11,
          // Names stand on the paper, whatever line passes below them.
          textBorderColor: PAPER[scheme],
          textBorderWidth: 3,
          formatter: ({ name }: { name: string }) => shorten(name, NAME_WIDTH_MAX),
        },
        data: [
          mark({ ...centre, weight: most }, 0, 0, 'bottom'),
          ...others.map((other, at) => {
            const angle = (2 * Math.PI * at) / others.length - Math.PI / 2
            const x = Math.round(1000 * Math.cos(angle))
            return mark(other, x, Math.round(1000 * Math.sin(angle)), x < 0 ? 'left' : 'right')
          }),
        ],
        links: links.map(({ from, to, value }) => ({
          source: from,
          target: to,
          value,
          lineStyle: { width: 1 + (3 * value) / widest, opacity: 0.5 },
        })),
      },
    ],
  }
}

export interface Amounts {
  name: string
  values: readonly number[]
  show: (value: number) => string
}

/** Amounts as bars with the share of something in each as a line, over the same names. */
export function sharesOption(
  {
    names,
    amount,
    share,
  }: {
    names: readonly string[]
    amount: Amounts
    share: Omit<Amounts, 'values'> & { values: readonly (number | null)[] }
  },
  scheme: Scheme,
): EChartsCoreOption {
  const [first, second] = CATEGORICAL[scheme]
  return {
    grid: { left: 8, right: 8, top: 32, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemHeight: 10 },
    tooltip: { trigger: 'item' },
    xAxis: { type: 'category', data: [...names], axisTick: { show: false } },
    yAxis: [
      { type: 'value', axisLabel: { formatter: amount.show }, splitNumber: 3 },
      { type: 'value', min: 0, axisLabel: { formatter: share.show }, splitNumber: 3, splitLine: { show: false } },
    ],
    series: [
      {
        type: 'bar',
        name: amount.name,
        barMaxWidth: 28,
        itemStyle: { color: first, borderRadius: 2 },
        tooltip: { valueFormatter: amount.show },
        data: [...amount.values],
      },
      {
        type: 'line',
        name: share.name,
        yAxisIndex: 1,
        symbolSize: 7,
        itemStyle: { color: second },
        lineStyle: { color: second },
        tooltip: { valueFormatter: share.show },
        data: [...share.values],
      },
    ],
  }
}
