import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { all, refusalOf } from './faults.fixture.ts'
import { forgeZip } from './zip.fixture.ts'
import { openZip, RATIO_FREE_BYTES } from './zip.ts'

const MEGABYTE = 1024 * 1024
const some = { unpackedBytesMax: 10 * MEGABYTE }
const text = (words: string) => Buffer.from(words)
const entry = { path: 'folder/a.csv', data: text('id;name\n1;A\n') }

const readAll = async (bytes: Buffer, bounds = some) => {
  const zip = await openZip(bytes, bounds)
  try {
    return Object.fromEntries(
      await Promise.all(
        zip.entries.map(async ({ path }) => [path, Buffer.concat(await all<Buffer>(await zip.open(path))).toString()]),
      ),
    )
  } finally {
    zip.close()
  }
}

describe('a zip', () => {
  it('gives the bytes of its files, packed or stored, from memory and from disk', async () => {
    const bytes = forgeZip([
      entry,
      { path: 'b.txt', data: text('stored'), stored: true },
      { path: 'folder/', data: text('') },
    ])
    expect(await readAll(bytes)).toEqual({ 'folder/a.csv': 'id;name\n1;A\n', 'b.txt': 'stored' })

    const folder = await mkdtemp(join(tmpdir(), 'zip-'))
    try {
      await writeFile(join(folder, 'a.zip'), bytes)
      const zip = await openZip(join(folder, 'a.zip'), some)
      expect(zip.entries.map((each) => each.path)).toEqual(['folder/a.csv', 'b.txt'])
      zip.close()
      await truncate(join(folder, 'a.zip'), bytes.length - 30)
      expect(await refusalOf(() => openZip(join(folder, 'a.zip'), some))).toBe('unreadable file.damaged')
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('may be read twice without its bytes counting twice', async () => {
    const zip = await openZip(forgeZip([{ path: 'a', data: Buffer.alloc(6 * MEGABYTE, 'ab') }]), some)
    for (let time = 0; time < 3; time++)
      expect(Buffer.concat(await all<Buffer>(await zip.open('a')))).toHaveLength(6 * MEGABYTE)
  })
})

describe('a zip is refused', () => {
  const zeros = Buffer.alloc(RATIO_FREE_BYTES + MEGABYTE)
  const roomy = { unpackedBytesMax: 1024 * MEGABYTE }
  const cases: readonly [
    string,
    Buffer,
    string,
    { unpackedBytesMax: number; entriesMax?: number; packedBytesMax?: number }?,
  ][] = [
    ['whose path climbs out', forgeZip([{ ...entry, path: '../../etc/passwd' }]), 'unreadable file.climbing_path'],
    ['whose path climbs out further in', forgeZip([{ ...entry, path: 'a/../../b' }]), 'unreadable file.climbing_path'],
    ['with an absolute path', forgeZip([{ ...entry, path: '/etc/passwd' }]), 'unreadable file.climbing_path'],
    ['with a drive letter', forgeZip([{ ...entry, path: 'C:/windows' }]), 'unreadable file.climbing_path'],
    ['with backslashes', forgeZip([{ ...entry, path: 'a\\b' }]), 'unreadable file.climbing_path'],
    ['with a NUL in a path', forgeZip([{ ...entry, path: 'a\0b' }]), 'unreadable file.climbing_path'],
    ['with a password', forgeZip([{ ...entry, flags: 1 }]), 'unsupported_file file.encrypted'],
    ['with a strong password', forgeZip([{ ...entry, flags: 0x41 }]), 'unsupported_file file.encrypted'],
    ['packed by an unknown method', forgeZip([{ ...entry, method: 99 }]), 'unsupported_file file.compression'],
    [
      'that says it unpacks to too much',
      forgeZip([{ ...entry, statedBytes: 11 * MEGABYTE }]),
      'too_large file.unpacked_size',
    ],
    [
      'that unpacks to more than it says',
      forgeZip([{ path: 'a', data: Buffer.alloc(9 * MEGABYTE, 'xyz'), statedBytes: 100 }]),
      'unreadable file.unpacked_size',
    ],
    ['that unpacks to less than it says', forgeZip([{ ...entry, statedBytes: 5_000 }]), 'unreadable file.damaged'],
    ['that grows a thousandfold', forgeZip([{ path: 'a', data: zeros }]), 'too_large file.ratio', roomy],
    [
      'that grows a thousandfold behind a lie',
      forgeZip([{ path: 'a', data: zeros, statedBytes: RATIO_FREE_BYTES - 1 }]),
      'unreadable file.unpacked_size',
      roomy,
    ],
    [
      'whose entries lie over one another',
      forgeZip([entry, { ...entry, path: 'b', sameAs: 0 }]),
      'unreadable file.overlap',
    ],
    ['that holds a file twice', forgeZip([entry, entry]), 'unreadable file.damaged'],
    ['with a wrong checksum', forgeZip([{ ...entry, checksum: 7 }]), 'unreadable file.damaged'],
    [
      'with too many entries',
      forgeZip(Array.from({ length: 4 }, (_, at) => ({ ...entry, path: `f${at}` }))),
      'too_large file.entries',
      { ...some, entriesMax: 3 },
    ],
    ['that is too large itself', forgeZip([entry]), 'too_large file.packed_size', { ...some, packedBytesMax: 50 }],
    ['that is cut short', forgeZip([entry]).subarray(0, 60), 'unreadable file.damaged'],
    ['that is none', text('PK\u0003\u0004 and then some words that make no zip'), 'unreadable file.damaged'],
  ]
  it.each(cases)('%s', async (_, bytes, refusal, bounds = some) => {
    expect(await refusalOf(() => readAll(bytes, bounds))).toBe(refusal)
  })

  it('whose packed bytes were changed', async () => {
    const bytes = forgeZip([{ path: 'a', data: text('The quick brown fox jumps over the lazy dog. '.repeat(40)) }])
    bytes.fill(0xff, 40, 60)
    expect(await refusalOf(() => readAll(bytes))).toBe('unreadable file.damaged')
  })
})
