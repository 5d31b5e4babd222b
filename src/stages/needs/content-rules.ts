import { foldText } from '#engines/text/fold.ts'
import { assert } from '#kit/assert.ts'
import { parseMoney } from '#kit/money.ts'
import type { Kind, Money } from '../registry/model.ts'
import { type Texts, toTexts } from '../texts.ts'
import type { Capability, Circle, Conditions, NeedFacts, Target, TrlRange } from './model.ts'

/** What a need says, in the form in which it is kept, united, matched and solved. */
export interface NeedContent {
  title: Texts
  summary: Texts
  problem: Texts
  tried: Texts
  targets: Target[]
  trl: TrlRange | null
  /** A capability that is not kept yet has an empty id. */
  capabilities: Capability[]
  budget: Money | null
  /** `YYYY-MM-DD`, the last day, by the zone's calendar. */
  deadline: string | null
  conditions: Conditions
  circle: Circle
  fields: string[]
  segment: string | null
}

export const EMPTY_CONTENT: NeedContent = {
  title: {},
  summary: {},
  problem: {},
  tried: {},
  targets: [],
  trl: null,
  capabilities: [],
  budget: null,
  deadline: null,
  conditions: {},
  circle: 'signed_in',
  fields: [],
  segment: null,
}

/** What was sent or read from a need file (nulls and all) as content. A member that was not named is not in it. */
export function contentOf(
  facts: { [Name in keyof NeedFacts]?: NeedFacts[Name] | null | undefined },
): Partial<NeedContent> {
  const content: Partial<NeedContent> = {}
  for (const name of ['title', 'summary', 'problem', 'tried'] as const)
    if (facts[name] !== undefined) content[name] = toTexts(facts[name], 'typed')
  if (facts.targets) content.targets = facts.targets.map(targetOf)
  if (facts.capabilities)
    content.capabilities = facts.capabilities.map(({ name, ...rest }) => ({
      id: '',
      name: toTexts(name, 'typed'),
      ...rest,
    }))
  if (facts.budget !== undefined) content.budget = facts.budget && moneyOf(facts.budget)
  if (facts.conditions !== undefined) content.conditions = conditionsOf(facts.conditions ?? {})
  if (facts.trl !== undefined) content.trl = facts.trl
  if (facts.deadline !== undefined) content.deadline = facts.deadline
  if (facts.segment !== undefined) content.segment = facts.segment || null
  if (facts.circle) content.circle = facts.circle
  if (facts.fields) content.fields = [...new Set(facts.fields)]
  return content
}

function targetOf({ quantity, unit, now, wanted }: NonNullable<NeedFacts['targets']>[number]): Target {
  return {
    quantity: toTexts(quantity, 'typed'),
    unit: toTexts(unit ?? '', 'typed'),
    now: now === null || now === undefined ? null : plainNumber(now),
    wanted: plainNumber(wanted),
  }
}

const PLAIN_NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/

/** A number that was sent as text is a number; `≥ 60` stays text. */
function plainNumber(value: number | string): number | string {
  return typeof value === 'string' && PLAIN_NUMBER.test(value) ? Number(value) : value
}

function moneyOf({ amount, currency }: NonNullable<NeedFacts['budget']>): Money {
  const parsed = parseMoney(String(amount), currency)
  assert('minor' in parsed, 'The model has checked the budget.')
  return { minor: String(parsed.minor), currency }
}

function conditionsOf({ regions, minMembers, maxMembers, kinds }: NonNullable<NeedFacts['conditions']>): Conditions {
  const atLeast = Array.isArray(kinds) ? Object.fromEntries(kinds.map((kind) => [kind, 1])) : kinds
  const wanted = Object.entries(atLeast ?? {}).filter((entry): entry is [Kind, number] => Boolean(entry[1]))
  return {
    ...(regions?.length ? { regions: [...new Set(regions)] } : {}),
    ...(minMembers === undefined ? {} : { minMembers }),
    ...(maxMembers === undefined ? {} : { maxMembers }),
    ...(wanted.length ? { kinds: Object.fromEntries(wanted) } : {}),
  }
}

/** A name's folded texts, one a language: two capabilities that share one are the same. */
export function capabilityKeys(name: Texts): string[] {
  const keys = Object.values(name).map(({ text }) => foldText(text).replaceAll(/\s+/g, ' ').trim())
  return [...new Set(keys.filter(Boolean))]
}
