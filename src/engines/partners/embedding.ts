import { seededRandom } from '#kit/random.ts'
import type { History } from './history.ts'
import { gatherRows, type Rows, rowOf } from './rows.ts'

/**
 * Places of organisations and projects in a space where those lie near each other that have members, programme parts and
 * words of members' names in common.
 */
export interface Embedding {
  readonly width: number
  /** Organisation by organisation, each times its weight: their sum is where a consortium of them lies. */
  readonly organisations: Float32Array
  /** Project by project, of length 1, or 0 for one without members. */
  readonly projects: Float32Array
  readonly parts: Float32Array
}

export const EMBEDDING_WIDTH = 64
const ROUNDS = 5
const SEED = 20_140_101
const HALF_LIFE_YEARS = 6
const PART_WEIGHT = 1
const WORD_WEIGHT = 0.5

/**
 * The greatest singular vectors of the matrix of projects by members, parts and name words, by block power iteration
 * (Halko, Martinsson and Tropp 2011, algorithm 4.4). A column counts less the more projects it stands in.
 */
export function embed(history: History, width = EMBEDDING_WIDTH): Embedding {
  const { organisations, projects, parts, nameWords } = history
  const matrix = matrixOf(history)
  const columns = organisations.size + parts.size + nameWords.size
  const random = seededRandom(SEED)
  let vectors = Float32Array.from({ length: columns * width }, () => random() - 0.5)
  const projected = new Float32Array(projects.length * width)
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round > 0) orthonormalise(vectors, columns, width)
    if (round === ROUNDS - 1) break
    vectors = turn(matrix, vectors, projected, width)
  }
  const fresh = { ...matrix, rowWeight: new Float32Array(projects.length).fill(1) }
  turn(fresh, vectors, projected, width)
  normaliseRows(projected, projects.length, width)
  for (let column = 0; column < columns; column += 1)
    for (let i = 0; i < width; i += 1) vectors[column * width + i]! *= matrix.columnWeight[column]!
  const partsFrom = organisations.size * width
  return {
    width,
    organisations: vectors.slice(0, partsFrom),
    projects: projected,
    parts: vectors.slice(partsFrom, partsFrom + parts.size * width),
  }
}

interface Matrix {
  readonly rows: Rows
  readonly rowWeight: Float32Array
  readonly columnWeight: Float32Array
}

function matrixOf(history: History): Matrix {
  const { organisations, projects, parts, nameWords, members } = history
  const rowNumbers: number[] = []
  const columnNumbers: number[] = []
  for (let project = 0; project < projects.length; project += 1) {
    const add = (column: number) => {
      rowNumbers.push(project)
      columnNumbers.push(column)
    }
    for (const part of rowOf(history.projectParts, project)) add(organisations.size + part)
    for (const member of rowOf(members, project)) {
      add(member)
      for (const word of rowOf(history.nameWordsOf, member)) add(organisations.size + parts.size + word)
    }
  }
  const rows = gatherRows(projects.length, rowNumbers, columnNumbers)
  const counts = new Float32Array(organisations.size + parts.size + nameWords.size)
  for (const column of columnNumbers) counts[column]! += 1
  const columnWeight = counts.map((count, column) => {
    const weight =
      column < organisations.size ? 1 : column < organisations.size + parts.size ? PART_WEIGHT : WORD_WEIGHT
    return weight / Math.sqrt(1 + count)
  })
  const rowWeight = Float32Array.from({ length: projects.length }, (_, project) => {
    const size = members.starts[project + 1]! - members.starts[project]!
    return size < 2 ? 0 : 2 ** (-history.projectAge[project]! / HALF_LIFE_YEARS / 2) / Math.sqrt(size)
  })
  return { rows, rowWeight, columnWeight }
}

/** Columns to rows and back; the rows' places are left in `projected`. */
function turn(
  { rows, rowWeight, columnWeight }: Matrix,
  vectors: Float32Array,
  projected: Float32Array,
  width: number,
) {
  const next = new Float32Array(vectors.length)
  projected.fill(0)
  for (let row = 0; row < rowWeight.length; row += 1) {
    if (rowWeight[row] === 0) continue
    const from = row * width
    for (const column of rowOf(rows, row)) {
      const weight = rowWeight[row]! * columnWeight[column]!
      const start = column * width
      for (let i = 0; i < width; i += 1) projected[from + i]! += weight * vectors[start + i]!
    }
    for (const column of rowOf(rows, row)) {
      const weight = rowWeight[row]! * columnWeight[column]!
      const start = column * width
      for (let i = 0; i < width; i += 1) next[start + i]! += weight * projected[from + i]!
    }
  }
  return next
}

/** Makes the columns orthonormal by the Cholesky factor of their products, row by row of the matrix. */
function orthonormalise(matrix: Float32Array, rows: number, width: number): void {
  const products = new Float64Array(width * width)
  for (let row = 0, from = 0; row < rows; row += 1, from += width)
    for (let i = 0; i < width; i += 1) {
      const value = matrix[from + i]!
      if (value === 0) continue
      for (let j = 0; j <= i; j += 1) products[i * width + j]! += value * matrix[from + j]!
    }
  factorise(products, width)
  for (let row = 0, from = 0; row < rows; row += 1, from += width)
    for (let i = 0; i < width; i += 1) {
      let value = matrix[from + i]!
      for (let j = 0; j < i; j += 1) value -= products[i * width + j]! * matrix[from + j]!
      matrix[from + i] = products[i * width + i]! > 0 ? value / products[i * width + i]! : 0
    }
}

/** The lower Cholesky factor in place; a column that depends on those before it becomes 0. */
function factorise(products: Float64Array, width: number): void {
  for (let i = 0; i < width; i += 1)
    for (let j = 0; j <= i; j += 1) {
      const whole = products[i * width + j]!
      let value = whole
      for (let k = 0; k < j; k += 1) value -= products[i * width + k]! * products[j * width + k]!
      if (i === j) products[i * width + i] = value > DEPENDENT_SHARE * whole ? Math.sqrt(value) : 0
      else products[i * width + j] = products[j * width + j]! > 0 ? value / products[j * width + j]! : 0
    }
}

const DEPENDENT_SHARE = 1e-9

function normaliseRows(matrix: Float32Array, rows: number, width: number): void {
  for (let row = 0; row < rows; row += 1) {
    let square = 0
    for (let i = 0; i < width; i += 1) square += matrix[row * width + i]! ** 2
    const scale = square > 1e-30 ? 1 / Math.sqrt(square) : 0
    for (let i = 0; i < width; i += 1) matrix[row * width + i]! *= scale
  }
}
