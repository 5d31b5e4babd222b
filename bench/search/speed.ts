import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { searchBatch } from '#engines/search/batch.ts'
import { buildIndex } from '#engines/search/build.ts'
import type { SearchIndex } from '#engines/search/index.ts'
import { termsOf } from '#engines/text/tokens.ts'
import { type Collection, makeCollection } from './collection.ts'
import { listPeers, type Opened } from './peers.ts'

/**
 * `node bench/search/speed.ts DOCUMENTS [ENGINE…]`: each engine in a process of its own, one after another: seconds to
 * build, memory grown by, and the median time of a need's hundred best. Peers run by the setting that ranks best (quality.ts).
 */
const BEST_OPTIONS: Readonly<Record<string, object>> = {
  minisearch: { boost: { title: 3 }, stop: true, b: 0.75 },
  orama: { stemming: true, boost: { title: 3 }, stop: true },
  flexsearch: { encoder: 'LatinBalance', resolution: 24 },
}
const WORDS = [10, 150] as const
const NEEDS = 100
const SECONDS_PER_LENGTH_MAX = 60
const K = 100
const BANDWIDTH_BYTES = 256 * 1024 * 1024
const [BUILDING, BUILT] = ['building', 'built']
/** An engine that wants more than this to build its index is given up, and said to be. */
const BUILD_SECONDS_MAX = 600
/** Seconds are of processor time, on a machine that is busy with other things; on the clock it may take this many times as long. */
const BUSY_FACTOR = 3
const BUILD_BYTES_MAX = 6e9
/** In which Linux counts a process's time. */
const TICKS_PER_SECOND = 100

interface Figures {
  engine: string
  /** On the clock, and of processor time. */
  buildSeconds: number
  buildProcessor: number
  megabytes: number
  /** Median milliseconds by length of need, on the clock and of this process's processor time; how many were asked. */
  needs: Record<number, { milliseconds: number; processor: number; asked: number }>
  more?: object
}

const [countText = '100000', ...words] = process.argv.slice(2)
const documentsCount = Number(countText)
if (words[0] === '--one') await measureOne(words[1]!)
else await measureAll(words)

async function measureAll(names: readonly string[]): Promise<void> {
  const all = ['consortia', ...(await listPeers()).map(({ name }) => name)]
  for (const engine of names.length > 0 ? names : all) {
    const figures = await measureApart(engine)
    if (typeof figures === 'string') {
      console.log(`| ${engine} | ${figures} |`)
      continue
    }
    const cells = WORDS.map((count) => {
      const { milliseconds, processor, asked } = figures.needs[count]!
      return `${milliseconds.toPrecision(3)} (${processor.toPrecision(3)}) ms${asked < NEEDS ? ` (${asked} needs)` : ''}`
    })
    const { engine: name, buildSeconds, buildProcessor, megabytes, more } = figures
    console.log(
      `| ${name} | ${buildSeconds.toFixed(1)} (${buildProcessor.toFixed(1)}) s | ${megabytes.toFixed(0)} MB | ${cells.join(' | ')} |`,
    )
    if (more) console.log(JSON.stringify(more))
  }
}

/** An engine's figures, from a process of its own; or why it was given up. */
async function measureApart(engine: string): Promise<Figures | string> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=14000', import.meta.filename, countText, '--one', engine],
    { env: { ...process.env, RUST_LOG: 'error' }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve))
  let last = ''
  let givenUp = ''
  let watch: NodeJS.Timeout | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    last = line
    clearInterval(watch)
    if (line !== BUILDING) continue
    const [started, before] = [performance.now(), residentBytes(child.pid!)]
    const secondsBefore = processorSeconds(child.pid!)
    watch = setInterval(() => {
      const isBusy = performance.now() - started < BUILD_SECONDS_MAX * BUSY_FACTOR * 1000
      const seconds = isBusy ? processorSeconds(child.pid!) - secondsBefore : Number.POSITIVE_INFINITY
      if (seconds > BUILD_SECONDS_MAX) givenUp = `over ${BUILD_SECONDS_MAX} s to build`
      else if (residentBytes(child.pid!) - before > BUILD_BYTES_MAX)
        givenUp = `over ${BUILD_BYTES_MAX / 1e9} GB to build`
      if (givenUp) child.kill('SIGKILL')
    }, 1000)
  }
  clearInterval(watch)
  const code = await exited
  return givenUp || (code === 0 ? (JSON.parse(last) as Figures) : `ended with code ${code}`)
}

/** Processor time that a process has used, itself alone; 0 where the system does not say. */
function processorSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  } catch {
    return 0
  }
}

/** Memory that a process holds, itself alone; 0 where the system does not say. */
function residentBytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

async function measureOne(engine: string): Promise<void> {
  const collection = makeCollection(documentsCount)
  if (!collection) throw new Error('The shared data does not stand here.')
  let index: SearchIndex | undefined
  const own: Opened = {
    add: (documents) => {
      index = buildIndex(documents.map(({ id, text }) => ({ id, fields: { text } })))
    },
    search: (text, k) => index!.search(text, { k }).map(({ id }) => id),
    close() {},
  }
  const peer = (await listPeers()).find(({ name }) => name === engine)
  const opened = engine === 'consortia' ? own : await peer!.open(BEST_OPTIONS[engine] ?? {})
  const before = memory()
  console.log(BUILDING)
  const processorBefore = processorTime() / 1000
  const started = performance.now()
  await opened.add(collection.documents)
  const buildSeconds = (performance.now() - started) / 1000
  const buildProcessor = processorTime() / 1000 - processorBefore
  console.log(BUILT)
  const megabytes = (memory() - before) / 1e6
  const needs: Figures['needs'] = {}
  for (const count of WORDS)
    needs[count] = await medianOf(collection.needs(count, NEEDS), (text) => opened.search(text, K))
  const more = index ? { more: await measureMore(index, collection) } : {}
  console.log(JSON.stringify({ engine, buildSeconds, buildProcessor, megabytes, needs, ...more } satisfies Figures))
  await opened.close()
}

/** Memory in use once everything that can be dropped is dropped. PostgreSQL's and LanceDB's is mostly elsewhere. */
function memory(): number {
  gc?.()
  const { heapUsed, arrayBuffers, external } = process.memoryUsage()
  return heapUsed + Math.max(arrayBuffers, external)
}

/** The median of one run, after a tenth of it to warm up; shorter where it would take too long. */
async function medianOf(needs: readonly string[], search: (text: string) => unknown) {
  const times: number[] = []
  const processorTimes: number[] = []
  const started = performance.now()
  for (const [at, need] of [...needs.slice(0, NEEDS / 10), ...needs].entries()) {
    const [from, processorFrom] = [performance.now(), processorTime()]
    await search(need)
    const isSlow = performance.now() - started > (SECONDS_PER_LENGTH_MAX * 1000) / 4
    if (at >= NEEDS / 10 || isSlow) {
      times.push(performance.now() - from)
      processorTimes.push(processorTime() - processorFrom)
    }
    if (performance.now() - started > SECONDS_PER_LENGTH_MAX * 1000 && times.length > 2) break
  }
  return { milliseconds: middleOf(times), processor: middleOf(processorTimes), asked: times.length }
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

/** Milliseconds of processor time that this process has used, all its threads together. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What only our own engine is asked: its BM25 alone, a batch on one and on all cores, and how near the floor it is. */
async function measureMore(index: SearchIndex, collection: Collection) {
  const long = collection.needs(150, NEEDS)
  const plain = await medianOf(long, (text) => index.search(text, { k: K, plain: true }))
  const batch: Record<string, number> = {}
  const queries = collection.needs(150, 1000).map((text) => ({ text }))
  for (const threads of new Set([1, availableParallelism()])) {
    const started = performance.now()
    await searchBatch(index, queries, { threads, k: K })
    batch[`${threads} threads, seconds for 1000 needs of 150 words`] = (performance.now() - started) / 1000
  }
  const { terms, postingStarts } = index.data
  const bytes = long.map((text) => {
    const numbers = termsOf(text).flatMap((term) => terms.get(term) ?? [])
    return numbers.reduce((sum, number) => sum + postingStarts[number + 1]! - postingStarts[number]!, 0) * 6
  })
  const median = bytes.sort((a, b) => a - b)[bytes.length >> 1]!
  const perSecond = bandwidth()
  return {
    'BM25 alone, 150 words, ms': plain.milliseconds,
    'of processor time': plain.processor,
    ...batch,
    'megabytes of postings of a need of 150 words': median / 1e6,
    'memory bandwidth, gigabytes a second': perSecond / 1e9,
    'floor, ms': (median / perSecond) * 1000,
  }
}

/** Bytes read a second by one thread that sums an array much larger than the caches; the best of five. */
function bandwidth(): number {
  const numbers = new Float64Array(BANDWIDTH_BYTES / 8).fill(1)
  let best = 0
  for (let round = 0; round < 5; round += 1) {
    const started = performance.now()
    let [first, second, third, fourth] = [0, 0, 0, 0]
    for (let at = 0; at < numbers.length; at += 4) {
      first += numbers[at]!
      second += numbers[at + 1]!
      third += numbers[at + 2]!
      fourth += numbers[at + 3]!
    }
    if (first + second + third + fourth > 0)
      best = Math.max(best, BANDWIDTH_BYTES / ((performance.now() - started) / 1000))
  }
  return best
}
