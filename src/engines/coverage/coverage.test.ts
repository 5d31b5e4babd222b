import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildIndex } from '#engines/search/build.ts'
import { variantsOf } from './capability.ts'
import { amongOf, coverageOf, statsOf } from './collection.ts'
import { fitFrom, fitOf } from './fit.ts'
import { levelOf } from './level.ts'
import { FIT_THRESHOLD, NEIGHBOUR_THRESHOLD } from './weights.ts'

/** Invented results of an invented zone. */
const RESULTS = [
  {
    id: 'casting',
    title: '硫化物固态电解质薄膜卷对卷流延工艺',
    text: '面向全固态电池，完成厚度30微米硫化物固态电解质薄膜的流延成膜与热压，已在中试线连续运行。',
  },
  { id: 'cathode', title: '高镍三元正极材料', text: 'NMC-811正极材料的包覆与烧结，用于动力电池。' },
  { id: 'cooling', title: '锂电池模组热管理', text: '液冷板设计，电池模组温差小于3℃。' },
  { id: 'reducer', title: '機器人關節諧波減速器', text: '柔輪疲勞壽命大於10000小時，傳動精度優於30角秒。' },
  { id: 'powder', title: '石榴石型氧化物电解质粉体', text: 'LLZO固态电解质粉体批量制备，粒径5微米。' },
  { id: 'platform', title: '园区数字化管理平台', text: '为高新区企业提供数据服务。' },
  { id: 'fibre', title: '聚合物中空纤维膜', text: '用于气体分离与海水淡化的中空纤维膜，膜分离系数高。' },
  {
    id: 'dry',
    title: 'Dry electrode coating',
    text: 'Solvent-free coating of electrodes for solid-state batteries, roll to roll.',
  },
  {
    id: 'tape',
    title: 'Solid electrolyte films by tape casting',
    text: 'Sulfide electrolytes are cast as 30 um films for solid-state cells.',
  },
]
const index = buildIndex(RESULTS.map(({ id, title, text }) => ({ id, fields: { title, text } })))
const levels = (...names: string[]) =>
  Object.fromEntries(
    coverageOf({ names }, index, { isStrong: () => true })
      .filter(({ level }) => level > 0)
      .map(({ id, level }) => [id, level]),
  )

describe('coverage of a capability', () => {
  it.each([
    [['固态电解质薄膜制备', 'solid-state electrolyte film casting'], { casting: 3, tape: 3, powder: 1 }],
    [['固態電解質薄膜'], { casting: 3 }],
    [['正极材料包覆'], { cathode: 3 }],
    [['谐波减速器'], { reducer: 3 }],
    [['电池热管理系统'], { cooling: 3 }],
    [['膜分离技术'], { fibre: 1 }],
    [['dry coating of electrodes'], { dry: 3 }],
    [['激光雷达芯片', 'lidar chip'], {}],
    [[''], {}],
    [[], {}],
  ])('%j is found at %j', (names, wanted) => {
    expect(levels(...names)).toEqual(wanted)
  })

  it('takes no evidence for strong unless the caller says so', () => {
    const covered = coverageOf({ names: ['谐波减速器'] }, index)
    expect(covered.map(({ id, named, level }) => [id, named, level])).toEqual([['reducer', true, 2]])
  })

  it('lets a shared field make a neighbour', () => {
    const covered = coverageOf({ names: ['固态电解质'] }, index, { isSameField: (id) => id === 'dry' })
    expect(covered.every(({ id, level }) => id !== 'dry' || level >= 1)).toBe(true)
    const [cooled] = coverageOf({ names: ['电池回收'] }, index, { isSameField: (id) => id === 'cooling' }).filter(
      ({ id }) => id === 'cooling',
    )
    expect(cooled!.level).toBe(1)
  })

  it('among some documents says what it says of them among all', () => {
    const ids = RESULTS.map(({ id }) => id)
    const names = fc.constantFrom('固态电解质薄膜制备', 'solid electrolyte films', '电池', 'dry coating of electrodes')
    fc.assert(
      fc.property(fc.subarray(ids), fc.array(names, { maxLength: 3 }), (some, asked) => {
        const among = amongOf(index, [...some, 'none', ...some])
        const whole = coverageOf({ names: asked }, index).filter(({ id }) => some.includes(id))
        expect(coverageOf({ names: asked }, index, { among })).toEqual(whole)
      }),
    )
  })

  it('reads of very many those that hold most of the name’s words', () => {
    const many = Array.from({ length: 300 }, (_, at) => ({
      id: `many-${at}`,
      fields: { title: 'battery', text: 'A film.' },
    }))
    const named = { id: 'z-named', fields: { title: 'Solid battery electrolyte film', text: '' } }
    const crowd = buildIndex([...many, named])
    const among = amongOf(
      crowd,
      [...many, named].map(({ id }) => id),
    )
    const covered = coverageOf({ names: ['solid battery electrolyte film'] }, crowd, { among })
    expect(covered[0]!.id).toBe('z-named')
    expect(covered.length).toBeLessThan(many.length)
  })

  it('leaves out what fits less than is asked for, and nothing else', () => {
    const names = fc.constantFrom(
      '固态电解质薄膜制备',
      'solid electrolyte films',
      '电池热管理系统',
      'dry electrode coating',
    )
    const least = fc.constantFrom(0.001, 0.02, NEIGHBOUR_THRESHOLD, FIT_THRESHOLD, 0.9)
    fc.assert(
      fc.property(fc.array(names, { maxLength: 3 }), fc.option(names), least, (asked, told, fitMin) => {
        const capability = { names: asked, descriptions: told === null ? [] : [told] }
        const all = coverageOf(capability, index).filter(({ fit }) => fit >= fitMin)
        expect(coverageOf(capability, index, { fitMin })).toEqual(all)
      }),
    )
  })

  it('of an index that has been changed is that of one built anew', () => {
    const ids = RESULTS.map(({ id }) => id)
    const step = fc.record({ id: fc.constantFrom(...ids), says: fc.option(fc.constantFrom(...RESULTS)) })
    const names = fc.constantFrom('固态电解质薄膜制备', 'solid electrolyte films', '电池', 'dry coating', '膜分离技术')
    const asDocument = (id: string, { title, text }: { title: string; text: string }) => ({
      id,
      fields: { title, text },
    })
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.array(names, { minLength: 1, maxLength: 3 }),
        (steps, asked) => {
          const changed = buildIndex(RESULTS.map((one) => asDocument(one.id, one)))
          const left = new Map(RESULTS.map((one) => [one.id, one]))
          for (const { id, says } of steps) {
            left.delete(id)
            changed.remove([id])
            if (!says) continue
            left.set(id, says)
            changed.add([asDocument(id, says)])
          }
          const anew = buildIndex([asDocument('none', { title: '', text: '' })])
          anew.add([...left].map(([id, said]) => asDocument(id, said)))
          anew.remove(['none'])
          const wanted = coverageOf({ names: asked }, anew, { isStrong: () => true })
          expect(coverageOf({ names: asked }, changed, { isStrong: () => true })).toEqual(wanted)
          const among = amongOf(changed, ids)
          expect(coverageOf({ names: asked }, changed, { isStrong: () => true, among })).toEqual(wanted)
        },
      ),
    )
  })

  it('names the language that fits best', () => {
    const [best] = coverageOf({ names: ['干法电极涂布', 'dry electrode coating'] }, index)
    expect(best).toMatchObject({ id: 'dry', name: 'dry electrode coating', named: true })
  })

  it('lets a description make a neighbour and no more', () => {
    const described = { names: ['全新能力'], descriptions: ['液冷板设计，电池模组温差'] }
    const [best] = coverageOf(described, index)
    expect(best!.id).toBe('cooling')
    expect(levelOf({ fit: best!.fit, named: best!.named, strong: true })).toBe(1)
  })

  it('judges one text as it judges the collection that holds it', () => {
    for (const names of [['固态电解质薄膜制备', 'solid electrolyte'], ['电池热管理'], ['coating']])
      for (const { id, fit, named, parts } of coverageOf({ names }, index)) {
        const alone = fitOf({ names }, RESULTS.find((result) => result.id === id)!, statsOf(index))
        expect(alone.fit).toBeCloseTo(fit, 6)
        expect(alone.named).toBe(named)
        expect(Object.keys(alone.parts!)).toEqual(Object.keys(parts!))
      }
  })

  it('is the same from run to run, the best first, equal ones by id', () => {
    const once = coverageOf({ names: ['电池'] }, index)
    expect(coverageOf({ names: ['电池'] }, index)).toEqual(once)
    expect([...once].sort((a, b) => b.fit - a.fit || (a.id < b.id ? -1 : 1))).toEqual(once)
  })

  it('covers nothing in an empty collection', () => {
    expect(coverageOf({ names: ['电池'] }, buildIndex([]))).toEqual([])
  })
})

describe('naming', () => {
  const stats = statsOf(index)
  const isNamed = (name: string, text: string) => fitOf({ names: [name] }, { text }, stats).named
  it.each([
    ['solid electrolyte film', 'films of a solid electrolyte', true],
    [
      'solid electrolyte film',
      'a solid result. Later on there was much talk of electrolytes, and then of other films',
      false,
    ],
    ['solid-state battery', 'a solidstate battery', true],
    ['NMC-811 cathode', 'cathodes from NMC811 powder', true],
    ['fibre optics', 'fiber-optic links', true],
    ['电池热管理', '电池包的热管理', true],
    ['电池热管理', '电池。企业管理咨询', false],
    ['钙钛矿太阳能电池', '鈣鈦礦型太陽能電池組件', true],
  ])('of %j in %j: %s', (name, text, wanted) => {
    expect(isNamed(name, text)).toBe(wanted)
  })
})

describe('the words of a name', () => {
  it.each([
    ['固态电解质薄膜制备', ['固态', '电解', '质', '薄膜', '制备~']],
    ['鈣鈦礦太陽能電池', ['钙钛矿', '太阳', '能', '电池']],
    ['膜分离技术', ['膜', '分离', '技术~']],
    ['satellite technology', ['satellite', 'technology']],
    ['design of the solid electrolyte film system', ['design', 'solid', 'electrolyte', 'film', 'system~']],
    ['系统技术', ['系统', '技术']],
    ['的', []],
    ['😀', []],
  ])('%s: %j, weak ones marked', (name, words) => {
    const found = variantsOf([name]).flatMap(({ units }) => units.map(({ text, isWeak }) => text + (isWeak ? '~' : '')))
    expect(found).toEqual(words)
  })
})

describe('levels', () => {
  it.each([
    [FIT_THRESHOLD, true, true, 3],
    [FIT_THRESHOLD, true, false, 2],
    [FIT_THRESHOLD, false, true, 2],
    [NEIGHBOUR_THRESHOLD, true, true, 1],
    [NEIGHBOUR_THRESHOLD - 0.001, true, true, 0],
    [0, false, false, 0],
  ])('fit %d, named %s, strong %s: %i', (fit, named, strong, level) => {
    expect(levelOf({ fit, named, strong })).toBe(level)
  })

  it('never fall as evidence grows', () => {
    const evidence = fc.record({
      fit: fc.double({ min: 0, max: 1, noNaN: true }),
      named: fc.boolean(),
      strong: fc.boolean(),
      sameField: fc.boolean(),
    })
    fc.assert(
      fc.property(evidence, evidence, (one, two) => {
        const more = {
          fit: Math.max(one.fit, two.fit),
          named: one.named || two.named,
          strong: one.strong || two.strong,
          sameField: one.sameField || two.sameField,
        }
        expect(levelOf(more)).toBeGreaterThanOrEqual(levelOf(one))
      }),
    )
  })

  it('come from a fit that never falls as a part grows, within 0 and 1', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const parts = fc.record({
      share,
      strength: share,
      titleShare: share,
      together: share,
      telling: share,
      rarity: share,
    })
    fc.assert(
      fc.property(parts, fc.constantFrom('strength', 'titleShare', 'together', 'telling', 'rarity'), (given, part) => {
        const fit = fitFrom(given)
        expect(fit).toBeGreaterThan(0)
        expect(fit).toBeLessThan(1)
        expect(fitFrom({ ...given, [part]: 1 })).toBeGreaterThanOrEqual(fit)
      }),
    )
  })

  it('stand in order', () => {
    expect(NEIGHBOUR_THRESHOLD).toBeLessThan(FIT_THRESHOLD)
  })
})

describe('any text', () => {
  it('gets a fit within 0 and 1, and its parts too', () => {
    const piece = fc.constantFrom(
      '固态',
      '电解质',
      '薄膜',
      'solid ',
      'electrolyte ',
      'film ',
      '。',
      '\n',
      '\ud83d',
      '😀',
      'of ',
      '5μm ',
    )
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
    const stats = statsOf(index)
    fc.assert(
      fc.property(text, text, text, (name, title, body) => {
        const { fit, parts, named } = fitOf({ names: [name] }, { title, text: body }, stats)
        for (const value of [fit, ...Object.values(parts ?? {})]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
        if (named) expect(parts!.together).toBe(1)
      }),
    )
  })
})
