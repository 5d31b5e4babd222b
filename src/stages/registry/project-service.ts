import type { Command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { sortKey } from '#kit/collate.ts'
import { Fault } from '#kit/fault.ts'
import { keyedId, newId } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import { allText, type Texts, textIn, toTexts } from '../texts.ts'
import { importName } from './list-store.ts'
import type { Project, ProjectInput } from './project-model.ts'
import { findProject, listParticipants, projectRowOf } from './project-store.ts'
import { listStanding } from './result-store.ts'

/** So much of an objective is searched in the list; the search of stages above reads it all. */
const OBJECTIVE_SEARCHED_CHARACTERS_MAX = 2_000

export async function readProject(tx: Tx, caller: Caller, id: string): Promise<Project> {
  const row = await findProject(tx, caller.zoneId, id)
  if (!row) throw new Fault('not_found', 'The zone does not know this project.', { rule: 'project.unknown' })
  return {
    ...projectRowOf(row, row.members),
    objective: row.objective as Texts,
    topics: row.topics,
    scheme: row.scheme,
    participants: await listParticipants(tx, caller.zoneId, id, row.currency),
    importId: row.source_id,
    importName: await importName(tx, caller.zoneId, row.source_id),
    updatedAt: row.updated_at.toISOString(),
  }
}

/** What follows from a project's facts: what is shown, how it sorts, and what a search looks through. */
export function namingOfProject(facts: {
  title: Texts
  objective?: Texts
  acronym?: string | null
  rcn?: string | null
  grantNumber?: string | null
  fields?: readonly string[]
  topics?: readonly string[]
}): { display_title: string; sort_key: string; search_text: string } {
  const named = textIn(facts.title, 'zh') || facts.acronym || ''
  const searched = [
    facts.acronym,
    allText(facts.title),
    facts.rcn,
    facts.grantNumber,
    ...(facts.fields ?? []),
    ...(facts.topics ?? []),
    allText(facts.objective ?? {}).slice(0, OBJECTIVE_SEARCHED_CHARACTERS_MAX),
  ]
  return {
    display_title: named || facts.rcn || facts.grantNumber || '—',
    sort_key: sortKey(named),
    search_text: foldText(searched.filter(Boolean).join('\n')),
  }
}

/** Plants a past project with its participants, for the demo; no route reaches this. Its id follows from its record number. */
export async function plantProject(
  { tx, at, changed }: Command,
  caller: Caller,
  input: ProjectInput,
  planted?: string,
) {
  const id = planted ?? (input.rcn ? keyedId('project', 'rcn', input.rcn) : newId(at))
  const title = toTexts(input.title, 'typed')
  const objective = toTexts(input.objective, 'typed')
  await tx
    .insertInto('project')
    .values({
      zone_id: caller.zoneId,
      project_id: id,
      rcn: input.rcn ?? null,
      acronym: input.acronym ?? null,
      title: json(title),
      objective: json(objective),
      ...namingOfProject({
        title,
        objective,
        acronym: input.acronym ?? null,
        rcn: input.rcn ?? null,
        fields: input.fields ?? [],
      }),
      start_date: input.startDate ?? null,
      end_date: input.endDate ?? null,
      framework: input.framework ?? null,
      parts: input.parts ?? [],
      fields: input.fields ?? [],
      total_cost_minor: input.totalCost ? BigInt(input.totalCost.minor) : null,
      currency: input.totalCost?.currency ?? null,
      created_at: at,
      updated_at: at,
    })
    .execute()
  const standing = await listStanding(
    tx,
    caller.zoneId,
    input.participants.map((participant) => participant.organisation),
  )
  const rows = new Map(
    input.participants.flatMap(({ organisation, role }) => {
      const organisationId = standing.get(organisation)
      return organisationId ? [[organisationId, role ?? 'participant'] as const] : []
    }),
  )
  if (rows.size)
    await tx
      .insertInto('participation')
      .values(
        [...rows].map(([organisationId, role]) => ({
          zone_id: caller.zoneId,
          project_id: id,
          organisation_id: organisationId,
          role,
        })),
      )
      .execute()
  changed({ subject: { kind: 'project', id }, action: 'added' })
  return { id, revision: 1 }
}
