import { useWords } from '../../lib/words.ts'
import { Icon } from '../../ui/icons.tsx'
import { STEPS, type Step } from './counts.ts'
import classes from './imports.module.css'
import { importWords } from './words.ts'

/** The whole road in four words, and where the import stands on it. */
export function Stepper({ now, done }: { now: Step; done: boolean }) {
  const say = useWords(importWords)
  const at = STEPS.indexOf(now)
  return (
    <ol className={classes.steps} aria-label={say('steps')}>
      {STEPS.map((step, place) => {
        const state = place < at || (place === at && done) ? 'done' : place === at ? 'now' : 'ahead'
        return (
          <li
            key={step}
            className={classes.step}
            data-state={state}
            {...(place === at ? { 'aria-current': 'step' as const } : {})}
          >
            <span className={classes.stepMark} data-state={state} aria-hidden>
              {state === 'done' ? <Icon name="check" size={14} /> : place + 1}
            </span>
            {say(`step.${step}`)}
            {state === 'ahead' ? null : (
              <span className="unseen">{say(state === 'done' ? 'stepDone' : 'stepNow')}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
