import type { Candidate, Level, Reason } from './model.ts'
import type { Book, CorpusText, Holder, Question, TextFit } from './question.ts'

/** What the parts of a score count at most; together 1. */
export const PARTS = { covers: 0.72, text: 0.12, trl: 0.06, place: 0.04, partners: 0.04, part: 0.02 } as const

/** What a level is worth, and how far the fit moves it within its band: bands never overlap. */
const LEVEL_WORTH: Record<Level, { from: number; span: number }> = {
  0: { from: 0, span: 0 },
  1: { from: 0.12, span: 0.2 },
  2: { from: 0.5, span: 0.3 },
  3: { from: 0.85, span: 0.15 },
}
const TRL_SPAN = 4
/** A part's experience counts fully at this many projects. */
const PROJECTS_FULL = 20
const PARTNERS_FULL = 3

export const worthOf = (level: Level, fit: number): number =>
  LEVEL_WORTH[level].from + LEVEL_WORTH[level].span * Math.min(fit, 1)

/** The best evidence of one organisation for one capability. */
export interface Support {
  capabilityId: string
  level: Level
  /** What the evidence alone says, before a person's word. */
  computed: Level
  judged: 'confirm' | 'deny' | null
  fit: number
  /** Texts that support it, as places in the corpus, the best first. */
  texts: readonly { text: number; fit: number; level: Level; named: boolean }[]
}

const SUPPORTS_KEPT_MAX = 12

/**
 * Joins the texts' fits to what each organisation covers. Strong evidence is strong only for its own holders; a programme
 * part is at most a neighbouring field. A person's word stands above the evidence.
 */
export function supportsOf(
  book: Book,
  question: Pick<Question, 'capabilities' | 'judgements'>,
  fits: ReadonlyMap<string, readonly TextFit[]>,
): Map<string, Support[]> {
  const byOrganisation = new Map<string, Map<string, Support>>()
  const supportFor = (organisationId: string, capabilityId: string): Support => {
    const supports = byOrganisation.get(organisationId) ?? new Map<string, Support>()
    byOrganisation.set(organisationId, supports)
    const known = supports.get(capabilityId)
    if (known) return known
    const fresh: Support = { capabilityId, level: 0, computed: 0, judged: null, fit: 0, texts: [] }
    supports.set(capabilityId, fresh)
    return fresh
  }
  for (const { id } of question.capabilities)
    for (const found of fits.get(id) ?? []) {
      const text = book.texts[found.text]!
      for (const holder of text.holders) {
        const level = levelFor(text, holder, found)
        if (level === 0) continue
        const support = supportFor(holder.organisationId, id)
        ;(support.texts as { text: number; fit: number; level: Level; named: boolean }[]).push({ ...found, level })
      }
    }
  for (const supports of byOrganisation.values()) for (const support of supports.values()) settle(support)
  for (const judgement of question.judgements) {
    const support = supportFor(judgement.organisationId, judgement.capabilityId)
    support.judged = judgement.verdict
    support.level = judgement.verdict === 'deny' ? 0 : judgement.level
    if (judgement.verdict === 'confirm') support.fit = Math.max(support.fit, 1)
  }
  return new Map([...byOrganisation].map(([organisationId, supports]) => [organisationId, [...supports.values()]]))
}

function settle(support: Support): void {
  const texts = [...support.texts].sort((a, b) => b.level - a.level || b.fit - a.fit || a.text - b.text)
  support.texts = texts.slice(0, SUPPORTS_KEPT_MAX)
  support.computed = texts[0]?.level ?? 0
  support.level = support.computed
  support.fit = texts[0]?.fit ?? 0
}

function levelFor(text: CorpusText, holder: Holder, found: TextFit): Level {
  if (text.kind === 'part') return Math.min(found.level, 1) as Level
  return found.level === 3 && !holder.strong ? 2 : found.level
}

export interface Scored {
  organisationId: string
  score: number
  reasons: (Reason & { text?: number })[]
  doubts: Candidate['doubts']
  supports: readonly Support[]
  trl: number | null
}

/** Scores one organisation (or one result of it): reasons whose weights add up to the score, and what speaks against it. */
export function scoreOne(
  book: Book,
  question: Question,
  given: {
    organisationId: string
    supports: readonly Support[]
    textShare: number
    bestText: number | null
    trl: number | null
  },
): Scored {
  const { organisationId, supports, textShare, trl } = given
  const reasons: Scored['reasons'] = [...coverReasons(question, supports)]
  if (textShare > 0 && given.bestText !== null)
    reasons.push({ kind: 'text', weight: PARTS.text * textShare, text: given.bestText })
  const distance = trlDistance(trl, question.trl)
  if (distance !== null && distance < TRL_SPAN)
    reasons.push({ kind: 'trl', weight: PARTS.trl * (1 - distance / TRL_SPAN), facts: { trl: trl!, distance } })
  const organisation = book.organisationOf.get(organisationId)!
  const place = question.places.find(
    (name) => name === organisation.city || name === organisation.region || name === organisation.country,
  )
  if (place) reasons.push({ kind: 'place', weight: PARTS.place, facts: { place } })
  const shared = question.partners.find((partner) => partner.organisationId === organisationId)
  if (shared)
    reasons.push({
      kind: 'partners',
      weight: PARTS.partners * Math.min(shared.projects / PARTNERS_FULL, 1),
      facts: { projects: shared.projects },
    })
  const part = partReason(book, organisationId, supports)
  if (part) reasons.push(part)
  const said = reasons.filter((reason) => reason.weight > 0).sort((a, b) => b.weight - a.weight)
  return {
    organisationId,
    score: said.reduce((sum, reason) => sum + reason.weight, 0),
    reasons: said,
    doubts: doubtsOf(book, question, { organisationId, supports, distance }),
    supports,
    trl,
  }
}

function* coverReasons(question: Question, supports: readonly Support[]): Generator<Scored['reasons'][number]> {
  const total = question.capabilities.reduce((sum, capability) => sum + capability.weight, 0)
  for (const capability of question.capabilities) {
    const support = supports.find((one) => one.capabilityId === capability.id)
    if (!support || support.level === 0 || total === 0) continue
    const weight = PARTS.covers * (capability.weight / total) * worthOf(support.level, support.fit)
    const text = support.texts[0]?.text
    yield {
      kind: 'covers',
      weight,
      capability: capability.id,
      level: support.level,
      ...(text === undefined ? {} : { text }),
    }
  }
}

/** Experience in the programme part that a capability names: more projects, more of it, ever more slowly. */
function partReason(
  book: Book,
  organisationId: string,
  supports: readonly Support[],
): Scored['reasons'][number] | null {
  let most = 0
  let name = ''
  for (const support of supports)
    for (const { text } of support.texts) {
      const projects = book.projectsInPart.get(text)?.get(organisationId) ?? 0
      if (projects > most) {
        most = projects
        name = book.texts[text]!.title
      }
    }
  if (!most) return null
  const share = Math.min(Math.log1p(most) / Math.log1p(PROJECTS_FULL), 1)
  return { kind: 'part', weight: PARTS.part * share, facts: { projects: most, part: name } }
}

/** How many levels a TRL lies outside what the need asks; null where either is not known. */
export function trlDistance(trl: number | null, { from, to }: Question['trl']): number | null {
  if (trl === null || (from === null && to === null)) return null
  const low = from ?? to!
  const high = to ?? from!
  return trl < low ? low - trl : trl > high ? trl - high : 0
}

function doubtsOf(
  book: Book,
  question: Question,
  {
    organisationId,
    supports,
    distance,
  }: { organisationId: string; supports: readonly Support[]; distance: number | null },
): Candidate['doubts'] {
  const doubts: Candidate['doubts'] = []
  const covered = supports.filter((support) => support.level >= 2)
  if (question.refused.includes(organisationId)) doubts.push('refused')
  if (supports.some((support) => support.judged === 'deny')) doubts.push('denied')
  if (!covered.length) doubts.push('neighbour_only')
  else if (covered.every((support) => support.texts.every(({ text }) => book.texts[text]!.kind === 'profile')))
    doubts.push('only_profile')
  const criticalOpen = question.capabilities.some(
    ({ id, critical }) => critical && !covered.some((support) => support.capabilityId === id),
  )
  if (criticalOpen && covered.length) doubts.push('critical_missing')
  if (distance !== null && distance >= 2) doubts.push('trl_far')
  return doubts
}
