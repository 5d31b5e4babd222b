import { defineWords } from '../../lib/words.ts'

/** What a candidate and the sponsors have done together. */
export const pastWords = defineWords({
  zh: {
    with: { other: '与{{name}}合作过 {{count}} 个项目' },
    last: { other: '与{{name}}合作过 {{count}} 个项目，最近一个始于 {{last}} 年' },
    through: '与{{name}}没有直接合作，但都与{{through}}合作过',
    throughMany: { other: '与{{name}}没有直接合作，但都与{{through}}和另外 {{count}} 家机构合作过' },
    programme: { other: '与提出方同在计划“{{part}}”做过多个项目，它有 {{count}} 个' },
  },
  en: {
    with: {
      one: 'One past project with {{name}}',
      other: '{{count}} past projects with {{name}}',
    },
    last: {
      one: 'One past project with {{name}}, begun in {{last}}',
      other: '{{count}} past projects with {{name}}, the last begun in {{last}}',
    },
    through: 'No project with {{name}} itself, but both have worked with {{through}}',
    throughMany: {
      one: 'No project with {{name}} itself, but both have worked with {{through}} and one other',
      other: 'No project with {{name}} itself, but both have worked with {{through}} and {{count}} others',
    },
    programme: {
      one: 'Has worked in {{part}}, as the sponsors have: one project',
      other: 'Has worked in {{part}}, as the sponsors have: {{count}} projects',
    },
  },
})
