import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { houseApi } from '#stages/house/api.ts'
import { useWrite } from '../../lib/query.tsx'
import { issueInWords } from '../../lib/refusal-words.ts'
import { useWords } from '../../lib/words.ts'
import { useMe } from '../../lib/zone.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { Go } from '../../ui/go.tsx'
import { FrontPage } from './front-page.tsx'
import classes from './house.module.css'
import { useSignIn } from './sign-in.tsx'
import { houseWords } from './words.ts'
import { emptyZone, ZoneFields, zoneToSend } from './zone-fields.tsx'

/** A fresh server's first page: the printed code makes the first administrator and the first zone. */
export function Start() {
  const say = useWords(houseWords)
  const me = useMe()
  const write = useWrite(houseApi.startServer)
  const form = useForm({ code: '', name: '', email: '', password: '' }, write.refusal)
  const [zone, setZone] = useState(emptyZone)
  const { signIn, error, isRunning } = useSignIn('/')
  if (me && !me.awaitsFirstAdministrator && !write.isRunning && !isRunning)
    return (
      <FrontPage title={say('startTitle')}>
        <p>{say('startDone')}</p>
        <Go house to="/sign-in">
          {say('toSignIn')}
        </Go>
      </FrontPage>
    )
  const errorOf = (field: string) => {
    const issue = write.refusal?.issues.find(({ path }) => path.startsWith(`zone.${field}`))
    return issue && issueInWords(issue, say.language)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { email, password } = form.values
    try {
      await write.run({ body: { ...form.values, zone: zoneToSend(zone) } })
    } catch {
      return
    }
    await signIn(email, password)
  }
  const { error: passwordError, ...password } = form.field('password')
  return (
    <FrontPage title={say('startTitle')}>
      <p className="soft">{say('startTell')}</p>
      <form onSubmit={(event) => void submit(event)} className={classes.form} noValidate>
        <TextField label={say('code')} hint={say('codeHint')} required autoComplete="off" {...form.field('code')} />
        <h2>{say('you')}</h2>
        <TextField label={say('name')} required autoComplete="name" {...form.field('name')} />
        <TextField label={say('email')} required type="email" autoComplete="username" {...form.field('email')} />
        <PasswordInput
          label={say('password')}
          description={say('passwordHint')}
          required
          withAsterisk={false}
          autoComplete="new-password"
          {...password}
          error={passwordError}
          onChange={(event) => password.onChange(event.currentTarget.value)}
        />
        <h2>{say('zone')}</h2>
        <ZoneFields value={zone} onChange={setZone} errorOf={errorOf} />
        <ErrorNote error={write.refusal ?? error} />
        <Button type="submit" loading={write.isRunning || isRunning}>
          {say('startSubmit')}
        </Button>
      </form>
    </FrontPage>
  )
}
