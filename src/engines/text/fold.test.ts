import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, foldText } from './fold.ts'
import { SIMPLIFIED, TRADITIONAL } from './traditional.ts'

describe('folding', () => {
  it.each([
    ['聯合體', '联合体'],
    ['積體電路', '积体电路'],
    ['複合材料', '复合材料'],
    ['電池', '电池'],
    ['機器人', '机器人'],
    ['廣東', '广东'],
    ['臺灣', '台湾'],
    ['矽晶圓', '硅晶圆'],
    ['著作', '著作'],
    ['ＡＢＣ　１２３', 'abc 123'],
    ['Ångström café Łódź Straße', 'angstrom cafe lodz strasse'],
    ['Μέγα', 'μεγα'],
    ['LiFePO₄ 5 µm ﬁlm', 'lifepo4 5 μm film'],
    ['solid‑state – film', 'solid-state - film'],
    ['so\u00adlid\u200b', 'solid'],
    ['한국어 日本語', '한국어 日本语'],
    ['', ''],
  ])('makes %s into %s', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })

  it('pairs each traditional character with one simplified character that is not folded further', () => {
    expect([...TRADITIONAL]).toHaveLength([...SIMPLIFIED].length)
    expect(new Set(TRADITIONAL).size).toBe([...TRADITIONAL].length)
    expect([...SIMPLIFIED].filter((character) => TRADITIONAL.includes(character))).toEqual([])
  })

  it('replaces a lone surrogate and keeps a pair', () => {
    expect(foldText('a\ud800b😀')).toBe('a\ufffdb😀')
  })

  it.each([
    ['积體ﬁlm', 2, 4, 'ﬁ'],
    ['x e\u0301 y', 2, 3, 'e\u0301'],
    ['5 ㎛', 2, 4, '㎛'],
  ])('finds in %s what the folded units %i to %i were', (text, start, end, original) => {
    expect(fold(text).originalOf(start, end)).toBe(original)
  })

  it('keeps every way back within the text, in order, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(80), fc.nat(80), (text, a, b) => {
        const folded = fold(text)
        const [start, end] = [Math.min(a, b), Math.max(a, b)].map((at) => Math.min(at, folded.text.length))
        const [from, to] = folded.originalRange(start!, end!)
        expect(from).toBeLessThanOrEqual(to)
        expect(to).toBeLessThanOrEqual(text.length)
        expect(foldText(text)).toBe(folded.text)
        expect(folded.text.isWellFormed()).toBe(true)
      }),
    )
  })
})
