import { z } from 'zod'
import { choices, ListQuery, pageOf } from '../lists.ts'
import type { Figure } from '../registry/year-model.ts'
import { readYearFact, yearFact } from '../registry/year-rules.ts'

/** A file to import, packed or not; the shell and the browser share the bound. */
export const FILE_BYTES_MAX = 200 * 1024 * 1024
export const FILE_NAME_LENGTH_MAX = 255
export const SHEETS_MAX = 60
export const COLUMNS_MAX = 500
/** What of a sheet's beginning is shown, so that a person can point at the heading. */
export const HEAD_ROWS_SHOWN_MAX = 40
export const HEAD_COLUMNS_SHOWN_MAX = 60
export const CELL_CHARACTERS_SHOWN_MAX = 80
const FIELD_LENGTH_MAX = 60
export const OWNER_LENGTH_MAX = 300
const SCALE_MAX = 1_000_000_000_000

export const IMPORT_KINDS = ['cordis', 'table', 'template'] as const
/** `cancelled` is a reading that was stopped; everything else is the run's own state (rules.ts, `MOVES`). */
export const IMPORT_STATES = [
  'reading',
  'mapping',
  'checking',
  'ready',
  'applying',
  'applied',
  'dropped',
  'failed',
  'cancelled',
] as const
export const ImportState = z.enum(IMPORT_STATES)
export type ImportState = z.infer<typeof ImportState>

export const SUBJECTS = ['organisation', 'result', 'project', 'participation'] as const
export const Subject = z.enum(SUBJECTS)
export type Subject = z.infer<typeof Subject>
/** `set_aside`: no data (a total, a note, a heading repeated), or a further row of a record that another row brings. */
export const VERDICTS = ['new', 'changed', 'same', 'refused', 'set_aside'] as const
export const Verdict = z.enum(VERDICTS)
export type Verdict = z.infer<typeof Verdict>

/** What the rows of a sheet are: `both` has a firm and its result in one row; `none` is left out. */
export const SHEET_SUBJECTS = ['organisations', 'results', 'both', 'none'] as const
export const SheetSubject = z.enum(SHEET_SUBJECTS)
export type SheetSubject = z.infer<typeof SheetSubject>

/** The fields of an organisation that a column can be, each as `organisation.<name>` in a mapping. */
export const ORGANISATION_TARGETS = [
  'name',
  'nameEn',
  'shortName',
  'uscc',
  'ror',
  'lei',
  'pic',
  'vat',
  'kind',
  'size',
  'staff',
  'founded',
  'country',
  'region',
  'city',
  'district',
  'address',
  'url',
  'segment',
  'industry',
  'fields',
  'titles',
  'products',
  'summary',
  'revenue',
  'rdSpend',
  'contactName',
  'contactPhone',
  'contactEmail',
  'notes',
] as const
/** A figure of a year that a column can be: `organisation.rdSpend.2024`. */
export const yearTarget = (figure: Figure, year: number) => `organisation.${yearFact(figure, year)}`
/** The figure and year that such a field names; null for any other. */
export const readYearTarget = (field: string) =>
  field.startsWith('organisation.') ? readYearFact(field.slice('organisation.'.length)) : null
/** The fields of a result that a column can be, each as `result.<name>` in a mapping. */
export const RESULT_TARGETS = [
  'title',
  'titleEn',
  'summary',
  'fields',
  'trl',
  'ipKind',
  'ipNumber',
  'ipStatus',
  'ipExpiry',
  'owners',
  'inventors',
  'wantedDeal',
  'year',
] as const
/** Fields that several columns may be at once: their items are joined. */
export const LIST_TARGETS: readonly string[] = [
  'organisation.fields',
  'organisation.titles',
  'organisation.products',
  'organisation.notes',
  'result.fields',
  'result.owners',
  'result.inventors',
  'result.summary',
  'result.ipNumber',
]

const Unit = z.object({
  text: z.string(),
  scale: z.number(),
  currency: z.string().optional(),
  percent: z.boolean().optional(),
})

/** A column as it was understood. */
export const ColumnReading = z.object({
  /** From 0. */
  column: z.number().int(),
  /** The column's letter in a workbook: `A`, `AB`. */
  letter: z.string(),
  heading: z.string(),
  /** `organisation.name`, `result.trl`; null where the column is not taken. */
  field: z.string().nullable(),
  confidence: z.number(),
  /** Why, in English. */
  reason: z.string(),
  /** A field that was recognised but that the registry does not keep (registered capital, tax paid): a word for it. */
  notKept: z.string().nullable(),
  unit: Unit.nullable(),
  others: z.array(z.object({ field: z.string(), confidence: z.number() })),
  /** The first values that say anything. */
  samples: z.array(z.string()),
})
export type ColumnReading = z.infer<typeof ColumnReading>

/** A sheet as it was understood, with a heading row and subject that a person may correct. */
export const SheetReading = z.object({
  index: z.number().int(),
  name: z.string(),
  /** All rows that say anything, heading and notes included; null until the whole was read. */
  rows: z.number().int().nullable(),
  subject: SheetSubject,
  /** 0 to 1. */
  confidence: z.number(),
  /** True where a person mapped such a heading before and that mapping is proposed. */
  remembered: z.boolean(),
  heading: z.object({
    /** The lowest heading row's number in the sheet; 0 where there is none. */
    row: z.number().int(),
    rows: z.array(z.number().int()),
    confidence: z.number(),
    reason: z.string(),
    /** What stands above the heading: titles, notes, units. */
    above: z.array(z.string()),
  }),
  columns: z.array(ColumnReading),
  /**
   * The sheet's first rows as text, cut to `HEAD_ROWS_SHOWN_MAX` x `HEAD_COLUMNS_SHOWN_MAX`. `aside` is why a row is not
   * data (`above_heading`, `total`, …), null where it is.
   */
  head: z.array(z.object({ row: z.number().int(), cells: z.array(z.string()), aside: z.string().nullable() })),
})
export type SheetReading = z.infer<typeof SheetReading>

export const FileNote = z.object({
  note: z.string(),
  sheet: z.string().optional(),
  count: z.number().optional(),
  row: z.number().optional(),
})

/** What was found in the file. */
export const Reading = z.object({
  file: z.enum(['xlsx', 'csv', 'zip', 'folder', 'files']),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  sheets: z.array(SheetReading),
  /** Of a CORDIS download: its files by part (`project`, `organization`, `topics`, `euroSciVoc`). */
  parts: z.record(z.string(), z.string()),
  /** Of a CORDIS download that came file by file: what is still to be added (`organization.csv`). */
  missing: z.array(z.string()),
  notes: z.array(FileNote),
})
export type Reading = z.infer<typeof Reading>

export const SheetMapping = z.strictObject({
  index: z.number().int().min(0).max(SHEETS_MAX),
  subject: SheetSubject,
  /** The lowest heading row's number; 0 where the sheet has none. */
  headingRow: z.number().int().min(0).max(HEAD_ROWS_SHOWN_MAX),
  /** Whose results a sheet of results lists where a row names nobody: an organisation's id, identifier or name. */
  owner: z.string().trim().min(1).max(OWNER_LENGTH_MAX).optional(),
  columns: z
    .array(
      z.strictObject({
        column: z.number().int().min(0).max(COLUMNS_MAX),
        field: z.string().max(FIELD_LENGTH_MAX),
        /** Replaces the unit of the heading: 万元 is `{scale: 10000, currency: 'CNY'}`. */
        unit: z
          .strictObject({
            scale: z.number().positive().max(SCALE_MAX),
            currency: z
              .string()
              .regex(/^[A-Z]{3}$/, 'currency.format')
              .optional(),
          })
          .optional(),
      }),
    )
    .max(COLUMNS_MAX),
})
export type SheetMapping = z.infer<typeof SheetMapping>
/** How a person says that the sheets are to be read. Sheets that are not named are left out. */
export const Mapping = z.strictObject({ sheets: z.array(SheetMapping).max(SHEETS_MAX) })
export type Mapping = z.infer<typeof Mapping>

export const SubjectCounts = z.object({
  /** Records read: new, changed, same and refused together. Further rows of a record are in `setAside`. */
  read: z.number().int(),
  new: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  refused: z.number().int(),
  setAside: z.number().int(),
})
export type SubjectCounts = z.infer<typeof SubjectCounts>
export const Counts = z.object({
  organisations: SubjectCounts,
  results: SubjectCounts,
  projects: SubjectCounts,
  participations: SubjectCounts,
})
export type Counts = z.infer<typeof Counts>

export const Summary = z.object({
  counts: Counts,
  /** Organisations without a name, shown by their identifier. */
  nameless: z.number().int(),
  /** Changed records of which a person's word stands against the source's. */
  told: z.number().int(),
  /** Rows set aside, by reason (`aside.total`, `aside.note`, `joined`, …); empty rows are only counted here. */
  asides: z.record(z.string(), z.number()),
  /** Notes on rows that stand, by key: how often something was assumed, shortened or left out. */
  notes: z.record(z.string(), z.number()),
  /** Of a CORDIS download: projects of which no organisation is named. */
  projectsAlone: z.number().int(),
  /** After the import: pairs of organisations that may be one. */
  duplicates: z.object({ suspected: z.number().int() }).nullable(),
  seconds: z.number().nullable(),
  /** SHA-256 over the staged rows; the journal's entry holds it. */
  rowsHash: z.string().nullable(),
})
export type Summary = z.infer<typeof Summary>

/** Why the file could not be read: a Fault as it stands on the wire, with its rule. */
export const ImportFault = z.object({
  code: z.string(),
  message: z.string(),
  rule: z.string().optional(),
  limit: z.union([z.number(), z.string()]).optional(),
  tip: z.string().optional(),
})

export const ImportBrief = z.object({
  id: z.string(),
  kind: z.enum(IMPORT_KINDS),
  fileName: z.string(),
  bytes: z.number(),
  state: ImportState,
  /** The name of who imports. */
  who: z.string().nullable(),
  createdAt: z.string(),
  appliedAt: z.string().nullable(),
  /** The work that is or was last done for it; `GET /zones/{zone}/work/{id}` follows it, `/cancel` stops it. */
  work: z
    .object({
      id: z.string(),
      state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
      /** `reading`, `staging`, `checking`, `applying`, `duplicates`. */
      doing: z.string(),
      done: z.number(),
      total: z.number().nullable(),
    })
    .nullable(),
  counts: Counts.nullable(),
  fault: ImportFault.nullable(),
})
export type ImportBrief = z.infer<typeof ImportBrief>
export const ImportPage = pageOf(ImportBrief)
export const ImportQuery = ListQuery.extend({ state: choices(IMPORT_STATES) })

export const Import = ImportBrief.extend({
  reading: Reading.nullable(),
  /** The mapping by which the rows were last understood. */
  mapping: Mapping.nullable(),
  summary: Summary.nullable(),
  may: z.object({ map: z.boolean(), apply: z.boolean(), drop: z.boolean(), addFile: z.boolean() }),
})
export type Import = z.infer<typeof Import>

export const UploadQuery = z.object({ name: z.string().trim().min(1).max(FILE_NAME_LENGTH_MAX) })
export const Started = z.object({ id: z.string(), workId: z.string().nullable() })
export type Started = z.infer<typeof Started>
/** With `rowsHash` only what was looked at is taken: where the rows were checked anew since, it answers `changed_meanwhile`. */
export const ApplyInput = z.strictObject({ rowsHash: z.string().optional() })

export const SheetQuery = z.object({
  heading: z.coerce.number().int().min(0).max(HEAD_ROWS_SHOWN_MAX).optional(),
  subject: SheetSubject.optional(),
})

/** A value that could not be taken: where it stands, what it says and which rule it breaks. */
export const RowRefusal = z.object({ column: z.string(), value: z.string(), rule: z.string() })
export type RowRefusal = z.infer<typeof RowRefusal>
/** Something a person should know of a row that stands (or was set aside), by key. */
export const RowNote = z.object({
  note: z.string(),
  column: z.string().optional(),
  value: z.string().optional(),
  /** The rule of a value that was left out of a row which stands. */
  rule: z.string().optional(),
  /** The row it was joined to. */
  row: z.number().optional(),
})
export type RowNote = z.infer<typeof RowNote>

const FieldChange = z.object({ from: z.unknown(), to: z.unknown() })
export const ImportRow = z.object({
  ordinal: z.number().int(),
  subject: Subject,
  /** The sheet's name, or the file's within a download. */
  sheet: z.string(),
  row: z.number().int(),
  verdict: Verdict,
  /** The record in the registry, once it is there: `/organisations/{id}`, `/results/{id}`; of a participation the project. */
  subjectId: z.string().nullable(),
  /** Of a participation: the organisation. */
  otherId: z.string().nullable(),
  name: z.string(),
  /** What the row says, by field, as the registry keeps it; owners by their names. */
  facts: z.record(z.string(), z.unknown()),
  /** Of a changed row: each field as it stands and as it would be. */
  changes: z.record(z.string(), FieldChange),
  /** Fields in which a person's word stands: what it says and what the source says now. */
  told: z.record(z.string(), FieldChange),
  refusals: z.array(RowRefusal),
  notes: z.array(RowNote),
  /** Of a refused row: its cells by heading, as they were read. */
  raw: z.record(z.string(), z.string()).nullable(),
})
export type ImportRow = z.infer<typeof ImportRow>
export const ImportRowPage = pageOf(ImportRow)
export const ImportRowQuery = ListQuery.pick({ q: true, page: true, size: true }).extend({
  subject: choices(SUBJECTS),
  verdict: choices(VERDICTS),
  sheet: z.string().max(FILE_NAME_LENGTH_MAX).optional(),
  /** Only rows with a note of this key (`from_owner`, `left_out`, …). */
  note: z.string().max(FIELD_LENGTH_MAX).optional(),
  /** Only rows with a refusal by this rule. */
  rule: z.string().max(FIELD_LENGTH_MAX).optional(),
})
