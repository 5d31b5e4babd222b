import { Button } from '@mantine/core'
import type { Compared } from '#stages/compose/invitation-model.ts'
import { PRESETS, type Proposal } from '#stages/compose/model.ts'
import { PRESET_WEIGHTS } from '#stages/compose/rules.ts'
import type { Likelihood } from '#stages/compose/team-model.ts'
import { sameValue } from '../../lib/compare.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { Note } from '../../ui/error-note.tsx'
import type { Choices } from './body.tsx'
import { likelihoodWords } from './likelihood-words.ts'
import { optionWords } from './option-words.ts'
import { VersionTable } from './version-table.tsx'
import { composeWords } from './words.ts'

type Known = Extract<Likelihood, { known: true }>

/** Where the weights ask who is likely to join: what this team covers and how likely it is, beside the balanced one. */
export function LikelihoodPart({ proposal, choices }: { proposal: Proposal; choices: Choices }) {
  const say = useWords(likelihoodWords)
  const { likelihood, members } = proposal
  if (!likelihood) return null
  if (!likelihood.known)
    return (
      <Note>
        {say('nothing')} {say('nothingNext')}
      </Note>
    )
  if (!members.length) return null
  return (
    <Section
      title={say('title')}
      action={
        likelihood.balanced ? (
          <Button size="compact-sm" variant="default" onClick={() => choices.change({ weights: 'balanced' })}>
            {say('takeBalanced')}
          </Button>
        ) : null
      }
    >
      {likelihood.balanced ? <Beside likelihood={likelihood} balanced={likelihood.balanced} /> : null}
      <Learned likelihood={likelihood} />
    </Section>
  )
}

function Beside({ likelihood, balanced }: { likelihood: Known; balanced: NonNullable<Known['balanced']> }) {
  const say = useWords(likelihoodWords)
  const format = useFormat()
  const place = (one: number | null) => (one === null ? say('none') : say('place', { place: format.number(one, 0) }))
  const covered = (count: number) => say('coveredOf', { covered: count, of: likelihood.wanted })
  const both = [likelihood, balanced]
  const rows = [
    { key: 'covered', head: say('covered'), cells: both.map((team) => covered(team.covered)) },
    { key: 'middle', head: say('middle'), cells: both.map((team) => place(team.middle)) },
    { key: 'members', head: say('members'), cells: both.map((team) => format.number(team.members, 0)) },
  ]
  return (
    <>
      <p>
        {useCoverWords(balanced.covered - likelihood.covered)}
        {usePlaceWords(likelihood.middle, balanced.middle)}
      </p>
      <VersionTable label={say('title')} corner={say('measure')} names={[say('own'), say('balanced')]} rows={rows} />
    </>
  )
}

function useCoverWords(more: number): string {
  const say = useWords(likelihoodWords)
  if (more === 0) return say('coversSame')
  return say(more > 0 ? 'coversMore' : 'coversLess', { count: Math.abs(more) })
}

function usePlaceWords(own: number | null, balanced: number | null): string {
  const say = useWords(likelihoodWords)
  const format = useFormat()
  if (own === null || balanced === null) return say('placesUnknown')
  const places = { own: format.number(own, 0), balanced: format.number(balanced, 0) }
  return say(balanced > own ? 'placesLater' : 'placesSooner', places)
}

function Learned({ likelihood: { projects, before, of } }: { likelihood: Known }) {
  const say = useWords(likelihoodWords)
  const format = useFormat()
  return (
    <p className="faint">
      {say('learned', { count: projects, before: format.date(before), of: format.number(of, 0) })} {say('rule')}
    </p>
  )
}

/** Both terms of a version in a line, and by which weights it was composed. */
export function TeamTerms({ version: { solved, likelihood, conditions } }: { version: Compared }) {
  const say = useWords(likelihoodWords)
  const compose = useWords(composeWords)
  const option = useWords(optionWords)
  const format = useFormat()
  const preset = PRESETS.find((one) => sameValue(PRESET_WEIGHTS[one], conditions.weights))
  const covers = say('line', { covered: solved.covered, of: solved.of })
  const middle = likelihood?.known ? likelihood.middle : null
  const place =
    likelihood?.known && middle !== null
      ? say('linePlace', { place: format.number(middle, 0), of: format.number(likelihood.of, 0) })
      : null
  return (
    <>
      <p className="faint">{[covers, place].filter(Boolean).join(' · ')}</p>
      <p className="faint">
        {say('weighed', { weights: preset ? compose(`weights.${preset}`) : option('weights.own') })}
      </p>
    </>
  )
}
