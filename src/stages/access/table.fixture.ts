import type { Who } from '#testing'
import type { Scene } from './scene.fixture.ts'

/**
 * The callers of a row, by a letter each: administrator, officer, manager; company and researcher of the organisation in
 * question (`C`, `R`) and of another one of the zone (`c`, `r`); any member of another zone (`F`); a stranger (`S`).
 */
export const CALLERS: Readonly<Record<string, readonly Who[]>> = {
  A: ['administrator', 'administrator.other'],
  O: ['zone_officer', 'zone_officer.other'],
  M: ['technology_manager', 'technology_manager.other'],
  C: ['company'],
  R: ['researcher'],
  c: ['company.other'],
  r: ['researcher.other'],
  F: [
    'administrator.foreign',
    'zone_officer.foreign',
    'technology_manager.foreign',
    'company.foreign',
    'researcher.foreign',
  ],
  S: ['stranger'],
}
export const LETTERS = 'AOMCRcrFS'

export interface Row {
  /** `stage.endpoint`, as in the stages' `api.ts`. */
  route: string
  /** `AOM 200, CR 200, cr 403, F 403, S 401`: every letter once. */
  answers: string
  /** The request, made so that it would succeed for those who may; called for each caller. */
  ask?: (scene: Scene, who: Who) => Promise<Request> | Request
  /** Which callers see a field of the answer as anything but null, absent or empty: `{ private: 'AOMCR' }`. */
  sees?: Readonly<Record<string, string>>
}

export interface Request {
  path?: string
  body?: unknown
  raw?: Uint8Array
  headers?: Record<string, string>
}

/** The status that a row foretells for a letter. */
export function foretold(row: Row): Map<string, number> {
  const found = new Map<string, number>()
  for (const part of row.answers.split(',')) {
    const [letters = '', status = ''] = part.trim().split(' ')
    for (const letter of letters) {
      if (found.has(letter)) throw new Error(`${row.route} names ${letter} twice.`)
      found.set(letter, Number(status))
    }
  }
  for (const letter of LETTERS) if (!found.has(letter)) throw new Error(`${row.route} says nothing of ${letter}.`)
  return found
}
