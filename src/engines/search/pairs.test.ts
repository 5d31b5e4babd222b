import { describe, expect, it } from 'vitest'
import { buildIndex } from './build.ts'
import { learnTermPairs, type SaidTwice } from './pairs.ts'

const TEXTS: SaidTwice[] = [
  ['固态电池', 'solid-state battery'],
  ['电池回收', 'battery recycling'],
  ['薄膜沉积', 'film deposition'],
  ['薄膜电池 NMC-811', 'film battery NMC-811'],
  ['回收', 'recycling'],
]

describe('pairs of terms', () => {
  const pairs = learnTermPairs(TEXTS)

  it('are learnt from texts that say the same', () => {
    expect(pairs.get('电池')?.[0]?.term).toBe('batteri')
    expect(pairs.get('薄膜')?.[0]?.term).toBe('film')
    expect(pairs.get('回收')?.[0]?.term).toBe('recycl')
  })

  it('say in how many records both were met, and how the other is written', () => {
    expect(pairs.get('电池')?.[0]).toMatchObject({ met: 3, says: 'battery' })
    const once = learnTermPairs(TEXTS.map(([from, to]) => [from, to, 'one record']))
    expect(once.get('电池')?.[0]).toMatchObject({ met: 1 })
  })

  it('leave out what both languages write alike', () => {
    expect(pairs.get('nmc811')).toBeUndefined()
    expect([...pairs.values()].flat().map(({ term }) => term)).not.toContain('nmc811')
  })

  it('let a question in one language find a text in the other, and say how', () => {
    const index = buildIndex([
      { id: 'a', fields: { text: 'A process for recycling batteries' } },
      { id: 'b', fields: { text: 'Choir music' } },
    ])
    expect(index.search('电池回收')).toEqual([])
    const [hit] = index.search('电池回收', { pairs })
    expect(hit!.id).toBe('a')
    expect(hit!.terms.map(({ term, expandedFrom }) => [term, expandedFrom?.by])).toEqual([
      ['batteri', 'pairs'],
      ['recycl', 'pairs'],
    ])
    expect(hit!.terms[1]!.expandedFrom!.from).toContain('回收')
  })

  it('are none where nothing is said twice', () => {
    expect(learnTermPairs([]).size).toBe(0)
    expect(
      learnTermPairs([
        ['', 'film'],
        ['film', 'film'],
      ]).size,
    ).toBe(0)
  })
})
