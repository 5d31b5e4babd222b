import { randomBytes } from 'node:crypto'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { expect } from 'vitest'
import { DEMO_PASSWORD } from '#stages/house/demo-accounts.ts'
import { axeViolations, still } from './browser.ts'

/** The demo's sign-ins, by what stands before the @. */
export type DemoName = 'admin' | 'officer' | 'manager' | 'yaochuan' | 'xiuan' | 'professor'

export interface Visit {
  /** Who is signed in; nobody by default. */
  as?: DemoName
  language?: 'zh' | 'en'
  width?: number
  scheme?: 'light' | 'dark'
  /** The address of another server than that of the test run, as nobody. */
  at?: string
}

export interface Visitor {
  page: Page
  context: BrowserContext
  /** Errors of the page and of its console, the content policy's complaints among them. */
  complaints: string[]
  /** Opens a path of the demo zone and waits until it has read what it shows. */
  open(path: string): Promise<void>
  close(): Promise<void>
}

export const DEMO_ZONE = 'lanjiang'
const HEIGHT_PX = 900
const NARROW_PX = 360
const WIDE_PX = 1440
/** A busy machine takes its time; a test that waits for nothing ends by its own limit. */
const WAIT_MS_MAX = 120_000
const sessions = new Map<DemoName, Awaited<ReturnType<BrowserContext['cookies']>>>()

/**
 * A visitor with a browser window of their own, at the server of the test run. They have asked for less motion, as some
 * do: so nothing stands there twice, once coming and once fading out.
 */
export async function visit(browser: Browser, options: Visit = {}): Promise<Visitor> {
  const { as, language = 'en', width = WIDE_PX, scheme = 'light', at = process.env.TEST_SERVER_URL ?? '' } = options
  const context = await browser.newContext({
    baseURL: at,
    reducedMotion: 'reduce',
    viewport: { width, height: HEIGHT_PX },
    colorScheme: scheme,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    // Each visitor comes from an address of its own, or the limit on tries to sign in would count them as one.
    extraHTTPHeaders: { 'x-forwarded-for': `10.${[...randomBytes(3)].join('.')}` },
  })
  context.setDefaultTimeout(WAIT_MS_MAX)
  if (as) await context.addCookies(await cookiesOf(context, as))
  const page = await context.newPage()
  followRequests(page)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A refusal that the page shows in words is an error to the console alone.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  const open = async (path: string) => {
    await page.goto(path.startsWith('/') ? path : `/${DEMO_ZONE}/${path}`)
    await settled(page)
  }
  return { page, context, complaints, open, close: () => context.close() }
}

/** Asks the server about the demo zone as the visitor who is signed in; throws what was refused. */
export async function askAs({ context }: Visitor, method: string, path: string, data?: object) {
  const answer = await context.request.fetch(`/api/zones/${DEMO_ZONE}${path}`, {
    method,
    headers: { origin: process.env.TEST_SERVER_URL ?? '' },
    ...(data ? { data } : {}),
  })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`)
  return answer.json()
}

/** Nothing on the page bars anybody, and at the width of a telephone nothing scrolls sideways. */
export async function expectOpenToAll(page: Page): Promise<void> {
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: NARROW_PX, height: HEIGHT_PX })
  expect(await overflowOf(page)).toBe(0)
  await page.setViewportSize({ width: WIDE_PX, height: HEIGHT_PX })
}

/** Waits until the page has read what it shows, and asks for nothing more. */
export async function settled(page: Page): Promise<void> {
  const isSettled = async () => {
    await page.waitForFunction(isRead)
    await page.waitForTimeout(CALM_MS)
    return (await page.evaluate(isRead)) && !underWay.get(page)?.size
  }
  await expect.poll(isSettled, { message: 'the page has read what it shows' }).toBe(true)
}

/** What a page has asked for and was not answered yet. */
const underWay = new WeakMap<Page, Set<Request>>()
const CALM_MS = 50
const ASKED_BY_PAGES = ['fetch', 'xhr', 'script', 'stylesheet']

function followRequests(page: Page): void {
  const asked = new Set<Request>()
  underWay.set(page, asked)
  page.on('request', (request) => {
    if (request.isNavigationRequest()) asked.clear()
    else if (ASKED_BY_PAGES.includes(request.resourceType())) asked.add(request)
  })
  page.on('requestfinished', (request) => asked.delete(request))
  page.on('requestfailed', (request) => asked.delete(request))
}

/** Nothing stands for what is still to come. Runs in the page. */
function isRead(): boolean {
  const heading = document.querySelector('h1, h2')
  return heading !== null && document.querySelector('.mantine-Skeleton-root, [aria-busy=true], [data-reading]') === null
}

async function cookiesOf(context: BrowserContext, name: DemoName) {
  const known = sessions.get(name)
  if (known) return known
  const answer = await context.request.post('/api/auth/sign-in/email', {
    data: { email: `${name}@demo.example`, password: DEMO_PASSWORD },
    headers: { origin: process.env.TEST_SERVER_URL ?? '' },
  })
  if (!answer.ok()) throw new Error(`${name} could not sign in: ${await answer.text()}`)
  const cookies = await context.cookies()
  sessions.set(name, cookies)
  return cookies
}

/** How far the page is wider than its window, in pixels: none, where nothing scrolls sideways. */
export async function overflowOf(page: Page): Promise<number> {
  // What answers to the window's width does so some frames later.
  await still(page)
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth))
}
