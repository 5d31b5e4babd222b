import { type Selectable, sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import { type Caller, isStaff, speaksFor } from '../caller.ts'
import { EVIDENCE_OF_SUBJECT_MAX, type EvidenceRow, type SubjectKind } from './evidence-model.ts'

type Row = Selectable<Tables['evidence']> & { name: string | null; bytes: bigint | null; media_type: string | null }

const evidenceWithFiles = (tx: Tx) =>
  tx
    .selectFrom('evidence as e')
    .leftJoin('stored_file as f', (join) => join.onRef('f.zone_id', '=', 'e.zone_id').onRef('f.id', '=', 'e.file_id'))
    .selectAll('e')
    .select(['f.name', 'f.bytes', 'f.media_type'])

/** The evidence of a record that the caller may read: the database itself leaves out what its circle keeps. */
export async function listEvidence(tx: Tx, caller: Caller, kind: SubjectKind, id: string): Promise<EvidenceRow[]> {
  const owners = await findSubjectOwners(tx, caller.zoneId, kind, id)
  if (!owners) return []
  const rows = await evidenceWithFiles(tx)
    .where('e.zone_id', '=', caller.zoneId)
    .where('e.subject_kind', '=', kind)
    .where('e.subject_id', '=', id)
    .orderBy('e.created_at', 'desc')
    .orderBy('e.evidence_id')
    .limit(EVIDENCE_OF_SUBJECT_MAX)
    .execute()
  return rows.map((row) => evidenceRowOf(row, caller, owners))
}

export async function findEvidence(tx: Tx, zoneId: string, id: string): Promise<Row | undefined> {
  return evidenceWithFiles(tx).where('e.zone_id', '=', zoneId).where('e.evidence_id', '=', id).executeTakeFirst()
}

export function evidenceRowOf(row: Row, caller: Caller, owners: readonly string[]): EvidenceRow {
  return {
    id: row.evidence_id,
    subjectKind: row.subject_kind as SubjectKind,
    subject: row.subject_id,
    kind: row.kind as EvidenceRow['kind'],
    title: row.title,
    body: row.body,
    url: row.url,
    file:
      row.file_id === null
        ? null
        : {
            name: row.name ?? row.title,
            bytes: Number(row.bytes ?? 0n),
            mediaType: row.media_type ?? 'application/octet-stream',
          },
    circle: row.circle as EvidenceRow['circle'],
    dated: row.dated,
    createdAt: row.created_at.toISOString(),
    mayRemove: mayRemove(row, caller, owners),
  }
}

const mayRemove = (row: Pick<Row, 'account_id'>, caller: Caller, owners: readonly string[]) =>
  isStaff(caller) ||
  owners.some((owner) => speaksFor(caller, owner)) ||
  (row.account_id !== null && row.account_id === caller.accountId)

/** The organisations that stand behind a record and may attach evidence to it; nothing where there is no such record. */
export async function findSubjectOwners(
  tx: Tx,
  zoneId: string,
  kind: SubjectKind,
  id: string,
): Promise<string[] | undefined> {
  if (kind === 'organisation') {
    const row = await tx
      .selectFrom('zone_organisation')
      .select('organisation_id')
      .where('zone_id', '=', zoneId)
      .where('organisation_id', '=', id)
      .executeTakeFirst()
    return row && [row.organisation_id]
  }
  if (kind === 'person') {
    const row = await tx
      .selectFrom('person')
      .select('organisation_id')
      .where('zone_id', '=', zoneId)
      .where('person_id', '=', id)
      .executeTakeFirst()
    return row && (row.organisation_id ? [row.organisation_id] : [])
  }
  if (kind === 'project') {
    const row = await tx
      .selectFrom('project')
      .select('project_id')
      .where('zone_id', '=', zoneId)
      .where('project_id', '=', id)
      .executeTakeFirst()
    return row && []
  }
  const row = await tx
    .selectFrom('result as r')
    .select(
      sql<string[]>`coalesce((select array_agg(w.organisation_id::text) from result_owner w
        where w.zone_id = r.zone_id and w.result_id = r.result_id), '{}')`.as('owners'),
    )
    .where('r.zone_id', '=', zoneId)
    .where('r.result_id', '=', id)
    .executeTakeFirst()
  return row?.owners
}

/** How many bytes the zone's files have together. */
export async function countFileBytes(tx: Tx, zoneId: string): Promise<bigint> {
  const row = await tx
    .selectFrom('stored_file')
    .select(sql<string>`coalesce(sum(bytes), 0)::text`.as('bytes'))
    .where('zone_id', '=', zoneId)
    .executeTakeFirstOrThrow()
  return BigInt(row.bytes)
}
