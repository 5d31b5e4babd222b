import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { useState } from 'react'
import { matchApi } from '#stages/match/api.ts'
import type { CoverageCell, Level } from '#stages/match/model.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { tell } from '../../ui/toasts.tsx'
import { coverWords } from './cover-words.ts'
import classes from './match.module.css'

const LEVELS = [1, 2, 3] as const
type Verdict = 'confirm' | 'deny'

/** A person's word on a cell: it stands above what is computed, and can be withdrawn. */
export function JudgeForm({ need, cell }: { need: string; cell: CoverageCell }) {
  const say = useWords(coverWords)
  const judge = useWrite(matchApi.judge)
  const unjudge = useWrite(matchApi.unjudge)
  const [note, setNote] = useState(cell.judgement?.note ?? '')
  const [level, setLevel] = useState<Level>(cell.level === 0 ? 2 : cell.level)
  const params = { need, capability: cell.capability.id, organisation: cell.organisation.id }
  const before = cell.judgement
  const withdraw = () => unjudge.run({ params }).then(() => tell(say('withdrawnToast')), ignore)
  const takeBack = () =>
    before
      ? judge.run({
          params,
          body: { verdict: before.verdict, note: before.note, ...(before.level ? { level: before.level } : {}) },
        })
      : withdraw()
  const submit = async (verdict: Verdict) => {
    const body = { verdict, note, ...(verdict === 'confirm' ? { level } : {}) }
    try {
      await judge.run({ params, body })
      tell(say(verdict === 'confirm' ? 'confirmedToast' : 'deniedToast'), { undo: takeBack })
    } catch {
      // The refusal stands in the form.
    }
  }
  return (
    <section className={classes.judge} aria-label={say('judge')}>
      <h3>{say('judge')}</h3>
      <p className="soft">{say('judgeTell')}</p>
      <div className={classes.judgeLevel}>
        <span className="soft">{say('judgeLevel')}</span>
        <SegmentedControl
          size="xs"
          aria-label={say('judgeLevel')}
          data={LEVELS.map((value) => ({ value: String(value), label: String(value) }))}
          value={String(level)}
          onChange={(value) => setLevel(Number(value) as Level)}
        />
        <span className="faint">{say(`level.${level}`)}</span>
      </div>
      <Textarea label={say('note')} rows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <ErrorNote error={judge.refusal ?? unjudge.refusal} />
      <div className={classes.buttons}>
        <Button size="compact-md" loading={judge.isRunning} onClick={() => void submit('confirm')}>
          {say('confirm')}
        </Button>
        <Button size="compact-md" variant="default" disabled={judge.isRunning} onClick={() => void submit('deny')}>
          {say('deny')}
        </Button>
        {cell.judgement ? (
          <Button
            size="compact-md"
            variant="subtle"
            color="gray"
            loading={unjudge.isRunning}
            onClick={() => void withdraw()}
          >
            {say('withdraw')}
          </Button>
        ) : null}
      </div>
    </section>
  )
}

/** The refusal stands in the form. */
const ignore = () => undefined
