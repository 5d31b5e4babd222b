import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KINDS, type Kind } from '../registry/model.ts'
import { assignSeats, packagesIn, seatReasons } from './role-rules.ts'
import type { Role } from './team-model.ts'

describe('Seats', () => {
  const wanted = [
    { id: 'cell', weight: 5, critical: false },
    { id: 'powder', weight: 4, critical: true },
    { id: 'test', weight: 2, critical: true },
  ]
  const seat = (text: string) => {
    const [name, ...figures] = text.split(' ')
    const levels = figures.filter((figure) => !figure.startsWith('?'))
    const open = figures.find((figure) => figure.startsWith('?'))
    const [id, kind] = name!.replace('*', '').split(':')
    return {
      id: id!,
      kind: kind as Kind,
      sponsor: name!.endsWith('*'),
      ...(open ? { openRows: Number(open.slice(1)) } : {}),
      levels: Object.fromEntries(levels.map((level) => level.split('=')).map(([key, value]) => [key!, Number(value)])),
    }
  }
  const rolesOf = (seats: ReturnType<typeof assignSeats>): Record<string, Role> =>
    Object.fromEntries([...seats].map(([id, { role }]) => [id, role]))
  const member = fc.record({
    id: fc.uuid(),
    kind: fc.constantFrom(...KINDS),
    sponsor: fc.boolean(),
    levels: fc.dictionary(fc.constantFrom('cell', 'powder', 'test'), fc.integer({ min: 0, max: 3 })),
  })
  const team = fc.uniqueArray(member, { minLength: 1, maxLength: 9, selector: ({ id }) => id })
  /** `name:kind capability=level …`; an asterisk marks a sponsor, `?2` two open rules for a lead. */
  const table: [story: string, team: string[], roles: Record<string, string>][] = [
    ['a sponsor company leads', ['a:company cell=1', 'b:company*'], { b: 'lead', a: 'member' }],
    [
      'of two sponsors the stronger company leads, the other is the first user',
      ['a:company*', 'b:company* cell=1'],
      { b: 'lead', a: 'first_user' },
    ],
    [
      'of two sponsors the one leads that is known to keep more of the rules for a lead',
      ['a:company* cell=1 ?2', 'b:company* ?1'],
      { b: 'lead', a: 'first_user' },
    ],
    [
      'a sponsor leads before who is known to keep more of them',
      ['a:company* ?2', 'b:company cell=3'],
      { a: 'lead', b: 'package_lead' },
    ],
    ['of equal companies the earlier id leads', ['b:company cell=1', 'a:company cell=1'], { a: 'lead', b: 'member' }],
    [
      'without a sponsor the strongest company leads',
      ['a:company cell=1', 'b:company cell=3'],
      { b: 'lead', a: 'member' },
    ],
    [
      'a company leads before a university that sponsors',
      ['u:university* cell=3', 'a:company'],
      { a: 'lead', u: 'chief_scientist' },
    ],
    [
      'without a company a sponsor leads',
      ['u:university powder=3', 'i:institute*'],
      { i: 'lead', u: 'chief_scientist' },
    ],
    [
      'the scientist is who covers the weightiest critical capability',
      ['c:company*', 'u:university test=3 cell=3', 'i:institute powder=2'],
      { i: 'chief_scientist', u: 'package_lead', c: 'lead' },
    ],
    [
      'of two scientists the better at it',
      ['c:company*', 'u:university powder=2 cell=3', 'i:institute powder=3'],
      { i: 'chief_scientist', u: 'package_lead', c: 'lead' },
    ],
    [
      'without a critical one the weightiest counts',
      ['c:company*', 'u:university cell=2'],
      { u: 'chief_scientist', c: 'lead' },
    ],
    ['a neighbour is no chief scientist', ['c:company*', 'u:university powder=1'], { u: 'member', c: 'lead' }],
    ['a company is no chief scientist', ['c:company*', 'd:company powder=3'], { d: 'package_lead', c: 'lead' }],
    [
      'beside a chief scientist the strongest company that is no sponsor is the operator',
      ['c:company*', 'u:university powder=3', 'd:company cell=1', 'e:company cell=2', 's:company*'],
      { c: 'lead', u: 'chief_scientist', e: 'operator', d: 'member', s: 'first_user' },
    ],
    [
      'a sponsor is the first user and not the operator',
      ['c:company* cell=1', 'u:university powder=3', 's:company*'],
      { c: 'lead', u: 'chief_scientist', s: 'first_user' },
    ],
    ['an association is the intermediary', ['c:company*', 'a:association'], { a: 'intermediary', c: 'lead' }],
    ['a fund is the investor', ['c:company*', 'f:fund'], { f: 'investor', c: 'lead' }],
    ['a lone fund leads', ['f:fund'], { f: 'lead' }],
  ]
  it.each(table)('%s', (_story, team, roles) => {
    expect(rolesOf(assignSeats(team.map(seat), wanted))).toEqual(roles)
  })

  it('nobody gets none', () => {
    expect(assignSeats([], wanted).size).toBe(0)
  })

  it('one leads, at most one is the chief scientist or the operator, whatever the order of the team', () => {
    fc.assert(
      fc.property(team, (members) => {
        const seats = assignSeats(members, wanted)
        const held = [...seats.values()].map(({ role }) => role)
        expect(held.filter((role) => role === 'lead')).toHaveLength(1)
        for (const sole of ['chief_scientist', 'operator'])
          expect(held.filter((role) => role === sole).length).toBeLessThanOrEqual(1)
        if (held.includes('operator')) expect(held).toContain('chief_scientist')
        expect([...assignSeats([...members].reverse(), wanted)].sort()).toEqual([...seats].sort())
      }),
      { seed: 7 },
    )
  })

  const packages: [story: string, team: string[], led: Record<string, string>][] = [
    ['the best at a capability leads its package', ['a:company cell=3', 'b:company cell=2'], { a: 'cell!' }],
    ['a neighbour leads none', ['a:company cell=1'], {}],
    ['the lead leads packages too', ['a:company* cell=3 powder=3'], { a: 'cell! powder!' }],
    [
      'of two as good the one that leads less',
      ['a:company cell=3 powder=2', 'b:company powder=2'],
      { a: 'cell!', b: 'powder' },
    ],
    [
      'the heaviest is shared out first',
      ['a:company cell=2 powder=2 test=2', 'b:company cell=2 powder=2 test=2'],
      { a: 'cell', b: 'powder test' },
    ],
  ]
  it.each(packages)('%s', (_story, team, led) => {
    const seats = assignSeats(team.map(seat), wanted)
    const told = [...seats].flatMap(([id, { packages: own }]) =>
      own.length ? [[id, own.map(({ capability, why }) => `${capability}${why === 'best' ? '!' : ''}`).join(' ')]] : [],
    )
    expect(Object.fromEntries(told)).toEqual(led)
  })

  it('give each capability that somebody can do to one who is best at it, and say so', () => {
    fc.assert(
      fc.property(team, (members) => {
        const seats = assignSeats(members, wanted)
        for (const { id: capability } of wanted) {
          const levelOf = (id: string) => members.find((one) => one.id === id)?.levels[capability] ?? 0
          const most = Math.max(...members.map(({ id }) => levelOf(id)))
          const leaders = [...seats].filter(([, seated]) => packagesIn(seatReasons(seated)).includes(capability))
          expect(leaders).toHaveLength(most >= 2 ? 1 : 0)
          for (const [id] of leaders) expect(levelOf(id)).toBe(most)
        }
      }),
      { seed: 8 },
    )
  })
})
