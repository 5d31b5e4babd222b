import { useState } from 'react'
import type { ComposeOptionsSent, Proposal } from '#stages/compose/model.ts'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { Note } from '../../ui/error-note.tsx'
import { Candidates } from './candidates.tsx'
import classes from './compose.module.css'
import { ConflictPart } from './conflict.tsx'
import { GapsPart } from './gaps.tsx'
import { HeatPart } from './heat-part.tsx'
import { LikelihoodPart } from './likelihood-part.tsx'
import { MembersPart } from './members.tsx'
import { OptionsPanel } from './options.tsx'
import { usePartyNames } from './parties.ts'
import { PartnersPart } from './partners-part.tsx'
import { RulesPart } from './rules-part.tsx'
import { sentenceWords } from './sentence-words.ts'
import { useSentences } from './sentences.ts'
import { StudyPart } from './study-part.tsx'
import type { Composer } from './use-composer.ts'
import { composeWords } from './words.ts'

/** What a person sets about the team; each change is solved at once. */
export interface Choices {
  options: ComposeOptionsSent
  /** Changes some options; an undefined one is the need's own again. */
  change: (changes: Partial<Record<keyof ComposeOptionsSent, unknown>>, when?: 'now' | 'settled') => void
  isPinned: (id: string) => boolean
  isBanned: (id: string) => boolean
  togglePin: (id: string) => void
  toggleBan: (id: string) => void
}

/** Candidates at the left, the team in the middle, its conditions at the right. */
export function ProposalBody({ proposal, composer }: { proposal: Proposal; composer: Composer }) {
  const say = useWords(composeWords)
  const sentences = useWords(sentenceWords)
  const choices = useChoices(proposal, composer)
  const { quoted } = useSentences(proposal, usePartyNames(proposal))
  const { conditions, solved, members } = proposal
  return (
    <div className={classes.columns} aria-busy={composer.isSolving}>
      <div className={classes.left}>
        <Candidates proposal={proposal} choices={choices} />
      </div>
      <div className={classes.middle} data-stale={composer.isSolving || undefined}>
        {proposal.conflict ? (
          <ConflictPart proposal={proposal} conflict={proposal.conflict} solve={composer.solve} />
        ) : null}
        <HeatPart proposal={proposal} />
        {solved.withoutCompany ? <Note>{say('withoutCompany')}</Note> : null}
        {conditions.criticalRequired && conditions.criticalOutOfReach.length ? (
          <Note>{say('criticalOut', { capabilities: quoted(conditions.criticalOutOfReach) })}</Note>
        ) : null}
        <LikelihoodPart proposal={proposal} choices={choices} />
        {members.length ? <MembersPart proposal={proposal} choices={choices} /> : null}
        <RulesPart proposal={proposal} choices={choices} />
        {members.length || proposal.gaps.length ? (
          <Section title={sentences('gaps')}>
            <GapsPart proposal={proposal} choices={choices} />
          </Section>
        ) : null}
        {members.length ? <StudyPart key={proposal.id} proposal={proposal} solve={composer.solve} /> : null}
        {members.length ? (
          <PartnersPart
            needId={proposal.needId}
            members={members}
            without={[...conditions.bans, ...conditions.refused]}
            choices={choices}
          />
        ) : null}
        <Method proposal={proposal} />
      </div>
      <div className={`${classes.right} unprinted`}>
        <OptionsPanel proposal={proposal} choices={choices} />
      </div>
    </div>
  )
}

function Method({ proposal: { engine, seed, inputsHash } }: { proposal: Proposal }) {
  const say = useWords(sentenceWords)
  return <p className="faint">{say('method', { engine, seed, hash: inputsHash.slice(0, 12) })}</p>
}

/** The options as last changed: those of the shown proposal until somebody changes them. */
function useChoices(proposal: Proposal, composer: Composer): Choices {
  const [draft, setDraft] = useState<{ of: string; options: ComposeOptionsSent }>()
  const options: ComposeOptionsSent = draft?.of === proposal.id ? draft.options : proposal.options
  const { pins = [], bans = [] } = options
  const change: Choices['change'] = (changes, when = 'now') => {
    const next = Object.fromEntries(
      Object.entries({ ...options, ...changes }).filter(([, value]) => value !== undefined),
    ) as ComposeOptionsSent
    setDraft({ of: proposal.id, options: next })
    composer.solve(next, when)
  }
  const without = (ids: readonly string[], id: string) => ids.filter((one) => one !== id)
  return {
    options,
    change,
    isPinned: (id) => pins.includes(id),
    isBanned: (id) => bans.includes(id),
    togglePin: (id) =>
      change(
        pins.includes(id) ? { pins: without(pins, id) } : { pins: [...pins, id], bans: without(bans, id) },
        'settled',
      ),
    toggleBan: (id) =>
      change(
        bans.includes(id) ? { bans: without(bans, id) } : { bans: [...bans, id], pins: without(pins, id) },
        'settled',
      ),
  }
}
