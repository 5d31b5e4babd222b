/** Graded relevance of documents for one query; what is not named has grade 0. */
export type Grades = ReadonlyMap<string, number>

/** Normalised discounted cumulative gain at `depth`: linear gain, log2 discount, against the best order there is. */
export function normalisedGain(ranked: readonly string[], grades: Grades, depth = 10): number {
  const best = gain(
    [...grades.values()].sort((a, b) => b - a),
    depth,
  )
  return best === 0
    ? 0
    : gain(
        ranked.map((id) => grades.get(id) ?? 0),
        depth,
      ) / best
}

/** The share of the relevant documents (grade above 0) among the first `depth`. */
export function recall(ranked: readonly string[], grades: Grades, depth = 100): number {
  const relevant = [...grades.values()].filter((grade) => grade > 0).length
  if (relevant === 0) return 0
  return ranked.slice(0, depth).filter((id) => (grades.get(id) ?? 0) > 0).length / relevant
}

function gain(grades: readonly number[], depth: number): number {
  return grades.slice(0, depth).reduce((sum, grade, at) => sum + grade / Math.log2(at + 2), 0)
}
