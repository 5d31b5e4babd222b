import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { Fault } from '#kit/fault.ts'
import { BLOCK_BYTES, packHeader, padding, unpackHeader } from './tar.ts'

/** Where a backup is written: a folder, or one tar file. Nothing stands under the final name before `close`. */
export interface ArchiveWriter {
  put(name: string, bytes: Buffer): Promise<void>
  putFile(name: string, path: string, bytes: number): Promise<void>
  close(): Promise<void>
  /** Takes back all that was written. */
  abandon(): Promise<void>
}

export interface ArchiveEntry {
  name: string
  bytes: number
  /** Readable until the next entry is asked for. */
  content: AsyncIterable<Buffer>
}

const ONLY_OWNER = 0o600
const ONLY_OWNER_FOLDER = 0o700
const GZIP_LEVEL = 4
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])
const NAME = /^(manifest\.json|rows\/\d{6}-\w+\.ndjson|files\/[0-9a-f]{2}\/[0-9a-f]{64})$/

/**
 * A name with an extension becomes one tar file, compressed where it ends in `gz`; any other becomes a folder.
 * Throws `conflict` where something stands there already.
 */
export async function openArchive(path: string, at: Date): Promise<ArchiveWriter> {
  const isFolder = /[/\\]$/.test(path) || !/\.[^./\\]+$/.test(path)
  const target = path.replace(/[/\\]+$/, '')
  if (existsSync(target) && !(isFolder && (await isEmptyFolder(target))))
    throw new Fault('conflict', `Something stands at ${path} already.`, {
      rule: 'backup.exists',
      tip: 'Give each backup a name of its own.',
    })
  const unfinished = `${target}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(dirname(target), { recursive: true })
  return isFolder ? openFolder(target, unfinished) : openTar(target, unfinished, at)
}

async function isEmptyFolder(path: string): Promise<boolean> {
  return statSync(path).isDirectory() && (await readdir(path)).length === 0
}

async function openFolder(target: string, unfinished: string): Promise<ArchiveWriter> {
  await mkdir(unfinished, { recursive: true, mode: ONLY_OWNER_FOLDER })
  const write = async (name: string, from: Readable) => {
    const to = join(unfinished, name)
    await mkdir(dirname(to), { recursive: true, mode: ONLY_OWNER_FOLDER })
    await pipeline(from, createWriteStream(to, { mode: ONLY_OWNER, flush: true }))
  }
  return {
    put: (name, bytes) => write(name, Readable.from([bytes])),
    putFile: (name, path) => write(name, createReadStream(path)),
    close: async () => {
      await rm(target, { recursive: true, force: true })
      await rename(unfinished, target)
    },
    abandon: () => rm(unfinished, { recursive: true, force: true }),
  }
}

async function openTar(target: string, unfinished: string, at: Date): Promise<ArchiveWriter> {
  const file = createWriteStream(unfinished, { mode: ONLY_OWNER, flush: true })
  const packer = target.endsWith('gz') ? createGzip({ level: GZIP_LEVEL }) : undefined
  const out: Writable = packer ?? file
  let failure: unknown
  const done = packer ? pipeline(packer, file) : finished(file)
  done.catch((error: unknown) => {
    failure = error
  })
  const write = (chunk: Buffer) =>
    new Promise<void>((resolve, reject) => {
      out.write(chunk, (error) => (error ? reject(failure ?? error) : resolve()))
    })
  return {
    async put(name, bytes) {
      await write(packHeader({ name, bytes: bytes.length }, at))
      await write(bytes)
      await write(padding(bytes.length))
    },
    async putFile(name, path, bytes) {
      await write(packHeader({ name, bytes }, at))
      for await (const chunk of createReadStream(path)) await write(chunk as Buffer)
      await write(padding(bytes))
    },
    async close() {
      await write(Buffer.alloc(2 * BLOCK_BYTES))
      out.end()
      await done
      await rename(unfinished, target)
    },
    async abandon() {
      out.destroy()
      file.destroy()
      await rm(unfinished, { force: true })
    },
  }
}

/** The entries of a folder or tar file that `openArchive` wrote, rows in the order in which they can be loaded. */
export async function* readArchive(path: string): AsyncGenerator<ArchiveEntry> {
  for await (const entry of statSync(path).isDirectory() ? readFolder(path) : readTar(path)) {
    if (!NAME.test(entry.name))
      throw new Fault('unreadable', `A backup has no part ${entry.name}.`, { rule: 'backup.archive' })
    yield entry
  }
}

async function* readFolder(path: string): AsyncGenerator<ArchiveEntry> {
  const found = await readdir(path, { recursive: true, withFileTypes: true })
  const names = found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length).replaceAll('\\', '/').replace(/^\/+/, ''))
  for (const name of names.sort()) {
    const file = join(path, name)
    yield { name, bytes: statSync(file).size, content: createReadStream(file) }
  }
}

async function* readTar(path: string): AsyncGenerator<ArchiveEntry> {
  const source = createReadStream(path)
  const plain = (await isCompressed(path)) ? source.pipe(createGunzip()) : source
  if (plain !== source) source.on('error', (error) => plain.destroy(error))
  const blocks = new Blocks(plain)
  try {
    for (;;) {
      const header = unpackHeader(await blocks.take(BLOCK_BYTES))
      if (!header) return
      yield { ...header, content: blocks.stream(header.bytes) }
      await blocks.passOver()
      const end = padding(header.bytes)
      if (!end.equals(await blocks.take(end.length))) throw damaged()
    }
  } finally {
    source.destroy()
  }
}

async function isCompressed(path: string): Promise<boolean> {
  const file = await open(path)
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
  await file.close()
  return buffer.equals(GZIP_MAGIC)
}

const damaged = (cause?: unknown) =>
  new Fault('unreadable', 'The backup breaks off or is damaged.', { rule: 'backup.damaged' }, { cause })

/** Takes a stream apart at given numbers of bytes. */
class Blocks {
  private readonly chunks: AsyncIterator<Buffer>
  private rest: Buffer = Buffer.alloc(0)
  /** Bytes of the stretch under way that nobody has read yet. */
  private left = 0

  constructor(stream: AsyncIterable<Buffer>) {
    this.chunks = stream[Symbol.asyncIterator]()
  }

  async take(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const part of this.stream(bytes)) parts.push(part)
    return Buffer.concat(parts)
  }

  stream(bytes: number): AsyncIterable<Buffer> {
    this.left = bytes
    return this.rests()
  }

  async passOver(): Promise<void> {
    while (this.left > 0) await this.next()
  }

  private async *rests(): AsyncGenerator<Buffer> {
    while (this.left > 0) yield await this.next()
  }

  private async next(): Promise<Buffer> {
    if (this.rest.length === 0) {
      const { value, done } = await this.chunks.next().catch((error: unknown) => {
        throw damaged(error)
      })
      if (done) throw damaged()
      this.rest = value
    }
    const part = this.rest.subarray(0, this.left)
    this.rest = this.rest.subarray(part.length)
    this.left -= part.length
    return part
  }
}
