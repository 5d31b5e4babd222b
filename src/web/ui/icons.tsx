import type { ReactNode } from 'react'

/** One stroke, one size, the text's colour. Icons stand beside words; alone they need a label on their button. */
const SHAPES = {
  organisations: <path d="M3 17V5l6-2v14M9 8l8 2v7M3 17h14M6 7v.01M6 10v.01M6 13v.01M13 12v.01M13 15v.01" />,
  results: <path d="M8 3h4M9 3v5l-5 8a1 1 0 0 0 1 1.5h10A1 1 0 0 0 16 16l-5-8V3M6.5 13h7" />,
  projects: <path d="M3 6a1 1 0 0 1 1-1h4l2 2h6a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1zM3 10h14" />,
  people: (
    <path d="M7 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 17c0-3 2-5 5-5s5 2 5 5M13 3.500a3 3 0 0 1 0 5.500M14.500 12.200c2 .6 3.500 2.400 3.500 4.800" />
  ),
  duplicates: <path d="M7 7h10v10H7zM13 7V3H3v10h4" />,
  imports: <path d="M10 3v9M6.500 8.500 10 12l3.500-3.500M3 13v3a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-3" />,
  export: <path d="M10 12V3M6.500 6.500 10 3l3.500 3.500M3 13v3a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-3" />,
  needs: <path d="M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM10 10v.01" />,
  match: <path d="M4 6h5l3 8h4M4 14h5l3-8h4M14 4l2 2-2 2M14 12l2 2-2 2" />,
  compose: (
    <path d="M10 6.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM4 17a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM16 17a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM9 6.300 5 13.200M11 6.300l4 6.900M6 15h8" />
  ),
  zone: <path d="M10 17.500s6-5 6-9.500a6 6 0 0 0-12 0c0 4.500 6 9.500 6 9.500zM10 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z" />,
  members: <path d="M10 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3.300 2.600-5.500 6-5.500s6 2.200 6 5.500" />,
  outbox: <path d="M3 5h14v10H3zM3.500 5.500 10 11l6.500-5.500" />,
  journal: <path d="M5 3h9a1 1 0 0 1 1 1v13H6a1 1 0 0 1-1-1zM8 7h4M8 10h4M3 6h2M3 10h2M3 14h2" />,
  settings: (
    <path d="M3 6h8M15 6h2M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM3 14h2M9 14h8M7 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4z" />
  ),
  search: <path d="M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.500 13.500 17 17" />,
  bell: <path d="M5 13V9a5 5 0 0 1 10 0v4l1.500 1.500h-13zM8.500 17a1.700 1.700 0 0 0 3 0" />,
  menu: <path d="M3 6h14M3 10h14M3 14h14" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  plus: <path d="M10 4v12M4 10h12" />,
  check: <path d="m4 10.500 4 4 8-9" />,
  chevronDown: <path d="m5 8 5 5 5-5" />,
  chevronRight: <path d="m8 5 5 5-5 5" />,
  chevronLeft: <path d="m12 5-5 5 5 5" />,
  arrowUp: <path d="M10 16V4M5 9l5-5 5 5" />,
  arrowDown: <path d="M10 4v12M5 11l5 5 5-5" />,
  sort: <path d="m7 8 3-3 3 3M7 12l3 3 3-3" />,
  filter: <path d="M3 5h14M6 10h8M8.500 15h3" />,
  columns: <path d="M3 4h14v12H3zM8 4v12M12.500 4v12" />,
  view: <path d="M5 3h10v14l-5-4-5 4z" />,
  sun: (
    <path d="M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM10 2v2M10 16v2M2 10h2M16 10h2M4.300 4.300l1.400 1.400M14.300 14.300l1.400 1.400M4.300 15.700l1.400-1.400M14.300 5.700l1.400-1.400" />
  ),
  moon: <path d="M16 12A6.500 6.500 0 0 1 8 4a6.500 6.500 0 1 0 8 8z" />,
  language: (
    <path d="M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15zM2.500 10h15M10 2.500c2 2 3 4.500 3 7.500s-1 5.500-3 7.500c-2-2-3-4.500-3-7.500s1-5.500 3-7.500z" />
  ),
  warning: <path d="M10 3 2.500 16.500h15zM10 8v4M10 14.300v.01" />,
  info: <path d="M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9v4.500M10 6.500v.01" />,
  why: <path d="M4 4v5a3 3 0 0 0 3 3h9M12.500 8.500 16 12l-3.500 3.500" />,
  link: (
    <path d="m8.500 11.500 3-3M9 6l1.500-1.500a3.200 3.200 0 0 1 4.600 4.600L13.500 10.500M11 14l-1.500 1.500a3.200 3.200 0 0 1-4.600-4.600L6.500 9.500" />
  ),
  copy: <path d="M7 7h9v10H7zM13 7V3H4v10h3" />,
  edit: <path d="m4 16 .8-3.500L13.500 4 16 6.500l-8.500 8.700zM12 5.500 14.500 8" />,
  trash: <path d="M4 6h12M8 6V4h4v2M5.500 6l.8 11h7.400l.8-11M8.500 9v5M11.500 9v5" />,
  history: <path d="M3.500 8A7 7 0 1 1 3 10M3 4v4h4M10 6v4.500l3 2" />,
  file: <path d="M5 3h7l4 4v10H5zM12 3v4h4" />,
  undo: <path d="M7 5 3.500 8.500 7 12M4 8.500h8a4 4 0 0 1 0 8H9" />,
  lock: <path d="M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 6 0V9" />,
  more: <path d="M4.500 10v.01M10 10v.01M15.500 10v.01" />,
  print: <path d="M6 7V3h8v4M6 14H3V7h14v7h-3M6 12h8v5H6z" />,
  pin: <path d="M7 3h6l-1 6 3 3H5l3-3zM10 12v5.500" />,
  ban: <path d="M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM5.200 5.200l9.600 9.600" />,
  download: <path d="M10 3v10M6 9.500l4 4 4-4M4 17h12" />,
  table: <path d="M3 4h14v12H3zM3 8h14M3 12h14M8 8v8" />,
  chart: <path d="M4 3v14h13M8 13v-3M11.500 13V7M15 13V9.500" />,
  dot: <path d="M10 11.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z" />,
  external: <path d="M11 4h5v5M16 4l-7 7M13 11v5H4V7h5" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof SHAPES

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
      aria-hidden
    >
      {SHAPES[name]}
    </svg>
  )
}

/** Four strands that become one cord: the innovation, industry, capital and talent chains. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden focusable="false">
      <g stroke="currentColor" strokeWidth={2.6} strokeLinecap="round">
        <path d="M3 5c8 0 9 8.700 14 8.700" />
        <path d="M3 12.300c6 0 8 2.500 14 2.500" />
        <path d="M3 19.700c6 0 8-2.500 14-2.500" />
        <path d="M3 27c8 0 9-8.700 14-8.700" />
      </g>
      <path d="M16.500 16H29" stroke="currentColor" strokeWidth={7.2} strokeLinecap="round" />
    </svg>
  )
}
