import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { Fault, type Issue } from '#kit/fault.ts'
import { readArchive } from './archive.ts'
import { MANIFEST_BYTES_MAX, MANIFEST_NAME, type Manifest, unpackManifest } from './manifest.ts'

const ISSUES_TOLD_MAX = 20

interface Found {
  bytes: number
  sha256: string
}

/**
 * Reads a backup from its first byte to its last and compares each part with the manifest, without touching anything.
 * @throws Fault `unreadable` that names each part which is missing, changed or not to be there
 */
export async function checkBackup(path: string): Promise<{ manifest: Manifest; seal: string }> {
  const found = new Map<string, Found>()
  let manifestBytes: Buffer | undefined
  for await (const { name, bytes, content } of readArchive(path)) {
    if (name === MANIFEST_NAME) manifestBytes = await readWhole(content, bytes)
    else found.set(name, await measure(content))
  }
  if (!manifestBytes)
    throw new Fault('unreadable', 'The backup breaks off: its list of what it holds is missing.', {
      rule: 'backup.unfinished',
    })
  const { manifest, seal } = unpackManifest(manifestBytes)
  const issues = compare(manifest, found)
  if (issues.length > 0)
    throw new Fault('unreadable', 'The backup is not what it was when it was made. Nothing was restored.', {
      rule: 'backup.damaged',
      issues: issues.slice(0, ISSUES_TOLD_MAX),
      tip: 'Take another copy of it, or an earlier one.',
    })
  return { manifest, seal }
}

function compare({ parts, files }: Manifest, found: ReadonlyMap<string, Found>): Issue[] {
  const wanted = new Map<string, Found>(parts.map((part) => [part.name, part]))
  for (const file of files) wanted.set(`files/${file.sha256.slice(0, 2)}/${file.sha256}`, file)
  const issues: Issue[] = []
  for (const [name, { bytes, sha256 }] of wanted) {
    const there = found.get(name)
    if (!there) issues.push({ path: name, rule: 'backup.part_missing' })
    else if (there.bytes !== bytes || there.sha256 !== sha256) issues.push({ path: name, rule: 'backup.part_changed' })
  }
  for (const name of found.keys())
    if (!wanted.has(name)) issues.push({ path: basename(name), rule: 'backup.part_foreign' })
  return issues
}

async function measure(content: AsyncIterable<Buffer>): Promise<Found> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of content) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

export async function readWhole(content: AsyncIterable<Buffer>, bytes: number): Promise<Buffer> {
  if (bytes > MANIFEST_BYTES_MAX)
    throw new Fault('too_large', 'A part of the backup is too large.', {
      rule: 'backup.part',
      limit: MANIFEST_BYTES_MAX,
    })
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}
