import { z } from 'zod'
import { Money, STAFF_MAX } from './nouns.ts'

/** What is known of an organisation's year. `rdSpend` is its spending on research and development. */
export const MONEY_FIGURES = ['revenue', 'sales', 'rdSpend'] as const
export const COUNT_FIGURES = ['staff', 'researchStaff'] as const
export const FIGURES = [...MONEY_FIGURES, ...COUNT_FIGURES] as const
export type Figure = (typeof FIGURES)[number]
export const isMoneyFigure = (figure: Figure): figure is (typeof MONEY_FIGURES)[number] =>
  MONEY_FIGURES.some((one) => one === figure)

export const YEAR_MIN = 1990
/** What the database takes; a person may name no year beyond the next. */
export const YEAR_MAX = 2100
/** Years that a person keeps of one organisation. Imports and merges may bring more: nothing of theirs is lost. */
export const YEARS_MAX = 15

const Amount = Money.refine(({ minor }) => !minor.startsWith('-'), 'figure.negative')
const Count = z.number().int().min(0).max(STAFF_MAX)

const figures = {
  revenue: Amount.nullable(),
  sales: Amount.nullable(),
  rdSpend: Amount.nullable(),
  staff: Count.nullable(),
  researchStaff: Count.nullable(),
}

/** A year as a person sets it; a figure that is not named is not known. */
const YearInput = z.strictObject({ year: z.number().int(), ...z.object(figures).partial().shape })
export type YearInput = z.output<typeof YearInput>
/** All years of an organisation: one that is not named here is removed. Their number is bounded by `refuseYears`. */
export const YearsInput = z.array(YearInput).max(YEAR_MAX - YEAR_MIN + 1)

export const OrganisationYear = z.object({
  year: z.number(),
  ...figures,
  /** Who wrote of the year last: an import or a person. */
  source: z.object({
    importId: z.string().nullable(),
    importName: z.string().nullable(),
    who: z.string().nullable(),
    at: z.string(),
  }),
})
export type OrganisationYear = z.infer<typeof OrganisationYear>
