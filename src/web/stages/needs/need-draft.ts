import { toDecimal } from '#kit/money.ts'
import type { Circle, Need, NeedFacts } from '#stages/needs/model.ts'
import { KINDS, type Kind } from '#stages/registry/model.ts'
import type { MoneyOnWire } from '../../lib/format.ts'
import type { TextsByLanguage } from '../../ui/form/texts-field.tsx'
import { textsToEdit } from '../../ui/form/texts-field.tsx'

export interface TargetDraft {
  id: number
  quantity: string
  unit: string
  now: string
  wanted: string
}

export interface CapabilityDraft {
  id: number
  name: TextsByLanguage
  weight: number
  critical: boolean
  levelWanted: number
}

/** A need as the form edits it. */
export interface NeedDraft {
  title: TextsByLanguage
  summary: TextsByLanguage
  problem: TextsByLanguage
  tried: TextsByLanguage
  targets: TargetDraft[]
  trlFrom: number | null
  trlTo: number | null
  capabilities: CapabilityDraft[]
  budget: MoneyOnWire | null
  deadline: string | null
  regions: string[]
  minMembers: number | null
  maxMembers: number | null
  kinds: Record<Kind, number>
  circle: Circle
  fields: string[]
  segment: string | null
}

const NO_KINDS = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>
export const newTarget = (id: number): TargetDraft => ({ id, quantity: '', unit: '', now: '', wanted: '' })
export const newCapability = (id: number): CapabilityDraft => ({
  id,
  name: {},
  weight: 3,
  critical: false,
  levelWanted: 2,
})

export const EMPTY_DRAFT: NeedDraft = {
  title: {},
  summary: {},
  problem: {},
  tried: {},
  targets: [newTarget(0)],
  trlFrom: null,
  trlTo: null,
  capabilities: [newCapability(0), newCapability(1)],
  budget: null,
  deadline: null,
  regions: [],
  minMembers: null,
  maxMembers: null,
  kinds: NO_KINDS,
  circle: 'signed_in',
  fields: [],
  segment: null,
}

const anyText = (texts: TextsByLanguage) => Object.values(texts).find(Boolean) ?? ''

export function draftOf(need: Need): NeedDraft {
  return {
    title: textsToEdit(need.title),
    summary: textsToEdit(need.summary),
    problem: textsToEdit(need.private?.problem),
    tried: textsToEdit(need.private?.tried),
    targets: need.targets.map(({ quantity, unit, now, wanted }, id) => ({
      id,
      quantity: anyText(textsToEdit(quantity)),
      unit: anyText(textsToEdit(unit)),
      now: now === null ? '' : String(now),
      wanted: String(wanted),
    })),
    trlFrom: need.trl?.from ?? null,
    trlTo: need.trl?.to ?? null,
    capabilities: need.capabilities.map(({ name, weight, critical, levelWanted }, id) => ({
      id,
      name: textsToEdit(name),
      weight,
      critical,
      levelWanted,
    })),
    budget: need.budget,
    deadline: need.deadline,
    regions: need.conditions.regions ?? [],
    minMembers: need.conditions.minMembers ?? null,
    maxMembers: need.conditions.maxMembers ?? null,
    kinds: { ...NO_KINDS, ...need.conditions.kinds },
    circle: need.circle,
    fields: need.fields,
    segment: need.segment,
  }
}

type Facts = { [Name in keyof NeedFacts]-?: NeedFacts[Name] }

/** What the form says, as the API takes it. Rows that were left empty are not said. */
export function factsOf(draft: NeedDraft): Omit<Facts, 'title'> & { title: TextsByLanguage } {
  const { trlFrom, trlTo, budget, regions, minMembers, maxMembers, kinds } = draft
  const wantedKinds = Object.fromEntries(Object.entries(kinds).filter(([, count]) => count > 0))
  return {
    title: draft.title,
    summary: draft.summary,
    problem: draft.problem,
    tried: draft.tried,
    targets: draft.targets
      .filter(({ quantity, wanted }) => quantity.trim() || wanted.trim())
      .map(({ quantity, unit, now, wanted }) => ({ quantity, unit: unit || null, now: now || null, wanted })),
    trl: trlFrom === null && trlTo === null ? null : { from: trlFrom ?? trlTo ?? 1, to: trlTo ?? trlFrom ?? 9 },
    capabilities: draft.capabilities
      .filter(({ name }) => anyText(name).trim())
      .map(({ name, weight, critical, levelWanted }) => ({ name, weight, critical, levelWanted })),
    budget: budget ? { amount: toDecimal(BigInt(budget.minor), budget.currency), currency: budget.currency } : null,
    deadline: draft.deadline,
    conditions: {
      ...(regions.length ? { regions } : {}),
      ...(minMembers ? { minMembers } : {}),
      ...(maxMembers ? { maxMembers } : {}),
      ...(Object.keys(wantedKinds).length ? { kinds: wantedKinds } : {}),
    },
    circle: draft.circle,
    fields: draft.fields,
    segment: draft.segment,
  }
}
