import { PasswordInput, Radio } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { houseApi } from '#stages/house/api.ts'
import { useGo } from '../../lib/address.ts'
import { callSignIn } from '../../lib/client.ts'
import { sameValue } from '../../lib/compare.ts'
import { useWrite } from '../../lib/query.tsx'
import { issueInWords } from '../../lib/refusal-words.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useMe, useZone } from '../../lib/zone.ts'
import { Note } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { FormPage, FormSection } from '../../ui/form/form-page.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { tell } from '../../ui/toasts.tsx'
import { houseWords } from './words.ts'
import { emptyZone, ZoneFields, zoneToSend } from './zone-fields.tsx'

/** Loads everything anew as somebody else: the demo account that asked may be gone by now. */
async function goAs({ email, password }: { email: string; password: string }, slug: string) {
  const signedIn = await callSignIn('/sign-in/email', { email: email.trim(), password }).then(
    () => true,
    () => false,
  )
  location.assign(signedIn ? `/${slug}` : '/sign-in')
}

/** One's own zone, and with it the end of the demo, as one action that names what will be lost. */
export function OwnZone() {
  const say = useWords(houseWords)
  const text = useText()
  const go = useGo()
  const navigate = useNavigate()
  const here = useZone()
  const [draft, setDraft] = useState(emptyZone)
  const [deletes, setDeletes] = useState(false)
  const isDemo = here.zone?.demo ?? false
  const me = useMe()
  const isDemoAccount = me?.demoAccounts.some(({ email }) => email === me.account?.email) ?? false
  const write = useWrite(houseApi.startZone, { rereads: !isDemoAccount })
  const form = useForm({ name: '', email: '', password: '' }, write.refusal)
  const errorOf = (field: string) => {
    const issue = write.refusal?.issues.find(({ path }) => path.startsWith(`zone.${field}`))
    return issue && issueInWords(issue, say.language)
  }
  const nested = (name: 'name' | 'email' | 'password') => {
    const issue = write.refusal?.issues.find(({ path }) => path === `administrator.${name}`)
    return { ...form.field(name), error: issue && issueInWords(issue, say.language) }
  }
  const submit = async () => {
    const administrator = isDemoAccount ? { administrator: form.values } : {}
    const zone = await write.run({ body: { zone: zoneToSend(draft), deleteDemo: isDemo && deletes, ...administrator } })
    if (isDemoAccount) {
      await goAs(form.values, zone.slug)
      return
    }
    tell(say('ownDone'))
    await navigate({ to: `/${zone.slug}`, replace: true })
  }
  return (
    <FormPage
      title={say('ownTitle')}
      intro={say('ownIntro')}
      submitWord={say(isDemo && deletes ? 'ownSubmitDelete' : 'ownSubmit')}
      onSubmit={submit}
      onCancel={() => go('/settings')}
      isSaving={write.isRunning}
      isDirty={!sameValue(draft.name, {}) || draft.slug !== '' || form.isDirty}
      error={write.refusal}
    >
      <FormSection title={say('zone')}>
        <ZoneFields value={draft} onChange={setDraft} errorOf={errorOf} />
      </FormSection>
      {isDemoAccount ? (
        <FormSection title={say('you')} hint={say('ownAdministrator')}>
          <TextField label={say('name')} required autoComplete="name" {...nested('name')} />
          <TextField label={say('email')} required type="email" autoComplete="username" {...nested('email')} />
          <PasswordInput
            label={say('password')}
            description={say('passwordHint')}
            required
            withAsterisk={false}
            autoComplete="new-password"
            value={form.values.password}
            error={nested('password').error}
            onChange={(event) => form.set('password', event.currentTarget.value)}
          />
        </FormSection>
      ) : null}
      {isDemo ? (
        <FormSection title={say('deleteDemo')}>
          <Radio.Group
            value={deletes ? 'delete' : 'keep'}
            onChange={(value) => setDeletes(value === 'delete')}
            aria-label={say('deleteDemo')}
          >
            <Radio value="keep" label={say('keepDemo')} mb={8} />
            <Radio value="delete" label={say('deleteDemo')} />
          </Radio.Group>
          {deletes ? (
            <Note tone="look">{say('deleteDemoTell', { name: here.zone ? text(here.zone.name) : '' })}</Note>
          ) : null}
        </FormSection>
      ) : null}
    </FormPage>
  )
}
