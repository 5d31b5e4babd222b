import { COLUMNS_MAX, FIELD_CHARACTERS_MAX, ROWS_MAX } from './csv.ts'
import { columnOf, type Merge, MergeCarrier } from './merges.ts'
import { formatNumber, type NumberFormat } from './number-formats.ts'
import { fileFault } from './source.ts'
import type { Cell, Row } from './types.ts'
import { TextCollector } from './workbook-parts.ts'
import { attributeOf, type XmlHandler, XmlScanner, xmlText } from './xml.ts'

/** What a sheet's cells refer to. */
export interface SheetContext {
  readonly formats: readonly NumberFormat[]
  readonly texts: readonly string[]
  readonly since1904: boolean
}

/** A formula that was never calculated has no value that could be read. */
const UNCALCULATED = '#UNCALCULATED'

/** The rows of a sheet's XML, merged cells carried down, rows without any value left out. `hidden` counts hidden ones. */
export async function* sheetRows(
  bytes: AsyncIterable<Uint8Array>,
  merges: readonly Merge[],
  context: SheetContext,
  onHidden: (row: number) => void,
): AsyncGenerator<Row> {
  const reader = new SheetReader(context, onHidden)
  const carrier = new MergeCarrier(merges)
  const scanner = new XmlScanner(reader)
  let rows = 0
  for await (const piece of xmlText(bytes)) {
    scanner.write(piece)
    for (const { number, cells } of reader.take()) {
      const { carried, spans } = carrier.apply(number, cells)
      if (cells.every((cell) => cell === null)) continue
      if (++rows > ROWS_MAX)
        throw fileFault('too_large', 'file.rows', 'The sheet has too many rows.', { limit: ROWS_MAX })
      yield {
        number,
        cells,
        ...(spans.length > 0 ? { spans } : {}),
        ...(carried.length > 0 ? { carried } : {}),
      }
    }
  }
  scanner.end()
}

interface ReadRow {
  number: number
  cells: Cell[]
}

class SheetReader implements XmlHandler {
  private done: ReadRow[] = []
  private row: ReadRow | null = null
  private rowNumber = 0
  private column = -1
  private inCell = false
  private inValue = false
  private inline: TextCollector | null = null
  private type = ''
  private style = 0
  private value: string | null = null
  private hasFormula = false
  private readonly context: SheetContext
  private readonly onHidden: (row: number) => void

  constructor(context: SheetContext, onHidden: (row: number) => void) {
    this.context = context
    this.onHidden = onHidden
  }

  /** Rows that are complete, once. */
  take(): ReadRow[] {
    const done = this.done
    this.done = []
    return done
  }

  open(name: string, raw: string): void {
    if (this.inline) this.inline.open(name)
    else if (name === 'c' && this.row) this.openCell(raw)
    else if (name === 'v' && this.inCell) this.inValue = true
    else if (name === 'f' && this.inCell) this.hasFormula = true
    else if (name === 'is' && this.inCell) this.inline = new TextCollector()
    else if (name === 'row') this.openRow(raw)
  }

  text(text: string): void {
    if (this.inValue) this.value = (this.value ?? '') + text
    else if (this.inline) this.inline.text(text)
  }

  close(name: string): void {
    if (this.inline && name !== 'is') this.inline.close(name)
    else if (this.inline) {
      this.value = this.inline.take()
      this.inline = null
    } else if (name === 'v' && this.inCell) {
      this.inValue = false
      this.value ??= ''
    } else if (name === 'c' && this.inCell) this.closeCell()
    else if (name === 'row' && this.row) {
      this.done.push(this.row)
      this.row = null
    }
  }

  private openRow(raw: string): void {
    const stated = Number(attributeOf(raw, 'r') ?? this.rowNumber + 1)
    this.rowNumber = Number.isInteger(stated) && stated > this.rowNumber ? stated : this.rowNumber + 1
    this.row = { number: this.rowNumber, cells: [] }
    this.column = -1
    if (/^(1|true)$/.test(attributeOf(raw, 'hidden') ?? '')) this.onHidden(this.rowNumber)
  }

  private openCell(raw: string): void {
    const letters = /^\$?([A-Z]{1,3})\$?\d/.exec(attributeOf(raw, 'r') ?? '')?.[1]
    this.column = letters ? columnOf(letters) : this.column + 1
    this.type = attributeOf(raw, 't') ?? 'n'
    this.style = Number(attributeOf(raw, 's') ?? 0)
    this.value = null
    this.hasFormula = false
    this.inCell = true
  }

  private closeCell(): void {
    this.inCell = false
    const value = this.cellValue()
    if (value === null || !this.row) return
    if (this.column >= COLUMNS_MAX)
      throw fileFault('too_large', 'file.columns', `Row ${this.row.number} reaches beyond column ${COLUMNS_MAX}.`, {
        limit: COLUMNS_MAX,
      })
    this.row.cells[this.column] = value
  }

  private cellValue(): Cell {
    if (this.value === null) return this.hasFormula ? { error: UNCALCULATED } : null
    const text = this.value
    switch (this.type) {
      case 's':
        return this.bounded(this.context.texts[Number(text)] ?? '')
      case 'str':
      case 'inlineStr':
        return this.bounded(text)
      case 'b':
        return text === '1' || text === 'true'
      case 'e':
        return { error: text }
      case 'd':
        return dateOfIsoText(text) ?? this.bounded(text)
      default:
        return this.numberOf(text)
    }
  }

  private numberOf(text: string): Cell {
    const value = Number(text)
    if (text.trim() === '') return this.hasFormula ? { error: UNCALCULATED } : null
    if (!Number.isFinite(value)) return this.bounded(text)
    const format = this.context.formats[this.style]
    return format ? formatNumber(value, format, this.context.since1904) : value
  }

  private bounded(text: string): string | null {
    if (text.length > FIELD_CHARACTERS_MAX)
      throw fileFault('too_large', 'file.field_size', `A cell of row ${this.rowNumber} is too long.`, {
        limit: FIELD_CHARACTERS_MAX,
      })
    return text === '' ? null : text
  }
}

function dateOfIsoText(text: string): Date | null {
  const instant = new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}${text.includes('T') ? 'Z' : ''}`)
  return Number.isNaN(instant.getTime()) ? null : instant
}
