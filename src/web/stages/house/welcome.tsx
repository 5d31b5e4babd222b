import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useAddress } from '../../lib/address.ts'
import { callSignIn } from '../../lib/client.ts'
import { useWords } from '../../lib/words.ts'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { FrontPage } from './front-page.tsx'
import classes from './house.module.css'
import { houseWords } from './words.ts'

/** Behind the link of an invitation: a password is chosen. */
export function Welcome() {
  const say = useWords(houseWords)
  const { search } = useAddress()
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [state, setState] = useState<{ step: 'asks' | 'runs' | 'done'; error?: unknown }>({ step: 'asks' })
  const differs = again !== '' && again !== password
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (again !== password) return
    setState({ step: 'runs' })
    try {
      await callSignIn('/reset-password', { newPassword: password, token: search.token ?? '' })
      setState({ step: 'done' })
    } catch (error) {
      setState({ step: 'asks', error })
    }
  }
  if (state.step === 'done')
    return (
      <FrontPage title={say('welcomeTitle')}>
        <Note>{say('welcomeDone')}</Note>
        <Go house to="/sign-in">
          {say('toSignIn')}
        </Go>
      </FrontPage>
    )
  if (!search.token)
    return (
      <FrontPage title={say('welcomeTitle')}>
        <Note tone="look">{say('badLink')}</Note>
        <Go house to="/sign-in">
          {say('toSignIn')}
        </Go>
      </FrontPage>
    )
  return (
    <FrontPage title={say('welcomeTitle')}>
      <p className="soft">{say('welcomeTell')}</p>
      <form onSubmit={(event) => void submit(event)} className={classes.form}>
        <PasswordInput
          label={say('newPassword')}
          description={say('passwordHint')}
          required
          withAsterisk={false}
          minLength={10}
          maxLength={128}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordInput
          label={say('again')}
          required
          withAsterisk={false}
          autoComplete="new-password"
          error={differs ? say('different') : undefined}
          value={again}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        <ErrorNote error={state.error} />
        <Button type="submit" loading={state.step === 'runs'} disabled={differs}>
          {say('welcomeSubmit')}
        </Button>
      </form>
    </FrontPage>
  )
}
