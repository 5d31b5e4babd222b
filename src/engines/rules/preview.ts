import { Fault } from '#kit/fault.ts'
import { type Answer, checkOrganisation, checkTeam } from './check.ts'
import type { Verdict } from './evaluate.ts'
import { factsFor, readFacts, readTeamFacts } from './facts.ts'
import type { Pack } from './pack.ts'

/** What a new or changed pack would do to those whose facts are known, before it is put in use. */

export const SUBJECTS_MAX = 50_000
/** How many are named for each row and each change. */
const NAMED_MAX = 50

/** An organisation or a team; its facts as `checkFacts` takes them. */
export interface PreviewSubject {
  id: string
  facts: unknown
}

export interface Named {
  count: number
  /** The first of them, by id. */
  first: string[]
}

export interface Preview {
  /** As of which day. */
  date: string
  subjects: number
  eligible: Named
  notEligible: Named
  byHand: Named
  /** Row by row: who meets it, misses it, or has to be looked at. */
  rows: { rule: string; met: number; missed: Named; unknown: Named }[]
  /** Against the pack that holds now; null where there is none. */
  changes: { becomeEligible: Named; ceaseToBe: Named; other: Named } | null
  /** Whose facts don't fit the pack, and the first rule that they break. */
  refused: { id: string; rule: string }[]
}

/** Checks facts of either kind, as the pack is about. Facts of other packs are left out. */
function checkKnown(pack: Pack, facts: unknown, date: string): Answer {
  if (pack.form.about === 'organisation') return checkOrganisation(pack, readFacts(pack, known(pack, facts)), date)
  const { team, lead, members } = (typeof facts === 'object' && facts !== null ? facts : {}) as Record<string, unknown>
  const list = Array.isArray(members) ? members : []
  const kept = {
    ...(team === undefined ? {} : { team: known(pack, team) }),
    ...(lead === undefined ? {} : { lead }),
    members: list.map((member: { id?: unknown; facts?: unknown } | null) => ({
      id: member?.id,
      facts: known(pack, member?.facts ?? {}),
    })),
  }
  return checkTeam(pack, readTeamFacts(pack, kept), date)
}

function known(pack: Pack, facts: unknown): unknown {
  const plain = typeof facts === 'object' && facts !== null && !Array.isArray(facts)
  return plain ? factsFor(pack, facts as Record<string, unknown>) : facts
}

/**
 * What a pack would say of organisations or teams, and beside `before` what would change. Those whose facts don't fit are
 * set aside with the reason; nothing is guessed of them.
 *
 * @throws Fault `too_many` beyond SUBJECTS_MAX, `invalid` for what is no day
 */
export function previewPack(
  pack: Pack,
  subjects: readonly PreviewSubject[],
  { date, before }: { date: string; before?: Pack },
): Preview {
  if (subjects.length > SUBJECTS_MAX)
    throw new Fault('too_many', `There are ${subjects.length} to look at.`, {
      rule: 'rules.preview.too_many',
      limit: SUBJECTS_MAX,
    })
  const refused: Preview['refused'] = []
  const looked: Looked[] = []
  for (const { id, facts } of [...subjects].sort((a, b) => (a.id < b.id ? -1 : 1)))
    try {
      const { eligible, reasons } = checkKnown(pack, facts, date)
      const verdicts = new Map(reasons.map(({ rule, verdict }) => [rule, verdict]))
      looked.push({ id, eligible, verdicts, was: before ? checkKnown(before, facts, date).eligible : undefined })
    } catch (error) {
      if (!(error instanceof Fault) || error.details.rule === 'rules.date') throw error
      refused.push({ id, rule: error.details.rule ?? error.code })
    }
  const who = (passes: (one: Looked) => boolean) => namedOf(looked.filter(passes).map(({ id }) => id))
  return {
    date,
    subjects: looked.length,
    eligible: who(({ eligible }) => eligible === true),
    notEligible: who(({ eligible }) => eligible === false),
    byHand: who(({ eligible }) => eligible === null),
    rows: pack.form.rows.map(({ id: rule }) => ({
      rule,
      met: looked.filter(({ verdicts }) => verdicts.get(rule) === 'met').length,
      missed: who(({ verdicts }) => verdicts.get(rule) === 'missed'),
      unknown: who(({ verdicts }) => verdicts.get(rule) === 'unknown'),
    })),
    changes: before
      ? {
          becomeEligible: who(({ eligible, was }) => eligible === true && was !== true),
          ceaseToBe: who(({ eligible, was }) => eligible !== true && was === true),
          other: who(({ eligible, was }) => eligible !== was && eligible !== true && was !== true),
        }
      : null,
    refused,
  }
}

interface Looked {
  id: string
  eligible: boolean | null
  verdicts: ReadonlyMap<string, Verdict>
  /** Under the pack that holds now; undefined where there is none. */
  was: boolean | null | undefined
}

function namedOf(ids: readonly string[]): Named {
  return { count: ids.length, first: ids.slice(0, NAMED_MAX) }
}
