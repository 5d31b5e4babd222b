/** Words on -ise that are no British spelling of -ize. */
const KEEPS_ISE: ReadonlySet<string> = new Set(
  (
    'precise concise exercise enterprise expertise comprise compromise promise otherwise likewise franchise supervise ' +
    'advertise disguise surprise revise advise devise televise improvise merchandise praise raise noise paradise ' +
    'treatise premise demise excise turquoise tortoise despise arise cruise bruise disease please increase release'
  ).split(' '),
)
const ISE = /^([a-z]{3,})is(e|es|ed|ing|er|ers|ation|ations|ational)$/
const OUR =
  /^(behavi|misbehavi|col|discol|multicol|lab|neighb|harb|vap|tum|fav|flav|od|hon|hum|vig|rig|arm|endeav|parl|sav|rum|splend)our/
const RE =
  /^(fib|cent|met|lit|calib|lust|spect|theat|epicent|nanofib|microfib|kilomet|centimet|millimet|nanomet)re(s?)$/
const PAIRS: ReadonlyMap<string, string> = new Map(
  (
    'aluminium aluminum,sulphur sulfur,sulphide sulfide,sulphate sulfate,sulphuric sulfuric,grey gray,programme program,' +
    'programmes programs,tyre tire,tyres tires,catalogue catalog,catalogues catalogs,dialogue dialog,analogue analog,' +
    'defence defense,licence license,mould mold,moulds molds,moulding molding,moulded molded,plough plow,' +
    'paediatric pediatric,paediatrics pediatrics,anaemia anemia,haemoglobin hemoglobin,oestrogen estrogen,' +
    'analyse analyze,analysed analyzed,analysing analyzing,catalyse catalyze,catalysed catalyzed,ageing aging,' +
    'artefact artifact,artefacts artifacts,aeroplane airplane,orthopaedic orthopedic,leukaemia leukemia'
  )
    .split(',')
    .map((pair): [string, string] => [pair.slice(0, pair.indexOf(' ')), pair.slice(pair.indexOf(' ') + 1)]),
)

/** The American spelling of a lower-case English word, so that fibre finds fiber and optimisation optimization. */
export function americanSpelling(word: string): string {
  const pair = PAIRS.get(word)
  if (pair !== undefined) return pair
  const ise = ISE.exec(word)
  if (ise) return KEEPS_ISE.has(`${ise[1]}ise`) ? word : `${ise[1]}iz${ise[2]}`
  if (word.includes('our')) return word.replace(OUR, '$1or')
  return word.endsWith('re') || word.endsWith('res') ? word.replace(RE, '$1er$2') : word
}

/**
 * Families that the stemmer would throw together though a technical text tells them apart: a term, then the words that
 * become it. Organic is not an organisation, productivity no product, an experience no experiment.
 */
const KEPT_APART: ReadonlyMap<string, string> = new Map(
  [
    'organization organization organizations organizational organize organizes organized organizing organizer organizers',
    'organic organic organics organically',
    'organism organism organisms',
    'university university universities',
    'universal universal universally',
    'universe universe universes',
    'productivity productivity',
    'experience experience experiences experienced experiencing experiential',
    'experiment experiment experiments experimental experimentally experimentation',
    'international international internationally',
    'importance important importance importantly',
    'authority authority authorities',
    'physician physician physicians',
    'composite composite composites',
    'humanities humanities',
  ].flatMap((family) => {
    const [term = '', ...words] = family.split(' ')
    return words.map((word): [string, string] => [word, term])
  }),
)

/** The term of a word in American spelling that must not be stemmed, if it is one. */
export function termKeptApart(word: string): string | undefined {
  return KEPT_APART.get(word)
}
