import { Fault } from '#kit/fault.ts'
import { fileFault, headOf, sizeOf } from './source.ts'
import type { FileKind, FileSource } from './types.ts'
import { openZip, WORKBOOK_UNPACKED_BYTES_MAX } from './zip.ts'

const HEAD_BYTES = 1 << 16
/** A text has hardly any control characters; a program or a picture is full of them. */
const CONTROL_SHARE_MAX = 0.02

/** What the file is by its bytes, whatever its name says. Never throws for odd content. */
export async function sniffFile(source: FileSource): Promise<FileKind> {
  if ((await sizeOf(source)) === 0) return 'empty'
  const head = await headOf(source, HEAD_BYTES)
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return zipKind(source)
  return kindOfHead(head)
}

/**
 * The kind of a file that should hold a table: 'xlsx' or 'text'. Throws Fault('unsupported_file') where it is something
 * else, or where the ending of `name` says something else, with what to do instead.
 */
export async function sniffTable(source: FileSource, name?: string): Promise<'xlsx' | 'text'> {
  const kind = await sniffFile(source)
  if (kind === 'encrypted_office') throw refusal('file.encrypted', name, 'is protected by a password', TIP_PASSWORD)
  if (kind === 'empty') throw fileFault('unreadable', 'file.empty', `${named(name)} is empty.`)
  const ending = endingOf(name)
  if (kind === 'ole2') throw refusal('file.old_excel', name, 'is an Excel file of the old kind (.xls)', TIP_XLSX)
  if (kind === 'zip') await checkZip(source)
  const claimed = ending === null ? null : (KINDS_BY_ENDING[ending] ?? null)
  if (claimed !== null && claimed !== kind) throw mismatch(kind, name, ending ?? '')
  if (kind === 'xlsx' || kind === 'text') return kind
  throw refusal('file.not_a_table', name, `is ${WORDED[kind]}, which holds no table that can be read`, TIP_XLSX)
}

/** The zip's kind is read from its directory; a zip whose directory is refused is still a zip. */
async function zipKind(source: FileSource): Promise<FileKind> {
  try {
    const zip = await openZip(source, { unpackedBytesMax: WORKBOOK_UNPACKED_BYTES_MAX * 10 })
    zip.close()
    const paths = new Set(zip.entries.map((entry) => entry.path))
    if (paths.has('xl/workbook.xml')) return 'xlsx'
    if (paths.has('xl/workbook.bin')) return 'xlsb'
    if (paths.has('word/document.xml')) return 'docx'
    if (paths.has('content.xml') && paths.has('META-INF/manifest.xml')) return 'ods'
    return 'zip'
  } catch (error) {
    if (error instanceof Fault) return 'zip'
    throw error
  }
}

/** A zip that is damaged or hostile is refused for that, before what its name says comes up. */
async function checkZip(source: FileSource): Promise<void> {
  const zip = await openZip(source, { unpackedBytesMax: WORKBOOK_UNPACKED_BYTES_MAX })
  zip.close()
}

function kindOfHead(head: Buffer): FileKind {
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) return oleKind(head)
  if (startsWith(head, [0x25, 0x50, 0x44, 0x46])) return 'pdf'
  if (startsWith(head, [0x1f, 0x8b])) return 'gzip'
  if (IMAGE_HEADS.some((image) => startsWith(head, image))) return 'image'
  if (hasUtf16Mark(head) || looksUtf16(head)) return 'text'
  if (controlShare(head) > CONTROL_SHARE_MAX) return 'unknown'
  const beginning = head
    .toString('latin1', 0, 1024)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase()
  if (/^<(!doctype html|html|table|meta|head|body|style)/.test(beginning)) return 'html'
  if (beginning.startsWith('<?xml')) return beginning.includes('<html') ? 'html' : 'xml'
  return 'text'
}

/** A workbook with a password is an OLE2 file that holds an `EncryptedPackage`; its name stands there in UTF-16. */
function oleKind(head: Buffer): FileKind {
  return head.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted_office' : 'ole2'
}

function hasUtf16Mark(head: Buffer): boolean {
  return startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])
}

/** UTF-16 without a mark: zero bytes, and nearly all of them at even places or nearly all at odd ones. */
export function looksUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0] as [number, number]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at % 2 === 0 ? 0 : 1]++
  const [even, odd] = zeros
  if (even + odd < Math.max(2, head.length / 100)) return null
  if (odd > even * 10) return 'utf-16le'
  if (even > odd * 10) return 'utf-16be'
  return null
}

function controlShare(head: Buffer): number {
  let controls = 0
  for (const byte of head)
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 26) controls++
  return controls / Math.max(1, head.length)
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => head[at] === byte)
}

const IMAGE_HEADS = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x42, 0x4d],
  [0x49, 0x49, 0x2a, 0x00],
]

const KINDS_BY_ENDING: Readonly<Record<string, FileKind>> = {
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  xltx: 'xlsx',
  xls: 'ole2',
  csv: 'text',
  tsv: 'text',
  txt: 'text',
  tab: 'text',
}

const WORDED: Readonly<Record<FileKind, string>> = {
  xlsx: 'an Excel workbook',
  xlsb: 'a binary Excel workbook (.xlsb)',
  ods: 'an OpenDocument spreadsheet',
  docx: 'a Word document',
  zip: 'a zip',
  ole2: 'an old Office file',
  encrypted_office: 'a file with a password',
  pdf: 'a PDF',
  image: 'a picture',
  gzip: 'a gzip',
  html: 'a web page',
  xml: 'an XML file',
  text: 'plain text',
  empty: 'empty',
  unknown: 'of an unknown kind',
}

const TIP_XLSX = 'Open it in Excel or WPS and save it as .xlsx (or as CSV UTF-8).'
const TIP_PASSWORD = 'Open it, take the password off, and save it again.'

function mismatch(kind: FileKind, name: string | undefined, ending: string): Fault {
  const tip =
    kind === 'xlsx'
      ? 'Rename it to .xlsx.'
      : kind === 'text'
        ? 'Rename it to .csv, or open it in Excel and save it as .xlsx.'
        : TIP_XLSX
  return refusal('file.not_what_it_says', name, `is ${WORDED[kind]}, not what .${ending} stands for`, tip)
}

function refusal(
  rule: 'file.encrypted' | 'file.old_excel' | 'file.not_what_it_says' | 'file.not_a_table',
  name: string | undefined,
  what: string,
  tip: string,
): Fault {
  return fileFault('unsupported_file', rule, `${named(name)} ${what}.`, { tip })
}

function named(name: string | undefined): string {
  return name ? `“${name}”` : 'The file'
}

/** The ending of a file name in lower case, or null. */
export function endingOf(name: string | undefined): string | null {
  return name ? (/\.([A-Za-z0-9]{1,5})$/.exec(name.trim())?.[1]?.toLowerCase() ?? null) : null
}
