import { Readable } from 'node:stream'
import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import type { KeptFile } from '#db/files.ts'
import { tidyFileName } from '#http/download.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import { type Caller, isStaff, speaksFor } from '../caller.ts'
import { mediaTypeOf } from './evidence-files.ts'
import {
  EVIDENCE_FILE_BYTES_MAX,
  EVIDENCE_OF_SUBJECT_MAX,
  type EvidenceInput,
  type EvidenceList,
  type EvidenceRow,
  type EvidenceUpload,
  type SubjectKind,
  ZONE_FILES_BYTES_MAX,
} from './evidence-model.ts'
import { countFileBytes, evidenceRowOf, findEvidence, findSubjectOwners, listEvidence } from './evidence-store.ts'

export async function readEvidence(
  tx: Tx,
  caller: Caller,
  kind: SubjectKind,
  id: string,
): Promise<z.infer<typeof EvidenceList>> {
  const owners = await findSubjectOwners(tx, caller.zoneId, kind, id)
  return {
    rows: await listEvidence(tx, caller, kind, id),
    mayAdd: owners !== undefined && standsBehind(caller, owners),
  }
}

const standsBehind = (caller: Caller, owners: readonly string[]) =>
  isStaff(caller) || owners.some((owner) => speaksFor(caller, owner))

/** The organisations behind the record, where the caller may attach something to it. */
async function admitTo(tx: Tx, caller: Caller, kind: SubjectKind, id: string): Promise<string[]> {
  const owners = await findSubjectOwners(tx, caller.zoneId, kind, id)
  if (!owners) throw new Fault('not_found', 'There is no such record.', { rule: `${kind}.unknown` })
  if (!standsBehind(caller, owners))
    throw new Fault('forbidden', 'This record is not yours to attach evidence to.', { rule: 'access.record' })
  if ((await listEvidence(tx, caller, kind, id)).length >= EVIDENCE_OF_SUBJECT_MAX)
    throw new Fault('too_many', 'This record has as much evidence as it can hold.', {
      rule: 'evidence.too_many',
      limit: EVIDENCE_OF_SUBJECT_MAX,
      tip: 'Remove what no longer serves.',
    })
  return owners
}

export async function addEvidence(done: Command, caller: Caller, input: EvidenceInput): Promise<EvidenceRow> {
  const owners = await admitTo(done.tx, caller, input.subjectKind, input.subject)
  return insertEvidence(done, caller, owners, { ...input, url: input.url ?? null, file: null })
}

async function insertEvidence(
  { tx, at, changed }: Command,
  caller: Caller,
  owners: readonly string[],
  input: Omit<EvidenceInput, 'url'> & { url: string | null; file: string | null },
): Promise<EvidenceRow> {
  const id = newId(at)
  await tx
    .insertInto('evidence')
    .values({
      zone_id: caller.zoneId,
      evidence_id: id,
      subject_kind: input.subjectKind,
      subject_id: input.subject,
      kind: input.kind,
      title: input.title,
      body: input.body,
      url: input.url,
      file_id: input.file,
      circle: input.circle,
      dated: input.dated ?? null,
      account_id: caller.accountId,
      created_at: at,
    })
    .execute()
  changed({
    subject: { kind: input.subjectKind, id: input.subject },
    action: 'evidence_added',
    changes: { evidence: { from: null, to: id } },
  })
  const row = await findEvidence(tx, caller.zoneId, id)
  return evidenceRowOf(row!, caller, owners)
}

export interface UploadOrder {
  body: ReadableStream<Uint8Array> | null
  name: string
  key?: string | undefined
  rehearse?: boolean
}

/** Takes a file in: the caller's right is looked at before a byte is kept, and once more in the command. */
export async function uploadEvidence(
  world: World,
  caller: Caller,
  input: EvidenceUpload,
  { body, name, key, rehearse }: UploadOrder,
): Promise<EvidenceRow> {
  await readAs(world.database, caller, (tx) => admitTo(tx, caller, input.subject_kind, input.subject))
  if (!body) throw emptyFile()
  const kept = await world.files.keep(Readable.fromWeb(body as never), { bytesMax: EVIDENCE_FILE_BYTES_MAX })
  if (kept.bytes === 0) throw emptyFile()
  const mediaType = await mediaTypeOf(kept.path)
  const order = {
    name: 'registry.upload_evidence',
    input: { ...input, sha256: kept.sha256 },
    key,
    rehearse,
    at: world.clock.now(),
  }
  const { output } = await command(world.database, caller, order, async (done) => {
    const owners = await admitTo(done.tx, caller, input.subject_kind, input.subject)
    const file = await keepFile(done, caller, input, { kept, name, mediaType })
    return insertEvidence(done, caller, owners, {
      subjectKind: input.subject_kind,
      subject: input.subject,
      kind: input.kind,
      title: input.title ?? name,
      body: '',
      url: null,
      circle: input.circle,
      dated: input.dated ?? null,
      file,
    })
  })
  return output
}

async function keepFile(
  { tx, at }: Command,
  caller: Caller,
  input: EvidenceUpload,
  { kept, name, mediaType }: { kept: KeptFile; name: string; mediaType: string },
): Promise<string> {
  if ((await countFileBytes(tx, caller.zoneId)) + BigInt(kept.bytes) > BigInt(ZONE_FILES_BYTES_MAX))
    throw new Fault('too_large', 'The zone’s files are as many as it can hold.', {
      rule: 'zone.files_bytes',
      limit: ZONE_FILES_BYTES_MAX,
      tip: 'Remove files that no longer serve.',
    })
  const id = newId(at)
  await tx
    .insertInto('stored_file')
    .values({
      zone_id: caller.zoneId,
      id,
      sha256: kept.sha256,
      name,
      bytes: BigInt(kept.bytes),
      media_type: mediaType,
      circle: input.circle,
      account_id: caller.accountId,
      created_at: at,
    })
    .execute()
  return id
}

/** The file behind a piece of evidence, for whom its circle allows; nobody else learns that there is one. */
export async function findEvidenceFile(world: World, caller: Caller, id: string) {
  const found = await readAs(world.database, caller, async (tx) => {
    const evidence = await findEvidence(tx, caller.zoneId, id)
    if (!evidence?.file_id) return undefined
    const subject = await findSubjectOwners(
      tx,
      caller.zoneId,
      evidence.subject_kind as SubjectKind,
      evidence.subject_id,
    )
    if (!subject) return undefined
    return tx
      .selectFrom('stored_file')
      .select(['sha256', 'name', 'bytes', 'media_type'])
      .where('zone_id', '=', caller.zoneId)
      .where('id', '=', evidence.file_id)
      .executeTakeFirst()
  })
  if (!found || !(await world.files.has(found.sha256))) throw unknownEvidence()
  return {
    path: world.files.path(found.sha256),
    name: found.name,
    mediaType: found.media_type,
    bytes: Number(found.bytes),
  }
}

/** Removes a piece of evidence and its file's row; the content stays in the folder as long as backups may name it. */
export async function removeEvidence({ tx, changed }: Command, caller: Caller, id: string) {
  const evidence = await findEvidence(tx, caller.zoneId, id)
  if (!evidence) throw unknownEvidence()
  const kind = evidence.subject_kind as SubjectKind
  const owners = (await findSubjectOwners(tx, caller.zoneId, kind, evidence.subject_id)) ?? []
  if (!evidenceRowOf(evidence, caller, owners).mayRemove)
    throw new Fault('forbidden', 'This evidence is not yours to remove.', { rule: 'access.record' })
  await tx.deleteFrom('evidence').where('zone_id', '=', caller.zoneId).where('evidence_id', '=', id).execute()
  if (evidence.file_id)
    await tx.deleteFrom('stored_file').where('zone_id', '=', caller.zoneId).where('id', '=', evidence.file_id).execute()
  changed({
    subject: { kind, id: evidence.subject_id },
    action: 'evidence_removed',
    changes: { evidence: { from: id, to: null } },
  })
  return { id }
}

/** The name under which a file was sent: `X-File-Name`, percent-encoded. */
export function sentFileName(header: string | undefined): string {
  if (!header) return 'file'
  try {
    return tidyFileName(decodeURIComponent(header))
  } catch {
    return tidyFileName(header)
  }
}

const unknownEvidence = () => new Fault('not_found', 'There is no such evidence.', { rule: 'evidence.unknown' })
const emptyFile = () => new Fault('unreadable', 'The file is empty.', { rule: 'file.empty' })
