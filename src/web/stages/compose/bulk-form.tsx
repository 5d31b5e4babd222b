import { Button, Checkbox, Radio, SegmentedControl, Select, Switch } from '@mantine/core'
import { useState } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import { isSameOrder } from '#stages/compose/bulk-again-rules.ts'
import {
  AGAIN,
  BULK_NEEDS_MAX,
  BULK_SECONDS_DEFAULT,
  BULK_SECONDS_MAX,
  type BulkPlan,
  SEATS_EACH_DEFAULT,
  SEATS_EACH_MAX,
} from '#stages/compose/bulk-model.ts'
import { PRESETS } from '#stages/compose/options-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { useName } from '../match/names.ts'
import classes from './bulk.module.css'
import { bulkWords } from './bulk-words.ts'
import { composeWords } from './words.ts'

const SECONDS = [30, 60, 300, 900] as const
const SWITCHES = [
  ['sponsorsIn', 'sponsors'],
  ['criticalRequired', 'critical'],
  ['companyLeads', 'company'],
] as const

/** So many needs are served well by the usual time; more get more. */
const NEEDS_OF_SECONDS = [
  [30, BULK_SECONDS_DEFAULT],
  [100, 300],
] as const
const secondsFor = (needs: number): number => NEEDS_OF_SECONDS.find(([most]) => needs <= most)?.[1] ?? BULK_SECONDS_MAX

/** What is set for all needs alike, which of them take part, and what will happen. */
export function BulkForm({ plan, ordered }: { plan: BulkPlan; ordered: (workId: string) => void }) {
  const say = useWords(bulkWords)
  const sayCompose = useWords(composeWords)
  const format = useFormat()
  const order = useWrite(composeApi.orderBulk)
  const ready = plan.needs.filter(({ skip }) => skip === null)
  // What was asked for last time is at hand, so that only what has changed is sought.
  const last = plan.last?.options
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(ready.map(({ id }) => id)))
  const [capacity, setCapacity] = useState(last?.capacity ?? SEATS_EACH_DEFAULT)
  const [weights, setWeights] = useState<(typeof PRESETS)[number]>(last?.weights ?? 'balanced')
  const [seconds, setSeconds] = useState(() => secondsFor(ready.length))
  const [switches, setSwitches] = useState({
    sponsorsIn: last?.sponsorsIn ?? true,
    criticalRequired: last?.criticalRequired ?? true,
    companyLeads: last?.companyLeads ?? false,
  })
  const isAll = chosen.size === ready.length
  const [again, setAgain] = useState<(typeof AGAIN)[number]>('changed')
  const asked = { capacity, weights, ...switches }
  const isSame = plan.last !== null && isSameOrder(plan.last.options, { ...plan.last.options, ...asked })
  const kept = isSame ? (plan.last?.unchanged ?? []).filter((id) => chosen.has(id)).length : 0
  const sought = again === 'all' ? chosen.size : chosen.size - kept
  const start = async () => {
    const needs = isAll ? null : [...chosen]
    const { workId } = await order.run({ body: { options: { needs, ...asked, seconds, again } } })
    ordered(workId)
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        void start().catch(() => undefined)
      }}
    >
      <div className={classes.two}>
        <Section title={say('order')}>
          <div className={classes.fields}>
            <Select
              label={say('capacity')}
              description={say('capacityTell')}
              data={Array.from({ length: SEATS_EACH_MAX }, (_, at) => String(at + 1))}
              value={String(capacity)}
              allowDeselect={false}
              onChange={(value) => setCapacity(Number(value))}
            />
            {plan.seated ? <p className="faint">{say('seated', { count: format.number(plan.seated) })}</p> : null}
            <div>
              <span className={classes.label} id="bulk-weights">
                {sayCompose('weights')}
              </span>
              <SegmentedControl
                fullWidth
                aria-labelledby="bulk-weights"
                data={PRESETS.map((value) => ({ value, label: sayCompose(`weights.${value}`) }))}
                value={weights}
                onChange={(value) => setWeights(PRESETS.find((one) => one === value) ?? weights)}
              />
              <p className="faint">{sayCompose(`weightsTell.${weights}`)}</p>
            </div>
            {SWITCHES.map(([key, word]) => (
              <Switch
                key={key}
                label={sayCompose(word)}
                checked={switches[key]}
                onChange={(event) => {
                  const { checked } = event.currentTarget
                  setSwitches((before) => ({ ...before, [key]: checked }))
                }}
              />
            ))}
            <Select
              label={say('seconds')}
              data={SECONDS.map((value) => ({ value: String(value), label: say(`seconds.${value}`) }))}
              value={String(seconds)}
              allowDeselect={false}
              onChange={(value) => setSeconds(Number(value))}
            />
          </div>
        </Section>
        <Section
          title={say('which')}
          action={<span className="figures soft">{say('chosenOf', { chosen: chosen.size, of: ready.length })}</span>}
        >
          <Needs plan={plan} chosen={chosen} choose={setChosen} />
        </Section>
      </div>
      <Section title={say('what')}>
        <ul className={classes.what}>
          <li>{say('whatOne')}</li>
          <li>{say('whatTwo')}</li>
          <li>{say('whatThree')}</li>
        </ul>
        {plan.last ? (
          <Again at={plan.last.at} isSame={isSame} kept={kept} of={chosen.size} value={again} onChange={setAgain} />
        ) : null}
        <ErrorNote error={order.refusal} />
        <div>
          <Button type="submit" loading={order.isRunning} disabled={sought === 0 || chosen.size > BULK_NEEDS_MAX}>
            {sought ? say('start', { count: sought }) : say('startNothing')}
          </Button>
        </div>
      </Section>
    </form>
  )
}

/** What stands of the last run where the same is ordered, and whether it shall. */
function Again({
  at,
  isSame,
  kept,
  of,
  value,
  onChange,
}: {
  at: string
  isSame: boolean
  kept: number
  of: number
  value: (typeof AGAIN)[number]
  onChange: (again: (typeof AGAIN)[number]) => void
}) {
  const say = useWords(bulkWords)
  const format = useFormat()
  const when = format.ago(at)
  if (!isSame) return <p className="soft">{say('againOther', { when })}</p>
  if (kept === 0) return <p className="soft">{say('againNone', { when })}</p>
  return (
    <Radio.Group
      className={classes.again}
      label={say(kept === of ? 'againAll' : 'againSome', { when, kept, of })}
      value={value}
      onChange={(chosen) => onChange(AGAIN.find((one) => one === chosen) ?? value)}
    >
      {AGAIN.map((one) => (
        <Radio key={one} value={one} label={say(`again.${one}`)} description={say(`againTell.${one}`)} />
      ))}
    </Radio.Group>
  )
}

function Needs({
  plan,
  chosen,
  choose,
}: {
  plan: BulkPlan
  chosen: ReadonlySet<string>
  choose: (ids: ReadonlySet<string>) => void
}) {
  const say = useWords(bulkWords)
  const name = useName()
  const ready = plan.needs.filter(({ skip }) => skip === null)
  const left = plan.needs.filter(({ skip }) => skip !== null)
  const nameOf = (need: BulkPlan['needs'][number]) => name({ name: need.name, names: need.title })
  return (
    <>
      <div className={classes.choosers}>
        <Button
          variant="default"
          size="compact-sm"
          disabled={chosen.size === ready.length}
          onClick={() => choose(new Set(ready.map(({ id }) => id)))}
        >
          {say('all')}
        </Button>
        <Button variant="default" size="compact-sm" disabled={chosen.size === 0} onClick={() => choose(new Set())}>
          {say('none')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls is reached by the keyboard */}
      <section className={classes.needList} tabIndex={0} aria-label={say('which')}>
        <ul>
          {ready.map((need) => (
            <li key={need.id}>
              <Checkbox
                label={
                  <>
                    {nameOf(need)}
                    <span className={`${classes.under} faint`}>
                      {say('capabilities', { count: need.capabilities })}
                    </span>
                  </>
                }
                checked={chosen.has(need.id)}
                onChange={(event) => {
                  const next = new Set(chosen)
                  if (event.currentTarget.checked) next.add(need.id)
                  else next.delete(need.id)
                  choose(next)
                }}
              />
            </li>
          ))}
        </ul>
        {left.length ? (
          <>
            <h3 className={classes.leftHead}>{say('left')}</h3>
            <ul>
              {left.map((need) => (
                <li key={need.id} className={classes.left}>
                  <Go to={`/needs/${need.id}`}>{nameOf(need)}</Go>
                  <span className="faint">{say(`skip.${need.skip!}`)}</span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </section>
    </>
  )
}
