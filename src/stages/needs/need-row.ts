import { json } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { sortKey } from '#kit/collate.ts'
import type { Kind, Money } from '../registry/model.ts'
import { allText, type Texts, textIn } from '../texts.ts'
import type { Standing } from './access.ts'
import { EMPTY_CONTENT, type NeedContent } from './content-rules.ts'
import type { Capability, Circle, Conditions, NeedState, ReturnReason, Target } from './model.ts'

/** A need's row as it is read. */
export interface StoredNeed {
  need_id: string
  state: string
  circle: string
  title: unknown
  display_title: string
  summary: unknown
  targets: unknown
  trl_from: number | null
  trl_to: number | null
  budget_minor: bigint | null
  currency: string | null
  deadline: string | null
  conditions: unknown
  fields: string[]
  segment: string | null
  sponsor_ids: string[]
  joint: boolean
  merged_into: string | null
  state_before_merge: string | null
  return_reasons: unknown
  opened_at: Date | null
  revision: number
  created_at: Date
  updated_at: Date
}

/** Everything a need's own row keeps of its content, and what lists show, sort and search of it: never the private text. */
export function columnsOf(content: NeedContent) {
  const { title, summary, targets, trl, budget, conditions, capabilities } = content
  const shown = textIn(title, 'zh')
  const searched = [title, summary, ...capabilities.map(({ name }) => name), ...targets.map(({ quantity }) => quantity)]
  return {
    title: json(title),
    display_title: shown,
    sort_key: sortKey(shown),
    summary: json(summary),
    targets: json(targets),
    trl_from: trl?.from ?? null,
    trl_to: trl?.to ?? null,
    budget_minor: budget ? BigInt(budget.minor) : null,
    currency: budget?.currency ?? null,
    deadline: content.deadline,
    conditions: json(conditions),
    circle: content.circle,
    fields: content.fields,
    segment: content.segment,
    search_text: foldText([...searched.map(allText), ...content.fields].join('\n')),
  }
}

/** The content of a need as it stands. Without its private part the problem and what was tried are empty. */
export function contentOfRow(
  row: StoredNeed,
  capabilities: Capability[],
  secret: { problem: Texts; tried: Texts } | null,
): NeedContent {
  return {
    ...EMPTY_CONTENT,
    ...secret,
    title: row.title as Texts,
    summary: row.summary as Texts,
    targets: row.targets as Target[],
    trl: trlOf(row),
    capabilities,
    budget: budgetOf(row),
    deadline: row.deadline,
    conditions: row.conditions as Conditions,
    circle: row.circle as Circle,
    fields: row.fields,
    segment: row.segment,
  }
}

export const trlOf = ({ trl_from: from, trl_to: to }: Pick<StoredNeed, 'trl_from' | 'trl_to'>) =>
  from === null || to === null ? null : { from, to }

export const budgetOf = ({
  budget_minor: minor,
  currency,
}: Pick<StoredNeed, 'budget_minor' | 'currency'>): Money | null =>
  minor === null || currency === null ? null : { minor: String(minor), currency }

export const standingOf = (row: StoredNeed): Standing => ({
  state: row.state as NeedState,
  circle: row.circle as Circle,
  sponsorIds: row.sponsor_ids,
})

export const reasonsOf = (row: StoredNeed) => row.return_reasons as ReturnReason[]

export const capabilityOf = (row: {
  capability_id: string
  name: unknown
  weight: number
  critical: boolean
  level_wanted: number
}): Capability => ({
  id: row.capability_id,
  name: row.name as Texts,
  weight: row.weight,
  critical: row.critical,
  levelWanted: row.level_wanted,
})

export const sponsorOf = (row: {
  organisation_id: string
  display_name: string
  kind: string
  region: string | null
  city: string | null
}) => ({
  id: row.organisation_id,
  name: row.display_name,
  kind: row.kind as Kind,
  region: row.region,
  city: row.city,
})
