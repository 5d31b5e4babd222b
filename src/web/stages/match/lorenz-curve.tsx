import type { Exposure } from '#stages/match/fairness-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import classes from './exposure.module.css'
import { exposureWords } from './exposure-words.ts'

const SIZE = 100

/** Of the organisations seen least, which share of all places they have: by score alone, and as it is set. */
export function LorenzCurve({ report }: { report: Pick<Exposure, 'curve' | 'plain' | 'applied'> }) {
  const say = useWords(exposureWords)
  const format = useFormat()
  const { curve, plain, applied } = report
  const line = (of: 'plain' | 'applied') =>
    curve.map((point) => `${point.organisations * SIZE},${SIZE - point[of] * SIZE}`).join(' ')
  const half = curve.find(({ organisations }) => organisations >= 1 / 2)?.applied ?? 0
  const isSame = plain.gini === applied.gini
  return (
    <figure className={classes.curve}>
      <svg
        viewBox={`-1 -1 ${SIZE + 2} ${SIZE + 2}`}
        role="img"
        aria-label={say('curveLabel', { half: format.percent(half) })}
      >
        <rect width={SIZE} height={SIZE} className={classes.plot} />
        <line x1={0} y1={SIZE} x2={SIZE} y2={0} className={classes.diagonal} />
        {isSame ? null : <polyline points={line('plain')} className={classes.plain} />}
        <polyline points={line('applied')} className={classes.applied} />
      </svg>
      <figcaption>
        <span data-line="diagonal">{say('equal')}</span>
        {isSame ? null : (
          <span data-line="plain">
            {say('before')} {format.number(plain.gini, 2)}
          </span>
        )}
        <span data-line="applied">
          {say(isSame ? 'before' : 'now')} {format.number(applied.gini, 2)}
        </span>
      </figcaption>
    </figure>
  )
}
