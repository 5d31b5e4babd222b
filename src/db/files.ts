import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Fault } from '#kit/fault.ts'

export interface KeptFile {
  sha256: string
  bytes: number
  path: string
}

/** A folder in which a file's name is the hash of its content: the same content is kept once and can't change. */
export interface FileStore {
  /** Keeps a stream of at most `bytesMax`; beyond that it refuses and leaves nothing behind. */
  keep(stream: Readable, options: { bytesMax: number }): Promise<KeptFile>
  path(sha256: string): string
  has(sha256: string): Promise<boolean>
  root: string
}

export function openFileStore(root: string): FileStore {
  mkdirSync(join(root, 'incoming'), { recursive: true })
  const path = (sha256: string) => join(root, sha256.slice(0, 2), sha256)
  return {
    root,
    path,
    has: async (sha256) =>
      stat(path(sha256)).then(
        () => true,
        () => false,
      ),
    keep: async (stream, { bytesMax }) => {
      const incoming = join(root, 'incoming', randomBytes(12).toString('hex'))
      const { meter, result } = measuring(bytesMax)
      try {
        await pipeline(stream, meter, createWriteStream(incoming, { flush: true }))
        const { sha256, bytes } = result()
        await mkdir(dirname(path(sha256)), { recursive: true })
        await rename(incoming, path(sha256))
        return { sha256, bytes, path: path(sha256) }
      } finally {
        await rm(incoming, { force: true })
      }
    },
  }
}

function measuring(bytesMax: number) {
  const hash = createHash('sha256')
  let bytes = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > bytesMax) {
        done(
          new Fault('too_large', 'The file is larger than this server takes.', {
            rule: 'file.bytes',
            limit: bytesMax,
            tip: 'Send a smaller file, or import it from the shell.',
          }),
        )
        return
      }
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { meter, result: () => ({ sha256: hash.digest('hex'), bytes }) }
}

/** Keeps a file of this machine's own disk. */
export async function keepPath(files: FileStore, path: string, bytesMax: number): Promise<KeptFile> {
  return files.keep(createReadStream(path), { bytesMax })
}

export async function copyKept(files: FileStore, sha256: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await copyFile(files.path(sha256), to)
}
