import { formatMoney } from '#kit/money.ts'
import type { Money } from '../registry/model.ts'
import { type Language, type Texts, textIn } from '../texts.ts'
import type { Draft } from './describe.ts'
import type { Condition, Gap, Member, MemberReason, Party, Role } from './model.ts'
import { CONDITION_WORDS, LEVEL_WORDS, ROLE_WORDS, wordedIn } from './words.ts'

/** What sentences are about: a proposal that is kept or not. */
export type Told = Omit<Draft, 'pulse'>

/** Words a proposal in a language: content in that language where it is there, sentences in Chinese or English. */
export class Narrator {
  readonly language: Language
  readonly worded: 'zh' | 'en'
  private readonly capabilityNames: ReadonlyMap<string, string>
  /** Whether the proposal reaches across countries, so that places need theirs. */
  private readonly manyCountries: boolean

  constructor(proposal: Pick<Told, 'capabilities' | 'heatMap'>, language: Language) {
    this.language = language
    this.worded = wordedIn(language)
    this.capabilityNames = new Map(
      proposal.capabilities.map(({ id, name, names }) => [id, textIn(names, language) || name]),
    )
    const countries = proposal.heatMap.columns.map(({ country }) => country).filter((country) => country !== null)
    this.manyCountries = new Set(countries).size > 1
  }

  /** A label and what it is for. */
  labelled(words: Record<'zh' | 'en', string>, text: string): string {
    return this.worded === 'zh' ? `${words.zh}：${text}` : `${words.en}: ${text}`
  }

  say(words: Record<'zh' | 'en', string>): string {
    return words[this.worded]
  }

  capability(id: string): string {
    return this.capabilityNames.get(id) ?? id
  }

  name({ name, names }: { name: string; names: Texts }): string {
    return textIn(names, this.language) || name
  }

  role(role: Role): string {
    return this.say(ROLE_WORDS[role])
  }

  place({ country, region, city }: Pick<Party, 'country' | 'region' | 'city'>): string {
    const parts = [region, city].filter((part, at, all) => part !== null && all.indexOf(part) === at)
    const named = country !== null && (this.manyCountries || parts.length === 0) ? [this.country(country)] : []
    return this.worded === 'zh' ? [...named, ...parts].join('') : [...parts.reverse(), ...named].join(', ')
  }

  private country(code: string): string {
    return new Intl.DisplayNames(this.worded, { type: 'region', fallback: 'code' }).of(code) ?? code
  }

  money({ minor, currency }: Money): string {
    return formatMoney(BigInt(minor), currency, this.language)
  }

  private quoted(ids: readonly string[]): string {
    const names = ids.map((id) => `“${this.capability(id)}”`)
    return this.worded === 'zh' ? names.join('、') : this.listed(names)
  }

  private listed(names: readonly string[]): string {
    if (this.worded === 'zh') return names.join('、')
    return new Intl.ListFormat('en', { type: 'conjunction' }).format(names)
  }

  conditions(conditions: readonly Condition[]): string {
    return this.listed(conditions.map((condition) => this.say(CONDITION_WORDS[condition])))
  }

  /** Why a member is there, as one sentence. */
  reason(member: Pick<Member, 'reasons' | 'loss'>): string {
    const parts = [...member.reasons.map((reason) => this.reasonPart(reason)), this.loss(member.loss)].filter(Boolean)
    if (parts.length === 0) return ''
    if (this.worded === 'zh') return `${parts.join('；')}。`
    const text = parts.join('; ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  }

  private reasonPart(reason: MemberReason): string {
    const zh = this.worded === 'zh'
    switch (reason.kind) {
      case 'sponsor':
        return zh ? '需求的发起单位' : 'sponsors the need'
      case 'pinned':
        return zh ? '由组建人指定' : 'asked for by name'
      case 'sole_cover': {
        const names = this.quoted(reason.capabilities)
        return zh ? `团队中${names}由其覆盖得最好，无人替代` : `nobody else in the team covers ${names} as well`
      }
      case 'best_level': {
        const names = this.quoted(reason.capabilities)
        return zh ? `与其他成员并列覆盖${names}` : `covers ${names} as well as anybody in the team`
      }
      case 'second_cover': {
        const names = this.quoted(reason.capabilities)
        return zh ? `作为${names}的第二支力量` : `a second one behind ${names}`
      }
      case 'operates':
        return zh
          ? '负责日常经营，让首席科学家专注技术：除牵头与提出单位外最强的企业'
          : 'runs the daily business, so that the chief scientist need not: the strongest company besides lead and sponsors'
      case 'leads_best': {
        const names = this.quoted(reason.capabilities)
        return zh ? `牵头${names}工作包，因其在团队中做得最好` : `leads the work on ${names}, being best at it`
      }
      case 'leads_shared': {
        const names = this.quoted(reason.capabilities)
        return zh
          ? `牵头${names}工作包，与其他成员水平相当，按分工均衡确定`
          : `leads the work on ${names}, where others are as good, so that the load is even`
      }
      case 'condition': {
        const names = this.conditions(reason.conditions)
        return zh ? `为满足条件“${names}”而入选` : `called for by the conditions: ${names}`
      }
      case 'past_projects': {
        const { name, projects } = reason
        return zh
          ? `与牵头单位${name}合作过 ${projects} 个项目`
          : `${projects} past ${projects === 1 ? 'project' : 'projects'} with the lead, ${name}`
      }
      case 'likely': {
        const { place, of } = reason
        return zh
          ? `按以往合作推算，加入的可能在 ${of} 家中排第 ${place}`
          : `likely to join: place ${place} of ${of} by past work`
      }
    }
  }

  private loss(loss: Member['loss']): string {
    if (!loss) return ''
    const zh = this.worded === 'zh'
    if (loss.calledForBy.length) {
      const names = this.conditions(loss.calledForBy)
      return zh ? `缺了它，条件“${names}”就无法满足` : `no team without it keeps the conditions: ${names}`
    }
    if (loss.points === null || loss.points <= 0) return ''
    const points = loss.points.toLocaleString(zh ? 'zh-CN' : 'en-GB')
    const lost = this.quoted(loss.lost.map(({ capability }) => capability))
    if (zh) return `缺了它，最好的方案少 ${points} 分${lost ? `，${lost}覆盖下降` : ''}`
    return `without it the best team is worth ${points} points less${lost ? ` and covers ${lost} worse` : ''}`
  }

  shortfall({ why, level, levelWanted }: Gap['nearest'][number] & Pick<Gap, 'levelWanted'>): string {
    const zh = this.worded === 'zh'
    switch (why.kind) {
      case 'level':
        if (level === 0)
          return zh ? '有相近的内容，但不足以作为佐证' : 'something of theirs comes near, but is no evidence'
        return zh
          ? `仅达到“${this.say(LEVEL_WORDS[level])}”，需要“${this.say(LEVEL_WORDS[levelWanted])}”`
          : `reaches “${this.say(LEVEL_WORDS[level])}”, wanted is “${this.say(LEVEL_WORDS[levelWanted])}”`
      case 'refused':
        return zh ? '本需求上已有一方谢绝' : 'one side has said no on this need'
      case 'condition': {
        const names = this.conditions(why.conditions)
        return zh ? `加入会违反条件：${names}` : `joining would break: ${names}`
      }
      case 'worth':
        return zh ? '加入所增加的价值不抵一个席位' : 'joining adds less than a seat costs'
    }
  }

  /** The whole answer in a paragraph. */
  answer(proposal: Told): string {
    return this.worded === 'zh' ? this.answerInChinese(proposal) : this.answerInEnglish(proposal)
  }

  private answerInChinese(proposal: Told): string {
    const { status, members, solved, gaps, conflict } = proposal
    if (status === 'infeasible') {
      const names = this.conditions(conflict?.conditions ?? [])
      return `没有任何组合能同时满足这些条件：${names}。${this.gapsInChinese(gaps)}`
    }
    const lead = members.find(({ role }) => role === 'lead')
    const proof =
      status === 'optimal'
        ? '在所设条件下已证明为最优'
        : `这是限定时间内找到的最好方案，与上界相差 ${percent(proposal.gap)}`
    const team =
      lead && members.length > 1
        ? `建议由${this.name(lead)}牵头，共 ${members.length} 家单位组成联合体`
        : `${lead ? `仅${this.name(lead)}` : '没有单位'}入选，尚不成联合体`
    return `${team}，覆盖 ${solved.of} 项能力中的 ${solved.covered} 项；${proof}。${this.gapsInChinese(gaps)}`
  }

  private gapsInChinese(gaps: readonly Gap[]): string {
    return gaps.length ? `缺口：${gaps.map(({ id }) => this.capability(id)).join('、')}。` : ''
  }

  private answerInEnglish(proposal: Told): string {
    const { status, members, solved, gaps, conflict } = proposal
    const missing = gaps.length ? ` Missing: ${this.listed(gaps.map(({ id }) => this.capability(id)))}.` : ''
    if (status === 'infeasible') {
      const names = this.conditions(conflict?.conditions ?? [])
      return `No team keeps all of these conditions together: ${names}.${missing}`
    }
    const lead = members.find(({ role }) => role === 'lead')
    const proof =
      status === 'optimal'
        ? 'proven best under the conditions set'
        : `the best that was found in the time allowed, within ${percent(proposal.gap)} of the bound`
    const team =
      lead && members.length > 1
        ? `A consortium of ${members.length} organisations led by ${this.name(lead)}`
        : `${lead ? this.name(lead) : 'Nobody'} alone, which is no consortium yet,`
    return `${team} covers ${solved.covered} of ${solved.of} capabilities; it is ${proof}.${missing}`
  }
}

/** Without the control characters that no document's XML may hold. */
export function printable(text: string): string {
  return text.toWellFormed().replace(CONTROL, '')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const percent = (share: number | null) => `${((share ?? 0) * 100).toFixed(1)}%`
