import { existsSync } from 'node:fs'
import type { PartnerQuestion, PartnerRecords } from '#engines/partners/types.ts'
import { readCordisPartners } from '../../src/cli/cordis-partners.ts'
import { readLines, sharedPath } from '../search/sets.ts'

/** A question with who was really there. */
export interface AskedQuestion extends PartnerQuestion {
  readonly hidden: readonly string[]
}

export interface PartnerSet {
  readonly name: string
  readonly before: string
  readonly records: PartnerRecords
  readonly questions: readonly AskedQuestion[]
}

const SETS = {
  'cordis-h2020': ['cordis-h2020projects-csv.zip', 'completion-queries-2018.jsonl', '2018-01-01'],
  'projects-with-organisations': ['projects-csv.zip', 'partner-queries-2019.jsonl', '2019-01-01'],
} as const
export const PARTNER_SETS = Object.keys(SETS) as (keyof typeof SETS)[]

/** A set of the shared data, or null where it does not stand. Records end the day before the questions begin. */
export async function readPartnerSet(name: keyof typeof SETS): Promise<PartnerSet | null> {
  const [zip, queries, before] = SETS[name]
  const path = sharedPath(name, zip)
  if (!existsSync(path)) return null
  const lines = readLines<PartnerQuestion & { hidden: string | string[] }>(sharedPath(name, queries))
  const questions = lines.map((line) => ({ ...line, hidden: [line.hidden].flat() }))
  return { name, before, records: await readCordisPartners(path, before), questions }
}
