import type { Dictionary, FieldHint, ValueKind } from './types.ts'

/** Names parted by `|`, so that long lists of synonyms stay readable. `yearly` are those that stand beside a year. */
function hint(names: string, looksLike?: ValueKind, yearly?: string): FieldHint {
  return {
    names: listOf(names),
    ...(looksLike ? { looksLike } : {}),
    ...(yearly === undefined ? {} : { yearly: listOf(yearly) }),
  }
}

const listOf = (names: string) =>
  names
    .split('|')
    .map((name) => name.trim())
    .filter(Boolean)

/** Fields of an organisation, as ledgers of zones and European partner lists head them. */
export const ORGANISATION_FIELDS: Dictionary = {
  name: hint(
    '企业名称|单位名称|公司名称|企业名称中文|单位名称中文|名称中文|chinese name|name in chinese|name (zh)|name (chinese)|机构名称|名称|企业全称|单位全称|公司全称|全称|企业名|单位|公司|企业|机构|申报单位|申请单位|依托单位|入驻企业|入园企业|企业（单位）名称|企业名称（全称）|中文名称|企业中文名称|单位中文名称|主体名称|市场主体名称|商事主体名称|纳税人名称|会员单位|成员单位|参与单位|organisation|organization|organisation name|organization name|company|company name|name|registered name|legal name|institution|entity|entity name|firm|firm name|participant|beneficiary|partner|partner name|member|account name|firma|unternehmen|société|raison sociale|denominazione|razón social|empresa',
    'name',
  ),
  nameEn: hint(
    '英文名称|英文名|企业名称英文|单位名称英文|公司名称英文|机构名称英文|名称英文|企业英文名称|单位英文名称|公司英文名|机构英文名称|english name|name en|name (english)|name in english|company name (en)|organisation name en',
  ),
  shortName: hint(
    '简称|企业简称|单位简称|公司简称|缩写|short name|acronym|abbreviation|abbr|alias|trade name|trading name|brand',
  ),
  uscc: hint(
    '统一社会信用代码|社会信用代码|信用代码|统一信用代码|统一代码|组织机构代码|统一社会信用代码/组织机构代码|统一社会信用代码（18位）|营业执照号|营业执照注册号|工商注册号|注册号|纳税人识别号|税号|税务登记号|机构代码|企业代码|单位代码|uscc|usci|unified social credit code|social credit code|credit code|usc code|registration number|registration no|company number|reg no|business registration number',
    'uscc',
  ),
  ror: hint('ror|ror id|ror编号|ror标识', 'ror'),
  lei: hint('lei|lei code|legal entity identifier|法人机构识别编码|全球法人识别编码', 'lei'),
  pic: hint(
    'pic|pic number|pic code|participant identification code|organisationid|organisation id|organization id|participant id',
    'pic',
  ),
  vat: hint(
    'vat|vat number|vat no|vat id|vatnumber|tax id|tax number|tin|增值税号|ust-idnr|ust-id|partita iva|n° tva|tva',
    'vat',
  ),
  kind: hint(
    '注册类型|企业注册类型|登记类型|企业登记注册类型|type of entity|机构类型|单位类型|企业类型|单位性质|企业性质|机构性质|类型|性质|组织类型|主体类型|类别|机构类别|单位类别|经济类型|所有制|所有制性质|登记注册类型|type|kind|organisation type|organization type|entity type|activity type|activitytype|legal form|type of organisation|category|legal status',
  ),
  size: hint('企业规模|规模|单位规模|规模类型|企业划型|划型|大中小微|size|company size|size class|enterprise size'),
  sme: hint('是否中小企业|中小企业|是否中小微企业|sme|sme status|is sme|sme (y/n)', 'yesNo'),
  staff: hint(
    '员工人数|职工人数|从业人数|从业人员|从业人员数|人数|员工数|职工总数|员工总数|在职人数|在职员工|参保人数|社保人数|人员规模|用工人数|staff|staff count|employees|number of employees|no of employees|headcount|fte|ftes|employee count|effectif|mitarbeiter|empleados|dipendenti',
    'number',
    '员工人数|职工人数|从业人数|从业人员|从业人员数|员工数|职工总数|员工总数|在职人数|在职员工|职工数|人员总数|staff|staff count|employees|number of employees|headcount|fte|ftes',
  ),
  rdStaff: hint(
    '研发人员|研发人员数|研发人数|科技人员|科技人员数|研发人员数量|r&d staff|r&d employees|researchers|r&d headcount',
    'number',
  ),
  researchStaff: hint(
    '',
    'number',
    '研发人员|研发人员数|研发人数|研发人员数量|研究开发人员|r&d staff|r&d employees|researchers|r&d headcount|research staff',
  ),
  country: hint(
    '国家|国别|国家/地区|国家地区|所在国|国家（地区）|country|country code|nation|pays|land|país|paese|nationality',
    'country',
  ),
  region: hint(
    '省|省份|所在省|所属省份|所在省份|省市|省（市）|省/市|地区|所在地区|所属地区|区域|所属区域|州|大区|region|province|state|county|nuts|nuts code|nutscode|bundesland|région|prefecture',
  ),
  city: hint(
    '城市|市|所在市|所在城市|地市|所属城市|市（州）|所在地市|所在地|city|town|municipality|place|location|ville|stadt|ciudad|città|ort',
  ),
  district: hint(
    '区县|县区|区|县（市、区）|所属区县|所属园区|园区|所在园区|所属街道|街道|镇街|乡镇|所属镇街|片区|功能区|所在片区|district|county/district|park|zone|science park|site|campus',
  ),
  address: hint(
    '地址|详细地址|注册地址|办公地址|单位地址|企业地址|通讯地址|通信地址|联系地址|经营地址|实际经营地址|生产经营地址|住所|注册住所|address|street|street address|registered address|postal address|office address|adresse|dirección|indirizzo|anschrift',
  ),
  postCode: hint('邮编|邮政编码|post code|postcode|postal code|zip|zip code|plz|code postal|cap'),
  url: hint(
    '网址|网站|官网|企业网站|公司网址|单位网址|官方网站|主页|网站地址|企业官网|website|web site|url|homepage|web|web page|internet|site web|organizationurl|webseite',
    'url',
  ),
  contact: hint(
    '联系人及电话|联系人及联系方式|联系人/电话|联系人/联系方式|联系人（电话）|联系人及手机|联系人和电话|contact details|contact information|contact info',
  ),
  contactName: hint(
    '联系人|联系人姓名|姓名|企业联系人|单位联系人|对接人|联络人|经办人|联系人员|项目联系人|填报联系人|contact|contact person|contact name|contact point|person in charge|representative|ansprechpartner|personne de contact|persona di contatto',
  ),
  contactPosition: hint('职务|联系人职务|联系人职位|职位|position|job title|role|function'),
  contactPhone: hint(
    '负责人电话|负责人联系方式|法人电话|法人联系方式|contact tel|contact telephone|contact mobile|联系电话|电话|手机|手机号|手机号码|联系方式|联系人电话|联系人手机|联系手机|移动电话|固定电话|座机|办公电话|电话号码|单位电话|phone|telephone|tel|tel no|mobile|mobile phone|cell|phone number|contact phone|contact number|téléphone|telefon|teléfono|telefono',
    'phone',
  ),
  contactEmail: hint(
    '邮箱|电子邮箱|电子邮件|邮件|联系邮箱|企业邮箱|联系人邮箱|email|e-mail|mail|email address|contact email|e-mail address|courriel|correo',
    'email',
  ),
  legalRepresentative: hint(
    '法人|法人代表|法定代表人|法定代表人姓名|企业法人|企业负责人|单位负责人|负责人|负责人姓名|董事长|总经理|legal representative|ceo|managing director|director|head|president|chairman|geschäftsführer',
  ),
  segment: hint(
    '产业链环节|产业链位置|产业环节|链条环节|所属环节|所属产业链环节|产业链|所属产业链|上中下游|产业链上下游|环节|细分环节|细分产业|细分赛道|赛道|所处环节|chain segment|segment|value chain|value chain segment|value chain position|value chain stage|supply chain position|industry segment',
  ),
  industry: hint(
    '行业|所属行业|行业类别|行业分类|国民经济行业|行业门类|所属产业|产业类别|产业领域|主导产业|行业领域|产业|行业代码|industry|sector|industry sector|nace|nace code|branch|sector of activity|branche|secteur|settore',
  ),
  fields: hint(
    '领域|技术领域|所属领域|所属技术领域|专业领域|研究领域|研究方向|业务领域|细分领域|关键技术|核心技术|技术方向|主要技术|标签|关键词|擅长领域|fields|field|technology field|technology fields|technology area|technology areas|technologies|domain|domains|expertise|areas of expertise|competences|competencies|capabilities|keywords|tags|research areas|specialisation|specialization',
    'list',
  ),
  capital: hint(
    '注册资本|注册资金|注册资本金|认缴资本|实缴资本|认缴出资额|注册资本（万元）|registered capital|share capital|capital|paid-in capital|stammkapital',
    'money',
  ),
  revenue: hint(
    '营业收入|年营业收入|上年度营业收入|上年营业收入|营收|年营收|主营业务收入|年销售收入|销售收入|销售额|年销售额|年产值|产值|总产值|工业总产值|年收入|营业额|年营业额|营业总收入|2022年营收|2023年营收|2024年营收|2025年营收|2023年营业收入|2024年营业收入|2025年营业收入|revenue|revenues|turnover|annual revenue|annual turnover|sales|annual sales|operating revenue|net sales|income|chiffre d’affaires|umsatz|fatturato|facturación',
    'money',
    '营业收入|年营业收入|营收|年营收|营收额|主营业务收入|营业总收入|年收入|总收入|营业额|年营业额|revenue|revenues|turnover|annual revenue|annual turnover|operating revenue|chiffre d’affaires|umsatz|fatturato|facturación',
  ),
  sales: hint(
    '',
    'money',
    '销售收入|年销售收入|产品销售收入|销售额|年销售额|销售总额|sales|annual sales|net sales|sales revenue',
  ),
  severalYears: { names: [], several: true },
  rdSpend: hint(
    '研发投入|研发费用|研发经费|研发支出|年研发投入|上年度研发投入|研发经费投入|研发投入额|研究开发费用|r&d费用|r&d投入|r&d经费|科技投入|2023年研发投入|2024年研发投入|2025年研发投入|2024年研发费用|2025年研发费用|r&d|r&d spend|r&d spending|r&d expenditure|r&d expenses|r&d cost|r&d costs|r&d investment|r&d budget|research spending|research and development expenditure',
    'money',
    '研发投入|研发费用|研发经费|研发支出|年研发投入|研发经费投入|研发经费支出|研发投入额|研发总投入|研究开发费用|研究开发投入|r&d费用|r&d投入|r&d经费|r&d|r&d spend|r&d spending|r&d expenditure|r&d expenses|r&d cost|r&d costs|r&d investment|research spending|research and development expenditure',
  ),
  rdShare: hint(
    'r&d expenditure (% of turnover)|r&d (% of turnover)|r&d (% of revenue)|r&d as % of turnover|r&d as % of revenue|研发费用占营业收入比例|研发费用占销售收入比例|研发投入占比|研发占比|研发投入强度|研发强度|研发费用占比|研发投入占营业收入比例|研发投入占营收比重|r&d intensity|r&d ratio|r&d share|r&d % of revenue',
    'percent',
  ),
  profit: hint('净利润|利润|利润总额|净利|年利润|profit|net profit|net income|ebit|ebitda', 'money'),
  tax: hint('纳税额|年纳税额|税收|上缴税金|实缴税金|纳税总额|应交税费|tax paid|taxes', 'money'),
  founded: hint(
    'year of foundation|foundation year|成立日期|成立时间|注册日期|注册时间|创立时间|设立时间|设立日期|成立年份|创办时间|建立时间|工商注册时间|成立年月|注册年份|founded|founded date|date founded|year founded|foundation date|established|year established|establishment date|incorporation date|date of incorporation|incorporated|registered on|registration date|founding year|gründung|gründungsjahr|date de création|inception|créée|créée en|année de création|fundación|fondazione|anno di fondazione|gegründet',
    'date',
  ),
  products: hint(
    '服务内容|重点产品|主营产品|主要产品|主导产品|主营业务|主要业务|产品|产品名称|主营产品（服务）|主要产品或服务|主要产品及服务|产品及服务|产品/服务|主营|经营范围|业务范围|主要产品（技术）|products|main products|key products|products and services|main product|products / services|product|offering|services|business scope|scope of business|main business|core business|activities|activity|produkte|produits|prodotti',
    'list',
  ),
  titles: hint(
    '资质|企业资质|荣誉|荣誉资质|资质荣誉|资质称号|称号|企业称号|企业荣誉|认定情况|资质认定|企业资质认定|获得资质|荣誉称号|梯度培育|培育层级|企业层级|企业类别标签|小巨人|titles|awards|honours|honors|qualification|qualifications|certifications|certificates|labels|recognition|accreditation|accreditations',
  ),
  highTech: hint(
    '高新技术企业|是否高新技术企业|是否高企|高企|高企认定|国家高新技术企业|是否为高新技术企业|是否国家高新技术企业|high-tech|high-tech enterprise|hnte',
    'yesNo',
  ),
  specialised: hint(
    '专精特新|是否专精特新|专精特新企业|专精特新等级|专精特新级别|专精特新小巨人|是否专精特新企业|专精特新认定',
  ),
  summary: hint(
    '简介|企业简介|单位简介|公司简介|机构简介|企业介绍|单位介绍|企业概况|公司概况|基本情况|概况|介绍|业务介绍|summary|description|profile|company profile|about|overview|introduction|short description|company description|beschreibung',
  ),
  status: hint('经营状态|登记状态|企业状态|存续状态|经营情况|company status|trading status'),
  aboveScale: hint('是否规上|规上企业|是否规上企业|是否规模以上|是否规模以上企业|规模以上企业', 'yesNo'),
  listed: hint('是否上市|上市情况|上市板块|股票代码|listed|stock exchange|ticker'),
  financing: hint('融资情况|融资轮次|融资金额|融资需求|投资方|投资机构名称|funding|funding stage|investors|last round'),
  patents: hint(
    '专利数|专利数量|知识产权数量|发明专利数|发明专利数量|有效发明专利|授权专利数|拥有专利数|有效专利数|知识产权数|patents|number of patents|patent count',
    'number',
  ),
  rdStaffShare: hint('研发人员占比|科技人员占比|研发人员比例|研发人员占职工总数比例|share of r&d staff', 'percent'),
  platforms: hint(
    '研发平台|创新平台|研发机构|科技创新平台|研发平台名称|r&d centre|r&d center|research facilities|facilities',
  ),
  joined: hint('入园时间|入驻时间|入园日期|入驻日期|入会时间|member since|joined|date of joining', 'date'),
  notes: hint(
    '备注|说明|备注说明|其他|其他说明|备 注|备考|notes|note|remarks|remark|comments|comment|observations|bemerkung|remarques',
  ),
  ordinal: hint('序号|编号|行号|序|no|no.|#|nr|nr.|s/n|index|row|id|号|item|seq|number', 'ordinal'),
}

/** Fields of a result (成果): a technology on offer. */
export const RESULT_FIELDS: Dictionary = {
  title: hint(
    '技术/产品名称|技术（产品）名称|产品（技术）名称|成果名称|科技成果名称|技术名称|技术成果名称|成果标题|项目名称|成果|技术成果|科技成果|成果题目|题目|标题|成果/技术名称|成果（项目）名称|项目（成果）名称|产品/技术名称|技术（成果）名称|专利名称|发明名称|转化成果|title|result|result title|result name|technology|technology name|technology title|technology offer|project title|project name|invention|invention title|innovation|innovation title|asset|asset name|exploitable result|key exploitable result|ker|name of result|output|titel',
  ),
  titleEn: hint('成果英文名称|英文名称|项目英文名称|english title|title (en)|title en|result title en'),
  summary: hint(
    '成果简介|简介|摘要|成果介绍|技术简介|项目简介|技术介绍|成果摘要|内容简介|主要内容|成果内容|技术内容|成果描述|技术描述|技术概述|项目概况|成果概述|技术要点|技术特点|创新点|主要创新点|技术优势|核心优势|技术指标|主要技术指标|成果概况|summary|abstract|description|short description|technology description|result description|overview|details|technical description|innovation description|beschreibung|résumé',
  ),
  fields: hint(
    '战略性新兴产业|所属产业|产业方向|产业领域|技术领域|所属领域|所属技术领域|领域|成果领域|应用领域|行业领域|所属行业|学科|学科领域|学科分类|技术方向|技术分类|应用行业|关键词|标签|应用场景|fields|field|technology field|technology area|technology areas|domain|domains|sector|application|applications|application field|application area|field of application|discipline|keywords|tags|topic|topics',
    'list',
  ),
  trl: hint(
    '产业化程度|研发进度|研发进展|成果状态|status|current status|current stage|技术成熟度|成熟度|成熟度等级|技术成熟度等级|技术成熟度（trl）|技术成熟度trl|trl|trl等级|trl级别|技术就绪度|就绪度|技术就绪水平|成果成熟度|阶段|成果阶段|所处阶段|研发阶段|技术阶段|成果所处阶段|项目阶段|开发阶段|转化阶段|当前阶段|成熟程度|技术水平阶段|technology readiness|technology readiness level|readiness|readiness level|trl level|trl (1-9)|current trl|maturity|maturity level|stage|development stage|stage of development|status of development|technology stage|reifegrad',
    'trl',
  ),
  trlTarget: hint('目标成熟度|目标trl|预期成熟度|target trl|trl target|expected trl', 'trl'),
  ipKind: hint(
    '知识产权类型|知识产权类别|知识产权形式|专利类型|专利类别|知产类型|ip类型|知识产权种类|ip kind|ip type|type of ip|ipr type|ipr|patent type|type of protection|protection|ip protection|ip',
  ),
  ipNumber: hint(
    '知识产权编号|专利号|专利申请号|申请号|授权号|知识产权号|专利号/申请号|专利（申请）号|申请号/专利号|专利编号|授权公告号|公开号|公开（公告）号|登记号|软著登记号|知识产权证号|知识产权名称及编号|证书号|知识产权（专利）号|ip number|ip no|patent number|patent no|patent no.|application number|application no|publication number|registration number|patent id|ip reference|grant number|patent',
    'patent',
  ),
  ipStatus: hint(
    '知识产权状态|专利状态|法律状态|专利法律状态|知识产权情况|授权状态|授权情况|专利情况|知产状态|ip状态|ip status|patent status|legal status|status of ip|ipr status|grant status',
  ),
  ipFiled: hint(
    '申请日|申请日期|专利申请日|申请时间|授权日期|授权日|授权公告日|filing date|application date|filed|grant date|priority date',
    'date',
  ),
  ipExpiry: hint(
    '到期年份|专利到期年份|patent expires|知识产权到期日|到期日|到期日期|专利到期日|有效期|有效期至|失效日期|届满日|专利有效期|保护期限|截止日期|到期时间|ip expiry|expiry|expiry date|expires|expiration date|valid until|valid to|patent expiry|ip expiration',
    'date',
  ),
  owners: hint(
    '技术供给方|成果供给方|供给方|供方|所有权人|所有人|产权人|权利人|专利权人|知识产权权利人|成果权属单位|权属单位|成果所属单位|所属单位|完成单位|成果完成单位|第一完成单位|主要完成单位|持有单位|成果持有单位|成果持有人|成果单位|供给单位|成果来源|来源单位|单位名称|所属机构|所属企业|企业名称|依托单位|研发单位|技术持有方|技术提供方|申请人|承担单位|牵头单位|单位|所属高校|高校院所|owner|owners|owner(s)|ip owner|right holder|rights holder|holder|applicant|applicants|assignee|proprietor|patentee|organisation|organization|institution|university|company|provider|technology provider|developer|developed by|partner|lead partner|owned by|eigentümer|titulaire',
    'name',
  ),
  inventors: hint(
    '发明人|完成人|主要完成人|成果完成人|第一完成人|设计人|项目负责人|成果负责人|技术负责人|负责人|研发人员|研发团队|研究团队|团队|团队负责人|团队带头人|专家|专家姓名|科研人员|科研团队|教授|inventor|inventors|inventor(s)|principal investigator|pi|researcher|researchers|lead researcher|project leader|team|authors|author|scientist|erfinder',
    'list',
  ),
  wantedDeal: hint(
    'seeking|sought|合作方式|转化方式|拟转化方式|意向合作方式|合作意向|转化意向|转让方式|拟采取的转化方式|成果转化方式|交易方式|许可方式|合作模式|转化形式|期望合作方式|合作需求|合作形式|转化需求|wanted deal|deal type|cooperation|type of cooperation|collaboration type|collaboration sought|cooperation mode|mode of transfer|transfer mode|transfer type|licensing|commercialisation route|exploitation route|offer type|partnership sought|type of partnership|looking for',
  ),
  price: hint(
    '转让金额|拟转让金额|拟转让价|评估价|成果评估价|评估价值|意向金额|转让价格|拟转让价格|意向价格|期望价格|报价|价格|转化金额|交易金额|意向转让费|许可费|合同金额|成果估值|估值|挂牌价格|预期价格|拟交易价格|融资需求|资金需求|price|asking price|price expectation|expected price|fee|licence fee|license fee|valuation|indicative price|amount|value|deal value|budget',
    'money',
  ),
  patents: hint(
    '专利数|专利数量|专利件数|发明专利数|授权专利数|拥有专利数|专利（件）|有效专利|patents|number of patents|patent count|no of patents',
    'number',
  ),
  awards: hint('获奖情况|奖励情况|获奖|成果奖励|奖项|鉴定情况|评价情况|成果水平|awards|prizes'),
  year: hint(
    '完成年份|完成时间|成果完成时间|完成日期|取得时间|年份|年度|起止时间|发布日期|发布时间|登记日期|入库时间|year|completion date|completed|date|publication date|published',
    'date',
  ),
  contact: hint(
    '联系人及电话|联系人及联系方式|联系人/电话|联系人/联系方式|联系人（电话）|联系人和电话|contact details|contact information|contact info',
  ),
  contactName: hint(
    '联系人|姓名|成果联系人|联系人姓名|对接人|技术经理人|技术经纪人|项目联系人|contact|contact person|contact name|technology manager|contact point',
  ),
  contactPhone: hint(
    '联系电话|电话|手机|手机号|联系方式|联系人电话|手机号码|phone|telephone|tel|mobile|phone number|contact phone',
    'phone',
  ),
  contactEmail: hint('邮箱|电子邮箱|电子邮件|联系邮箱|email|e-mail|mail|contact email', 'email'),
  url: hint('链接|网址|网站|详情链接|成果链接|url|link|website|web', 'url'),
  region: hint('地区|所在地|所在地区|省份|城市|region|location|city|country'),
  notes: hint('备注|说明|备注说明|其他|其他说明|notes|note|remarks|remark|comments|comment'),
  ordinal: hint(
    '序号|编号|成果编号|项目编号|行号|序|no|no.|#|nr|nr.|s/n|index|row|id|ref|reference|号|item|seq|result id',
    'ordinal',
  ),
}

/**
 * Both in one, for a table whose rows hold a firm and its result: keys `organisation.*` and `result.*`. What both have
 * goes to the organisation, which is the rarer to be told otherwise.
 */
export const LEDGER_FIELDS: Dictionary = Object.fromEntries([
  ...Object.entries(ORGANISATION_FIELDS).map(([field, each]) => [`organisation.${field}`, each] as const),
  ...Object.entries(RESULT_FIELDS)
    .filter(
      ([field]) =>
        !['ordinal', 'contact', 'contactName', 'contactPhone', 'contactEmail', 'notes', 'url', 'region'].includes(
          field,
        ),
    )
    .map(([field, each]) => [`result.${field}`, each] as const),
])
