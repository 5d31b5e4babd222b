import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { levelOf } from '#engines/coverage/level.ts'
import { FIT_THRESHOLD, INTERCEPT, NEIGHBOUR_THRESHOLD, WEIGHTED_PARTS, WEIGHTS } from '#engines/coverage/weights.ts'
import { sharedPath } from '../search/sets.ts'
import { dot, fitLogistic, logistic } from './logistic.ts'
import { bestThreshold, fMeasure, qualityOf, thresholdForPrecision } from './measures.ts'
import { type Half, type Pair, readPairs, TAGS_FILE } from './pairs.ts'

const RIDGE = 1
const FOLDS = 10
const NEIGHBOUR_PRECISION = 0.5
const WEIGHTS_FILE = join(import.meta.dirname, '../../src/engines/coverage/weights.ts')
const README_FILE = join(import.meta.dirname, 'README.md')

export interface Model {
  intercept: number
  weights: number[]
  fitThreshold: number
  neighbourThreshold: number
}

/** Fits the model and both thresholds on the setting half; the reporting half is not looked at. */
export function calibrate(setting: Half): Model {
  const [intercept = 0, ...weights] = fitTo(setting.pairs)
  const unseen = crossValidated(setting.pairs)
  const scored = (right: (pair: Pair) => boolean) => unseen.map(({ pair, score }) => ({ score, right: right(pair) }))
  const fitThreshold = bestThreshold(
    scored((pair) => pair.carries),
    setting.carried,
    0.5,
  )
  const neighbourThreshold = thresholdForPrecision(
    scored((pair) => pair.neighbours),
    NEIGHBOUR_PRECISION,
  )
  return { intercept, weights, fitThreshold, neighbourThreshold }
}

function inputsOf({ parts }: Pair): number[] {
  return [1, ...WEIGHTED_PARTS.map((part) => parts[part])]
}

function fitTo(pairs: readonly Pair[]): number[] {
  return fitLogistic(
    pairs.map(inputsOf),
    pairs.map(({ carries }) => carries),
    RIDGE,
  )
}

/** Each pair's score by a model that has not seen its field. */
function crossValidated(pairs: readonly Pair[]): { pair: Pair; score: number }[] {
  const foldOf = (code: string) => createHash('sha256').update(`fold:${code}`).digest().readUInt32BE(0) % FOLDS
  return Array.from({ length: FOLDS }, (_, fold) => {
    const weights = fitTo(pairs.filter(({ code }) => foldOf(code) !== fold))
    const held = pairs.filter(({ code }) => foldOf(code) === fold)
    return held.map((pair) => ({ pair, score: logistic(dot(weights, inputsOf(pair))) }))
  }).flat()
}

function weightsText(model: Model, dataHash: string): string {
  const rows = WEIGHTED_PARTS.map((part, at) => `  ${part}: ${model.weights[at]!.toFixed(2)},`)
  return `/**
 * Written by \`bench/coverage/calibrate.ts --write\`: a logistic regression (ridge ${RIDGE}) on projects and the titles of
 * their EuroSciVoc fields, one half of the fields. SHA-256 of the texts and tags, joined: ${dataHash.slice(0, 32)}…
 */

/** The parts that the fit is made of. */
export const WEIGHTED_PARTS = [${WEIGHTED_PARTS.map((part) => `'${part}'`).join(', ')}] as const

export const INTERCEPT = ${model.intercept.toFixed(2)}
export const WEIGHTS: { readonly [part in (typeof WEIGHTED_PARTS)[number]]: number } = {
${rows.join('\n')}
}

/** From this fit on a text is evidence for a capability: lowest with an F0.5 near the best on unseen fields. */
export const FIT_THRESHOLD = ${model.fitThreshold.toFixed(3)}
/** From this fit on a text is from a neighbouring field: half or more carry it or one next to it. */
export const NEIGHBOUR_THRESHOLD = ${model.neighbourThreshold.toFixed(3)}
`
}

/** The fit by the constants that stand in the engine, so that the report is about what runs. */
export function fitOfPair(pair: Pair): number {
  return logistic(dot([INTERCEPT, ...WEIGHTED_PARTS.map((part) => WEIGHTS[part])], inputsOf(pair)))
}

function reportRows(half: Half, name: string): string[] {
  const scored = half.pairs.map((pair) => ({ pair, fit: fitOfPair(pair) }))
  const row = (what: string, kept: (entry: { pair: Pair; fit: number }) => boolean) => {
    const chosen = scored.filter(kept).map(({ pair }) => pair)
    const carries = qualityOf(
      chosen.map((pair) => pair.carries),
      half.carried,
    )
    const near = qualityOf(
      chosen.map((pair) => pair.neighbours),
      half.neighbouring,
    )
    const f = fMeasure(carries.precision, carries.recall, 0.5)
    const figures = [carries.precision, carries.recall, f, near.precision].map((figure) => figure.toFixed(3))
    return `| ${name} | ${what} | ${chosen.length} | ${figures.join(' | ')} |`
  }
  const level = (entry: { pair: Pair; fit: number }, strong: boolean) =>
    levelOf({ fit: entry.fit, named: entry.pair.named, strong })
  return [
    row('any word of the name', () => true),
    row('named', ({ pair }) => pair.named),
    row('fit at the threshold or above (level 2 or 3)', ({ fit }) => fit >= FIT_THRESHOLD),
    row('level 3 (projects taken as strong)', (entry) => level(entry, true) === 3),
    row('level 2, when projects are strong', (entry) => level(entry, true) === 2),
    row('level 2, when none is', (entry) => level(entry, false) === 2),
    row('level 1', (entry) => level(entry, true) === 1),
    row('level 0 with a word', (entry) => level(entry, true) === 0),
  ]
}

/** How often pairs of a fit really carry the tag, by tenths: a calibrated fit says so itself. */
function calibrationRows(half: Half): string[] {
  const scored = half.pairs.map((pair) => ({ fit: fitOfPair(pair), carries: pair.carries }))
  const edges = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.01]
  return edges.slice(1).map((to, at) => {
    const from = edges[at]!
    const inside = scored.filter(({ fit }) => fit >= from && fit < to)
    const mean = inside.reduce((sum, { fit }) => sum + fit, 0) / Math.max(1, inside.length)
    const share = inside.filter(({ carries }) => carries).length / Math.max(1, inside.length)
    return `| ${from} to ${Math.min(1, to)} | ${inside.length} | ${mean.toFixed(3)} | ${share.toFixed(3)} |`
  })
}

function readme(setting: Half, reporting: Half, dataHash: string): string {
  const template = readFileSync(join(import.meta.dirname, 'README.template.md'), 'utf8')
  const ceiling = (half: Half) => (half.pairs.filter(({ carries }) => carries).length / half.carried).toFixed(3)
  const values: Record<string, string> = {
    hash: dataHash,
    sizes: [setting, reporting]
      .map((half, at) => {
        const name = at === 0 ? 'setting' : 'reporting'
        return `| ${name} | ${half.tags} | ${half.carried} | ${half.pairs.length} | ${ceiling(half)} |`
      })
      .join('\n'),
    weights: ['intercept', ...WEIGHTED_PARTS]
      .map((part, at) => `| ${part} | ${(at === 0 ? INTERCEPT : WEIGHTS[WEIGHTED_PARTS[at - 1]!]).toFixed(2)} |`)
      .join('\n'),
    thresholds: `level 2 from ${FIT_THRESHOLD}, level 1 from ${NEIGHBOUR_THRESHOLD}`,
    quality: [...reportRows(setting, 'setting'), ...reportRows(reporting, 'reporting')].join('\n'),
    calibration: calibrationRows(reporting).join('\n'),
  }
  return template.replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? '')
}

function main(isWriting: boolean): void {
  const halves = readPairs()
  if (!halves) {
    console.log('The shared data does not stand here: nothing is calibrated.')
    return
  }
  const [setting, reporting] = halves
  const dataHash = hashOfData()
  const text = weightsText(calibrate(setting), dataHash)
  const isUpToDate = readFileSync(WEIGHTS_FILE, 'utf8') === text
  if (isWriting && !isUpToDate) {
    writeFileSync(WEIGHTS_FILE, text)
    console.log('weights.ts is written: run again for the report.')
    return
  }
  console.log(isUpToDate ? 'weights.ts is what this data gives.' : `weights.ts differs from:\n${text}`)
  const page = readme(setting, reporting, dataHash)
  if (isWriting) writeFileSync(README_FILE, page)
  console.log(page)
}

function hashOfData(): string {
  const hash = createHash('sha256')
  for (const file of [join('horizon-texts', 'docs.jsonl'), TAGS_FILE]) hash.update(readFileSync(sharedPath(file)))
  return hash.digest('hex')
}

if (import.meta.main) main(process.argv.includes('--write'))
