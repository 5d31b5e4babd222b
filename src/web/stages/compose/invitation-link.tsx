import { Button, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { composeApi } from '#stages/compose/api.ts'
import type { BoardSeat, HostInvitation, InvitationLinkMade } from '#stages/compose/invitation-model.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { Icon } from '../../ui/icons.tsx'
import { tell } from '../../ui/toasts.tsx'
import { useName } from '../match/names.ts'
import composeClasses from './compose.module.css'
import classes from './invitation.module.css'
import { invitationWords } from './invitation-words.ts'

/** A link for somebody who will not sign in: shown once to be copied, and mailed where an address is given. */
export function LinkDialog({
  seat,
  invitation,
  close,
}: {
  seat: BoardSeat
  invitation: HostInvitation
  close: () => void
}) {
  const say = useWords(invitationWords)
  const name = useName()
  const [made, setMade] = useState<z.infer<typeof InvitationLinkMade>>()
  const make = useWrite(composeApi.linkInvitation)
  const end = useWrite(composeApi.endInvitationLink)
  const form = useForm({ email: invitation.link?.address ?? '', note: '' }, make.refusal)
  const { email, note } = form.values
  const params = { invitation: invitation.id }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const body = { note, ...(email.trim() ? { email: email.trim() } : {}) }
    setMade(await make.run({ params, body }).catch(() => undefined))
  }
  const stop = async () => {
    await end.run({ params })
    tell(say('linkEnded'))
    close()
  }
  return (
    <Modal opened onClose={close} title={`${say('linkTitle')} · ${name(seat)}`} size="lg">
      <Stack>
        <p className="soft">{say('linkTell')}</p>
        {made?.url ? (
          <MadeLink url={made.url} email={made.mailed ? email.trim() : null} />
        ) : (
          <form onSubmit={(event) => void submit(event)} noValidate>
            <Stack>
              <TextInput
                label={say('linkEmail')}
                description={say('linkEmailTell')}
                type="email"
                name="email"
                autoComplete="email"
                value={email}
                error={form.field('email').error}
                onChange={(event) => form.set('email', event.currentTarget.value)}
              />
              {email.trim() ? (
                <Textarea
                  label={say('linkNote')}
                  rows={3}
                  value={note}
                  onChange={(event) => form.set('note', event.currentTarget.value)}
                />
              ) : null}
              <ErrorNote error={make.refusal ?? end.refusal} />
              <div className={classes.end}>
                {invitation.link?.state === 'open' ? (
                  <Button variant="default" loading={end.isRunning} onClick={() => void stop().catch(() => undefined)}>
                    {say('linkEnd')}
                  </Button>
                ) : null}
                <Button type="submit" data-autofocus loading={make.isRunning}>
                  {say('linkMake')}
                </Button>
              </div>
            </Stack>
          </form>
        )}
      </Stack>
    </Modal>
  )
}

function MadeLink({ url, email }: { url: string; email: string | null }) {
  const say = useWords(invitationWords)
  const copy = async () => {
    await navigator.clipboard?.writeText(url)
    tell(say('linkCopied'))
  }
  return (
    <Note>
      {email ? <p>{say('linkMailed', { email })}</p> : null}
      <div className={composeClasses.link}>
        <TextInput
          readOnly
          aria-label={say('linkCopy')}
          value={url}
          data-link
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button leftSection={<Icon name="copy" size={16} />} onClick={() => void copy().catch(() => undefined)}>
          {say('linkCopy')}
        </Button>
      </div>
    </Note>
  )
}
