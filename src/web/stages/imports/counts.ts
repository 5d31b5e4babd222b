import type { Counts, Import, SubjectCounts, Verdict } from '#stages/imports/model.ts'

/** Each subject, its counts, and the list of the registry that holds it. */
export const SUBJECTS_COUNTED = [
  { subject: 'organisation', counted: 'organisations', path: '/organisations' },
  { subject: 'result', counted: 'results', path: '/results' },
  { subject: 'project', counted: 'projects', path: '/projects' },
  { subject: 'participation', counted: 'participations', path: null },
] as const

export const countOf = (counts: SubjectCounts, verdict: Verdict): number =>
  verdict === 'set_aside' ? counts.setAside : counts[verdict]

export const totalOf = (counts: Counts | null, verdict: Verdict): number =>
  counts ? SUBJECTS_COUNTED.reduce((sum, { counted }) => sum + countOf(counts[counted], verdict), 0) : 0

/** Records that can be taken: new ones and changed ones. */
export const goodOf = (counts: Counts | null): number => totalOf(counts, 'new') + totalOf(counts, 'changed')

export const STEPS = ['read', 'understand', 'check', 'take'] as const
export type Step = (typeof STEPS)[number]

/** How far along the road an import is. */
export function stepOf(run: Pick<Import, 'state' | 'reading'>): Step {
  switch (run.state) {
    case 'reading':
    case 'cancelled':
      return 'read'
    case 'failed':
      return run.reading ? 'check' : 'read'
    case 'mapping':
      return 'understand'
    case 'checking':
    case 'ready':
    case 'dropped':
      return 'check'
    default:
      return 'take'
  }
}

/** Whether something is being done for it, so that it changes by itself. */
export const isBusy = ({ state, work }: Pick<Import, 'state' | 'work'>): boolean =>
  state === 'reading' ||
  state === 'checking' ||
  state === 'applying' ||
  work?.state === 'queued' ||
  work?.state === 'running'
