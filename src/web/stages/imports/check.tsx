import { Button, Progress } from '@mantine/core'
import { importsApi } from '#stages/imports/api.ts'
import type { Import } from '#stages/imports/model.ts'
import { useAddress } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { Board } from './board.tsx'
import { goodOf, totalOf } from './counts.ts'
import { DropButton } from './drop-button.tsx'
import classes from './imports.module.css'
import { Refused } from './refused.tsx'
import { Rows } from './rows.tsx'
import { importWords } from './words.ts'
import { Worth } from './worth.tsx'

/** What would become of each row, and the decision: the good ones or none. */
export function Check({ run }: { run: Import }) {
  const say = useWords(importWords)
  const { summary } = run
  if (!summary) return null
  const good = goodOf(summary.counts)
  return (
    <>
      {good ? null : (
        <Note>
          <p>{totalOf(summary.counts, 'same') ? say('allSame') : say('answer.readyNone')}</p>
          {totalOf(summary.counts, 'same') ? <p className="soft">{say('sameTell')}</p> : null}
        </Note>
      )}
      <Section title={say('board')}>
        <Board counts={summary.counts} />
        <p className="soft">{say(good ? 'takeTell' : 'noneTell')}</p>
      </Section>
      <Refused run={run} />
      <Worth summary={summary} />
      <Rows run={run} />
      <Decide run={run} good={good} />
    </>
  )
}

function Decide({ run, good }: { run: Import; good: number }) {
  const say = useWords(importWords)
  const format = useFormat()
  const { set } = useAddress()
  const apply = useWrite(importsApi.applyImport)
  const rowsHash = run.summary?.rowsHash
  const take = () =>
    void apply.run({ params: { import: run.id }, body: rowsHash ? { rowsHash } : {} }).catch(() => undefined)
  return (
    <footer className={`${classes.foot} unprinted`}>
      <ErrorNote error={apply.refusal} />
      {apply.isRunning ? (
        <div role="status">
          <Progress value={100} striped animated aria-label={say('state.applying')} />
          <p className="soft">{say('answer.applying')}</p>
        </div>
      ) : null}
      <div className={classes.buttons}>
        {run.may.map ? (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => set({ step: 'understand', subject: undefined, verdict: undefined }, { push: true })}
          >
            {say('correct')}
          </Button>
        ) : null}
        {apply.isRunning ? null : <DropButton run={run} word={say(good ? 'takeNone' : 'finish')} main={!good} />}
        {good && run.may.apply ? (
          <Button loading={apply.isRunning} onClick={take}>
            {say('take', { count: format.number(good) })}
          </Button>
        ) : null}
      </div>
    </footer>
  )
}
