import type { Cell, Row } from './types.ts'

/**
 * Rows of a sheet drawn as text: one line a row, `|` between cells, blank lines skipped. Digits become numbers. `=` at a
 * cell's place says that the cell to its left reaches over it, `^` that the one above does.
 */
export function grid(drawing: string): Row[] {
  const rows: Row[] = []
  for (const [at, line] of drawing.trim().split('\n').entries()) {
    const marks = line
      .trim()
      .split('|')
      .map((mark) => mark.trim())
    const cells = marks.map((mark, column): Cell => cellOf(mark, rows.at(-1)?.cells[column] ?? null))
    const carried = marks.flatMap((mark, column) => (mark === '^' ? [column] : []))
    const spans = spansOf(marks)
    if (cells.some((cell) => cell !== null))
      rows.push({
        number: at + 1,
        cells,
        ...(spans.length > 0 ? { spans } : {}),
        ...(carried.length > 0 ? { carried } : {}),
      })
  }
  return rows
}

function cellOf(mark: string, above: Cell): Cell {
  if (mark === '^') return above
  if (mark === '' || mark === '=') return null
  return /^\d+(\.\d+)?$/.test(mark) ? Number(mark) : mark
}

function spansOf(marks: readonly string[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = []
  marks.forEach((mark, column) => {
    if (mark !== '=') return
    const open = spans.at(-1)
    if (open && open.to === column - 1) open.to = column
    else spans.push({ from: column - 1, to: column })
  })
  return spans
}
