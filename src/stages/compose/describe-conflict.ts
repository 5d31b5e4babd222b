import type { Change, Conflict as EngineConflict, Relaxation as EngineRelaxation } from '#engines/cover/model.ts'
import type { Kind } from '../registry/model.ts'
import { partyOf, type Told } from './describe-members.ts'
import { CONDITIONS, type ComposeOptions, type Condition, type Conflict } from './model.ts'
import { minorOf } from './problem.ts'
import { conditionOf, NEWCOMERS_RULE, SMES_RULE } from './rules.ts'

type Relaxation = Conflict['relaxations'][number]

export interface ConflictOptions {
  options: ComposeOptions
  /** The conflict was found without the budget, which has to give way as well then. */
  besidesBudget: boolean
}

/** Which conditions can't hold together, by our names, and what each would have to give. */
export function describeConflict(told: Told, conflict: EngineConflict, asked: ConflictOptions): Conflict {
  const relaxations = conflict.relaxations.map((relaxation) => describeRelaxation(told, relaxation, asked))
  const named = new Set<Condition>(relaxations.map(({ condition }) => condition))
  return {
    conditions: CONDITIONS.filter((condition) => named.has(condition)),
    irreducible: conflict.irreducible,
    relaxations,
  }
}

function describeRelaxation(
  told: Told,
  { condition, enough, changes }: EngineRelaxation,
  { options, besidesBudget }: ConflictOptions,
): Relaxation {
  const eased = besidesBudget ? { ...options, budget: null } : options
  return {
    condition: conditionOf(condition),
    enough: enough === true,
    changes: [
      ...changes.map((change) => describeChange(told, change)),
      ...(besidesBudget && enough ? [WITHOUT_BUDGET] : []),
    ],
    options:
      enough === true ? changes.reduce<ComposeOptions | null>((done, change) => ease(told, done, change), eased) : null,
  }
}

const WITHOUT_BUDGET = { what: 'budgetMax', id: null, name: null, words: null, from: null, to: null }

/** A change in the need's own words and figures. */
export function describeChange(told: Told, { what, id, from, to }: Change): Relaxation['changes'][number] {
  const { budget } = told.framed.held
  const amount = (units: number | undefined) =>
    units === undefined ? null : what === 'budgetMax' && budget ? Number(minorOf(units, budget.minor)) : units
  return {
    what,
    id: id ?? null,
    name: id === undefined ? null : nameOf(told, what, id),
    words: what === 'rule' ? ruleWords(told, id ?? '') : null,
    from: amount(from),
    to: amount(to),
  }
}

function nameOf(told: Told, what: Change['what'], id: string): string | null {
  if (what === 'pinned' || what === 'banned') return partyOf(told, id).name
  if (what === 'critical') return told.cover.need.capabilities.find((wanted) => wanted.id === id)?.name ?? null
  return what === 'regionAllowed' && id ? id : null
}

/** The options with one change made; null where no option can make it, such as an organisation's own refusal. */
export function ease(told: Told, options: ComposeOptions | null, { what, id, to }: Change): ComposeOptions | null {
  if (options === null) return null
  const { held, refused, sponsors } = told.framed
  switch (what) {
    case 'membersMin':
      return { ...options, sizeMin: to ? to : null }
    case 'membersMax':
      return { ...options, sizeMax: to! }
    case 'budgetMax':
      return {
        ...options,
        budget: { minor: String(minorOf(to!, held.budget!.minor)), currency: held.budget!.currency },
      }
    case 'kindMin':
      return { ...options, kinds: { ...held.kinds, ...options.kinds, [id as Kind]: to! } }
    case 'regionAllowed':
      return { ...options, regions: id && options.regions !== null ? [...(options.regions ?? held.regions), id] : null }
    case 'leadKinds':
      return { ...options, companyLeads: false }
    case 'critical':
      return { ...options, criticalRequired: false }
    case 'pinned':
      return {
        ...options,
        sponsorsIn: options.sponsorsIn && !sponsors.includes(id!),
        pins: options.pins.filter((pin) => pin !== id),
      }
    case 'conflict':
      return { ...options, apart: options.apart.filter(([a, b]) => !isPair(id!, a, b)) }
    case 'rule':
      return easeRule(told, options, id!, to)
    case 'banned':
      return refused.includes(id!) ? null : { ...options, bans: options.bans.filter((ban) => ban !== id) }
    default:
      return null
  }
}

const isPair = (id: string, a: string, b: string) => id === `${a}+${b}` || id === `${b}+${a}`

/** Seats are given up one by one; a share is given up altogether, since its slack says nothing in per cent. */
function easeRule({ framed }: Told, options: ComposeOptions, id: string, to: number | undefined): ComposeOptions {
  if (id === NEWCOMERS_RULE) return { ...options, newcomersMin: to ? to : null }
  if (id === SMES_RULE) return { ...options, smeShareMin: null }
  const rows = framed.packConditions.rowsOf.get(id) ?? []
  return { ...options, waived: [...new Set([...options.waived, ...rows])] }
}

/** What the rows behind a rule say, joined. */
function ruleWords({ framed }: Told, id: string): { zh: string; en: string } | null {
  const asked = framed.packConditions.rowsOf.get(id) ?? []
  const rows = framed.packs.packs.flatMap(({ form }) =>
    form.rows.filter((row) => asked.includes(`${form.id}:${row.id}`)).map(({ words }) => words),
  )
  if (rows.length === 0) return null
  return { zh: rows.map(({ zh }) => zh).join('；'), en: rows.map(({ en }) => en).join('; ') }
}
