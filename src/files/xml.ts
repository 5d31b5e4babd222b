import { decodeStream } from './encoding.ts'
import { fileFault } from './source.ts'

/** A tag or a text longer than this is no part of an honest workbook. */
const TOKEN_CHARACTERS_MAX = 4_000_000

export interface XmlHandler {
  /** `raw` is the tag's inside, for `attributeOf`. Called for `<a/>` too, followed by close. */
  open?(name: string, raw: string): void
  close?(name: string): void
  text?(text: string): void
}

/**
 * Reads XML in pieces and hands its tags and texts on, names without their prefix. Knows what Office writes and no more:
 * a DOCTYPE, by which entities could grow without end, is refused with Fault('unreadable').
 */
export class XmlScanner {
  private rest = ''
  private readonly handler: XmlHandler

  constructor(handler: XmlHandler) {
    this.handler = handler
  }

  write(piece: string): void {
    const source = this.rest + piece
    let at = 0
    while (at < source.length) {
      const next = source[at] === '<' ? this.readTag(source, at) : this.readText(source, at)
      if (next < 0) break
      at = next
    }
    this.rest = at === 0 ? source : source.slice(at)
    if (this.rest.length > TOKEN_CHARACTERS_MAX) throw damaged('holds a part that never ends')
  }

  end(): void {
    if (this.rest.trim() !== '') throw damaged('is cut short')
  }

  private readText(source: string, from: number): number {
    const to = source.indexOf('<', from)
    if (to < 0) return -1
    if (this.handler.text) this.handler.text(decodeEntities(source.slice(from, to)))
    return to
  }

  /** The place after the tag, or -1 where it is not all there yet. */
  private readTag(source: string, from: number): number {
    const second = source[from + 1]
    if (second === undefined) return -1
    if (second === '?') return after(source, '?>', from)
    if (second === '!') return this.readDeclaration(source, from)
    const to = tagEnd(source, from)
    if (to < 0) return -1
    if (second === '/') {
      this.handler.close?.(localName(source, from + 2, to))
      return to + 1
    }
    const selfClosing = source[to - 1] === '/'
    const name = localName(source, from + 1, to)
    this.handler.open?.(name, source.slice(from + 1, selfClosing ? to - 1 : to))
    if (selfClosing) this.handler.close?.(name)
    return to + 1
  }

  private readDeclaration(source: string, from: number): number {
    if (source.startsWith('<!--', from)) return after(source, '-->', from + 4)
    if (source.startsWith('<![CDATA[', from)) {
      const to = source.indexOf(']]>', from + 9)
      if (to < 0) return -1
      this.handler.text?.(source.slice(from + 9, to))
      return to + 3
    }
    if (source.length - from < 9) return -1
    throw fileFault('unreadable', 'file.doctype', 'The workbook holds a document type, which no honest workbook has.')
  }
}

function after(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

/** The closing `>` of a tag, past any that stands inside a quoted attribute; -1 where it is not there yet. */
function tagEnd(source: string, from: number): number {
  let end = source.indexOf('>', from)
  for (let at = from; at < end; at++) {
    const code = source.charCodeAt(at)
    if (code !== DOUBLE_QUOTE && code !== SINGLE_QUOTE) continue
    const close = source.indexOf(code === DOUBLE_QUOTE ? '"' : "'", at + 1)
    if (close < 0) return -1
    if (close > end) end = source.indexOf('>', close)
    at = close
  }
  return end
}

const DOUBLE_QUOTE = 34
const SINGLE_QUOTE = 39

function localName(source: string, from: number, to: number): string {
  let end = from
  let start = from
  for (; end < to; end++) {
    const code = source.charCodeAt(end)
    if (code <= 32 || code === 47) break
    if (code === 58) start = end + 1
  }
  return source.slice(start, end)
}

/** The attribute's value in a tag's inside, or null. `name` may carry a prefix: `r:id`. */
export function attributeOf(raw: string, name: string): string | null {
  for (let at = raw.indexOf(name); at >= 0; at = raw.indexOf(name, at + 1)) {
    if (raw.charCodeAt(at - 1) > 32) continue
    let mark = at + name.length
    while (raw.charCodeAt(mark) <= 32) mark++
    if (raw[mark] !== '=') continue
    mark++
    while (raw.charCodeAt(mark) <= 32) mark++
    const quote = raw[mark]
    if (quote !== '"' && quote !== "'") return null
    const end = raw.indexOf(quote, mark + 1)
    return end < 0 ? null : decodeEntities(raw.slice(mark + 1, end))
  }
  return null
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

/** Reads a whole XML part. */
export async function scanXml(bytes: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  const scanner = new XmlScanner(handler)
  for await (const piece of xmlText(bytes)) scanner.write(piece)
  scanner.end()
}

/** The text of an XML part: UTF-8, or UTF-16 where its mark says so. */
export async function* xmlText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const iterator = bytes[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done) return
  const head = first.value
  const encoding =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      yield head
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  yield* decodeStream(whole(), encoding)
}

function damaged(what: string): Error {
  return fileFault('unreadable', 'file.damaged', `The workbook ${what}.`, { tip: 'Save it again as .xlsx.' })
}
