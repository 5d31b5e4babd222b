import { Button, Select, Switch, TagsInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type ComposeOptionsSent, type Proposal, SOLVE_SECONDS_MAX } from '#stages/compose/model.ts'
import { sameValue } from '../../lib/compare.ts'
import { useFormat } from '../../lib/format.ts'
import { useTerm } from '../../lib/terms.ts'
import { useWords } from '../../lib/words.ts'
import { MoneyField, NumberField } from '../../ui/form/fields.tsx'
import type { Choices } from './body.tsx'
import classes from './compose.module.css'
import { KindsField } from './kinds-field.tsx'
import { MoreOptions } from './more-options.tsx'
import { Weights } from './weights.tsx'
import { composeWords } from './words.ts'

const SECONDS = [5, 10, SOLVE_SECONDS_MAX]
/** What a need says too, and what can be set back to it. */
const OF_NEED = ['sizeMin', 'sizeMax', 'budget', 'regions', 'kinds'] as const
type OfNeed = (typeof OF_NEED)[number]
const SWITCHES = [
  ['criticalRequired', 'critical', true],
  ['sponsorsIn', 'sponsors', true],
  ['companyLeads', 'company', false],
] as const

/** The conditions of the team: the need's own, or as a person sets them. Each change is solved at once. */
export function OptionsPanel({ proposal, choices }: { proposal: Proposal; choices: Choices }) {
  const say = useWords(composeWords)
  const { options } = choices
  const own = useRef<ComposeOptionsSent | undefined>(undefined)
  // Fields keep what is typed into them; they begin anew when other options are shown than were set here.
  const [epoch, setEpoch] = useState(0)
  useEffect(() => {
    if (own.current && sameValue(own.current, proposal.options)) return
    own.current = undefined
    setEpoch((before) => before + 1)
  }, [proposal.options])
  const change: Choices['change'] = (changes, when) => {
    own.current = { ...options, ...changes } as ComposeOptionsSent
    choices.change(changes, when)
  }
  const back = (keys: readonly OfNeed[]) => {
    own.current = undefined
    choices.change(Object.fromEntries(keys.map((key) => [key, undefined])))
  }
  const changed = OF_NEED.filter((key) => options[key] !== undefined)
  return (
    <section className={classes.options} aria-labelledby="options-title">
      <header>
        <h2 id="options-title">{say('options')}</h2>
        <p className="faint">{say('optionsTell')}</p>
      </header>
      <Weights weights={proposal.conditions.weights} options={options} change={change} />
      <HeldFields key={epoch} proposal={proposal} options={options} change={change} back={(key) => back([key])} />
      <div className={classes.switches}>
        {SWITCHES.map(([key, word, usual]) => (
          <Switch
            key={key}
            label={say(word)}
            checked={options[key] ?? usual}
            onChange={(event) => change({ [key]: event.currentTarget.checked })}
          />
        ))}
      </div>
      <MoreOptions key={`more-${epoch}`} proposal={proposal} options={options} change={change} />
      <Select
        label={say('seconds')}
        allowDeselect={false}
        data={[...new Set([...SECONDS, options.seconds ?? SECONDS[1]!])].map((count) => ({
          value: String(count),
          label: say('secondsOf', { count }),
        }))}
        value={String(options.seconds ?? SECONDS[1])}
        onChange={(value) => change({ seconds: Number(value) })}
      />
      {changed.length > 1 ? (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => back(changed)}>
          {say('backToAll')}
        </Button>
      ) : null}
    </section>
  )
}

export interface PanelProps {
  options: ComposeOptionsSent
  change: Choices['change']
}

/** What the need says of size, budget, places and kinds, each with what the team makes of it. */
function HeldFields({
  proposal,
  options,
  change,
  back,
}: PanelProps & { proposal: Proposal; back: (key: OfNeed) => void }) {
  const say = useWords(composeWords)
  const format = useFormat()
  const term = useTerm()
  const { conditions, members, solved } = proposal
  const count = members.length
  const held = {
    sizeMin: options.sizeMin === undefined ? conditions.minMembers : options.sizeMin,
    sizeMax: options.sizeMax === undefined ? conditions.maxMembers : options.sizeMax,
    budget: options.budget === undefined ? conditions.budget : options.budget,
    regions: (options.regions === undefined ? conditions.regions : options.regions) ?? [],
    kinds: (options.kinds === undefined ? conditions.kinds : options.kinds) ?? {},
  }
  const field = (key: OfNeed, label: string) => ({ key, label, isOwn: options[key] !== undefined, back })
  const set = (key: OfNeed) => (value: unknown) => change({ [key]: value }, 'settled')
  // A place is kept as it is written in the registry and shown in the reader's language.
  const places = new Map(held.regions.map((place) => [term(place), place]))
  return (
    <>
      <div className={classes.pair}>
        {(['sizeMin', 'sizeMax'] as const).map((key) => (
          <Held key={key} of={field(key, say(key))}>
            <NumberField name={key} label={say(key)} error={undefined} value={held[key]} onChange={set(key)} />
          </Held>
        ))}
      </div>
      {count ? <p className={`${classes.used} faint`}>{say('sizeUsed', { count })}</p> : null}
      <Held of={field('budget', say('budget'))}>
        <MoneyField
          name="budget"
          label={say('budget')}
          error={undefined}
          currency={solved.cost?.currency ?? 'CNY'}
          value={held.budget}
          onChange={set('budget')}
        />
      </Held>
      {solved.cost ? (
        <p className={`${classes.used} faint`}>
          {held.budget ? '' : `${say('budgetNone')} · `}
          {say('budgetUsed', { amount: format.money(solved.cost) })}
        </p>
      ) : null}
      <Held of={field('regions', say('regions'))}>
        <TagsInput
          label={say('regions')}
          description={say('regionsTell')}
          value={[...places.keys()]}
          onChange={(names) => set('regions')(names.map((name) => places.get(name) ?? name))}
        />
      </Held>
      <Held of={field('kinds', say('kinds'))}>
        <KindsField value={held.kinds} members={members} onChange={set('kinds')} />
      </Held>
    </>
  )
}

/** A condition that the need may name: whether it is the need's, and a way back to that. */
function Held({
  of: { key, label, isOwn, back },
  children,
}: {
  of: { key: OfNeed; label: string; isOwn: boolean; back: (key: OfNeed) => void }
  children: ReactNode
}) {
  const say = useWords(composeWords)
  return (
    <div className={classes.option}>
      {children}
      {isOwn ? (
        <button
          type="button"
          className={classes.back}
          aria-label={say('backToNeedOf', { label })}
          onClick={() => back(key)}
        >
          {say('backToNeed')}
        </button>
      ) : null}
    </div>
  )
}
