import type { Member, Proposal } from '#stages/compose/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Badge, KindBadge } from '../../ui/badges.tsx'
import { Section } from '../../ui/detail/detail-page.tsx'
import { Go } from '../../ui/go.tsx'
import { Evidence } from '../match/evidence.tsx'
import { useName, usePlace } from '../match/names.ts'
import { placeOfKind } from '../registry/kinds.ts'
import { registryWords } from '../registry/words.ts'
import type { Choices } from './body.tsx'
import classes from './compose.module.css'
import { usePartyNames } from './parties.ts'
import { PartyButtons } from './party-buttons.tsx'
import { useSeatCosts } from './seat-cost.ts'
import { sentenceWords } from './sentence-words.ts'
import { useSentences } from './sentences.ts'
import { composeWords } from './words.ts'

const EVIDENCE_SHOWN = 2

/** Each member with its role, why it is there, and what the team would be without it. */
export function MembersPart({ proposal, choices }: { proposal: Proposal; choices: Choices }) {
  const say = useWords(sentenceWords)
  return (
    <Section title={say('team')}>
      <ol className={classes.members}>
        {proposal.members.map((member) => (
          <MemberCard key={member.id} proposal={proposal} member={member} choices={choices} />
        ))}
      </ol>
    </Section>
  )
}

function MemberCard({ proposal, member, choices }: { proposal: Proposal; member: Member; choices: Choices }) {
  const say = useWords(sentenceWords)
  const kinds = useWords(registryWords)
  const nameOf = usePartyNames(proposal)
  const place = usePlace()
  const name = nameOf(member)
  return (
    <li className={classes.member} data-party={member.id}>
      <div className={classes.memberHead}>
        <div>
          <h3>
            <Go to={`/organisations/${member.id}`} quiet>
              {name}
            </Go>
          </h3>
          <p className={classes.where}>
            <KindBadge place={placeOfKind(member.kind)}>{kinds(`kind.${member.kind}`)}</KindBadge>
            <span>{place(member)}</span>
            <SeatCostWords member={member} />
          </p>
        </div>
        <div className={classes.memberSide}>
          <Badge tone={member.role === 'lead' ? 'good' : 'plain'}>{say(`role.${member.role}`)}</Badge>
          <PartyButtons party={member} name={name} choices={choices} />
        </div>
      </div>
      <WhyMember proposal={proposal} member={member} />
    </li>
  )
}

function SeatCostWords({ member: { cost } }: { member: Member }) {
  const say = useWords(composeWords)
  const format = useFormat()
  const basisOf = useSeatCosts()
  if (!cost || cost.basis === 'unknown') return null
  return (
    <span title={`${format.moneyExact(cost.amount)} · ${basisOf(cost)}`}>
      {say('seatCost', { amount: format.money(cost.amount) })}
    </span>
  )
}

/** Reasons in sentences, and the evidence for what the member is there for. */
function WhyMember({ proposal, member }: { proposal: Proposal; member: Member }) {
  const say = useWords(sentenceWords)
  const capabilityName = useName()
  const { reason, loss } = useSentences(proposal, usePartyNames(proposal))
  const missed = loss(member)
  const meant = member.reasons.flatMap((one) => ('capabilities' in one ? one.capabilities : []))
  const shown = member.covers
    .filter(({ capability, evidence }) => evidence && meant.includes(capability))
    .slice(0, EVIDENCE_SHOWN)
  return (
    <>
      <ul className={classes.reasons}>
        {member.reasons.map((one) => (
          <li key={one.kind}>{reason(one)}</li>
        ))}
        {missed ? <li className="soft">{missed}</li> : null}
      </ul>
      {shown.map(({ capability, level, evidence }) => {
        const found = proposal.capabilities.find(({ id }) => id === capability)
        if (!evidence || !found) return null
        return (
          <div key={capability} className={classes.proof}>
            <p className="faint">{say('evidenceOf', { capability: capabilityName(found), level })}</p>
            <Evidence quote={evidence} />
          </div>
        )
      })}
    </>
  )
}
