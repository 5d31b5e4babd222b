import { canonicalJson } from '#kit/canonical.ts'
import type { Kind } from '../registry/model.ts'
import { type Texts, textIn } from '../texts.ts'
import { capabilityKeys, EMPTY_CONTENT, type NeedContent } from './content-rules.ts'
import { type Capability, CIRCLES, type Circle, type Conditions, type Target } from './model.ts'

/**
 * Several needs as one draft: capabilities of the same folded name become one with the strongest weight, level and
 * critical mark; targets stand one after the other; TRLs span all; the earliest deadline and the narrowest circle hold.
 * Budgets of one currency add up, others are left open. Conditions keep what every need can live with. Private texts are
 * not united, since the sponsors of one need may not read the other's.
 */
export function uniteNeeds(needs: readonly NeedContent[]): NeedContent {
  const segments = new Set(needs.map(({ segment }) => segment))
  const deadlines = needs.flatMap(({ deadline }) => deadline ?? [])
  const trls = needs.flatMap(({ trl }) => trl ?? [])
  return {
    ...EMPTY_CONTENT,
    title: uniteTexts(
      needs.map(({ title }) => title),
      ' + ',
    ),
    summary: uniteTexts(
      needs.map(({ summary }) => summary),
      '\n\n',
    ),
    targets: uniteTargets(needs.flatMap(({ targets }) => targets)),
    trl: trls.length
      ? { from: Math.min(...trls.map(({ from }) => from)), to: Math.max(...trls.map(({ to }) => to)) }
      : null,
    capabilities: uniteCapabilities(needs.flatMap(({ capabilities }) => capabilities)),
    budget: addBudgets(needs),
    deadline: deadlines.toSorted()[0] ?? null,
    conditions: uniteConditions(needs.map(({ conditions }) => conditions)),
    circle: narrowest(needs.map(({ circle }) => circle)),
    fields: [...new Set(needs.flatMap(({ fields }) => fields))],
    segment: segments.size === 1 ? (needs[0]?.segment ?? null) : null,
  }
}

/** One by one in their order; a capability that shares a name with several united ones joins them all. */
export function uniteCapabilities(capabilities: readonly Capability[]): Capability[] {
  let united: { keys: Set<string>; capability: Capability }[] = []
  for (const capability of capabilities) {
    const keys = new Set(capabilityKeys(capability.name))
    const same = united.filter((other) => !other.keys.isDisjointFrom(keys))
    const [first, ...others] = same
    if (!first) {
      united.push({ keys, capability: { ...capability, id: '' } })
      continue
    }
    for (const { keys: more, capability: stronger } of [...others, { keys, capability }]) {
      first.keys = first.keys.union(more)
      first.capability = strongest(first.capability, stronger)
    }
    united = united.filter((other) => !others.includes(other))
  }
  return united.map(({ capability }) => capability)
}

const strongest = (one: Capability, other: Capability): Capability => ({
  id: '',
  name: { ...other.name, ...one.name },
  weight: Math.max(one.weight, other.weight),
  critical: one.critical || other.critical,
  levelWanted: Math.max(one.levelWanted, other.levelWanted),
})

function uniteTargets(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map((target) => [canonicalJson(target), target])).values()]
}

function uniteTexts(all: readonly Texts[], between: string): Texts {
  const languages = [...new Set(all.flatMap((texts) => Object.keys(texts)))] as (keyof Texts)[]
  return Object.fromEntries(
    languages.map((language) => {
      const said = all.map((texts) => textIn(texts, language)).filter(Boolean)
      return [language, { text: [...new Set(said)].join(between), origin: 'typed' as const }]
    }),
  )
}

function addBudgets(needs: readonly NeedContent[]): NeedContent['budget'] {
  const budgets = needs.flatMap(({ budget }) => budget ?? [])
  const currency = budgets[0]?.currency
  if (currency === undefined || budgets.some((budget) => budget.currency !== currency)) return null
  return { minor: String(budgets.reduce((sum, { minor }) => sum + BigInt(minor), 0n)), currency }
}

const narrowest = (circles: readonly Circle[]): Circle =>
  circles.toSorted((a, b) => CIRCLES.indexOf(b) - CIRCLES.indexOf(a))[0] ?? EMPTY_CONTENT.circle

function uniteConditions(all: readonly Conditions[]): Conditions {
  const regions = all.every((conditions) => conditions.regions)
    ? all.flatMap((conditions) => conditions.regions ?? [])
    : []
  const least = all.flatMap(({ minMembers }) => minMembers ?? [])
  const most = all.flatMap(({ maxMembers }) => maxMembers ?? [])
  const kinds: Partial<Record<Kind, number>> = {}
  for (const conditions of all)
    for (const [kind, wanted] of Object.entries(conditions.kinds ?? {}) as [Kind, number][])
      kinds[kind] = Math.max(kinds[kind] ?? 0, wanted)
  return {
    ...(regions.length ? { regions: [...new Set(regions)] } : {}),
    ...(least.length ? { minMembers: Math.max(...least) } : {}),
    ...(most.length === all.length ? { maxMembers: Math.max(...most) } : {}),
    ...(Object.keys(kinds).length ? { kinds } : {}),
  }
}
