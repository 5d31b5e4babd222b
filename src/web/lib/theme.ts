import { createTheme, type MantineColorsTuple, mergeThemeOverrides } from '@mantine/core'

/** Ink: text, navigation, lines. From paper to blue-black. */
const INK: MantineColorsTuple = [
  '#f5f7fa',
  '#e9edf3',
  '#d5dce6',
  '#b3bfce',
  '#8593a8',
  '#5f6f87',
  '#465670',
  '#303f58',
  '#1c2a42',
  '#0f1b30',
]
/** The accent: what can be done. */
const TEAL: MantineColorsTuple = [
  '#e7f6f5',
  '#cdebe9',
  '#9bd7d3',
  '#62bfba',
  '#33a59f',
  '#158a85',
  '#0a746f',
  '#075f5b',
  '#064c49',
  '#053936',
]
/** Look here. */
const AMBER: MantineColorsTuple = [
  '#fff6e3',
  '#ffeabf',
  '#fdd78a',
  '#f9c152',
  '#f2ab27',
  '#d98e0c',
  '#a96a03',
  '#865303',
  '#653f05',
  '#472d05',
]
/** Only for loss. */
const RED: MantineColorsTuple = [
  '#fdeeee',
  '#fad7d6',
  '#f3aeac',
  '#ea7f7c',
  '#de5753',
  '#ca3733',
  '#b32824',
  '#921e1b',
  '#701715',
  '#50100f',
]

/** The system's own faces; nothing is downloaded. */
const FACES =
  '"Inter", "Segoe UI", system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif'
const DARK: MantineColorsTuple = [
  '#e3e9f2',
  '#c6d0de',
  '#a3b0c3',
  '#77869c',
  '#3a4a61',
  '#2b394e',
  '#1f2b3e',
  '#162033',
  '#101828',
  '#0a101c',
]

const look = createTheme({
  primaryColor: 'teal',
  primaryShade: 6,
  colors: { ink: INK, teal: TEAL, amber: AMBER, red: RED, gray: INK, dark: DARK },
  black: '#14213a',
  white: '#ffffff',
  fontFamily: FACES,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  headings: {
    fontFamily: FACES,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 6,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, multiline: true, maw: 320 } },
    Menu: { defaultProps: { transitionProps: { duration: 100 }, shadow: 'md', position: 'bottom-end' } },
    Popover: { defaultProps: { transitionProps: { duration: 100 }, shadow: 'md' } },
    Modal: { defaultProps: { transitionProps: { duration: 120 }, centered: true } },
    Drawer: { defaultProps: { transitionProps: { duration: 120 } } },
    Select: { defaultProps: { comboboxProps: { transitionProps: { duration: 0 } } } },
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm', autosize: true, minRows: 3 } },
  },
})

/** The look, with the words that Mantine's own parts need in the reader's language. */
export const themeWith = ({ close, showPassword }: { close: string; showPassword: string }) => {
  const closeButtonProps = { 'aria-label': close }
  const visibilityToggleButtonProps = { 'aria-label': showPassword }
  return mergeThemeOverrides(look, {
    components: {
      Modal: { defaultProps: { closeButtonProps } },
      Drawer: { defaultProps: { closeButtonProps } },
      PasswordInput: { defaultProps: { visibilityToggleButtonProps } },
    },
  })
}

/**
 * Eight hues that readers with any colour vision tell apart (after Okabe and Ito, darkened for white paper), then one
 * for "other". An entity keeps its place on every page: give it a fixed one, never its place in a filtered list.
 */
export const CATEGORICAL = {
  light: ['#0a746f', '#d98e0c', '#3465a8', '#b5487f', '#6c8f1f', '#c2541b', '#6a4fa3', '#3f9fc4', '#8593a8'],
  dark: ['#33a59f', '#f2ab27', '#7aa5e0', '#e08ab5', '#a3c552', '#ec8a55', '#a68fdd', '#7cc8e6', '#77869c'],
} as const
/** From nothing to much. */
export const SEQUENTIAL = {
  light: ['#eef4f5', '#b9dedb', '#62bfba', '#158a85', '#064c49'],
  dark: ['#1c2b3d', '#1a4a52', '#197a77', '#33a59f', '#9bd7d3'],
} as const
/** From loss over nothing to gain. */
export const DIVERGING = {
  light: ['#b32824', '#ea9a80', '#eef0f3', '#7fc4c0', '#0a746f'],
  dark: ['#ea7f7c', '#9a4a45', '#2b394e', '#2b7f7b', '#62bfba'],
} as const

/** What charts are drawn on: `--surface`. */
export const PAPER = { light: '#ffffff', dark: '#162033' } as const

export type Scheme = 'light' | 'dark'
export const categoricalColour = (place: number, scheme: Scheme) =>
  CATEGORICAL[scheme][Math.min(place, CATEGORICAL.light.length - 1)]!

/** What a chart is drawn with, for ECharts, which knows no CSS variables. */
export function chartTheme(scheme: Scheme) {
  const light = scheme === 'light'
  const text = light ? '#303f58' : '#c6d0de'
  const line = light ? '#d5dce6' : '#2b394e'
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { lineStyle: { color: line } },
    axisLabel: { color: text },
    splitLine: { lineStyle: { color: line } },
    nameTextStyle: { color: text },
  }
  return {
    color: [...CATEGORICAL[scheme]],
    backgroundColor: 'transparent',
    textStyle: { color: text, fontFamily: FACES, fontSize: 12 },
    title: { textStyle: { color: text } },
    legend: { textStyle: { color: text } },
    tooltip: {
      backgroundColor: light ? '#ffffff' : '#1f2b3e',
      borderColor: line,
      textStyle: { color: light ? '#14213a' : '#e3e9f2', fontSize: 12 },
    },
    categoryAxis: axis,
    valueAxis: axis,
    timeAxis: axis,
    visualMap: { textStyle: { color: text } },
    sankey: { label: { color: text } },
    graph: { label: { color: text } },
  }
}
