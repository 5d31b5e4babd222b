import { builtInFormat, type NumberFormat, readFormatCode } from './number-formats.ts'
import { fileFault } from './source.ts'
import { attributeOf, scanXml } from './xml.ts'
import type { Zip } from './zip.ts'

/** All shared texts of a workbook together; they are the one part that must be held in memory. */
export const SHARED_CHARACTERS_MAX = 60_000_000
const SHARED_TEXTS_MAX = 5_000_000
const SHEETS_MAX = 1_000
const FORMATS_MAX = 100_000
/** Excel's own bound. */
const FORMAT_CHARACTERS_MAX = 255

export interface SheetPart {
  readonly name: string
  readonly path: string
  readonly hidden: boolean
  readonly kind: 'table' | 'chart'
  /** Unpacked, as the zip states. */
  readonly bytes: number
}

export interface WorkbookParts {
  readonly sheets: readonly SheetPart[]
  readonly since1904: boolean
  readonly formats: readonly NumberFormat[]
  readonly texts: readonly string[]
}

/** Reads everything of a workbook but its rows. */
export async function readWorkbookParts(zip: Zip): Promise<WorkbookParts> {
  const paths = new Map(zip.entries.map((entry) => [entry.path.toLowerCase(), entry.path]))
  const targets = await readTargets(zip, paths)
  const { listed, since1904 } = await readSheetList(zip, paths)
  const sheets = listed.flatMap(({ name, id, hidden }) => {
    const target = targets.get(id)
    const path = target && paths.get(target.path.toLowerCase())
    if (!path) throw fileFault('unreadable', 'file.missing_part', `The workbook lists a sheet “${name}” that it lacks.`)
    const bytes = zip.entries.find((entry) => entry.path === path)?.statedBytes ?? 0
    return [{ name, path, hidden, kind: target.kind, bytes }]
  })
  return {
    sheets,
    since1904,
    formats: await readFormats(zip, paths.get('xl/styles.xml')),
    texts: await readSharedTexts(zip, paths.get('xl/sharedstrings.xml')),
  }
}

type Targets = Map<string, { path: string; kind: 'table' | 'chart' }>

async function readTargets(zip: Zip, paths: ReadonlyMap<string, string>): Promise<Targets> {
  const targets: Targets = new Map()
  const path = paths.get('xl/_rels/workbook.xml.rels')
  if (!path) throw fileFault('unreadable', 'file.missing_part', 'The workbook does not say where its sheets lie.')
  await scanXml(await zip.open(path), {
    open(name, raw) {
      if (name !== 'Relationship') return
      const id = attributeOf(raw, 'Id')
      const target = attributeOf(raw, 'Target')
      const type = attributeOf(raw, 'Type') ?? ''
      if (id && target)
        targets.set(id, {
          path: resolvePath(target),
          kind: /chartsheet|dialogsheet|macrosheet/i.test(type) ? 'chart' : 'table',
        })
    },
  })
  return targets
}

/** Targets are relative to `xl/` unless they begin with a slash. */
function resolvePath(target: string): string {
  const parts = target.startsWith('/') ? [] : ['xl']
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

interface ListedSheet {
  name: string
  id: string
  hidden: boolean
}

async function readSheetList(
  zip: Zip,
  paths: ReadonlyMap<string, string>,
): Promise<{ listed: ListedSheet[]; since1904: boolean }> {
  const path = paths.get('xl/workbook.xml')
  if (!path) throw fileFault('unsupported_file', 'file.not_a_workbook', 'The zip is no Excel workbook.')
  const listed: ListedSheet[] = []
  let since1904 = false
  await scanXml(await zip.open(path), {
    open(name, raw) {
      if (name === 'workbookPr') since1904 = /^(1|true|on)$/.test(attributeOf(raw, 'date1904') ?? '')
      if (name !== 'sheet') return
      const id = relationId(raw)
      if (id === null) return
      const state = attributeOf(raw, 'state') ?? 'visible'
      listed.push({ name: attributeOf(raw, 'name') ?? `Sheet${listed.length + 1}`, id, hidden: state !== 'visible' })
      if (listed.length > SHEETS_MAX)
        throw fileFault('too_large', 'file.entries', 'The workbook has too many sheets.', { limit: SHEETS_MAX })
    },
  })
  return { listed, since1904 }
}

/** `r:id`, under whatever prefix the writer chose. */
function relationId(raw: string): string | null {
  const found = /\s[\w.-]+:id\s*=\s*["']([^"']*)["']/.exec(raw)
  return found?.[1] ?? null
}

/** The format of each cell style, by its number. */
async function readFormats(zip: Zip, path: string | undefined): Promise<NumberFormat[]> {
  if (!path) return []
  const custom = new Map<number, NumberFormat>()
  const formats: NumberFormat[] = []
  let inCellFormats = false
  await scanXml(await zip.open(path), {
    open(name, raw) {
      if (name === 'cellXfs') inCellFormats = true
      else if (name === 'numFmt' && custom.size < FORMATS_MAX)
        custom.set(
          Number(attributeOf(raw, 'numFmtId')),
          readFormatCode((attributeOf(raw, 'formatCode') ?? '').slice(0, FORMAT_CHARACTERS_MAX)),
        )
      else if (name === 'xf' && inCellFormats && formats.length < FORMATS_MAX) {
        const id = Number(attributeOf(raw, 'numFmtId') ?? 0)
        formats.push(custom.get(id) ?? builtInFormat(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return formats
}

async function readSharedTexts(zip: Zip, path: string | undefined): Promise<string[]> {
  if (!path) return []
  const texts: string[] = []
  let characters = 0
  const collector = new TextCollector()
  await scanXml(await zip.open(path), {
    open: (name) => collector.open(name),
    text: (text) => collector.text(text),
    close(name) {
      collector.close(name)
      if (name !== 'si') return
      const text = collector.take()
      characters += text.length
      if (characters > SHARED_CHARACTERS_MAX || texts.length >= SHARED_TEXTS_MAX)
        throw fileFault('too_large', 'file.shared_texts', 'The workbook holds too much text.', {
          limit: SHARED_CHARACTERS_MAX,
        })
      texts.push(text)
    },
  })
  return texts
}

/** Gathers the text of one string item: plain or rich, without the readings (rPh) that stand beside Japanese names. */
export class TextCollector {
  private parts = ''
  private inText = false
  private inReading = 0

  open(name: string): void {
    if (name === 't') this.inText = this.inReading === 0
    else if (name === 'rPh') this.inReading++
  }

  text(text: string): void {
    if (this.inText) this.parts += text
  }

  close(name: string): void {
    if (name === 't') this.inText = false
    else if (name === 'rPh') this.inReading--
  }

  take(): string {
    const text = this.parts.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    this.parts = ''
    return text
  }
}
