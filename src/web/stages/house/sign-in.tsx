import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useAddress } from '../../lib/address.ts'
import { callSignIn } from '../../lib/client.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { useMe } from '../../lib/zone.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import { FrontPage } from './front-page.tsx'
import classes from './house.module.css'
import { houseWords } from './words.ts'

export function SignIn() {
  const say = useWords(houseWords)
  const { language } = useFormat()
  const me = useMe()
  const { search } = useAddress()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { signIn, error, isRunning } = useSignIn(localPath(search.back))
  if (me?.awaitsFirstAdministrator) return <Navigate to="/start" replace />
  if (me?.account && !isRunning) return <Navigate to={localPath(search.back)} replace />
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void signIn(email, password)
  }
  const takeDemo = (address: string) => {
    const secret = me?.demoPassword ?? ''
    setEmail(address)
    setPassword(secret)
    void signIn(address, secret)
  }
  return (
    <FrontPage
      title={say('signIn')}
      aside={
        me?.demoAccounts.length ? (
          <section className={classes.demo} aria-labelledby="demo-accounts">
            <h2 id="demo-accounts">{say('demoTitle')}</h2>
            <p className="soft">{say('demoTell')}</p>
            <ul>
              {me.demoAccounts.map(({ email: address, role, names }) => (
                <li key={address}>
                  <button
                    type="button"
                    className={classes.demoAccount}
                    disabled={isRunning}
                    onClick={() => takeDemo(address)}
                  >
                    <b>
                      {say(`role.${role}`)} · {names[language]}
                    </b>
                    <span className="soft">{say(`roleTell.${role}`)}</span>
                    <span className="faint">{address}</span>
                    <Icon name="chevronRight" size={16} />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ) : null
      }
    >
      <form onSubmit={submit} className={classes.form}>
        <TextInput
          label={say('email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={say('password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ErrorNote error={error} />
        <Button type="submit" loading={isRunning}>
          {say('signIn')}
        </Button>
        <p className="faint">{say('forgot')}</p>
      </form>
    </FrontPage>
  )
}

/** Only an address of our own is gone back to. */
export const localPath = (path: string | undefined) => (path && /^\/(?![/\\])/.test(path) ? path : '/')

/** Signs in and goes on. What was read as a stranger is forgotten. */
export function useSignIn(next: string) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [error, setError] = useState<unknown>(null)
  const [isRunning, setRunning] = useState(false)
  const signIn = async (email: string, password: string) => {
    setError(null)
    setRunning(true)
    try {
      await callSignIn('/sign-in/email', { email: email.trim(), password })
      await client.resetQueries()
      await navigate({ href: next, replace: true })
    } catch (refused) {
      setError(refused)
    } finally {
      setRunning(false)
    }
  }
  return { signIn, error, isRunning }
}
