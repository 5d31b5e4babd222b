import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  type IRunOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { Quote } from '../match/model.ts'
import { textIn } from '../texts.ts'
import type { Proposal } from './model.ts'
import { type Narrator, printable } from './sentences.ts'
import {
  CONDITION_WORDS,
  DOCUMENT_WORDS,
  EVIDENCE_WORDS,
  KIND_WORDS,
  LEVEL_WORDS,
  PRESET_WORDS,
  STATUS_WORDS,
} from './words.ts'

/** Twentieths of a point: A4, and margins of 2 cm. */
const PAGE = { width: 11_906, height: 16_838, margin: 1_134 } as const
const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin
/** Half points. */
const SIZES = { body: 21, small: 18, heading: 28, title: 40 } as const
const FONT = { ascii: 'Calibri', hAnsi: 'Calibri', cs: 'Calibri', eastAsia: 'Microsoft YaHei' } as const
const INK = { accent: '1F4E79', shade: 'E8EEF4', line: 'BFC9D4', soft: '5A6673' } as const

/** The proposal as a document that a director reads: the answer first, then who, what is covered, what is missing, and how. */
export async function writeDocx(proposal: Proposal, narrator: Narrator, made: string): Promise<Uint8Array> {
  const document = new Document({
    creator: 'Consortia',
    title: printable(narrator.labelled(DOCUMENT_WORDS.heading, textIn(proposal.needTitle, narrator.language))),
    styles: stylesIn(narrator),
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height, orientation: PageOrientation.PORTRAIT },
            margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin },
          },
        },
        footers: { default: footerOf(narrator) },
        children: [
          ...opening(proposal, narrator, made),
          ...membersPart(proposal, narrator),
          ...coveragePart(proposal, narrator),
          ...gapsPart(proposal, narrator),
          ...conflictPart(proposal, narrator),
          ...methodPart(proposal, narrator, made),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

function stylesIn({ worded }: Narrator) {
  const language = { value: 'en-GB', eastAsia: worded === 'zh' ? 'zh-CN' : 'en-GB' }
  return {
    default: {
      document: {
        run: { font: FONT, size: SIZES.body, language },
        paragraph: { spacing: { after: 120, line: 300 } },
      },
      title: {
        run: { font: FONT, size: SIZES.title, bold: true, color: INK.accent },
        paragraph: { spacing: { after: 60 } },
      },
      heading1: {
        run: { font: FONT, size: SIZES.heading, bold: true, color: INK.accent },
        paragraph: { spacing: { before: 320, after: 120 }, keepNext: true },
      },
    },
  }
}

function footerOf(narrator: Narrator): Footer {
  const small = { size: SIZES.small, color: INK.soft }
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({ ...small, text: `${narrator.say(DOCUMENT_WORDS.madeBy)} · ` }),
          new TextRun({ ...small, children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  })
}

function opening(proposal: Proposal, narrator: Narrator, made: string): Paragraph[] {
  const soft = { color: INK.soft, size: SIZES.small }
  return [
    new Paragraph({ heading: HeadingLevel.TITLE, text: narrator.say(DOCUMENT_WORDS.heading) }),
    plain(narrator.labelled(DOCUMENT_WORDS.need, textIn(proposal.needTitle, narrator.language)), { bold: true }),
    plain(made, soft),
    heading(narrator.say(DOCUMENT_WORDS.answer)),
    plain(narrator.answer(proposal)),
    ...(proposal.stale ? [plain(narrator.say(DOCUMENT_WORDS.stale), { italics: true })] : []),
  ]
}

function membersPart(proposal: Proposal, narrator: Narrator): (Paragraph | Table)[] {
  if (proposal.members.length === 0) return []
  const { organisation, role, reason, evidence } = DOCUMENT_WORDS
  const rows = proposal.members.map((member) => [
    [
      narrator.name(member),
      [narrator.say(KIND_WORDS[member.kind]), narrator.place(member)].filter(Boolean).join(' · '),
    ],
    [narrator.role(member.role)],
    [narrator.reason(member)],
    member.covers.flatMap(({ capability, level, evidence: found }) =>
      found
        ? [
            `${narrator.capability(capability)} (${level}): ${narrator.say(EVIDENCE_WORDS[found.kind])} “${found.title}”`,
          ]
        : [`${narrator.capability(capability)} (${level})`],
    ),
  ])
  return [
    heading(narrator.say(DOCUMENT_WORDS.members)),
    tableOf(
      [organisation, role, reason, evidence].map((words) => narrator.say(words)),
      rows,
      [24, 14, 32, 30],
    ),
  ]
}

const evidenceOf = (narrator: Narrator, { kind, title }: Quote) => `${narrator.say(EVIDENCE_WORDS[kind])} “${title}”`

function coveragePart(proposal: Proposal, narrator: Narrator): (Paragraph | Table)[] {
  const { capability, weight, critical, levelReached, levelWanted, by, yes } = DOCUMENT_WORDS
  const rows = proposal.coverage.map((one) => [
    [narrator.capability(one.id)],
    [String(one.weight)],
    [one.critical ? narrator.say(yes) : ''],
    [`${one.level} ${narrator.say(LEVEL_WORDS[one.level])}`],
    [`${one.levelWanted} ${narrator.say(LEVEL_WORDS[one.levelWanted])}`],
    one.by.map(({ id, name, level }) => `${nameOf(proposal, narrator, id, name)} (${level})`),
  ])
  const headings = [capability, weight, critical, levelReached, levelWanted, by].map((words) => narrator.say(words))
  return [heading(narrator.say(DOCUMENT_WORDS.coverage)), tableOf(headings, rows, [26, 8, 9, 15, 15, 27])]
}

function nameOf(proposal: Proposal, narrator: Narrator, id: string, name: string): string {
  const member = proposal.members.find((one) => one.id === id)
  return member ? narrator.name(member) : name
}

function gapsPart(proposal: Proposal, narrator: Narrator): (Paragraph | Table)[] {
  const { gaps, noGaps, capability, nearest, whyNot, nobody } = DOCUMENT_WORDS
  if (proposal.gaps.length === 0)
    return proposal.status === 'infeasible' ? [] : [heading(narrator.say(gaps)), plain(narrator.say(noGaps))]
  const rows = proposal.gaps.flatMap((gap) =>
    gap.nearest.length === 0
      ? [[[narrator.capability(gap.id)], [narrator.say(nobody)], ['']]]
      : gap.nearest.map((one, at) => [
          [at === 0 ? narrator.capability(gap.id) : ''],
          [narrator.name(one), narrator.place(one)].filter(Boolean),
          [
            narrator.shortfall({ ...one, levelWanted: gap.levelWanted }),
            ...(one.evidence ? [evidenceOf(narrator, one.evidence)] : []),
          ],
        ]),
  )
  const headings = [capability, nearest, whyNot].map((words) => narrator.say(words))
  return [heading(narrator.say(gaps)), tableOf(headings, rows, [30, 30, 40])]
}

function conflictPart({ conflict }: Proposal, narrator: Narrator): Paragraph[] {
  if (!conflict) return []
  return [
    heading(narrator.say(DOCUMENT_WORDS.conflict)),
    ...conflict.conditions.map(
      (condition) => new Paragraph({ text: narrator.say(CONDITION_WORDS[condition]), bullet: { level: 0 } }),
    ),
  ]
}

function presetOf({ options, conditions }: Proposal, narrator: Narrator): string {
  if (typeof options.weights === 'string') return narrator.say(PRESET_WORDS[options.weights])
  return Object.entries(conditions.weights)
    .map(([name, points]) => `${name} ${points}`)
    .join(', ')
}

function methodPart(proposal: Proposal, narrator: Narrator, made: string): (Paragraph | Table)[] {
  const { result, objective, preset, cost, engine, seed, hash, date, estimates, sponsorsCount } = DOCUMENT_WORDS
  const { solved, conditions, status } = proposal
  const rows = [
    [[narrator.say(result)], [narrator.say(STATUS_WORDS[status])]],
    ...(proposal.objective === null
      ? []
      : [[[narrator.say(objective)], [`${proposal.objective} / ${proposal.bound}`]]]),
    [[narrator.say(preset)], [presetOf(proposal, narrator)]],
    ...conditionRows(proposal, narrator),
    ...(solved.cost ? [[[narrator.say(cost)], [narrator.money(solved.cost)]]] : []),
    [[narrator.say(engine)], [proposal.engine]],
    [[narrator.say(seed)], [String(proposal.seed)]],
    [[narrator.say(hash)], [proposal.inputsHash]],
    [[narrator.say(date)], [made]],
  ]
  const notes = [
    ...(conditions.budget ? [narrator.say(estimates)] : []),
    ...(conditions.regions.length ? [narrator.say(sponsorsCount)] : []),
  ]
  return [
    heading(narrator.say(DOCUMENT_WORDS.method)),
    tableOf([], rows, [28, 72]),
    ...notes.map((note) => plain(note, { size: SIZES.small, color: INK.soft })),
  ]
}

function conditionRows({ conditions }: Proposal, narrator: Narrator): string[][][] {
  const kinds = Object.entries(conditions.kinds).map(
    ([kind, least]) => `${narrator.say(KIND_WORDS[kind as keyof typeof KIND_WORDS])} ≥ ${least}`,
  )
  const told: [keyof typeof CONDITION_WORDS, string][] = [
    ['minMembers', conditions.minMembers === null ? '' : String(conditions.minMembers)],
    ['maxMembers', String(conditions.maxMembers)],
    ['budget', conditions.budget ? narrator.money(conditions.budget) : ''],
    ['kinds', kinds.join(', ')],
    ['regions', conditions.regions.join(', ')],
    ['pinned', conditions.pins.map(({ name }) => name).join(', ')],
    ['banned', conditions.bans.map(({ name }) => name).join(', ')],
  ]
  return told.filter(([, text]) => text).map(([key, text]) => [[narrator.say(CONDITION_WORDS[key])], [text]])
}

const heading = (text: string) => new Paragraph({ heading: HeadingLevel.HEADING_1, text: printable(text) })
const plain = (text: string, run: Omit<IRunOptions, 'text' | 'children'> = {}) =>
  new Paragraph({ children: [new TextRun({ ...run, text: printable(text) })] })

/** A table whose cells hold lines; `shares` are the columns' widths in hundredths. */
function tableOf(headings: readonly string[], rows: readonly string[][][], shares: readonly number[]): Table {
  const widths = shares.map((share) => Math.round((TEXT_WIDTH * share) / 100))
  const cell = (lines: readonly string[], at: number, isHeading = false) =>
    new TableCell({
      width: { size: widths[at]!, type: WidthType.DXA },
      verticalAlign: VerticalAlign.TOP,
      margins: { top: 60, bottom: 60, left: 90, right: 90 },
      ...(isHeading ? { shading: { fill: INK.shade } } : {}),
      children: (lines.length ? lines : ['']).map(
        (text) =>
          new Paragraph({
            spacing: { after: 20, line: 260 },
            children: [new TextRun({ text: printable(text), size: SIZES.small, bold: isHeading })],
          }),
      ),
    })
  const line = { style: BorderStyle.SINGLE, size: 4, color: INK.line }
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    rows: [
      ...(headings.length
        ? [new TableRow({ tableHeader: true, children: headings.map((text, at) => cell([text], at, true)) })]
        : []),
      ...rows.map((cells) => new TableRow({ cantSplit: true, children: cells.map((lines, at) => cell(lines, at)) })),
    ],
  })
}
