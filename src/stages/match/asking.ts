import type { z } from 'zod'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { Caller } from '../caller.ts'
import { isSponsorOrStaff, maySeeNeed } from '../needs/access.ts'
import { capabilityKeys, contentOf, EMPTY_CONTENT, type NeedContent } from '../needs/content-rules.ts'
import type { NeedFile } from '../needs/model.ts'
import { capabilityOf, contentOfRow, type StoredNeed, standingOf } from '../needs/need-row.ts'
import { findNeed, findPrivate, listCapabilities, listSponsors } from '../needs/need-store.ts'
import { allText, textIn } from '../texts.ts'
import { gatherRefusals, type RefusedElsewhere } from './alike.ts'
import { readPast } from './history-store.ts'
import type { Question } from './question.ts'
import { listJudgements, listResponses } from './store.ts'

/** A need as matching and composing take it, whether it is posted or only in a file. */
export interface AskedNeed {
  id: string
  name: string
  content: NeedContent
  sponsors: readonly string[]
  /** Where the sponsors are. */
  sponsorPlaces: readonly string[]
  revision: number
  state: string
}

/** A posted need, for those who may match it. A need that the caller may not even see is not found. */
export async function askedNeed(tx: Tx, caller: Caller, needId: string): Promise<AskedNeed> {
  const row = await findNeed(tx, caller.zoneId, needId)
  if (!row || !maySeeNeed(caller, standingOf(row))) throw unknownNeed()
  if (!isSponsorOrStaff(caller, standingOf(row)))
    throw new Fault('forbidden', 'A need is matched by its sponsors and the zone’s staff.', {
      rule: 'match.sponsors_only',
    })
  return readNeed(tx, caller, row)
}

export const unknownNeed = () => new Fault('not_found', 'There is no such need.', { rule: 'need.unknown' })

export const unknownOrganisation = () =>
  new Fault('not_found', 'The zone does not know this organisation.', { rule: 'organisation.unknown' })

async function readNeed(tx: Tx, caller: Caller, row: StoredNeed): Promise<AskedNeed> {
  const capabilities = await listCapabilities(tx, caller.zoneId, [row.need_id])
  const sponsors = await listSponsors(tx, caller.zoneId, [row.need_id])
  const secret = await findPrivate(tx, caller.zoneId, row.need_id)
  return {
    id: row.need_id,
    name: row.display_title,
    content: contentOfRow(row, capabilities.map(capabilityOf), secret),
    sponsors: sponsors.map((sponsor) => sponsor.organisation_id),
    sponsorPlaces: sponsors.flatMap((sponsor) => [sponsor.city, sponsor.region].filter((place) => place !== null)),
    revision: row.revision,
    state: row.state,
  }
}

/** A need out of a file, which is matched without being posted. Its capabilities are numbered. */
export function needOfFile(file: z.output<typeof NeedFile>): AskedNeed {
  const content = { ...EMPTY_CONTENT, ...contentOf(file) }
  const capabilities = content.capabilities.map((capability, at) => ({ ...capability, id: `c${at + 1}` }))
  const name = textIn(content.title, 'zh')
  return {
    id: 'file',
    name,
    content: { ...content, capabilities },
    sponsors: [],
    sponsorPlaces: [],
    revision: 0,
    state: 'draft',
  }
}

/** What the ranking is asked: the need's words, and what the registry and people say of the parties. */
export async function questionOf(
  tx: Tx,
  zoneId: string,
  need: AskedNeed,
  elsewhere: readonly RefusedElsewhere[] = [],
): Promise<Question> {
  const { content } = need
  const keys = new Map(content.capabilities.map(({ id, name }) => [id, capabilityKeys(name)]))
  const judgements = await listJudgements(tx, zoneId, [...keys.values()].flat())
  const responses = need.revision ? await listResponses(tx, zoneId, { needId: need.id }) : []
  return {
    text: [content.title, content.summary, content.problem, content.tried].map(allText).join('\n'),
    capabilities: content.capabilities.map(({ id, name, weight, critical }) => ({
      id,
      names: Object.values(name).map(({ text }) => text),
      weight,
      critical,
    })),
    trl: { from: content.trl?.from ?? null, to: content.trl?.to ?? null },
    sponsors: need.sponsors,
    places: content.conditions.regions ?? need.sponsorPlaces,
    placesAsked: Boolean(content.conditions.regions),
    judgements: [...keys].flatMap(([capabilityId, own]) =>
      judgements
        .filter((judgement) => own.includes(judgement.capability_key))
        .map((judgement) => ({
          capabilityId,
          organisationId: judgement.organisation_id,
          verdict: judgement.verdict,
          level: judgement.level,
        })),
    ),
    ...(await readPast(tx, zoneId, need.sponsors)),
    refusals: gatherRefusals(need, responses, elsewhere),
    // Whoever refuses one result has said nothing of its owner.
    refused: responses
      .filter(({ answer, resultId }) => answer === 'refusal' && resultId === null)
      .map(({ organisationId }) => organisationId),
  }
}
