import { describe, expect, it } from 'vitest'
import { hasActed, type SinceTaken, type TeamTaken, whyNotUndone } from './take-over-rules.ts'

const TAKEN: TeamTaken = { revision: 4, joined: ['spare'], invitations: { stayed: 2, left: 3 } }
const KNOWN = [
  { id: 'stayed', organisationId: 'university', revision: 2, acted: true },
  { id: 'left', organisationId: 'other', revision: 3, acted: true },
]
const since = (change: Partial<SinceTaken>): SinceTaken => ({ revision: 4, invitations: KNOWN, gone: 0, ...change })
const invited = (organisationId: string, acted: boolean) => [
  ...KNOWN,
  { id: 'new', organisationId, revision: 1, acted },
]

describe('Another version that was taken over', () => {
  it.each<[story: string, now: SinceTaken, why: string | null]>([
    ['can be undone while nothing has happened', since({}), null],
    ['can be undone where the newcomer was invited', since({ invitations: invited('spare', false) }), null],
    ['stands once the draft was changed', since({ revision: 5 }), 'take_over.changed'],
    ['stands once the newcomer has answered', since({ invitations: invited('spare', true) }), 'take_over.answered'],
    ['stands once somebody else was invited', since({ invitations: invited('fund', false) }), 'take_over.answered'],
    [
      'stands once one who stayed has moved',
      since({ invitations: KNOWN.map((one) => ({ ...one, revision: one.revision + (one.id === 'stayed' ? 1 : 0) })) }),
      'take_over.answered',
    ],
    ['stands where an earlier member is gone', since({ gone: 1 }), 'take_over.gone'],
  ])('%s', (_story, now, why) => expect(whyNotUndone(TAKEN, now)).toBe(why))

  it.each([
    [[], false],
    [['host', 'host'], false],
    [['host', 'invited'], true],
    [['host', 'time'], true],
  ] as const)('counts steps of %j as acted: %s', (sides, acted) =>
    expect(hasActed(sides.map((side) => ({ side })))).toBe(acted),
  )
})
