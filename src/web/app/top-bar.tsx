import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { houseApi } from '#stages/house/api.ts'
import { registryApi } from '#stages/registry/api.ts'
import { inZone } from '../lib/address.ts'
import { callSignIn } from '../lib/client.ts'
import { useRead } from '../lib/query.tsx'
import { useText } from '../lib/texts.ts'
import { READER_LANGUAGES, speak, useWords } from '../lib/words.ts'
import { useMe, useZone } from '../lib/zone.ts'
import { Go } from '../ui/go.tsx'
import { Icon, Mark } from '../ui/icons.tsx'
import { isOpen, RunningSign } from '../ui/work-progress.tsx'
import { Notices } from './notices.tsx'
import classes from './shell.module.css'
import { STAGES } from './stages.ts'
import { appWords } from './words.ts'

const FinderDialog = lazy(() => import('./finder.tsx').then(({ FinderDialog: it }) => ({ default: it })))
const SCHEMES = ['light', 'dark', 'auto'] as const
const NAV = STAGES.flatMap((stage) => stage.nav ?? [])
const WORK_EVERY_MS = 5_000

export function TopBar() {
  return (
    <>
      <Place />
      <div className={classes.tools}>
        <FindButton />
        <Running />
        <Notices />
        <LanguageMenu />
        <SchemeMenu />
        <AccountMenu />
      </div>
    </>
  )
}

/** The mark, the zone (which can be changed), and the section. */
function Place() {
  const say = useWords(appWords)
  const text = useText()
  const here = useZone()
  const navigate = useNavigate()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const section = NAV.find(({ path }) => pathname.startsWith(inZone(here.slug, path)))
  const others = here.memberships.filter(({ zone }) => zone.slug !== here.slug)
  const name = here.zone ? text(here.zone.name) : ''
  return (
    <nav className={classes.place} aria-label={say('breadcrumb')}>
      <Go to="/" className={classes.mark!} aria-label={`${say('name')}: ${say('home')}`}>
        <Mark />
      </Go>
      {others.length ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <button type="button" className={classes.zoneName} title={say('switchZone')}>
              {name} <Icon name="chevronDown" size={14} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{say('switchZone')}</Menu.Label>
            {others.map(({ zone }) => (
              <Menu.Item key={zone.id} onClick={() => void navigate({ to: `/${zone.slug}` })}>
                {text(zone.name)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Go to="/" className={classes.zoneName!}>
          {name}
        </Go>
      )}
      {section ? (
        <>
          <span className={classes.slash} aria-hidden>
            /
          </span>
          <Go to={section.path} className={classes.section!}>
            {section.title(say.language)}
          </Go>
        </>
      ) : null}
    </nav>
  )
}

/** Ctrl-K, and a button for those who don't know of it. The dialog's code is fetched when it is first wanted. */
function FindButton() {
  const say = useWords(appWords)
  const [opened, setOpened] = useState(false)
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setWanted(true)
      setOpened((before) => !before)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <button
        type="button"
        className={classes.find}
        title={say('findHint')}
        aria-keyshortcuts="Control+K"
        onClick={() => {
          setWanted(true)
          setOpened(true)
        }}
      >
        <Icon name="search" size={16} />
        <span className={classes.findName}>{say('find')}</span>
        <kbd aria-hidden>Ctrl K</kbd>
      </button>
      {wanted ? (
        <Suspense>
          <FinderDialog opened={opened} close={() => setOpened(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

function Running() {
  const say = useWords(appWords)
  const { caller, slug } = useZone()
  const { data } = useRead(houseApi.openWork, {
    enabled: slug !== '' && caller.role !== 'stranger',
    everyMs: WORK_EVERY_MS,
  })
  const count = data?.rows.filter(isOpen).length ?? 0
  if (!count) return null
  return (
    <span role="status" title={say('running', { count })}>
      <RunningSign count={count} />
      <span className="unseen">{say('running', { count })}</span>
    </span>
  )
}

export function LanguageMenu() {
  const say = useWords(appWords)
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={say('language', { language: say(`name.${say.language}`) })}
          title={say('language', { language: say(`name.${say.language}`) })}
        >
          <Icon name="language" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {READER_LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            aria-current={language === say.language}
            leftSection={language === say.language ? <Icon name="check" size={16} /> : <span className={classes.gap} />}
            onClick={() => speak(language)}
          >
            {say(`name.${language}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

export function SchemeMenu() {
  const say = useWords(appWords)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={say('theme')} title={say('theme')}>
          <Icon name={colorScheme === 'dark' ? 'moon' : 'sun'} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map((scheme) => (
          <Menu.Item
            key={scheme}
            aria-current={scheme === colorScheme}
            leftSection={scheme === colorScheme ? <Icon name="check" size={16} /> : <span className={classes.gap} />}
            onClick={() => setColorScheme(scheme)}
          >
            {say(`theme.${scheme}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function AccountMenu() {
  const say = useWords(appWords)
  const me = useMe()
  const { caller } = useZone()
  const text = useText()
  const [opened, setOpened] = useState(false)
  const own = useRead(registryApi.organisation, {
    params: { organisation: caller.organisationId ?? '' },
    enabled: opened && caller.organisationId !== null,
  }).data
  if (!me) return null
  if (!me.account)
    return (
      <Go to="/sign-in" house>
        {say('signIn')}
      </Go>
    )
  const { name, email } = me.account
  const signOut = async () => {
    await callSignIn('/sign-out', {})
    location.assign('/sign-in')
  }
  return (
    <Menu opened={opened} onChange={setOpened}>
      <Menu.Target>
        <button
          type="button"
          className={classes.me}
          aria-label={`${initialsOf(name)} · ${say('account', { name })}`}
          title={name}
        >
          {initialsOf(name)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name} · {say(`role.${caller.role === 'system' ? 'administrator' : caller.role}`)}
          <br />
          {say('signedInAs', { email })}
          {own ? (
            <>
              <br />
              {say('actsFor', { organisation: text(own.names) || own.name })}
            </>
          ) : null}
        </Menu.Label>
        <Menu.Item onClick={() => void signOut()}>{say('signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** 岑舟 → 岑; Ada Lovelace → AL. */
function initialsOf(name: string): string {
  if (/^\p{Script=Han}/u.test(name)) return name.slice(0, 1)
  const words = name.split(/\s+/).filter(Boolean)
  return `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase()
}
