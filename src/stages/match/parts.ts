/**
 * Programme parts of Horizon 2020 as CORDIS abbreviates them, with what they are about. A registry without texts has
 * nothing else to say what a project was about; they make an organisation a neighbour of a field, never more.
 * Source: titles of the specific programme's parts, Council Decision 2013/743/EU.
 */
export const PROGRAMME_PARTS: Readonly<Record<string, { zh: string; en: string }>> = {
  ERC: { en: 'Frontier research, European Research Council', zh: '前沿研究（欧洲研究理事会）' },
  FET: { en: 'Future and emerging technologies', zh: '未来与新兴技术' },
  MSCA: { en: 'Researchers’ training, mobility and skills', zh: '研究人员培养与流动' },
  RI: { en: 'Research infrastructures, e-infrastructure', zh: '科研基础设施' },
  LEIT: {
    en: 'Enabling and industrial technologies: information and communication, nanotechnology, advanced materials, biotechnology, advanced manufacturing, space',
    zh: '使能与工业技术：信息通信、纳米技术、先进材料、生物技术、先进制造、空间',
  },
  'Innovation in SMEs': { en: 'Innovation in small and medium enterprises', zh: '中小企业创新' },
  SC1: { en: 'Health, demographic change and wellbeing', zh: '健康、人口变化与福祉' },
  SC2: {
    en: 'Food security, sustainable agriculture and forestry, marine, maritime and inland water research, bioeconomy',
    zh: '粮食安全、可持续农林业、海洋与内陆水域研究、生物经济',
  },
  SC3: { en: 'Secure, clean and efficient energy', zh: '安全、清洁、高效能源' },
  SC4: { en: 'Smart, green and integrated transport', zh: '智能、绿色、综合交通' },
  SC5: {
    en: 'Climate action, environment, resource efficiency and raw materials',
    zh: '气候行动、环境、资源效率与原材料',
  },
  SC6: { en: 'Inclusive, innovative and reflective societies', zh: '包容、创新与反思的社会' },
  SC7: { en: 'Secure societies, security of citizens', zh: '安全社会与公民安全' },
  SEWP: { en: 'Spreading excellence and widening participation', zh: '传播卓越与扩大参与' },
  SWAFS: { en: 'Science with and for society', zh: '科学与社会' },
  Euratom: { en: 'Nuclear fission, fusion and radiation protection', zh: '核裂变、核聚变与辐射防护' },
}

/** What a part is about; a code that is not known speaks for itself. */
export function describePart(code: string): { title: string; text: string } {
  const known = PROGRAMME_PARTS[code]
  return known ? { title: `${code}: ${known.en}`, text: known.zh } : { title: code, text: '' }
}
