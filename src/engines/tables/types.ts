/** One cell as it was read. Dates are midnights (or instants) in UTC; an error is a sheet's own, such as `#N/A`. */
export type Cell = string | number | boolean | Date | null | { readonly error: string }

/** Columns merged into one cell, by index from 0, both ends included. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** One row of a table. `cells` may be shorter than the table is wide. */
export interface Row {
  /** The sheet's own row number, or the physical line of a text file on which the row begins; from 1. */
  readonly number: number
  readonly cells: readonly Cell[]
  /** Cells merged across columns: the value stands in the first, the others are null. */
  readonly spans?: readonly Span[]
  /** Columns whose value was carried down out of a cell merged over several rows. */
  readonly carried?: readonly number[]
}

/** The heading of a table. `columns[i]` names column i; '' where it has no name. */
export interface Heading {
  /** Number of the lowest heading row; data begins after it. 0 where there is no heading. */
  readonly row: number
  /** Every row that makes up the heading, upper first. */
  readonly rows: readonly number[]
  readonly columns: readonly string[]
  /** 0 to 1. */
  readonly confidence: number
  /** Why this row, in English. */
  readonly reason: string
  /** The text above the heading (titles, notes, units), top down. */
  readonly above: readonly string[]
}

/** What a column's values may look like. */
export type ValueKind =
  | 'text'
  | 'name'
  | 'list'
  | 'number'
  | 'money'
  | 'percent'
  | 'date'
  | 'yesNo'
  | 'trl'
  | 'url'
  | 'email'
  | 'phone'
  | 'country'
  | 'uscc'
  | 'ror'
  | 'lei'
  | 'pic'
  | 'vat'
  | 'orcid'
  | 'patent'
  | 'ordinal'

export interface FieldHint {
  /** Headings under which the field is met, in any language. */
  readonly names: readonly string[]
  readonly looksLike?: ValueKind
  /** Headings that, beside a year, name the field of that year: `rdSpend.2024`. */
  readonly yearly?: readonly string[]
  /** The field is what a heading of a yearly field means that speaks of several years: a mean, a sum, a span. */
  readonly several?: true
}

/** Known fields by key. */
export type Dictionary = Readonly<Record<string, FieldHint>>

/** A unit found in a heading or note: `scale` times the base unit, or an ISO 4217 currency, or both. */
export interface Unit {
  /** As written: `万元`. */
  readonly text: string
  readonly scale: number
  readonly currency?: string
  readonly percent?: true
}

export interface ColumnGuess {
  readonly column: number
  readonly heading: string
  /** The field's key, or null where none fits. */
  readonly field: string | null
  /** 0 to 1. */
  readonly confidence: number
  readonly unit?: Unit
  /** Why, in English. */
  readonly reason: string
  /** The next best fields, best first. */
  readonly others: readonly { readonly field: string; readonly confidence: number }[]
}

/** What the values of one column say together, so that each can be understood. */
export interface ColumnStyle {
  readonly unit?: Unit
  /** Order of day and month in `05/03/2024`. */
  readonly dateOrder?: 'dmy' | 'mdy'
  /** Which mark parts the decimals, where the column shows it. */
  readonly decimal?: '.' | ','
}

/** A value that was understood. `note` says how, where a person should know (`from_word`, `lower_of_range`, …). */
export interface Understood<T> {
  readonly original: string
  readonly value: T
  readonly note?: ReadingNote
  readonly refusal?: undefined
  readonly empty?: undefined
}

export interface Refused {
  readonly original: string
  readonly refusal: ValueRule
  readonly value?: undefined
  readonly empty?: undefined
}

/** Nothing there, or a word that says so; `note` where the word means more (`open_ended`, `negotiable`). */
export interface Empty {
  readonly original: string
  readonly empty: true
  readonly note?: ReadingNote
  readonly value?: undefined
  readonly refusal?: undefined
}

/** What became of a cell: understood, refused by a rule, or empty. The original text is always kept. */
export type Reading<T> = Understood<T> | Refused | Empty

export const READING_NOTES = [
  'from_word',
  'from_serial',
  'from_date',
  'lower_of_range',
  'first_of_several',
  'approximate',
  'amid_words',
  'assumed_order',
  'assumed_unit',
  'assumed_century',
  'open_ended',
  'negotiable',
] as const
export type ReadingNote = (typeof READING_NOTES)[number]

export const VALUE_RULES = [
  'value.error_cell',
  'value.not_a_number',
  'value.number_out_of_range',
  'value.not_money',
  'value.unknown_currency',
  'value.not_a_percentage',
  'value.not_a_date',
  'value.ambiguous_date',
  'value.date_out_of_range',
  'value.not_a_trl',
  'value.trl_out_of_range',
  'value.not_yes_or_no',
  'value.unknown_kind',
  'value.not_a_size',
  'value.not_a_link',
  'value.not_an_email',
  'value.not_a_phone',
  'value.unknown_country',
  'value.unknown_place',
  'value.unknown_right',
  'value.unknown_right_status',
  'value.unknown_deal',
  'value.not_a_contact',
  'value.too_long',
] as const
export type ValueRule = (typeof VALUE_RULES)[number]

/** Money in minor units (cents, 分) of an ISO 4217 currency. */
export interface Money {
  readonly minor: bigint
  readonly currency: string
}

/** A calendar date and how much of it was written; the unwritten parts are 01. */
export interface CalendarDate {
  readonly date: string
  readonly precision: 'day' | 'month' | 'year'
}

/** A technology readiness level, or a range of them. */
export interface TrlReading {
  readonly from: number
  readonly to: number
}

export const ORGANISATION_KINDS = [
  'company',
  'university',
  'institute',
  'fund',
  'government',
  'association',
  'other',
] as const
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number]

/** A size as written: a class, a head count, or both. */
export interface SizeReading {
  readonly size: 'micro' | 'small' | 'medium' | 'large'
  readonly staff?: { readonly from: number; readonly to: number | null }
}

/** Why a row is not data. */
export const ASIDE_REASONS = [
  'empty',
  'above_heading',
  'heading',
  'repeated_heading',
  'total',
  'section',
  'note',
] as const
export type AsideReason = (typeof ASIDE_REASONS)[number]

export type SortedRow =
  | { readonly kind: 'data'; readonly row: Row; readonly section: string | null }
  | { readonly kind: 'aside'; readonly row: Row; readonly reason: AsideReason; readonly text: string }
