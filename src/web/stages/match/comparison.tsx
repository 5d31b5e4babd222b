import { ActionIcon, Button } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Candidate, MatchBoard } from '#stages/match/model.ts'
import { useAddress } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Go } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Figure } from '../../ui/why/figure.tsx'
import { useChosen } from './chosen.ts'
import classes from './comparison.module.css'
import { coverWords } from './cover-words.ts'
import { useEvidenceTitle } from './evidence.tsx'
import { useName, usePlace } from './names.ts'
import { candidateKey, POINTS, scoreKey, useReasons } from './reasons.ts'
import { matchWords } from './words.ts'

interface Line {
  key: string
  head: ReactNode
  /** Of each candidate, in their order: what stands there, and how good it is where that can be said. */
  cells: readonly { shown: ReactNode; worth: number | string }[]
}

/** How many are chosen, and the way to see them side by side and back. */
export function ChosenBar({ chosen }: { chosen: readonly Candidate[] }) {
  const say = useWords(matchWords)
  const { search, set } = useAddress()
  const { clear } = useChosen()
  if (!chosen.length) return null
  const isSide = search.side === 'on' && chosen.length > 1
  return (
    <div className={`${classes.bar} unprinted`}>
      <span className="figures">{say('compareTell', { count: chosen.length })}</span>
      <Button
        size="compact-sm"
        disabled={chosen.length < 2}
        onClick={() => set({ side: isSide ? undefined : 'on' }, { push: true })}
      >
        {say(isSide ? 'compareBack' : 'compare')}
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={clear}>
        {say('compareStop')}
      </Button>
    </div>
  )
}

/** Up to four candidates, a column each; lines in which they differ stand out, and the best of each. */
export function Comparison({ board, candidates }: { board: MatchBoard; candidates: readonly Candidate[] }) {
  const say = useWords(matchWords)
  const name = useName()
  const { choose } = useChosen()
  const lines = useLines(board, candidates)
  const frame = useRef<HTMLElement>(null)
  // It takes the place of a long list, at whose end whoever asked for it may stand.
  useEffect(() => frame.current?.focus(), [])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls is reached by the keyboard
    <section ref={frame} className={classes.frame} tabIndex={0} aria-label={say('compareLabel')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <td />
            {candidates.map((candidate) => (
              <th key={candidateKey(candidate)} scope="col">
                <span className={classes.head}>
                  <Go to={`/${candidate.kind === 'result' ? 'results' : 'organisations'}/${candidate.id}`}>
                    {name(candidate)}
                  </Go>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="sm"
                    className="unprinted"
                    aria-label={say('drop', { name: name(candidate) })}
                    onClick={() => choose(candidateKey(candidate))}
                  >
                    <Icon name="close" size={14} />
                  </ActionIcon>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, head, cells }) => {
            const worths = cells.map(({ worth }) => worth)
            const differs = new Set(worths).size > 1
            const numbers = worths.filter((worth) => typeof worth === 'number')
            const best = differs && numbers.length === worths.length ? Math.max(...numbers) : null
            return (
              <tr key={key} data-differs={differs || undefined}>
                <th scope="row">{head}</th>
                {cells.map(({ shown, worth }, at) => (
                  <td key={candidateKey(candidates[at]!)} data-best={(best !== null && worth === best) || undefined}>
                    {shown}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function useLines(board: MatchBoard, candidates: readonly Candidate[]): Line[] {
  const say = useWords(matchWords)
  const cover = useWords(coverWords)
  const format = useFormat()
  const name = useName()
  const place = usePlace()
  const titleOf = useEvidenceTitle()
  const { raise, doubt } = useReasons(board)
  const points = (share: number) => format.number(share * POINTS, 0)
  const line = (key: string, head: ReactNode, cellOf: (candidate: Candidate) => Line['cells'][number]): Line => ({
    key,
    head,
    cells: candidates.map(cellOf),
  })
  const scoreLine = (of: 'score' | 'merit', head: string) =>
    line(of, head, (candidate) => ({
      worth: Math.round(candidate[of] * POINTS),
      shown: (
        <Figure
          why={scoreKey(candidate)}
          label={say('scoreOf', {
            name: name(candidate),
            score: points(candidate.score),
            merit: points(candidate.merit),
          })}
        >
          {points(candidate[of])}
        </Figure>
      ),
    }))
  return [
    scoreLine('score', say('withHistory')),
    scoreLine('merit', say('merit')),
    ...board.capabilities.map((capability) =>
      line(capability.id, name(capability), (candidate) => {
        const level = candidate.cells.find((cell) => cell.capability === capability.id)?.level ?? 0
        const reason = candidate.reasons.find((one) => one.capability === capability.id)
        return {
          worth: level,
          shown: (
            <>
              <span className={classes.level} data-level={level}>
                {level}
              </span>{' '}
              {reason?.evidence ? titleOf(reason.evidence) : cover(`level.${level}`)}
              {reason?.evidence?.year ? <span className="faint"> {reason.evidence.year}</span> : null}
            </>
          ),
        }
      }),
    ),
    line('trl', say('trl'), ({ trl }) => ({
      worth: String(trl),
      shown: trl === null ? say('trlUnknown') : cover('trl', { level: trl }),
    })),
    line('place', say('place'), ({ organisation }) => ({ worth: place(organisation), shown: place(organisation) })),
    line('partners', say('partners'), ({ reasons }) => {
      const projects = Number(reasons.find(({ kind }) => kind === 'partners')?.facts?.projects ?? 0)
      return { worth: projects, shown: projects ? say('reason.partners', { count: projects }) : say('noPartners') }
    }),
    line('doubt', say('doubt'), (candidate) => {
      const worry = doubt(candidate)
      return { worth: worry ?? '', shown: worry ?? say('noDoubt') }
    }),
    line('raises', say('missing'), ({ id, raises }) => ({
      worth: id,
      shown: raises.length ? (
        <ul className={classes.raises}>
          {raises.map((one) => (
            <li key={`${one.what}${one.capability ?? ''}`}>{raise(one)}</li>
          ))}
        </ul>
      ) : (
        say('missingNone')
      ),
    })),
  ]
}
