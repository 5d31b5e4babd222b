import type { SharedProposal } from '#stages/compose/model.ts'
import { useWords } from '../../lib/words.ts'
import { Badge, KindBadge } from '../../ui/badges.tsx'
import { coverWords } from '../match/cover-words.ts'
import { Evidence } from '../match/evidence.tsx'
import { useName, usePlace } from '../match/names.ts'
import { placeOfKind } from '../registry/kinds.ts'
import { registryWords } from '../registry/words.ts'
import { sentenceWords } from './sentence-words.ts'
import { useSentences, useSharedShortfall } from './sentences.ts'
import classes from './shared.module.css'
import { sharedWords } from './shared-words.ts'

const COVERED_LEVEL_MIN = 2

/** The country that most members are in goes without saying. */
function useHomePlace({ zone, members }: SharedProposal) {
  const counts = new Map<string, number>()
  for (const { country } of members) if (country) counts.set(country, (counts.get(country) ?? 0) + 1)
  const [most] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return usePlace({ slug: zone.slug, country: most?.[0] ?? null })
}

/** Each member: who, in which role, why, and what shows that it can. */
export function SharedTeam({ proposal }: { proposal: SharedProposal }) {
  const say = useWords(sentenceWords)
  const kinds = useWords(registryWords)
  const cover = useWords(coverWords)
  const name = useName()
  const place = useHomePlace(proposal)
  const { reason } = useSentences(proposal, (party) =>
    name(proposal.members.find(({ id }) => id === party.id) ?? party),
  )
  return (
    <ol className={classes.team}>
      {proposal.members.map((member) => (
        <li key={member.id} className={classes.member}>
          <div className={classes.memberHead}>
            <h3>{name(member)}</h3>
            <Badge tone={member.role === 'lead' ? 'good' : 'plain'}>{say(`role.${member.role}`)}</Badge>
          </div>
          <p className={`${classes.where} soft`}>
            <KindBadge place={placeOfKind(member.kind)}>{kinds(`kind.${member.kind}`)}</KindBadge>
            <span>{place(member)}</span>
          </p>
          <ul className={classes.reasons}>
            {member.reasons.map((one) => (
              <li key={one.kind}>{reason(one)}</li>
            ))}
          </ul>
          {member.covers
            .filter(({ level, evidence }) => evidence && level >= COVERED_LEVEL_MIN)
            .map(({ capability, level, evidence }) => {
              const found = proposal.capabilities.find(({ id }) => id === capability)
              if (!found || !evidence) return null
              return (
                <div key={capability} className={classes.proof}>
                  <p className="soft">
                    {name(found)} · {cover('levelOf', { level, words: cover(`level.${level}`) })}
                  </p>
                  <Evidence quote={evidence} linked={false} />
                </div>
              )
            })}
        </li>
      ))}
    </ol>
  )
}

export function SharedGaps({ proposal }: { proposal: SharedProposal }) {
  const say = useWords(sentenceWords)
  const shared = useWords(sharedWords)
  const name = useName()
  const place = useHomePlace(proposal)
  const shortfall = useSharedShortfall()
  if (!proposal.gaps.length) return <p>{say('noGaps')}</p>
  return (
    <ul className={classes.gaps}>
      {proposal.gaps.map((gap) => (
        <li key={gap.id}>
          <h3>
            {name(gap)} {gap.critical ? <Badge tone="look">{shared('critical')}</Badge> : null}
          </h3>
          {gap.nearest.length ? (
            <>
              <p className="soft">{shared('nearest')}</p>
              <ul>
                {gap.nearest.map((near) => (
                  <li key={near.id}>
                    {name(near)} <span className="faint">{place(near)}</span>
                    <br />
                    <span className="soft">{shortfall(near, gap.levelWanted)}</span>
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <p className="soft">{say('gap.nobody')}</p>
          )}
        </li>
      ))}
    </ul>
  )
}
