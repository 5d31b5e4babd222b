import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { matchApi } from '#stages/match/api.ts'
import { type MatchSettings, NEWCOMER_SEATS_MAX } from '#stages/match/fairness-model.ts'
import { ORDERS } from '#stages/match/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { tell } from '../../ui/toasts.tsx'
import classes from './exposure.module.css'
import { exposureWords } from './exposure-words.ts'

const BOUNDS = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3] as const
const OFF = 'off'

/** The officer's choices; for others they stand to be read. */
export function FairnessForm({ settings }: { settings: MatchSettings }) {
  const say = useWords(exposureWords)
  const format = useFormat()
  const change = useWrite(matchApi.changeSettings)
  const [order, setOrder] = useState(settings.order)
  const [seats, setSeats] = useState(settings.newcomerSeats)
  const [bound, setBound] = useState(settings.exposureBound)
  const isChanged = order !== settings.order || seats !== settings.newcomerSeats || bound !== settings.exposureBound
  const save = () =>
    void change
      .run({ body: { order, newcomerSeats: seats, exposureBound: bound } })
      .then(() => tell(say('saved')))
      .catch(() => undefined)
  const bounds = [...new Set([...BOUNDS, ...(settings.exposureBound === null ? [] : [settings.exposureBound])])]
  const locked = !settings.mayChange
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <ErrorNote error={change.refusal} />
      <div className={classes.fields}>
        <Select
          label={say('order')}
          description={say('orderTell')}
          data={ORDERS.map((value) => ({ value, label: say(`by.${value}`) }))}
          value={order}
          allowDeselect={false}
          disabled={locked}
          onChange={(value) => setOrder(ORDERS.find((one) => one === value) ?? order)}
        />
        <Select
          label={say('seats')}
          description={say('seatsTell')}
          data={Array.from({ length: NEWCOMER_SEATS_MAX + 1 }, (_, count) => ({
            value: String(count),
            label: count ? String(count) : say('none'),
          }))}
          value={String(seats)}
          allowDeselect={false}
          disabled={locked}
          onChange={(value) => setSeats(Number(value))}
        />
        <Select
          label={say('bound')}
          description={say('boundTell')}
          data={[
            { value: OFF, label: say('boundOff') },
            ...bounds.map((value) => ({ value: String(value), label: format.number(value) })),
          ]}
          value={bound === null ? OFF : String(bound)}
          allowDeselect={false}
          disabled={locked}
          onChange={(value) => setBound(value === OFF || value === null ? null : Number(value))}
        />
      </div>
      {locked ? (
        <p className="soft">{say('onlyOfficers')}</p>
      ) : (
        <div>
          <Button type="submit" disabled={!isChanged} loading={change.isRunning}>
            {say('save')}
          </Button>
        </div>
      )}
    </form>
  )
}
