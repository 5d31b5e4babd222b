import { historyReasons } from './history.ts'
import type { Candidate, Reason } from './model.ts'
import type { Book, Question } from './question.ts'
import { refusalReasons } from './refusals.ts'
import { type Given, isBeyond, MERIT_MAX, PARTS, type Scored, type Support, trlDistance, worthOf } from './rules.ts'

const TRL_SPAN = 4
/** A part's experience counts fully at this many projects. */
const PROJECTS_FULL = 20

/** Scores one: reasons whose weights add up to the score, and what speaks against it. */
export function scoreOne(book: Book, question: Question, given: Given): Scored {
  const { organisationId, supports, trl } = given
  const distance = trlDistance(trl, question.trl)
  const earned = [...earnedReasons(book, question, given, distance), ...historyReasons(book, question, organisationId)]
    .filter((reason) => reason.weight > 0)
    .sort((a, b) => b.weight - a.weight)
  const reasons = [...earned, ...refusalReasons(question, given, earned)]
  const total = (of: readonly Reason[]) => of.reduce((sum, reason) => sum + reason.weight, 0)
  return {
    organisationId,
    score: Math.max(0, total(reasons)),
    merit: Math.max(0, total(reasons.filter(({ history }) => !history)) / MERIT_MAX),
    reasons,
    doubts: doubtsOf(book, question, given, distance),
    supports,
    trl,
  }
}

/** What the records and the place say: all that merit rests on. */
function earnedReasons(book: Book, question: Question, given: Given, distance: number | null): Scored['reasons'] {
  const { organisationId, supports, textShare, trl } = given
  const reasons: Scored['reasons'] = [...coverReasons(book, question, supports)]
  if (textShare > 0 && given.bestText !== null)
    reasons.push({
      kind: 'text',
      history: false,
      weight: PARTS.text * textShare,
      text: given.bestText,
      ...(given.words ? { facts: { words: given.words.join('\n'), ...twiceFact(given) } } : {}),
    })
  if (given.meaning && given.bestText !== null) {
    const { share, ...facts } = given.meaning
    reasons.push({ kind: 'meaning', history: false, weight: PARTS.text * share, text: given.bestText, facts })
  }
  if (distance !== null && distance < TRL_SPAN)
    reasons.push({
      kind: 'trl',
      history: false,
      weight: PARTS.trl * (1 - distance / TRL_SPAN),
      facts: { trl: trl!, distance, ...(isBeyond(trl, question.trl) ? { beyond: 1 } : {}) },
    })
  const organisation = book.organisationOf.get(organisationId)!
  const places = given.place ? [given.place] : [organisation.city, organisation.region, organisation.country]
  const place = question.places.find((name) => places.includes(name))
  if (place)
    reasons.push({
      kind: 'place',
      history: false,
      weight: PARTS.place,
      facts: { place, asked: question.placesAsked ? 1 : 0 },
    })
  const part = partReason(book, organisationId, supports)
  if (part) reasons.push(part)
  return reasons
}

/** A line a word: the need's, the text's, and in how many records they were said of the same. */
const twiceFact = ({ twice }: Given): { twice?: string } =>
  twice ? { twice: twice.map(({ word, says, records }) => [word, says, records].join('\t')).join('\n') } : {}

function* coverReasons(
  book: Book,
  question: Question,
  supports: readonly Support[],
): Generator<Scored['reasons'][number]> {
  const total = question.capabilities.reduce((sum, capability) => sum + capability.weight, 0)
  for (const capability of question.capabilities) {
    const support = supports.find((one) => one.capabilityId === capability.id)
    if (!support || support.level === 0 || total === 0) continue
    const weight = PARTS.covers * (capability.weight / total) * worthOf(support.level, support.fit)
    const text = support.texts[0]?.text
    const lacks = lackOf(book, support)
    yield {
      kind: 'covers',
      history: false,
      weight,
      capability: capability.id,
      level: support.level,
      ...(text === undefined ? {} : { text }),
      ...(lacks ? { lacks } : {}),
    }
  }
}

/** What the best evidence lacks for the next level; null where a person's word or the highest level ends the matter. */
export function lackOf(book: Book, { level, judged, texts }: Support): Reason['lacks'] | null {
  const [best] = texts
  if (judged || level === 3 || !best) return null
  const { kind } = book.texts[best.text]!
  if (level < 2) return kind === 'part' ? 'text' : best.named ? 'passing' : 'fit'
  if (kind === 'profile' || kind === 'document') return 'delivered'
  return best.named ? 'lead' : 'name'
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
  return { kind: 'part', history: false, weight: PARTS.part * share, facts: { projects: most, part: name } }
}

function doubtsOf(
  book: Book,
  question: Question,
  { organisationId, resultId = null, supports, trl }: Given,
  distance: number | null,
): Candidate['doubts'] {
  const doubts: Candidate['doubts'] = []
  const covered = supports.filter((support) => support.level >= 2)
  const isRefused = question.refusals.some(
    (one) => one.here > 0 && one.organisationId === organisationId && one.resultId === resultId,
  )
  if (isRefused || question.refused.includes(organisationId)) doubts.push('refused')
  if (supports.some((support) => support.judged === 'deny')) doubts.push('denied')
  if (supports.every(({ level }) => level === 0)) doubts.push('nothing')
  else if (!covered.length) doubts.push('neighbour_only')
  else if (covered.every((support) => support.texts.every(({ text }) => book.texts[text]!.kind === 'profile')))
    doubts.push('only_profile')
  const criticalOpen = question.capabilities.some(
    ({ id, critical }) => critical && !covered.some((support) => support.capabilityId === id),
  )
  if (criticalOpen && covered.length) doubts.push('critical_missing')
  if (distance !== null && distance >= 2 && !isBeyond(trl, question.trl)) doubts.push('trl_far')
  return doubts
}
