import type { Gap, Proposal } from '#stages/compose/model.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { Go } from '../../ui/go.tsx'
import { coverWords } from '../match/cover-words.ts'
import { Evidence } from '../match/evidence.tsx'
import { useName, usePlace } from '../match/names.ts'
import type { Choices } from './body.tsx'
import classes from './compose.module.css'
import { usePartyNames } from './parties.ts'
import { PartyButtons } from './party-buttons.tsx'
import { sentenceWords } from './sentence-words.ts'
import { useSentences } from './sentences.ts'

/** What the team can't do, by name, with whoever is nearest and why that is not enough. */
export function GapsPart({ proposal, choices }: { proposal: Proposal; choices: Choices }) {
  const say = useWords(sentenceWords)
  if (!proposal.gaps.length) return <p className="soft">{say('noGaps')}</p>
  return (
    <ul className={classes.gaps}>
      {proposal.gaps.map((gap) => (
        <GapRow key={gap.id} proposal={proposal} gap={gap} choices={choices} />
      ))}
    </ul>
  )
}

function GapRow({ proposal, gap, choices }: { proposal: Proposal; gap: Gap; choices: Choices }) {
  const say = useWords(sentenceWords)
  const cover = useWords(coverWords)
  const name = useName()
  const nameOf = usePartyNames(proposal)
  const place = usePlace()
  const { shortfall } = useSentences(proposal, nameOf)
  return (
    <li className={classes.gap}>
      <h3>
        {name(gap)} {gap.critical ? <Badge tone="look">{cover('critical')}</Badge> : null}
      </h3>
      {gap.nearest.length ? (
        <ul className={classes.nearest}>
          {gap.nearest.map((near) => (
            <li key={near.id} data-party={near.id}>
              <div className={classes.nearestHead}>
                <span>
                  <Go to={`/organisations/${near.id}`}>{nameOf(near)}</Go> <span className="faint">{place(near)}</span>
                </span>
                {near.member ? null : <PartyButtons party={near} name={nameOf(near)} choices={choices} />}
              </div>
              <p className="soft">{shortfall(near, gap.levelWanted)}</p>
              {near.evidence ? <Evidence quote={near.evidence} /> : null}
            </li>
          ))}
        </ul>
      ) : (
        <p className="soft">{say('gap.nobody')}</p>
      )}
    </li>
  )
}
