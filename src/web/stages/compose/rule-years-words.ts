import { defineWords } from '../../lib/words.ts'

/** Figures by year behind a row of a rule pack. */
export const ruleYearWords = defineWords({
  zh: {
    'figure.revenue': '营业收入',
    'figure.sales': '销售收入',
    'figure.rdSpend': '研发投入',
    figure: '{{fact}} {{value}} {{unit}}',
    figureOfYears: '{{fact}}（{{years}}）{{value}} {{unit}}',
    missing: '{{name}}缺少 {{years}} 年的{{figure}}（人民币）。',
    fill: '去填写',
    hidden: '依据的数字是机构的内部资料，只显示是否符合。',
  },
  en: {
    'figure.revenue': 'revenue',
    'figure.sales': 'sales',
    'figure.rdSpend': 'R&D spending',
    figure: '{{fact}}: {{value}} × {{unit}}',
    figureOfYears: '{{fact}} ({{years}}): {{value}} × {{unit}}',
    missing: '{{name}}: {{figure}} of {{years}}, in yuan, is not known.',
    fill: 'Fill it in',
    hidden: 'This rests on figures that the organisation keeps to itself; only the outcome is shown.',
  },
})
