/**
 * How well organisations that stand twice are found: `node bench/duplicates/measure.ts [SHARED_DATA_FOLDER]`. Prints
 * times, a sample of pairs to judge by hand, and how many altered copies of real names are found again.
 */
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { findDuplicates, type NamedRecord } from '#engines/duplicates/find.ts'
import { readName } from '#engines/duplicates/name.ts'
import { seededRandom } from '#kit/random.ts'
import { CORDIS_UNPACKED_BYTES_MAX, openZip } from '../../src/files/zip.ts'

const SETS = ['cordis-h2020/cordis-h2020projects-csv.zip', 'projects-with-organisations/projects-csv.zip']
const RUNS = 5
const SAMPLED = 30
const COPIES = 3_000

const folder = resolve(process.argv[2] ?? process.env.CONSORTIA_SHARED ?? '../shared/data')
async function main(): Promise<void> {
  const sampled: { set: string; score: number; reasons: string; one: NamedRecord; two: NamedRecord }[] = []

  for (const set of SETS) {
    const records = await readOrganisations(join(folder, set))
    const times: number[] = []
    let pairs = findDuplicates([])
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now()
      pairs = findDuplicates(records)
      times.push(performance.now() - start)
    }
    const named = records.filter((record) => record.names.length > 0).length
    const megabytes = Math.round(process.memoryUsage().rss / 1e6)
    console.log(`${set}: ${records.length} organisations, ${named} with a name, ${pairs.length} pairs`)
    console.log(
      `  median of ${RUNS} runs ${Math.round(times.toSorted((a, b) => a - b)[RUNS >> 1]!)} ms, ${megabytes} MB resident`,
    )
    const byId = new Map(records.map((record) => [record.id, record]))
    for (const { first, second, score, reasons } of pairs)
      sampled.push({
        set,
        score,
        reasons: reasons.map((reason) => reason.kind).join(' '),
        one: byId.get(first)!,
        two: byId.get(second)!,
      })
    measureCopies(records.filter((record) => record.names.length > 0))
  }

  console.log(`\n${SAMPLED} of ${sampled.length} pairs, by seed 1:`)
  const random = seededRandom(1)
  const drawn = sampled
    .map((pair) => ({ pair, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .slice(0, SAMPLED)
  for (const [at, { pair }] of drawn.entries())
    console.log(`${at + 1}. ${pair.score} ${pair.reasons}\n   ${shown(pair.one)}\n   ${shown(pair.two)}`)
}

function shown({ names, shortName, city, country }: NamedRecord): string {
  return [names[0], shortName, city, country].filter(Boolean).join(' | ')
}

async function readOrganisations(path: string): Promise<NamedRecord[]> {
  const zip = await openZip(path, { unpackedBytesMax: CORDIS_UNPACKED_BYTES_MAX })
  const csv = await text(await zip.open('organization.csv'))
  zip.close()
  const rows = parse(csv, { delimiter: ';', columns: true }) as Record<string, string>[]
  const records = new Map<string, NamedRecord>()
  for (const row of rows) {
    const known = records.get(row.organisationID!)
    records.set(row.organisationID!, {
      id: row.organisationID!,
      names: known?.names.length || !row.name ? (known?.names ?? []) : [row.name],
      shortName: known?.shortName || row.shortName || null,
      country: known?.country || row.country || null,
      city: known?.city || row.city || null,
      url: known?.url || row.organizationURL || null,
    })
  }
  return [...records.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Alters real names as people do, each in one way, and counts which copies are found beside their originals. */
function measureCopies(records: readonly NamedRecord[]): void {
  for (const [how, alter] of Object.entries(ALTERATIONS)) {
    const random = seededRandom(7)
    const copies: NamedRecord[] = []
    for (const record of records.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      if (copies.length === COPIES) break
      const name = alter(record.names[0]!, random)
      if (name !== null && name !== record.names[0] && random() < 0.5)
        copies.push({ ...record, id: `copy ${record.id}`, names: [name], shortName: null, url: null })
    }
    const wanted = new Set(copies.map((copy) => copy.id))
    const found = new Set(
      findDuplicates([...records, ...copies], { among: wanted, pairsMax: 1_000_000 })
        .filter((pair) => pair.second === `copy ${pair.first}`)
        .map((pair) => pair.second),
    )
    console.log(
      `  ${how}: ${found.size} of ${copies.length} copies found (${((100 * found.size) / copies.length).toFixed(1)} %)`,
    )
  }
}

type Alter = (name: string, random: () => number) => string | null
const ALTERATIONS: Record<string, Alter> = {
  'written in small letters without accents': (name) => name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase(),
  'a legal form added': (name, random) => `${name} ${['Ltd', 'GmbH', 'S.A.', 'Inc.'][Math.floor(random() * 4)]}`,
  'the last word put first': (name) => {
    const words = name.split(/\s+/)
    return words.length > 2 && readName(name)?.form === '' ? [words.at(-1), ...words.slice(0, -1)].join(' ') : null
  },
  'a letter left out of a long word': (name, random) => {
    const words = name.split(/\s+/)
    const long = words.flatMap((word, at) => (/^\p{L}{8,}$/u.test(word) ? [at] : []))
    const at = long[Math.floor(random() * long.length)]
    if (at === undefined || words.length < 2) return null
    const place = 3 + Math.floor(random() * (words[at]!.length - 4))
    return words.map((word, i) => (i === at ? word.slice(0, place) + word.slice(place + 1) : word)).join(' ')
  },
  'its initials behind it in brackets': (name) => {
    const words = name.split(/\s+/)
    return words.length > 3 ? `${name} (${words.map((word) => word.charAt(0)).join('')})` : null
  },
  'cut off at 40 characters': (name) => (name.length > 48 ? name.slice(0, 40) : null),
}

await main()
