import type { Answer, Change, ConditionKey, Problem } from '#engines/cover/model.ts'

/** The answer where there is nobody to choose from: a team of nobody, unless a condition demands somebody. */
export function answerForNobody({ requirements, conditions }: Problem): Answer {
  const { membersMin: from = 0, kinds = [], leadKinds = [] } = conditions
  const demands: { condition: ConditionKey; changes: Change[] }[] = [
    { condition: 'membersMin', changes: from > 0 ? [{ what: 'membersMin', from, to: 0 }] : [] },
    {
      condition: 'kinds',
      changes: kinds.map(({ kind, min = 0 }) => ({ what: 'kindMin', id: kind, from: min, to: 0 })),
    },
    { condition: 'lead', changes: leadKinds.length ? [{ what: 'leadKinds' }] : [] },
  ]
  const [first, ...others] = demands.filter(({ changes }) => changes.length > 0)
  if (first) {
    const relaxations = [{ ...first, enough: others.length === 0 }]
    return {
      status: 'infeasible',
      seconds: 0,
      conflict: { conditions: [first.condition], irreducible: true, relaxations },
    }
  }
  const open = requirements.map(({ id, levelWanted = 2 }) => ({ requirement: id, level: 0 as const, levelWanted }))
  return {
    status: 'optimal',
    objective: 0,
    bound: 0,
    gap: 0,
    seconds: 0,
    chosen: [],
    coverage: open.map((one) => ({ ...one, by: [] })),
    gaps: open.map((one) => ({ ...one, nearest: [] })),
    parts: [],
    screened: { from: 0, to: 0 },
  }
}
