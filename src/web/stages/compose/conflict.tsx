import { Button } from '@mantine/core'
import type { ComposeOptionsSent, Condition, Conflict, Proposal } from '#stages/compose/model.ts'
import { KINDS } from '#stages/registry/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useTerm } from '../../lib/terms.ts'
import { useWords } from '../../lib/words.ts'
import { Icon } from '../../ui/icons.tsx'
import { useName } from '../match/names.ts'
import { registryWords } from '../registry/words.ts'
import classes from './compose.module.css'
import { usePartyNames } from './parties.ts'
import { sentenceWords } from './sentence-words.ts'
import { composeWords } from './words.ts'

type Change = Conflict['relaxations'][number]['changes'][number]

/** What lifts each condition altogether. */
const LIFTED: Record<Condition, Partial<ComposeOptionsSent>> = {
  minMembers: { sizeMin: null },
  maxMembers: { sizeMax: null },
  budget: { budget: null },
  kinds: { kinds: null },
  regions: { regions: null },
  lead: { companyLeads: false },
  critical: { criticalRequired: false },
  sponsors: { sponsorsIn: false },
  pinned: { pins: [] },
  banned: { bans: [] },
  newcomers: { newcomersMin: null },
  smes: { smeShareMin: null },
  apart: { apart: [] },
  rules: { packs: [] },
}

/** Conditions that clash, and for each what giving way on it would take, in one press. */
export function ConflictPart({
  proposal,
  conflict,
  solve,
}: {
  proposal: Proposal
  conflict: Conflict
  solve: (options: ComposeOptionsSent) => void
}) {
  const say = useWords(composeWords)
  const conditionName = useWords(sentenceWords)
  const changeWords = useChangeWords(proposal)
  const isOne = conflict.conditions.length === 1
  const isEasy = conflict.relaxations.some(({ options }) => options)
  const liftAll = () =>
    solve(Object.assign({}, proposal.options, ...conflict.conditions.map((condition) => LIFTED[condition])))
  return (
    <section className={classes.conflict} aria-labelledby="conflict-title">
      <h2 id="conflict-title">
        <Icon name="warning" /> {say(isOne ? 'conflictOne' : 'conflict')}
      </h2>
      {isEasy ? <p>{say(isOne ? 'conflictTellOne' : 'conflictTell')}</p> : null}
      <ul className={classes.relaxations}>
        {conflict.relaxations.map(({ condition, enough, changes, options }) => (
          <li key={condition} className={classes.relaxation}>
            <div>
              <b>{conditionName(`condition.${condition}`)}</b>
              {changes.length ? (
                <ul className={classes.changes}>
                  {changes.map((change) => (
                    <li key={`${change.what}:${change.id ?? ''}`}>{changeWords(change, condition)}</li>
                  ))}
                </ul>
              ) : (
                <p className="soft">{say('relaxNone')}</p>
              )}
              {changes.length && !enough ? <p className="soft">{say('relaxNotEnough')}</p> : null}
            </div>
            {options ? (
              <Button size="compact-md" variant="default" className="unprinted" onClick={() => solve(options)}>
                {say('relax')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {conflict.irreducible ? null : <p className="soft">{say('conflictMaybe')}</p>}
      {isEasy ? null : (
        <div className="unprinted">
          <Button variant="default" onClick={liftAll}>
            {say('relaxAll')}
          </Button>
        </div>
      )}
    </section>
  )
}

function useChangeWords(proposal: Proposal): (change: Change, condition: Condition) => string {
  const say = useWords(composeWords)
  const conditions = useWords(sentenceWords)
  const kinds = useWords(registryWords)
  const format = useFormat()
  const term = useTerm()
  const capabilityName = useName()
  const nameOf = usePartyNames(proposal)
  const { budget } = proposal.conditions
  return ({ what, id, name, from, to }, condition) => {
    const party = () => nameOf({ id: id ?? '', name: name ?? '' })
    const numbers = { from: format.number(from ?? 0), to: format.number(to ?? 0) }
    switch (what) {
      case 'membersMin':
      case 'membersMax':
        return say(`relax.${what}`, numbers)
      case 'budgetMax': {
        if (to === null) return say('relax.noBudget')
        const amount = (minor: number | null) =>
          format.money({ minor: String(minor ?? 0), currency: budget?.currency ?? 'CNY' })
        return say('relax.budgetMax', { from: amount(from), to: amount(to) })
      }
      case 'kindMin':
      case 'kindMax': {
        const kind = KINDS.find((one) => one === id)
        return say(`relax.${what}`, { ...numbers, name: kind ? kinds(`kind.${kind}`) : '' })
      }
      case 'regionAllowed':
        return id
          ? say('relax.regionAllowed', { name: /^[A-Z]{2}$/.test(id) ? format.country(id) : term(id) })
          : say('relax.anyRegion')
      case 'critical': {
        const capability = proposal.capabilities.find((one) => one.id === id)
        return say('relax.critical', { name: capability ? capabilityName(capability) : (name ?? '') })
      }
      case 'leadKinds':
        return say('relax.leadKinds')
      case 'conflict':
        return say('relax.apart')
      case 'rule':
        if (id === 'newcomers') return say('relax.newcomers', numbers)
        if (id === 'smes') return say('relax.smes')
        return say('relax.rule', { name: name ?? '' })
      case 'pinned':
        return say(condition === 'sponsors' ? 'relax.sponsor' : 'relax.pinned', { name: party() })
      case 'banned':
        return say('relax.banned', { name: party() })
      default:
        return say('relax.other', { name: conditions(`condition.${condition}`) })
    }
  }
}
