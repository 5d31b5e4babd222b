import { Fault } from '#kit/fault.ts'
import { readDay } from './facts.ts'
import { type Pack, readPack } from './pack.ts'
import hefeiInnovationConsortium2025 from './packs/cn/hefei-innovation-consortium-2025.json' with { type: 'json' }
import highTechEnterprise2016 from './packs/cn/high-tech-enterprise-2016.json' with { type: 'json' }
import innovativeSme2022 from './packs/cn/innovative-sme-2022.json' with { type: 'json' }
import jiebangGuashuai2023 from './packs/cn/jiebang-guashuai-2023.json' with { type: 'json' }
import littleGiant2022 from './packs/cn/little-giant-2022.json' with { type: 'json' }
import littleGiant2026 from './packs/cn/little-giant-2026.json' with { type: 'json' }
import qingdaoInnovationConsortium2025 from './packs/cn/qingdao-innovation-consortium-2025.json' with { type: 'json' }
import specialisedSme2022 from './packs/cn/specialised-sme-2022.json' with { type: 'json' }
import specialisedSme2026 from './packs/cn/specialised-sme-2026.json' with { type: 'json' }
import technologySme2017 from './packs/cn/technology-sme-2017.json' with { type: 'json' }
import wuhuInnovationConsortium2022 from './packs/cn/wuhu-innovation-consortium-2022.json' with { type: 'json' }
import xiamenInnovationConsortium2025 from './packs/cn/xiamen-innovation-consortium-2025.json' with { type: 'json' }
import horizonEurope2022 from './packs/eu/horizon-europe-2022.json' with { type: 'json' }
import horizonEurope2023 from './packs/eu/horizon-europe-2023.json' with { type: 'json' }
import horizonEurope2024 from './packs/eu/horizon-europe-2024.json' with { type: 'json' }
import horizonEurope2025 from './packs/eu/horizon-europe-2025.json' with { type: 'json' }
import horizonEurope2026 from './packs/eu/horizon-europe-2026.json' with { type: 'json' }
import sme2003 from './packs/eu/sme-2003.json' with { type: 'json' }

/** Packs beyond these are refused: those that come with the product and a zone's own. */
const PACKS_MAX = 500
const NAMES_TOLD_MAX = 40

const FILES: readonly unknown[] = [
  hefeiInnovationConsortium2025,
  highTechEnterprise2016,
  innovativeSme2022,
  jiebangGuashuai2023,
  littleGiant2022,
  littleGiant2026,
  qingdaoInnovationConsortium2025,
  specialisedSme2022,
  specialisedSme2026,
  technologySme2017,
  wuhuInnovationConsortium2022,
  xiamenInnovationConsortium2025,
  horizonEurope2022,
  horizonEurope2023,
  horizonEurope2024,
  horizonEurope2025,
  horizonEurope2026,
  sme2003,
]

let builtIn: readonly Pack[] | undefined

/** The packs that come with the product, by id and the day from which they are in force. Read once. */
export function builtInPacks(): readonly Pack[] {
  builtIn ??= joinPacks(FILES.map(readPack))
  return builtIn
}

/**
 * Puts packs together, such as a zone's own with those that are built in: by id and effective dates.
 *
 * @throws Fault `conflict` where an id has a version twice, or two versions for one day; `too_many` beyond PACKS_MAX
 */
export function joinPacks(packs: readonly Pack[]): readonly Pack[] {
  if (packs.length > PACKS_MAX)
    throw new Fault('too_many', `There are ${packs.length} rule packs.`, {
      rule: 'rules.packs.too_many',
      limit: PACKS_MAX,
    })
  const sorted = [...packs].sort(
    (a, b) => order(a.form.id, b.form.id) || order(a.form.effective.from, b.form.effective.from),
  )
  const seen = new Set<string>()
  sorted.forEach(({ form }, at) => {
    const name = `${form.id} ${form.version}`
    if (seen.has(name))
      throw new Fault('conflict', `The rule pack ${name} is there twice.`, {
        rule: 'rules.pack.version_twice',
        tip: 'A pack is never changed once it is in use: give what is new a version of its own.',
      })
    seen.add(name)
    const next = sorted[at + 1]?.form
    if (next?.id === form.id && (form.effective.to === undefined || form.effective.to >= next.effective.from))
      throw new Fault('conflict', `${name} and version ${next.version} hold on the same day.`, {
        rule: 'rules.pack.overlap',
        limit: next.effective.from,
        tip: 'Let the older version end on the day before.',
      })
  })
  return sorted
}

/** Whether a pack is in force on a day (`2026-05-01`), both its days included. */
export const isInForce = ({ form: { effective } }: Pack, date: string): boolean =>
  effective.from <= date && date <= (effective.to ?? date)

/**
 * The version of a pack that is in force on a day (`2026-05-01`).
 *
 * @throws Fault `not_found` for an id that no pack has, and for a day on which no version is in force; `invalid` for no day
 */
export function packFor(id: string, date: string, packs: readonly Pack[] = builtInPacks()): Pack {
  readDay(date)
  const versions = packs.filter(({ form }) => form.id === id)
  if (versions.length === 0) {
    const ids = [...new Set(packs.map(({ form }) => form.id))]
    throw new Fault('not_found', 'There is no rule pack of this id.', {
      rule: 'rules.pack.unknown',
      tip: `The packs: ${ids.slice(0, NAMES_TOLD_MAX).join(', ')}.`,
    })
  }
  const found = versions.find((pack) => isInForce(pack, date))
  if (found) return found
  const spans = versions.map(
    ({ form: { version, effective } }) => `${version}: ${effective.from} to ${effective.to ?? 'now'}`,
  )
  throw new Fault('not_found', `No version of ${id} is in force on ${date}.`, {
    rule: 'rules.pack.not_in_force',
    limit: date,
    tip: `Its versions: ${spans.join('; ')}.`,
  })
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
