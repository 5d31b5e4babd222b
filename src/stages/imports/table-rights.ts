import type { RightKind } from '#engines/tables/rights.ts'
import { cellText, foldWidth, isEmptyText, readRightKinds, readRightStatus } from '#engines/tables/values.ts'
import { checkPatent } from '#kit/patents.ts'
import type { Ip, IpInput } from '../registry/result-model.ts'
import { keepIp } from '../registry/result-rules.ts'
import { type Planned, type RowReport, readPartialDate } from './table-values.ts'

const RIGHTS_MAX = 50
const NUMBER_LENGTH_MAX = 120
/** What is longer holds no list of numbers, and taking it apart would only cost time. */
const NUMBERS_CHARACTERS_MAX = RIGHTS_MAX * NUMBER_LENGTH_MAX
const RIGHT_KINDS = { invention: 'invention', utility: 'utility_model', design: 'design' } as const

type Cells = ReadonlyMap<string, readonly Planned[]>

/** The rights in a result: what its columns for kind, number, status and expiry say together. */
export function readRights(report: RowReport, cells: Cells): Ip[] {
  const one = (field: string) => cells.get(`result.${field}`)?.[0]
  const [kind, status, expiry] = [one('ipKind'), one('ipStatus'), one('ipExpiry')]
  const kinds = (kind && report.takeLoosely(kind, readRightKinds(kind.cell))) ?? []
  const state = status && report.takeLoosely(status, readRightStatus(status.cell))
  const expires = expiry && report.take(expiry, readPartialDate(expiry))
  const shared = { ...(state ? { status: state } : {}), ...(expires ? { expires } : {}) }
  const numbered = (cells.get('result.ipNumber') ?? []).flatMap((planned) => {
    const said = cellText(planned.cell)
    if (said.length > NUMBERS_CHARACTERS_MAX) {
      report.leaveOut(planned.plan, planned.cell, 'value.too_long')
      return []
    }
    const numbers = numbersIn(said)
    if (!numbers.length && !isEmptyText(said)) report.leaveOut(planned.plan, planned.cell, 'value.not_a_right_number')
    return numbers.map((number) => rightOf(report, planned, number, kinds, shared))
  })
  if (numbered.length) return numbered.slice(0, RIGHTS_MAX)
  return kinds.map((each) => keepIp({ kind: each, ...shared }))
}

function rightOf(
  report: RowReport,
  planned: Planned,
  { number, beside }: { number: string; beside: string },
  kinds: readonly RightKind[],
  shared: Partial<IpInput>,
): Ip {
  const checked = checkPatent(number)
  const own = 'right' in checked && checked.right ? RIGHT_KINDS[checked.right] : undefined
  const said = readRightKinds(beside).value?.[0] ?? (kinds.length === 1 ? kinds[0] : undefined)
  const kind = said ?? own ?? kindOfDigit(number) ?? (/SR\d/i.test(number) ? 'software' : guessOf(checked))
  const isGranted = 'stage' in checked && checked.stage === 'grant' && !shared.status
  const right = keepIp({
    kind,
    number: number.slice(0, NUMBER_LENGTH_MAX),
    ...shared,
    ...(isGranted ? { status: 'granted' } : {}),
  })
  if (right.note)
    report.notes.push({ note: 'odd_number', column: planned.plan.heading, value: number, rule: `patent.${right.note}` })
  return right
}

const guessOf = (checked: ReturnType<typeof checkPatent>): RightKind => ('value' in checked ? 'invention' : 'other')

/** A Chinese number says its right by the digit after the year, whatever its check digit. */
const KINDS_BY_DIGIT: Readonly<Record<string, RightKind>> = {
  1: 'invention',
  8: 'invention',
  2: 'utility_model',
  9: 'utility_model',
  3: 'design',
}
const kindOfDigit = (number: string): RightKind | undefined =>
  KINDS_BY_DIGIT[/^(?:ZL|CN)?\s*(?:19|20)\d{2}([12389])\d{7}(?:\.?[\dX])?$/i.exec(number)?.[1] ?? '']

/** Numbers in a cell, each with the words beside it: `ZL201710601862.3（发明）、软著登记号：2021SR0123456`. */
function numbersIn(text: string): { number: string; beside: string }[] {
  if (isEmptyText(text)) return []
  return foldWidth(text.replaceAll(/[\n；、，]/g, ';'))
    .split(/[;,|]|\s+(?=(?:ZL|CN|US|EP|WO|PCT|\d{4}SR))/i)
    .flatMap((piece) => {
      const inBrackets = /\(([^)]*)\)/.exec(piece)?.[1] ?? ''
      const bare = piece.replace(/\([^)]*\)/g, '').trim()
      const number = bare
        .replace(/^.*[:：]\s*/u, '')
        .replace(/^[\p{Script=Han}\s]+/u, '')
        .trim()
      return /\d{4}/.test(number) ? [{ number, beside: inBrackets || bare.replace(number, '') }] : []
    })
}
