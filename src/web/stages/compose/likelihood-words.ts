import { defineWords } from '../../lib/words.ts'

/** What a team covers beside how likely it is to come together. */
export const likelihoodWords = defineWords({
  zh: {
    title: '覆盖，还是更可能组成',
    nothing: '名录里还没有两家机构共同参与过的项目，没有以往可以参照；这个方案按“均衡”算出，与它相同。',
    nothingNext: '导入以往项目后再组建，就会参照它们。',
    learned: {
      other: '由名录里 {{count}} 个以往项目推算，只用 {{before}} 之前开始的；名次在 {{of}} 家可选机构中排。',
    },
    rule: '名次是推算，不是承诺：成员是否加入，要问过才知道。',
    coversMore: { other: '均衡的方案多覆盖 {{count}} 项能力' },
    coversLess: { other: '均衡的方案少覆盖 {{count}} 项能力' },
    coversSame: '均衡的方案覆盖的能力一样多',
    placesLater: '，但成员的中间名次是第 {{balanced}}，这个方案是第 {{own}}。',
    placesSooner: '，成员的中间名次是第 {{balanced}}，也不比这个方案的第 {{own}} 靠后。',
    placesUnknown: '。',
    measure: '比较',
    own: '本方案',
    balanced: '均衡方案',
    covered: '覆盖的能力',
    coveredOf: '{{covered}}/{{of}}',
    members: '成员',
    middle: '成员按以往合作的中间名次',
    place: '第 {{place}}',
    none: '—',
    takeBalanced: '改为均衡',
    line: '覆盖 {{covered}}/{{of}} 项',
    linePlace: '中间名次第 {{place}}（共 {{of}} 家）',
  },
  en: {
    title: 'Covering more, or likelier to come together',
    nothing:
      'No two organisations here have been in one project yet, so there is no past to go by: this is the balanced team.',
    nothingNext: 'Import past projects and compose again to go by them.',
    learned: {
      one: 'From {{count}} past project in the registry that began before {{before}}; places are among {{of}} that could be named.',
      other:
        'From {{count}} past projects in the registry that began before {{before}}; places are among {{of}} that could be named.',
    },
    rule: 'A place is an estimate and no promise: whether somebody joins is known when they are asked.',
    coversMore: {
      one: 'The balanced team covers {{count}} capability more',
      other: 'The balanced team covers {{count}} capabilities more',
    },
    coversLess: {
      one: 'The balanced team covers {{count}} capability less',
      other: 'The balanced team covers {{count}} capabilities less',
    },
    coversSame: 'The balanced team covers as many capabilities',
    placesLater: ', but the middle place of its members is {{balanced}}, against {{own}} here.',
    placesSooner: ', and the middle place of its members, {{balanced}}, is no later than {{own}} here.',
    placesUnknown: '.',
    measure: 'Measure',
    own: 'This team',
    balanced: 'Balanced team',
    covered: 'Capabilities covered',
    coveredOf: '{{covered}} of {{of}}',
    members: 'Members',
    middle: 'Middle place of its members by past work',
    place: '{{place}}',
    none: '—',
    takeBalanced: 'Take the balanced one',
    line: 'Covers {{covered}} of {{of}}',
    linePlace: 'middle place {{place}} of {{of}} by past work',
  },
})
