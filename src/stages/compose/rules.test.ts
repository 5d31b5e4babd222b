import { describe, expect, it } from 'vitest'
import { MEMBERS_MAX, MEMBERS_MAX_DEFAULT } from '#engines/cover/model.ts'
import { ComposeOptions, type ComposeOptionsSent, TEAM_MEMBERS_MAX, TEAM_MEMBERS_MAX_DEFAULT } from './model.ts'
import { holdConditions, isIn, isSamePlace, linkState, refuseToCompose } from './rules.ts'

it('allows as many members as the engine does', () => {
  expect([TEAM_MEMBERS_MAX, TEAM_MEMBERS_MAX_DEFAULT]).toEqual([MEMBERS_MAX, MEMBERS_MAX_DEFAULT])
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

it('says how a link stands', () => {
  const at = new Date('2026-11-22T08:00:00Z')
  const later = new Date('2026-11-23T08:00:00Z')
  expect(linkState({ expiresAt: later, revokedAt: null }, at)).toBe('open')
  expect(linkState({ expiresAt: at, revokedAt: null }, at)).toBe('expired')
  expect(linkState({ expiresAt: later, revokedAt: at }, at)).toBe('revoked')
})
