/** Weights of a logistic regression by Newton's method, the first input being the constant 1; ridge on the others. */
export function fitLogistic(
  inputs: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  ridge: number,
): number[] {
  const size = inputs[0]?.length ?? 0
  const weights = new Array<number>(size).fill(0)
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const system = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0))
    inputs.forEach((input, row) => {
      const chance = logistic(dot(weights, input))
      const slope = chance * (1 - chance)
      for (let i = 0; i < size; i += 1) {
        system[i]![size]! += ((outcomes[row] ? 1 : 0) - chance) * input[i]!
        for (let j = 0; j < size; j += 1) system[i]![j]! += slope * input[i]! * input[j]!
      }
    })
    for (let i = 1; i < size; i += 1) {
      system[i]![i]! += ridge
      system[i]![size]! -= ridge * weights[i]!
    }
    const change = solve(system)
    change.forEach((delta, i) => {
      weights[i]! += delta
    })
    if (Math.max(...change.map(Math.abs)) < 1e-9) break
  }
  return weights
}

const STEPS_MAX = 100

export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0)
}

/** Gauss-Jordan with partial pivoting; each row ends with its right-hand side. */
function solve(rows: number[][]): number[] {
  const size = rows.length
  for (let i = 0; i < size; i += 1) {
    let pivot = i
    for (let row = i + 1; row < size; row += 1) if (Math.abs(rows[row]![i]!) > Math.abs(rows[pivot]![i]!)) pivot = row
    ;[rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!]
    for (let row = 0; row < size; row += 1) {
      if (row === i) continue
      const factor = rows[row]![i]! / rows[i]![i]!
      for (let column = i; column <= size; column += 1) rows[row]![column]! -= factor * rows[i]![column]!
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!)
}
