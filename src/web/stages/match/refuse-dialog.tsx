import { Button, Modal, Radio, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { REFUSAL_CODES } from '#stages/match/model.ts'
import type { Refusal } from '../../lib/refusal.ts'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { uiWords } from '../../ui/words.ts'
import { answerWords } from './answer-words.ts'
import classes from './match.module.css'
import { matchWords } from './words.ts'

type Code = (typeof REFUSAL_CODES)[number]

export interface RefuseDialogProps {
  title: string
  /** The other side may not see the need, and so hears nothing of it. */
  hidden?: boolean
  close: () => void
  /** Sends the refusal; rejected where the server says no. */
  refuse: (code: Code, note: string) => Promise<void>
  isRunning: boolean
  refusal: Refusal | null
}

/** A no with one of the eight reasons, each in words, and a note if there is more to say. */
export function RefuseDialog({ title, hidden = false, close, refuse, isRunning, refusal }: RefuseDialogProps) {
  const say = useWords(matchWords)
  const sayAnswer = useWords(answerWords)
  const sayUi = useWords(uiWords)
  const [code, setCode] = useState<Code | null>(null)
  const [note, setNote] = useState('')
  const submit = async () => {
    if (!code) return
    try {
      await refuse(code, note)
      close()
    } catch {
      // The refusal stands in the dialog.
    }
  }
  return (
    <Modal opened onClose={close} title={title} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack>
          <p className="soft">{sayAnswer(hidden ? 'refuseTellHidden' : 'refuseTell')}</p>
          <Radio.Group label={sayAnswer('reason')} value={code} onChange={(value) => setCode(value as Code)}>
            <div className={classes.codes}>
              {REFUSAL_CODES.map((value, at) => (
                <Radio
                  key={value}
                  value={value}
                  label={
                    <>
                      {say(`code.${value}`)}
                      <span className={`${classes.codeTell} soft`}>{sayAnswer(`codeTell.${value}`)}</span>
                    </>
                  }
                  data-autofocus={at === 0 || undefined}
                />
              ))}
            </div>
          </Radio.Group>
          <Textarea
            label={sayAnswer('note')}
            rows={3}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <ErrorNote error={refusal} />
          <div className={classes.buttonsEnd}>
            <Button variant="default" onClick={close}>
              {sayUi('cancel')}
            </Button>
            <Button type="submit" disabled={!code} loading={isRunning}>
              {say('refuse')}
            </Button>
          </div>
        </Stack>
      </form>
    </Modal>
  )
}
