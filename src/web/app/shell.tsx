import { ActionIcon, Drawer, Skeleton } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { isMember } from '#stages/caller.ts'
import { houseApi } from '#stages/house/api.ts'
import { useRead } from '../lib/query.tsx'
import { useWords } from '../lib/words.ts'
import { useZone } from '../lib/zone.ts'
import { Empty, ErrorNote } from '../ui/error-note.tsx'
import { Icon } from '../ui/icons.tsx'
import { DemoBanner, OfflineNote } from './banners.tsx'
import { NotFound } from './last-resorts.tsx'
import classes from './shell.module.css'
import { Spine } from './spine.tsx'
import { STAGES } from './stages.ts'
import { TopBar } from './top-bar.tsx'
import { appWords } from './words.ts'

const NARROW = '(max-width: 900px)'
const OPEN_PATHS = STAGES.flatMap((stage) => stage.pages.filter((page) => page.open).map((page) => page.path))

/** Everything around a zone's pages: the spine at the left, where I am and who I am on top. */
export function Shell() {
  const say = useWords(appWords)
  const [opened, { open, close }] = useDisclosure()
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false })
  const main = useRef<HTMLElement>(null)
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  useFocusOnNewPage(main, pathname)
  useEffect(() => {
    if (pathname) close()
  }, [pathname, close])
  return (
    <div className={classes.shell}>
      <a className="skip" href="#main">
        {say('skip')}
      </a>
      <header className={`${classes.top} unprinted`}>
        {isNarrow ? (
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={say('openNavigation')} onClick={open}>
            <Icon name="menu" />
          </ActionIcon>
        ) : null}
        <TopBar />
      </header>
      {isNarrow ? (
        <Drawer
          opened={opened}
          onClose={close}
          size={280}
          title={say('name')}
          closeButtonProps={{ 'aria-label': say('closeNavigation') }}
        >
          <Spine />
        </Drawer>
      ) : (
        <div className={`${classes.left} unprinted`}>
          <Spine />
        </div>
      )}
      <div className={classes.middle}>
        <DemoBanner />
        <OfflineNote />
        <main id="main" ref={main} tabIndex={-1} className={classes.main}>
          <Admitted />
        </main>
      </div>
    </div>
  )
}

/** The page, for those who may see any of the zone; the others are told what to do. */
function Admitted() {
  const say = useWords(appWords)
  const here = useZone()
  const me = useRead(houseApi.me)
  const zone = useRead(houseApi.zone, { params: { zone: here.slug } })
  const { pathname, href } = useRouterState({ select: (state) => state.location })
  const path = pathname.split('/').slice(2).join('/')
  const isOpen = OPEN_PATHS.some((open) => new RegExp(`^${open.replaceAll(/\$\w+/g, '[^/]+')}$`).test(path))
  if (me.error) return <ErrorNote error={me.error} retry={() => void me.refetch()} />
  if (!me.data || (!here.zone && zone.isPending)) return <Skeleton height={160} aria-label={say('loading')} />
  if (!here.zone && zone.error)
    return zone.error.code === 'not_found' ? (
      <NotFound />
    ) : (
      <ErrorNote error={zone.error} retry={() => void zone.refetch()} />
    )
  if (isOpen || isMember(here.caller)) return <Outlet />
  if (!me.data.account) return <Navigate to="/sign-in" search={{ back: href } as never} replace />
  return <Empty title={say('noMember')}>{say('noMemberTell')}</Empty>
}

/** A reader of the screen is taken to the new page's content, as a full load would. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>, pathname: string) {
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    main.current?.focus({ preventScroll: true })
  }, [main, pathname])
}
