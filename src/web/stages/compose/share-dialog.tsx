import { Button, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { composeApi } from '#stages/compose/api.ts'
import { LINK_DAYS_DEFAULT, LINK_DAYS_MAX, type LinkMade } from '#stages/compose/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { Outward } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import { tell } from '../../ui/toasts.tsx'
import classes from './compose.module.css'
import { composeWords } from './words.ts'

const DAYS = [7, LINK_DAYS_DEFAULT, LINK_DAYS_MAX]

/** Makes a link that needs no account: shown once to be copied, and mailed where an address is given. */
export function ShareDialog({ proposal, close }: { proposal: string; close: () => void }) {
  const say = useWords(composeWords)
  const [made, setMade] = useState<{ link: z.infer<typeof LinkMade>; email: string }>()
  return (
    <Modal opened onClose={close} title={say('shareTitle')} size="lg">
      <Stack>
        <p className="soft">{say('shareTell')}</p>
        {made ? (
          <MadeLink made={made.link} email={made.email} again={() => setMade(undefined)} />
        ) : (
          <LinkForm proposal={proposal} onMade={(link, email) => setMade({ link, email })} />
        )}
        <KnownLinks proposal={proposal} />
      </Stack>
    </Modal>
  )
}

function LinkForm({
  proposal,
  onMade,
}: {
  proposal: string
  onMade: (link: z.infer<typeof LinkMade>, email: string) => void
}) {
  const say = useWords(composeWords)
  const share = useWrite(composeApi.shareProposal)
  const form = useForm({ days: LINK_DAYS_DEFAULT, email: '', note: '' }, share.refusal)
  const { days, email, note } = form.values
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const body = { days, note, ...(email.trim() ? { email: email.trim() } : {}) }
    try {
      onMade(await share.run({ params: { proposal }, body }), email.trim())
    } catch {
      // The refusal stands in the form.
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <div className={classes.linkFields}>
          <Select
            label={say('shareDays')}
            allowDeselect={false}
            data={DAYS.map((count) => ({ value: String(count), label: say('days', { count }) }))}
            value={String(days)}
            onChange={(value) => form.set('days', Number(value))}
          />
          <TextInput
            label={say('shareMail')}
            description={say('shareMailHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            type="email"
            autoComplete="email"
            name="email"
            value={email}
            error={form.field('email').error}
            onChange={(event) => form.set('email', event.currentTarget.value)}
          />
        </div>
        {email.trim() ? (
          <Textarea
            label={say('shareNote')}
            rows={3}
            value={note}
            onChange={(event) => form.set('note', event.currentTarget.value)}
          />
        ) : null}
        <ErrorNote error={share.refusal} />
        <div className={classes.end}>
          <Button type="submit" data-autofocus loading={share.isRunning}>
            {say('shareMake')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

function MadeLink({ made, email, again }: { made: z.infer<typeof LinkMade>; email: string; again: () => void }) {
  const say = useWords(composeWords)
  const format = useFormat()
  const url = made.url ?? ''
  const copy = async () => {
    await navigator.clipboard?.writeText(url)
    tell(say('copied'))
  }
  return (
    <Note>
      <p>{say('shareMadeTell', { when: format.instant(made.expiresAt) })}</p>
      {made.mailed ? <p>{say('shareMailed', { address: email })}</p> : null}
      <div className={classes.link}>
        <TextInput
          readOnly
          aria-label={say('copyLink')}
          value={url}
          data-link
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button leftSection={<Icon name="copy" size={16} />} onClick={() => void copy().catch(() => undefined)}>
          {say('copyLink')}
        </Button>
      </div>
      <p>
        <Outward href={url}>{say('openLink')}</Outward>{' '}
        <Button variant="subtle" color="gray" size="compact-sm" onClick={again}>
          {say('shareAgain')}
        </Button>
      </p>
    </Note>
  )
}

function KnownLinks({ proposal }: { proposal: string }) {
  const say = useWords(composeWords)
  const format = useFormat()
  const { data, error } = useRead(composeApi.links, { params: { proposal } })
  const revoke = useWrite(composeApi.revokeLink)
  if (error) return <ErrorNote error={error} />
  if (!data?.rows.length) return null
  const end = (link: string) =>
    revoke.run({ params: { proposal, link } }).then(
      () => tell(say('revoked')),
      () => undefined,
    )
  return (
    <section>
      <h3>{say('links')}</h3>
      <ErrorNote error={revoke.refusal} />
      <ul className={classes.links}>
        {data.rows.map((link) => (
          <li key={link.id}>
            <Badge tone={link.state === 'open' ? 'good' : 'quiet'}>{say(`link.${link.state}`)}</Badge>
            <span className="soft">
              {link.by
                ? say('linkMade', { who: link.by, when: format.ago(link.createdAt) })
                : format.ago(link.createdAt)}
              {link.address ? ` · ${say('linkTo', { address: link.address })}` : ''}
              {` · ${say('linkUntil', { when: format.instant(link.expiresAt) })}`}
            </span>
            {link.state === 'open' ? (
              <Button variant="subtle" color="gray" size="compact-xs" onClick={() => void end(link.id)}>
                {say('revoke')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
