/** Legal forms as they end names, and some that begin them, folded and without dots (`s.p.a.` is `spa`). */
const FORMS = [
  'ltd limited plc llp llc lp inc incorporated corp corporation co company cic cio pty pvt private unlimited ulc',
  'gmbh mbh ggmbh ag kg kgaa ohg gbr ev eg ug se sce eeig geie gie',
  'sa sas sasu sarl eurl snc scop scic scs sca selarl',
  'spa srl srls sapa scarl scrl scpa soccoop onlus ets',
  'sl slu slp sau slne sll sccl aie lda ltda unipessoal sgps epe eireli',
  'bv nv vof cv bvba sprl asbl vzw ivzw aisbl srlu comm',
  'ab oy oyj as asa aps is ans ks hf ehf',
  'sro doo dd ad ood eood ead kft zrt nyrt bt rt kkt zoo spzoo',
  'ooo zao oao pao ao tov pp uab sia ou jsc ojsc cjsc pjsc',
  'ae epe ike oe ltd sti anonim sirketi limited kk yk gk godo kaisha kabushiki sdn bhd tbk pt cv',
]
export const LEGAL_FORMS: ReadonlySet<string> = new Set(FORMS.join(' ').split(' '))

/** Forms that stand at a name's beginning too; elsewhere they may be words. */
export const LEADING_FORMS: ReadonlySet<string> = new Set('pt ooo zao oao pao ao tov uab sia jsc stichting'.split(' '))

/** Forms of several words, longest first. Written as they are once dots and spaces between single letters are gone. */
export const LONG_FORMS: readonly string[] = [
  'limited liability company',
  'korlatolt felelossegu tarsasag',
  'zartkoruen mukodo reszvenytarsasag',
  'aktiengesellschaft',
  'gesellschaft mit beschrankter haftung',
  'gesellschaft mbh',
  'und co kg',
  'and co kg',
  'and co',
  'sp z oo',
  'sp zoo',
  'spolka z ograniczona odpowiedzialnoscia',
  'spolka akcyjna',
  'societa a responsabilita limitata',
  'societa per azioni',
  'societa cooperativa',
  'societe anonyme',
  'societe par actions simplifiee',
  'societe a responsabilite limitee',
  'sociedad anonima',
  'sociedad limitada',
  'sociedade anonima',
  'naamloze vennootschap',
  'besloten vennootschap',
  'anonim sirketi',
  'anonymi etaireia',
  'private limited',
  'pty ltd',
  'pvt ltd',
  'co ltd',
]

/** How Chinese names end, longest first. 集团 stays: a group is another company than its member. */
export const HAN_FORMS: readonly string[] = [
  '股份有限责任公司',
  '有限责任公司',
  '股份有限公司',
  '集团有限公司',
  '集团公司',
  '有限公司',
  '总公司',
  '公司',
  '有限合伙',
  '普通合伙',
]

const OF_NO_WEIGHT =
  'the of for and in on at to by an a de la le les l du des d da do dos das e y et und der die das den dem zur zum fur ' +
  'im am von van voor het een en di del della delle dei degli dello il lo gli al el los las para por con och for av til'
export const OF_NO_WEIGHT_WORDS: ReadonlySet<string> = new Set(OF_NO_WEIGHT.split(' '))

/** One word for what names say in several ways: shortened, or in another language. */
const SAME: readonly string[] = [
  'university univ uni un universiti universitat universite universidad universidade universita universiteit universitet universitetet universitesi universitetas universitaet universitatea uniwersytet univerzita univerza univerzitet sveuciliste universitas universite yliopisto egyetem',
  'institute inst institut instituto istituto instituut institutul instytut ustav intitut',
  'centre ctr cent center centro centrum zentrum centr centrul',
  'research res rsch forschung recherche recherches ricerca ricerche investigacion investigaciones investigacao onderzoek forskning cercetare badawczy vyzkum',
  'national nat natl nacional nazionale nationale nationaal nationales nationaler',
  'international int intl intern internacional internazionale internationale',
  'science sci sciences scientific wissenschaft wissenschaften scienze ciencias ciencia wetenschappen nauk',
  'technology tech technologies technol technologie tecnologia tecnologias technological tecnologico technologiques tecnologica',
  'technical techn technische technischen technique tecnica tecnico politehnica technicka techniczna',
  'polytechnic poly polytechnique politecnico politecnica polytechnical politechnika politecnic',
  'hospital hosp hospitals hopital hopitaux ospedale ospedaliera krankenhaus ziekenhuis szpital',
  'foundation fdn found fund fundacion fundacao fondazione fondation stiftung stichting fundacja fundatia',
  'department dept departement departamento dipartimento',
  'government govt gov gouvernement',
  'ministry min minist ministere ministerio ministero ministerium ministerstvo ministarstvo ministerul ministerie',
  'association assoc ass associacao asociacion associazione verein vereniging asociace',
  'society soc societe societa gesellschaft sociedad sociedade',
  'academy acad academie academia akademie accademia akademia',
  'development dev developpement desarrollo sviluppo entwicklung',
  'engineering eng engr ingenierie ingenieria ingegneria',
  'industrial indust ind industriel industriale industrielle',
  'medical med medicale medica medico medizinische medicine',
  'agricultural agric agri agricole agricola agrarian agriculture',
  'environmental env environ environnement ambiental environment',
  'management mgmt manage mgt gestion gestao',
  'federation fed federacion federazione',
  'council consejo conseil consiglio',
  'education educ educacion enseignement',
  'veterinary vet',
  'health hlth sante salud salute saude gesundheit',
  'college coll',
  'school sch schule ecole escuela scuola escola',
  'laboratory lab laboratories labs laboratoire laboratorio',
  'company cie compagnie',
  'applied angewandte angewandten applicata applique appliquees',
  'group gruppe groupe grupo gruppo',
  'systems system systemes sistemas sistemi systeme',
  'solutions solution soluciones soluzioni',
  'service services servicios servizi',
  'general generale',
  'economic economics economiques econ',
  'european europeen europeenne europea europeo europaische',
  'royal koninklijke real royale',
  'state staatliche statale',
  'municipality gemeente municipio commune comune ayuntamiento camara gmina obec',
  'saint st sankt san santa',
  'trust tr',
  'authority auth',
  'resources resource',
  'regional region regione',
  'studies study',
  'and und et',
]
export const CANONICAL_WORDS: ReadonlyMap<string, string> = new Map(
  SAME.flatMap((line) => {
    const [word = '', ...others] = line.split(' ')
    return others.map((other) => [other, word] as const)
  }),
)

const SLIP_LENGTH_MIN = 7

/** Common words without one of their letters, so that a slip in one is known for what it is. */
const SLIPS: ReadonlyMap<string, string> = new Map(
  SAME.flatMap((line) => {
    const words = line.split(' ')
    const long = words.filter((word) => word.length >= SLIP_LENGTH_MIN)
    return long.flatMap((word) => [word, ...lettersLess(word)].map((slip) => [slip, words[0]!] as const))
  }),
)

/** The one form of a common word, whatever its language, shortened form or a slip of the pen in it; any other word as it is. */
export function canonicalWord(word: string): string {
  const known = CANONICAL_WORDS.get(word)
  if (known) return known
  if (word.length < SLIP_LENGTH_MIN - 1) return word
  const slip =
    SLIPS.get(word) ??
    lettersLess(word)
      .map((less) => SLIPS.get(less))
      .find((found) => found !== undefined)
  return slip ?? word
}

/** A word without one of its letters, in every way. */
export function lettersLess(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))
}

/** Words of which a name has one and not another: names that differ in them are two. */
const EXCLUDING: readonly string[] = [
  'north south east west northern southern eastern western northeast northwest southeast southwest northeastern northwestern southeastern southwestern central',
  'upper lower',
  'first second third',
  'male female men women',
  'public private',
  'new old',
  'primary secondary',
]
export const EXCLUDING_WORDS: ReadonlyMap<string, number> = new Map(
  EXCLUDING.flatMap((line, at) => line.split(' ').map((word) => [word, at] as const)),
)

/** Places with which Chinese names begin though their short forms leave them out. */
export const HAN_PLACES: readonly string[] = (
  '中国 北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 ' +
  '云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 深圳 广州 苏州 杭州 南京 武汉 成都 西安 合肥 宁波 青岛 大连 厦门'
).split(' ')

/** Hosts that many organisations share. */
export const SHARED_HOSTS: ReadonlySet<string> = new Set(
  'facebook.com linkedin.com twitter.com x.com google.com sites.google.com wixsite.com wordpress.com blogspot.com weebly.com github.io gmail.com 1688.com alibaba.com made-in-china.com taobao.com tmall.com weibo.com example.org example.com'.split(
    ' ',
  ),
)
