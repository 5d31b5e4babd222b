import { ActionIcon, Button, Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core'
import { CAPABILITIES_MAX, TARGETS_MAX } from '#stages/needs/model.ts'
import { useWords } from '../../lib/words.ts'
import { TextsField } from '../../ui/form/texts-field.tsx'
import { Icon } from '../../ui/icons.tsx'
import { type CapabilityDraft, newCapability, newTarget, type TargetDraft } from './need-draft.ts'
import classes from './needs.module.css'
import { needWords } from './words.ts'

interface RowsProps<Row> {
  rows: Row[]
  onChange: (rows: Row[]) => void
  /** What the server says of a path within the rows: `0.name`. */
  errorOf: (path: string) => string | undefined
}

const nextId = (rows: readonly { id: number }[]) => Math.max(-1, ...rows.map(({ id }) => id)) + 1

function useRows<Row extends { id: number }>({ rows, onChange }: RowsProps<Row>, fresh: (id: number) => Row) {
  return {
    change: (id: number, part: Partial<Row>) =>
      onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row))),
    remove: (id: number) => onChange(rows.filter((row) => row.id !== id)),
    add: () => onChange([...rows, fresh(nextId(rows))]),
  }
}

function RemoveRow({ onClick, at }: { onClick: () => void; at: number }) {
  const say = useWords(needWords)
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${say('removeRow')} ${at + 1}`} onClick={onClick}>
      <Icon name="close" />
    </ActionIcon>
  )
}

export function TargetRows(props: RowsProps<TargetDraft>) {
  const say = useWords(needWords)
  const { change, remove, add } = useRows(props, newTarget)
  const { rows, errorOf } = props
  return (
    <div className={classes.rows}>
      {rows.map((row, at) => (
        <div key={row.id} className={classes.target}>
          {(['quantity', 'unit', 'now', 'wanted'] as const).map((name) => (
            <TextInput
              key={name}
              label={say(name)}
              name={`targets.${at}.${name}`}
              value={row[name]}
              error={errorOf(`${at}.${name}`)}
              onChange={(event) => change(row.id, { [name]: event.currentTarget.value })}
            />
          ))}
          <RemoveRow at={at} onClick={() => remove(row.id)} />
        </div>
      ))}
      {rows.length < TARGETS_MAX ? (
        <Group>
          <Button variant="default" size="compact-sm" onClick={add}>
            {say('addTarget')}
          </Button>
        </Group>
      ) : null}
    </div>
  )
}

const WEIGHT_MAX = 5

export function CapabilityRows(props: RowsProps<CapabilityDraft>) {
  const say = useWords(needWords)
  const { change, remove, add } = useRows(props, newCapability)
  const { rows, errorOf } = props
  return (
    <div className={classes.rows}>
      {rows.map((row, at) => (
        <div key={row.id} className={classes.capability}>
          <TextsField
            label={`${say('name')} ${at + 1}`}
            name={`capabilities.${at}.name`}
            value={row.name}
            error={errorOf(`${at}.name`)}
            onChange={(name) => change(row.id, { name })}
          />
          <NumberInput
            label={say('weight')}
            min={1}
            max={WEIGHT_MAX}
            allowDecimal={false}
            value={row.weight}
            onChange={(value) => change(row.id, { weight: Number(value) || 1 })}
          />
          <Select
            label={say('level')}
            allowDeselect={false}
            data={(['1', '2', '3'] as const).map((level) => ({ value: level, label: say(`level.${level}`) }))}
            value={String(row.levelWanted)}
            onChange={(level) => change(row.id, { levelWanted: Number(level) })}
          />
          <Checkbox
            label={say('critical')}
            title={say('criticalTell')}
            checked={row.critical}
            onChange={(event) => change(row.id, { critical: event.currentTarget.checked })}
            mb={8}
          />
          <RemoveRow at={at} onClick={() => remove(row.id)} />
        </div>
      ))}
      {rows.length < CAPABILITIES_MAX ? (
        <Group>
          <Button variant="default" size="compact-sm" onClick={add}>
            {say('addCapability')}
          </Button>
        </Group>
      ) : null}
    </div>
  )
}
