import { Button, Modal, Radio, Stack, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { DECLINE_CODES, type DeclineCode, type Terms } from '#stages/compose/invitation-model.ts'
import type { Refusal } from '../../lib/refusal.ts'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { DateField } from '../../ui/form/fields.tsx'
import { uiWords } from '../../ui/words.ts'
import classes from './invitation.module.css'
import { invitationWords } from './invitation-words.ts'
import { TermsFields, TermsList } from './terms.tsx'

interface Sending {
  isRunning: boolean
  refusal: Refusal | null
}

/** A dialog with a form: it closes when what it sends was taken, and shows the refusal where it was not. */
export function FormDialog({
  title,
  tell,
  submit,
  send,
  close,
  ready = true,
  isRunning,
  refusal,
  children,
}: Sending & {
  title: string
  tell?: string
  submit: string
  send: () => Promise<unknown>
  close: () => void
  ready?: boolean
  children: ReactNode
}) {
  const sayUi = useWords(uiWords)
  const run = async () => {
    try {
      await send()
      close()
    } catch {
      // The refusal stands in the dialog.
    }
  }
  return (
    <Modal opened onClose={close} title={title} size="lg">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        <Stack>
          {tell ? <p className="soft">{tell}</p> : null}
          {children}
          <ErrorNote error={refusal} />
          <div className={classes.end}>
            <Button variant="default" onClick={close}>
              {sayUi('cancel')}
            </Button>
            <Button type="submit" disabled={!ready} loading={isRunning}>
              {submit}
            </Button>
          </div>
        </Stack>
      </form>
    </Modal>
  )
}

/** Other terms than those that lie on the table, by either side. */
export function OfferDialog({
  title,
  terms,
  expiresOn,
  send,
  close,
  ...sending
}: Sending & {
  title: string
  terms: Terms
  /** Where the one who offers may move the last day. */
  expiresOn?: string
  send: (offer: { terms: Terms; note: string; expiresOn?: string }) => Promise<unknown>
  close: () => void
}) {
  const say = useWords(invitationWords)
  const [offered, setOffered] = useState(terms)
  const [note, setNote] = useState('')
  const [day, setDay] = useState(expiresOn ?? null)
  return (
    <FormDialog
      {...sending}
      title={title}
      tell={say('leaveOpen')}
      submit={say('submit')}
      send={() => send({ terms: offered, note, ...(expiresOn && day ? { expiresOn: day } : {}) })}
      close={close}
    >
      <TermsFields value={offered} onChange={setOffered} />
      {expiresOn ? (
        <DateField label={say('lastDay')} name="expiresOn" error={undefined} value={day} onChange={setDay} />
      ) : null}
      <Textarea label={say('note')} rows={3} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </FormDialog>
  )
}

/** A yes that can't be taken back, with what it is said to. */
export function AcceptDialog({
  terms,
  send,
  close,
  ...sending
}: Sending & { terms: Terms; send: () => Promise<unknown>; close: () => void }) {
  const say = useWords(invitationWords)
  return (
    <FormDialog
      {...sending}
      title={say('acceptTitle')}
      tell={say('acceptTell')}
      submit={say('accept')}
      send={send}
      close={close}
    >
      <TermsList terms={terms} />
    </FormDialog>
  )
}

/** A no with its reason. */
export function DeclineDialog({
  send,
  close,
  ...sending
}: Sending & { send: (code: DeclineCode, note: string) => Promise<unknown>; close: () => void }) {
  const say = useWords(invitationWords)
  const [code, setCode] = useState<DeclineCode | null>(null)
  const [note, setNote] = useState('')
  return (
    <FormDialog
      {...sending}
      title={say('declineTitle')}
      submit={say('decline')}
      ready={code !== null}
      send={async () => {
        if (code) await send(code, note)
      }}
      close={close}
    >
      <Radio.Group label={say('reason')} value={code} onChange={(value) => setCode(value as DeclineCode)}>
        <Stack gap={8} mt={6}>
          {DECLINE_CODES.map((value) => (
            <Radio key={value} value={value} label={say(`code.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea label={say('note')} rows={3} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </FormDialog>
  )
}
