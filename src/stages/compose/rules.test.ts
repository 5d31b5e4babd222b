import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MEMBERS_MAX, MEMBERS_MAX_DEFAULT } from '#engines/cover/model.ts'
import { KINDS, type Kind } from '../registry/model.ts'
import { ComposeOptions, type ComposeOptionsSent, TEAM_MEMBERS_MAX, TEAM_MEMBERS_MAX_DEFAULT } from './model.ts'
import { assignRoles, conditionsOf, holdConditions, isIn, isSamePlace, linkState, refuseToCompose } from './rules.ts'

it('allows as many members as the engine does', () => {
  expect([TEAM_MEMBERS_MAX, TEAM_MEMBERS_MAX_DEFAULT]).toEqual([MEMBERS_MAX, MEMBERS_MAX_DEFAULT])
})

describe('Seats', () => {
  const wanted = [
    { id: 'cell', weight: 5, critical: false },
    { id: 'powder', weight: 4, critical: true },
    { id: 'test', weight: 2, critical: true },
  ]
  const seat = (text: string) => {
    const [name, ...levels] = text.split(' ')
    const [id, kind] = name!.replace('*', '').split(':')
    return {
      id: id!,
      kind: kind as Kind,
      sponsor: name!.endsWith('*'),
      levels: Object.fromEntries(levels.map((level) => level.split('=')).map(([key, value]) => [key!, Number(value)])),
    }
  }
  /** `name:kind capability=level …`; an asterisk marks a sponsor. */
  const table: [story: string, team: string[], roles: Record<string, string>][] = [
    ['a sponsor company leads', ['a:company cell=3', 'b:company*'], { b: 'lead', a: 'member' }],
    [
      'of two sponsors the stronger company leads, the other is the first user',
      ['a:company*', 'b:company* cell=1'],
      { b: 'lead', a: 'first_user' },
    ],
    ['of equal companies the earlier id leads', ['b:company cell=2', 'a:company cell=2'], { a: 'lead', b: 'member' }],
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
      { i: 'chief_scientist', u: 'member', c: 'lead' },
    ],
    [
      'of two scientists the better at it',
      ['c:company*', 'u:university powder=2 cell=3', 'i:institute powder=3'],
      { i: 'chief_scientist', u: 'member', c: 'lead' },
    ],
    [
      'without a critical one the weightiest counts',
      ['c:company*', 'u:university cell=2'],
      { u: 'chief_scientist', c: 'lead' },
    ],
    ['a neighbour is no chief scientist', ['c:company*', 'u:university powder=1'], { u: 'member', c: 'lead' }],
    ['a company is no chief scientist', ['c:company*', 'd:company powder=3'], { d: 'member', c: 'lead' }],
    ['a fund is the investor', ['c:company*', 'f:fund'], { f: 'investor', c: 'lead' }],
    ['a lone fund leads', ['f:fund'], { f: 'lead' }],
  ]
  it.each(table)('%s', (_story, team, roles) => {
    expect(Object.fromEntries(assignRoles(team.map(seat), wanted))).toEqual(roles)
  })

  it('nobody gets none', () => {
    expect(assignRoles([], wanted).size).toBe(0)
  })

  it('one leads, at most one is the chief scientist, whatever the order of the team', () => {
    const member = fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom(...KINDS),
      sponsor: fc.boolean(),
      levels: fc.dictionary(fc.constantFrom('cell', 'powder', 'test'), fc.integer({ min: 0, max: 3 })),
    })
    const team = fc.uniqueArray(member, { minLength: 1, maxLength: 9, selector: ({ id }) => id })
    fc.assert(
      fc.property(team, (members) => {
        const roles = assignRoles(members, wanted)
        const held = [...roles.values()]
        expect(held.filter((role) => role === 'lead')).toHaveLength(1)
        expect(held.filter((role) => role === 'chief_scientist').length).toBeLessThanOrEqual(1)
        expect([...assignRoles([...members].reverse(), wanted)].sort()).toEqual([...roles].sort())
      }),
      { seed: 7 },
    )
  })
})

describe('Conditions', () => {
  const need = {
    conditions: { regions: ['澜东省'], minMembers: 3, maxMembers: 6, kinds: { university: 1 } },
    budget: { minor: '900', currency: 'CNY' },
    sponsors: ['s'],
  }
  const hold = (options: ComposeOptionsSent, own: object = need) =>
    holdConditions({ ...need, ...own }, ComposeOptions.parse(options))
  const own = { minMembers: 3, maxMembers: 6, budget: need.budget, regions: ['澜东省'], kinds: { university: 1 } }

  const table: [story: string, options: ComposeOptionsSent, held: object][] = [
    ['are the need’s own', {}, own],
    ['are the person’s where they say', { sizeMin: 4, sizeMax: 5 }, { ...own, minMembers: 4, maxMembers: 5 }],
    [
      'are lifted by null',
      { sizeMin: null, budget: null, regions: null, kinds: null },
      { minMembers: null, maxMembers: 6, budget: null, regions: [], kinds: {} },
    ],
    ['without an upper bound go to the engine’s', { sizeMax: null }, { ...own, maxMembers: TEAM_MEMBERS_MAX }],
    ['are lifted by an empty list or map', { regions: [], kinds: {} }, { ...own, regions: [], kinds: {} }],
    ['leave out kinds of which none is wanted', { kinds: { fund: 0, company: 2 } }, { ...own, kinds: { company: 2 } }],
  ]
  it.each(table)('%s', (_story, options, held) => {
    expect(hold(options)).toEqual(held)
  })

  it('make room for whom they demand where nobody says how many', () => {
    const free = { conditions: {} }
    expect(hold({}, free).maxMembers).toBe(8)
    expect(hold({ sizeMin: 12 }, free).maxMembers).toBe(12)
    expect(hold({ kinds: { company: 6, university: 4 } }, free).maxMembers).toBe(10)
  })

  it('of more members than the engine takes are refused', () => {
    expect(() => hold({}, { conditions: { minMembers: 90 } })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ rule: 'compose.too_many_members', limit: 60 }) }),
    )
  })
})

describe('A need', () => {
  it.each([
    ['that is closed', { state: 'closed', capabilities: [1] }, 'compose.need_settled'],
    ['that went into a joint one', { state: 'merged', capabilities: [1] }, 'compose.need_settled'],
    ['without capabilities', { state: 'open', capabilities: [] }, 'compose.no_capabilities'],
  ])('%s is not composed for', (_story, need, rule) => {
    expect(() => refuseToCompose(need)).toThrow(expect.objectContaining({ details: expect.objectContaining({ rule }) }))
  })
  it.each(['draft', 'in_review', 'returned', 'open', 'matched', 'expired'])('that is %s is', (state) => {
    expect(() => refuseToCompose({ state, capabilities: [1] })).not.toThrow()
  })
})

describe('Places', () => {
  it.each([
    ['江苏', '江苏省', true],
    ['江苏省', '江苏', true],
    ['广西', '广西壮族自治区', true],
    ['江蘇省', '江苏省', true],
    ['Jiangsu', 'jiangsu', true],
    ['吉林省', '吉林市', false],
    ['北京', '南京', false],
    ['市', '市', true],
  ])('%s and %s: %s', (one, other, same) => {
    expect(isSamePlace(one, other)).toBe(same)
    expect(isSamePlace(other, one)).toBe(same)
  })

  it('are the region, the city or the country', () => {
    const lab = { region: '江苏省', city: '苏州市', country: 'CN' }
    expect(['江苏', '苏州', 'CN', '上海'].map((place) => isIn([place], lab))).toEqual([true, true, true, false])
    expect(isIn([], lab)).toBe(false)
    expect(isIn(['CN'], { region: null, city: null, country: null })).toBe(false)
  })
})

it('tells a sponsor’s seat from a wish', () => {
  const who = { pins: ['p', 'both'], sponsors: ['s', 'both'] }
  expect(conditionsOf('pinned', who)).toEqual(['sponsors', 'pinned'])
  expect(conditionsOf('pinned', { ...who, pinned: ['s'] })).toEqual(['sponsors'])
  expect(conditionsOf('pinned', { ...who, pinned: ['p'] })).toEqual(['pinned'])
  expect(conditionsOf('pinned', { ...who, pinned: ['both'] })).toEqual(['sponsors'])
  expect(conditionsOf('membersMin', who)).toEqual(['minMembers'])
})

it('says how a link stands', () => {
  const at = new Date('2026-11-22T08:00:00Z')
  const later = new Date('2026-11-23T08:00:00Z')
  expect(linkState({ expiresAt: later, revokedAt: null }, at)).toBe('open')
  expect(linkState({ expiresAt: at, revokedAt: null }, at)).toBe('expired')
  expect(linkState({ expiresAt: later, revokedAt: at }, at)).toBe('revoked')
})
