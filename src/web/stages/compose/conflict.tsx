import { Button } from '@mantine/core'
import type { ComposeOptionsSent, Condition, Conflict, Proposal } from '#stages/compose/model.ts'
import { useWords } from '../../lib/words.ts'
import { Icon } from '../../ui/icons.tsx'
import { useChangeWords } from './changes.ts'
import classes from './compose.module.css'
import { sentenceWords } from './sentence-words.ts'
import { composeWords } from './words.ts'

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
