import { freshnessOf } from '#engines/partners/paths.ts'
import type { Reason } from './model.ts'
import type { Book, PastPath, PastTie, Question } from './question.ts'
import { HISTORY } from './rules.ts'

/** So many shared projects count in full. */
const PARTNERS_FULL = 3
/** What old projects still count, whatever their age. */
const AGED_SHARE = 0.5
/** So many projects of each in a programme part count in full; fewer than the least say nothing. */
const PROGRAMME_FULL = 10
const PROGRAMME_MIN = 2
/** A part in which more of the registry's organisations than this have worked tells nobody apart. */
const PROGRAMME_HELD_MAX = 0.25

type Past = Pick<Question, 'partners' | 'paths' | 'year' | 'sponsors'>

/**
 * All that the past with those given adds to a score: who worked with whom, through whom, and in the same programme part.
 * Whatever ranks by that comes in here and nowhere else: its reasons are marked as history and together weigh
 * `PARTS.partners` at most, and merit leaves them out. Ages are counted from the registry's last project.
 */
export function historyReasons(book: Book, question: Past, organisationId: string): Reason[] {
  const { ties, paths } = pastOf(question)
  const year = question.year ?? 0
  const worth = (last: number | null) => AGED_SHARE + (1 - AGED_SHARE) * freshnessOf(last, year)
  const reasons: Reason[] = []
  const tie = ties.get(organisationId)
  if (tie) {
    const { projects, last = null, sponsorId } = tie
    reasons.push({
      kind: 'partners',
      history: true,
      weight: HISTORY.together * Math.min(projects / PARTNERS_FULL, 1) * (last === null ? 1 : worth(last)),
      facts: { projects, ...(last === null ? {} : { last }) },
      ...(sponsorId ? namedAs(book, 'with', sponsorId) : {}),
    })
  }
  const path = paths.get(organisationId)
  if (path) {
    const { projects, last, bridges, strength, sponsorId, through } = path
    reasons.push({
      kind: 'through',
      history: true,
      weight: HISTORY.through * strength,
      facts: { projects, bridges, ...(last === null ? {} : { last }) },
      ...namedAs(book, 'with', sponsorId),
      ...namedAs(book, 'through', through),
    })
  }
  const programme = programmeReason(book, question, organisationId)
  return programme ? [...reasons, programme] : reasons
}

/** Has never worked with any of those given. */
export const isNewcomer = (question: Pick<Question, 'partners'>, organisationId: string): boolean =>
  !pastOf(question).ties.has(organisationId)

const known = new WeakMap<Question['partners'], { ties: Map<string, PastTie>; paths: Map<string, PastPath> }>()

/** Thousands may have worked with a great sponsor, and each candidate is looked up among them several times. */
function pastOf({ partners, paths = [] }: Pick<Question, 'partners' | 'paths'>) {
  const held = known.get(partners)
  if (held) return held
  const made = {
    ties: new Map(partners.map((tie) => [tie.organisationId, tie])),
    // The strongest come first, and stand.
    paths: new Map(paths.toReversed().map((path) => [path.organisationId, path])),
  }
  known.set(partners, made)
  return made
}

const namedAs = <K extends 'with' | 'through'>(book: Book, key: K, id: string) => {
  const found = book.organisationOf.get(id)
  return (found ? { [key]: { id, name: found.name, names: found.names } } : {}) as Pick<Reason, K>
}

/** The programme part in which both it and the sponsors have done most. */
function programmeReason(book: Book, { sponsors }: Past, organisationId: string): Reason | null {
  let [most, part, own] = [0, '', 0]
  for (const [text, holders] of book.projectsInPart) {
    const mine = holders.get(organisationId) ?? 0
    if (mine < PROGRAMME_MIN || holders.size > PROGRAMME_HELD_MAX * book.organisations.length) continue
    const theirs = Math.max(0, ...sponsors.map((sponsor) => holders.get(sponsor) ?? 0))
    const shared = Math.min(mine, theirs)
    if (shared < PROGRAMME_MIN || shared <= most) continue
    ;[most, part, own] = [shared, book.texts[text]!.title, mine]
  }
  if (!most) return null
  const weight = HISTORY.programme * Math.min(most / PROGRAMME_FULL, 1)
  return { kind: 'programme', history: true, weight, facts: { part, projects: own } }
}
