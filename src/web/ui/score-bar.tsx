import classes from './score-bar.module.css'

/** A score from 0 to 1 as a bar, beside the figure that says it. */
export function ScoreBar({ score }: { score: number }) {
  return (
    <span className={classes.bar} aria-hidden>
      <span style={{ width: `${Math.round(score * 100)}%` }} />
    </span>
  )
}
