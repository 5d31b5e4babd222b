import { compareIds } from '#engines/cover/model.ts'

/** Orders by figures, the highest first and the first figure before the others; ties by id. */
export function byFigures<One extends { id: string }>(figures: readonly ((one: One) => number)[]) {
  return (a: One, b: One): number =>
    figures.map((figure) => figure(b) - figure(a)).find((step) => step !== 0) ?? compareIds(a.id, b.id)
}
