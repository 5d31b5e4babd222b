import { NumberInput, SegmentedControl } from '@mantine/core'
import { PRESETS, type WeightsSet } from '#stages/compose/model.ts'
import { PRESET_WEIGHTS } from '#stages/compose/rules.ts'
import { useWords } from '../../lib/words.ts'
import classes from './compose.module.css'
import { optionWords } from './option-words.ts'
import own from './options.module.css'
import type { PanelProps } from './options.tsx'
import { composeWords } from './words.ts'

const WEIGHTS = [
  'met',
  'below',
  'above',
  'second',
  'member',
  'cost',
  'load',
  'trust',
  'confidence',
  'likelihood',
] as const
const STEPS: Partial<Record<(typeof WEIGHTS)[number], number>> = { met: 50, below: 50, member: 50, cost: 0.1 }

/** What a team is worth: a preset by its name, or each weight in points, set by hand. */
export function Weights({ weights, options, change }: PanelProps & { weights: WeightsSet }) {
  const say = useWords(composeWords)
  const option = useWords(optionWords)
  const chosen = options.weights ?? 'balanced'
  const preset = typeof chosen === 'string' ? chosen : null
  const shown = preset ? PRESET_WEIGHTS[preset] : (chosen as WeightsSet)
  const set = (key: (typeof WEIGHTS)[number]) => (value: number | string) => {
    if (typeof value !== 'number' || value === shown[key]) return
    change({ weights: { ...weights, ...shown, [key]: value } }, 'settled')
  }
  return (
    <div className={classes.option}>
      <span className={classes.optionLabel} id="weights-label">
        {say('weights')}
      </span>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby="weights-label"
        data={[
          ...PRESETS.map((value) => ({ value: value as string, label: say(`weights.${value}`) })),
          ...(preset ? [] : [{ value: 'own', label: option('weights.own') }]),
        ]}
        value={preset ?? 'own'}
        onChange={(value) => PRESETS.some((one) => one === value) && change({ weights: value })}
      />
      <p className="faint">{preset ? say(`weightsTell.${preset}`) : option('weightsTell.own')}</p>
      <details className={own.details}>
        <summary>{option('weightsOpen')}</summary>
        <p className="faint">{option('weightsOpenTell')}</p>
        <div className={classes.pair}>
          {WEIGHTS.map((key) => (
            <NumberInput
              key={`${key}:${shown[key]}`}
              size="xs"
              label={option(`weight.${key}`)}
              min={0}
              max={10_000}
              step={STEPS[key] ?? 10}
              defaultValue={shown[key]}
              onBlur={(event) => set(key)(Number(event.currentTarget.value.replaceAll(',', '')))}
            />
          ))}
        </div>
      </details>
    </div>
  )
}
