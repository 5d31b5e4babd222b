import { z } from 'zod'
import { canonicalJson } from '#kit/canonical.ts'
import { Fault } from '#kit/fault.ts'
import { sha256 } from '#kit/ids.ts'

export const MANIFEST_NAME = 'manifest.json'
export const MANIFEST_BYTES_MAX = 256_000_000
const FORM = 'consortia-backup-1'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Name = z.string().regex(/^\w+$/)
const Count = z.number().int().min(0)

const Part = z.object({
  name: z.string(),
  table: Name,
  /** The zone whose rows these are, or null for rows that all zones share. */
  zoneId: z.uuid().nullable(),
  rows: Count,
  bytes: Count,
  sha256: Hash,
})
export type Part = z.infer<typeof Part>

/** What a backup holds. It comes last, so that a backup that broke off has none. */
export const Manifest = z.object({
  form: z.literal(FORM),
  madeAt: z.iso.datetime(),
  engine: z.enum(['pglite', 'postgres']),
  /** The migrations that had run, in order: the schema that the rows fit. */
  migrations: z.array(z.string()),
  tables: z.record(Name, z.object({ columns: z.array(z.string()) })),
  parts: z.array(Part),
  files: z.array(z.object({ sha256: Hash, bytes: Count })),
  /** Files that a record names and the store has lost. */
  lostFiles: z.array(Hash),
  /** Where each zone's journal stands; the nil zone's is the chain of what all zones share. */
  journals: z.array(z.object({ zoneId: z.uuid(), zone: z.string(), entries: Count, head: Hash, intact: z.boolean() })),
  /** What was left out, and why. */
  leftOut: z.record(z.string(), z.string()),
})
export type Manifest = z.infer<typeof Manifest>

export const manifestForm = FORM

/** The manifest as it is kept, under a seal that shows whether a byte of it has changed. */
export function packManifest(manifest: Manifest): { bytes: Buffer; seal: string } {
  const seal = sha256(canonicalJson(manifest))
  return { bytes: Buffer.from(`${JSON.stringify({ ...manifest, seal }, null, 1)}\n`), seal }
}

/** @throws Fault `unreadable` where it is damaged, `unsupported_file` where another version wrote it */
export function unpackManifest(bytes: Buffer): { manifest: Manifest; seal: string } {
  let told: { form?: unknown; seal?: unknown }
  try {
    told = JSON.parse(bytes.toString('utf8')) as object
  } catch {
    throw damaged()
  }
  if (typeof told.form === 'string' && told.form !== FORM)
    throw new Fault('unsupported_file', 'Another version of Consortia made this backup.', {
      rule: 'backup.form',
      limit: FORM,
      tip: 'Restore it with that version.',
    })
  const parsed = Manifest.safeParse(told)
  if (!parsed.success || sha256(canonicalJson(parsed.data)) !== told.seal) throw damaged()
  return { manifest: parsed.data, seal: told.seal }
}

const damaged = () =>
  new Fault('unreadable', 'The list of what the backup holds is damaged.', { rule: 'backup.manifest' })
