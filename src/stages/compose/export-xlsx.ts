import ExcelJS from 'exceljs'
import { toDecimal } from '#kit/money.ts'
import type { Proposal } from './model.ts'
import { type Narrator, printable } from './sentences.ts'
import { BASIS_WORDS, DOCUMENT_WORDS, EVIDENCE_WORDS, KIND_WORDS } from './words.ts'

const SHADE = 'FFE8EEF4'
const CELL_LENGTH_MAX = 32_000

type Value = string | number | null
interface Column {
  words: Record<'zh' | 'en', string>
  width: number
}

/** The proposal as a workbook: members, coverage, gaps and evidence, a sheet each. */
export async function writeXlsx(proposal: Proposal, narrator: Narrator, made: string): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  workbook.creator = 'Consortia'
  workbook.subject = `${proposal.inputsHash} ${made}`
  addSheet(workbook, narrator, DOCUMENT_WORDS.members, memberColumns, memberRows(proposal, narrator))
  addSheet(workbook, narrator, DOCUMENT_WORDS.coverage, coverageColumns, coverageRows(proposal, narrator))
  addSheet(workbook, narrator, DOCUMENT_WORDS.gaps, gapColumns, gapRows(proposal, narrator))
  addSheet(workbook, narrator, DOCUMENT_WORDS.evidence, evidenceColumns, evidenceRows(proposal, narrator))
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

/** Every text is kept as text, so that none is taken for a formula. */
function addSheet(
  workbook: ExcelJS.Workbook,
  narrator: Narrator,
  name: Record<'zh' | 'en', string>,
  columns: readonly Column[],
  rows: readonly Value[][],
): void {
  const sheet = workbook.addWorksheet(narrator.say(name), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map(({ words, width }) => ({ header: narrator.say(words), width }))
  const heading = sheet.getRow(1)
  heading.font = { bold: true }
  heading.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: SHADE } }
  for (const row of rows) {
    const added = sheet.addRow(
      row.map((value) => (typeof value === 'string' ? printable(value.slice(0, CELL_LENGTH_MAX)) : value)),
    )
    added.alignment = { wrapText: true, vertical: 'top' }
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } }
}

const { organisation, kind, place, role, reason, cost, basis, capability, weight, critical } = DOCUMENT_WORDS
const { level, levelReached, levelWanted, by, nearest, whyNot, evidence, title, quote } = DOCUMENT_WORDS

const memberColumns: readonly Column[] = [
  { words: organisation, width: 32 },
  { words: role, width: 18 },
  { words: kind, width: 14 },
  { words: place, width: 20 },
  { words: reason, width: 70 },
  { words: cost, width: 18 },
  { words: { zh: '币种', en: 'Currency' }, width: 10 },
  { words: basis, width: 32 },
]

const memberRows = ({ members }: Proposal, narrator: Narrator): Value[][] =>
  members.map((member) => [
    narrator.name(member),
    narrator.role(member.role),
    narrator.say(KIND_WORDS[member.kind]),
    narrator.place(member),
    narrator.reason(member),
    member.cost && member.cost.basis !== 'unknown'
      ? Number(toDecimal(BigInt(member.cost.amount.minor), member.cost.amount.currency))
      : null,
    member.cost?.amount.currency ?? null,
    member.cost ? narrator.say(BASIS_WORDS[member.cost.basis]) : null,
  ])

const coverageColumns: readonly Column[] = [
  { words: capability, width: 40 },
  { words: weight, width: 10 },
  { words: critical, width: 10 },
  { words: levelReached, width: 12 },
  { words: levelWanted, width: 12 },
  { words: by, width: 60 },
]

const coverageRows = ({ coverage, members }: Proposal, narrator: Narrator): Value[][] =>
  coverage.map((one) => [
    narrator.capability(one.id),
    one.weight,
    narrator.say(one.critical ? DOCUMENT_WORDS.yes : DOCUMENT_WORDS.no),
    one.level,
    one.levelWanted,
    one.by
      .map(({ id, name, level: reached }) => {
        const member = members.find((candidate) => candidate.id === id)
        return `${member ? narrator.name(member) : name} (${reached})`
      })
      .join('; '),
  ])

const gapColumns: readonly Column[] = [
  { words: capability, width: 40 },
  { words: levelReached, width: 12 },
  { words: levelWanted, width: 12 },
  { words: nearest, width: 36 },
  { words: level, width: 10 },
  { words: whyNot, width: 60 },
]

const gapRows = ({ gaps }: Proposal, narrator: Narrator): Value[][] =>
  gaps.flatMap((gap) => {
    const facts: Value[] = [narrator.capability(gap.id), gap.level, gap.levelWanted]
    if (gap.nearest.length === 0) return [[...facts, narrator.say(DOCUMENT_WORDS.nobody), null, null]]
    return gap.nearest.map((one) => [
      ...facts,
      narrator.name(one),
      one.level,
      narrator.shortfall({ ...one, levelWanted: gap.levelWanted }),
    ])
  })

const evidenceColumns: readonly Column[] = [
  { words: organisation, width: 32 },
  { words: capability, width: 40 },
  { words: level, width: 10 },
  { words: evidence, width: 14 },
  { words: title, width: 50 },
  { words: quote, width: 80 },
]

const evidenceRows = ({ members }: Proposal, narrator: Narrator): Value[][] =>
  members.flatMap((member) =>
    member.covers.map(({ capability: covered, level: reached, evidence: found }) => [
      narrator.name(member),
      narrator.capability(covered),
      reached,
      found ? narrator.say(EVIDENCE_WORDS[found.kind]) : null,
      found?.title ?? null,
      found?.quote ?? null,
    ]),
  )
