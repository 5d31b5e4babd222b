import type { Texts } from '#stages/texts.ts'
import type { ChainCell, Drill, IndustryPage, MeasuredOne } from '#stages/zone/model.ts'
import { MEASURES } from '#stages/zone/rules.ts'
import { parseSearch } from '../../lib/address.ts'
import { formatIn } from '../../lib/format.ts'
import type { Say } from '../../lib/words.ts'
import { Go } from '../../ui/go.tsx'
import type { Why } from '../../ui/why/why-panel.tsx'
import { cellKey, rowName } from './chains.tsx'
import type { zoneWords } from './words.ts'

type SayZone = Say<(typeof zoneWords)['table']>

type Text = (texts: Texts | null | undefined) => string

/** What a figure of the plan rests on: how it is counted, and the list that holds just those records. */
export function explain(key: string, page: IndustryPage, say: SayZone, text: Text): Why | null {
  const one = page.ones.find((each) => `one:${each.key}` === key)
  if (one) return explainOne(one, page, say, text)
  const cell = page.chain.cells.find((each) => cellKey(each) === key)
  return cell ? explainCell(cell, page, say, text) : null
}

function explainOne(one: MeasuredOne, page: IndustryPage, say: SayZone, text: Text): Why {
  const measure = MEASURES[one.key]
  return {
    title: say(`one.${one.key}`),
    value: String(one.measured),
    parts: [
      { key: 'counted', label: say('counted'), value: String(one.measured), ...share(one) },
      ...(one.planned ? [{ key: 'planned', label: say('plannedLabel'), value: String(one.planned) }] : []),
      { key: 'target', label: say('targetLabel'), value: one.target === null ? say('noTarget') : String(one.target) },
      ...(text(one.owner) ? [{ key: 'owner', label: say('owner'), value: text(one.owner) }] : []),
      ...(one.dueDate ? [{ key: 'due', label: say('due'), value: formatIn(say.language).date(one.dueDate) }] : []),
    ],
    rule:
      measure.from === 'records'
        ? say('rule.records', { kind: say(`kind.${measure.kind}`) })
        : say(`rule.${measure.from}`),
    source: <Source drill={one.drill} count={one.measured} page={page} say={say} />,
  }
}

const share = ({ measured, target }: MeasuredOne) => (target ? { share: measured / target } : {})

function explainCell(cell: ChainCell, page: IndustryPage, say: SayZone, text: Text): Why {
  const segment = page.industry.segments.find(({ key }) => key === cell.segment)
  const money = cell.amountMinor ? { minor: cell.amountMinor, currency: page.chain.currency } : null
  return {
    title: `${text(segment?.names)} · ${rowName(cell, say)}`,
    value: String(cell.count),
    sentence: cell.broken
      ? say(`broken.${cell.broken.where}`, { beside: cell.broken.beside })
      : money
        ? say('amount', { amount: formatIn(say.language).money(money) })
        : undefined,
    rule: say('cellRule'),
    source: <Source drill={cell.drill} count={cell.count} page={page} say={say} />,
  }
}

function Source({ drill, count, page, say }: { drill: Drill; count: number; page: IndustryPage; say: SayZone }) {
  return (
    <>
      <p>
        <Go to={`/${drill.page}`} search={parseSearch(drill.search)}>
          {say('openRecords', { count })}
        </Go>
      </p>
      <p className="faint">{say('seen', { seq: page.seenSeq })}</p>
    </>
  )
}
