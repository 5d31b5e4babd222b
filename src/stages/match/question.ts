import type { TwoSteps } from '#engines/partners/paths.ts'
import type { Texts } from '../texts.ts'
import type { Level, RefusalCode } from './model.ts'

/** One text of the registry, and for whom it speaks. */
export interface CorpusText {
  kind: 'result' | 'project' | 'profile' | 'document' | 'part'
  id: string
  title: string
  /** The record's own title by language, for those who read the quote. */
  titles?: Texts
  text: string
  trl: number | null
  /** When it was made or ended, where that is known. */
  year?: number | null
  holders: readonly Holder[]
}

export interface Holder {
  organisationId: string
  /** Whether, for this holder, the text is strong evidence: its own result, or a project that it led or made with few. */
  strong: boolean
  /** How many projects stand behind a programme part. */
  projects?: number
}

export interface CorpusOrganisation {
  id: string
  name: string
  names: Texts
  kind: string
  size: string | null
  country: string | null
  region: string | null
  city: string | null
}

/** All that a zone's registry says that every member may read: what matching sees of it. */
export interface Corpus {
  texts: readonly CorpusText[]
  organisations: readonly CorpusOrganisation[]
}

export interface WantedCapability {
  id: string
  names: readonly string[]
  weight: number
  critical: boolean
}

/** A corpus with what is looked up in it again and again. */
export interface Book extends Corpus {
  organisationOf: ReadonlyMap<string, CorpusOrganisation>
  /** For each programme part (by its text's place), how many projects stand behind each organisation. */
  projectsInPart: ReadonlyMap<number, ReadonlyMap<string, number>>
}

export function openBook(corpus: Corpus): Book {
  const parts = corpus.texts.flatMap((text, place) => (text.kind === 'part' ? [[place, text] as const] : []))
  return {
    ...corpus,
    organisationOf: new Map(corpus.organisations.map((organisation) => [organisation.id, organisation])),
    projectsInPart: new Map(
      parts.map(([place, { holders }]) => [
        place,
        new Map(holders.map(({ organisationId, projects }) => [organisationId, projects ?? 0])),
      ]),
    ),
  }
}

/** A need as the ranking asks it. It may hold private text: the answer goes to those alone who may read that. */
export interface Question {
  text: string
  capabilities: readonly WantedCapability[]
  trl: { from: number | null; to: number | null }
  sponsors: readonly string[]
  /** Regions or cities that the need names, else those of its sponsors. */
  places: readonly string[]
  /** Whether the need names them itself. */
  placesAsked?: boolean
  judgements: readonly { capabilityId: string; organisationId: string; verdict: 'confirm' | 'deny'; level: Level }[]
  /** With whom the sponsors have worked, whom they could reach through those, and the year from which ages are counted. */
  partners: readonly PastTie[]
  paths?: readonly PastPath[]
  year?: number
  /** Organisations with a refusal by either side. */
  refused: readonly string[]
  /** What the need's side has refused, here and on needs like this one. */
  refusals: readonly Refusals[]
  /** Where ranking goes by meaning too. */
  near?: NearTexts
}

/** Texts that a model of meaning puts near a need's words, the nearest first, of all those that it has read. */
export interface NearTexts {
  model: string
  of: number
  texts: readonly { key: string; hash: string; cosine: number }[]
}

/** Projects with the sponsors, or with one of them: with whom of them most, and the year in which the last began. */
export interface PastTie {
  organisationId: string
  projects: number
  last?: number | null
  sponsorId?: string | null
}

/** Has worked with somebody who has worked with a sponsor; see the engine's `TwoSteps`. The strongest come first. */
export interface PastPath extends Pick<TwoSteps, 'through' | 'projects' | 'last' | 'bridges' | 'strength'> {
  organisationId: string
  sponsorId: string
}

export interface Past {
  partners: readonly PastTie[]
  paths: readonly PastPath[]
  /** 0 where the registry has no dated project. */
  year: number
}

/** Refusals of one organisation, or of one result of it, with one code. */
export interface Refusals {
  organisationId: string
  resultId: string | null
  code: RefusalCode
  /** How many times on this very need; on alike ones of the same sponsors; and, as a bare threshold, on those of others. */
  here: number
  own: number
  others: number
}

/** How one text fits one capability. */
export interface TextFit {
  text: number
  fit: number
  named: boolean
  level: Level
}

/** The best evidence first; what is equal by its record's id, so that any server that holds the same records says the same. */
export const byEvidence =
  ({ texts }: Pick<Book, 'texts'>) =>
  (a: Pick<TextFit, 'text' | 'level' | 'fit'>, b: Pick<TextFit, 'text' | 'level' | 'fit'>): number =>
    b.level - a.level || b.fit - a.fit || (keyOf(texts[a.text]!) < keyOf(texts[b.text]!) ? -1 : 1)

/** Names a text among all of a corpus. */
export const keyOf = ({ kind, id }: Pick<CorpusText, 'kind' | 'id'>) => `${kind}:${id}`
