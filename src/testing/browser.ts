import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { keepFolder, nameTemporaryFolder, PROJECT_FOLDER } from './folders.ts'

/**
 * Not the arguments that the Chromium package proposes: those switch off the protection between origins.
 * Root has no sandbox, containers have a small /dev/shm, and hinting would make screenshots differ by machine.
 */
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none']

const ACCESSIBILITY_STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const PLACES_SHOWN_MAX = 5

/** What a generic family means, best first, so that a page looks alike on every machine. */
const PREFERRED_FONTS = [
  ['sans-serif', 'Open Sans', 'DejaVu Sans', 'Noto Sans S Chinese'],
  ['system-ui', 'Open Sans', 'DejaVu Sans', 'Noto Sans S Chinese'],
  ['monospace', 'DejaVu Sans Mono', 'Liberation Mono', 'Open Sans', 'Noto Sans S Chinese'],
]

const inPackages = (...parts: string[]) => join(PROJECT_FOLDER, 'node_modules', ...parts)

/**
 * Opens a real Chromium: the one at CHROMIUM_PATH, or the one out of npm, which needs nothing from the machine.
 * Chinese text shows on either, because a Chinese font comes along. The caller closes it.
 */
export async function openBrowser(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH
  if (given !== undefined && !existsSync(given)) throw new Error(`There is nothing at CHROMIUM_PATH, ${given}.`)
  const home = given === undefined ? await unpackChromium() : undefined
  return chromium.launch({
    executablePath: given ?? join(home!, 'chromium'),
    headless: true,
    args: ARGUMENTS,
    env: { ...definedVariables(), ...(await fontVariables(home)), ...libraryVariables(home) },
  })
}

/** Keeps a picture of the whole page as `.screens/NAME.png` and answers its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = join(PROJECT_FOLDER, '.screens')
  mkdirSync(folder, { recursive: true })
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  const path = join(folder, `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.png`)
  await page.screenshot({ path, fullPage: true, animations: 'disabled' })
  return path
}

interface AxeRun {
  violations: {
    id: string
    impact?: string | null
    help: string
    nodes: { target: unknown[]; failureSummary?: string }[]
  }[]
}

/**
 * What WCAG 2.2 AA finds wrong with the page as it stands, by axe-core: one readable text for each broken rule, none
 * when all is well. `expect(await axeViolations(page)).toEqual([])`
 */
export async function axeViolations(page: Page): Promise<string[]> {
  // What fades in or out is paler for a moment than it will be.
  await still(page)
  await page.evaluate(readFileSync(inPackages('axe-core', 'axe.min.js'), 'utf8'))
  const run = await page.evaluate<AxeRun, string[]>(
    (tags) => Reflect.get(window, 'axe').run({ runOnly: { type: 'tag', values: tags } }),
    ACCESSIBILITY_STANDARDS,
  )
  return run.violations.map(({ id, impact, help, nodes }) => {
    const places = nodes.slice(0, PLACES_SHOWN_MAX).map((node) => {
      const [, ...reasons] = (node.failureSummary ?? '').split('\n').map((line) => line.trim())
      return `  at ${node.target.join(' ')}: ${reasons.join('; ')}`
    })
    const more = nodes.length > places.length ? [`  and ${nodes.length - places.length} more`] : []
    return [`${id} (${impact ?? 'unrated'}): ${help}`, ...places, ...more].join('\n')
  })
}

/** A quarter of a second at a good pace, and longer where the machine has much else to do. */
const STILL_FRAMES = 15
const STILL_WAIT_MS_MAX = 10_000

/** Waits until nothing on the page has moved or changed for some frames, but for what moves without end. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(waitUntilStill, { framesMin: STILL_FRAMES, waitMs: STILL_WAIT_MS_MAX })
}

/** Runs in the page. Frames are counted and not time: in one long frame there was nothing to see. */
async function waitUntilStill({ framesMin, waitMs }: { framesMin: number; waitMs: number }): Promise<void> {
  const started = performance.now()
  let frames = 0
  const changes = new MutationObserver(() => {
    frames = 0
  })
  changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  while (frames < framesMin && performance.now() - started < waitMs) {
    await new Promise(requestAnimationFrame)
    const moves = document
      .getAnimations()
      .some(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity)
    frames = moves ? 0 : frames + 1
  }
  changes.disconnect()
}

/** Unpacks the packed Chromium once for each version, 210 MB, and answers the folder. */
async function unpackChromium(): Promise<string> {
  const packed = inPackages('@sparticuz/chromium', 'bin')
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'The Chromium out of npm runs on Linux x64 only: set CHROMIUM_PATH to a Chromium or Chrome of yours.',
    )
  if (!existsSync(packed)) throw new Error('There is no @sparticuz/chromium: run `node scripts/setup.mjs all`.')
  const { version } = readJson<{ version: string }>(inPackages('@sparticuz/chromium', 'package.json'))
  return keepFolder(nameTemporaryFolder(`chromium-${version}`), async (unfinished) => {
    const program = join(import.meta.dirname, 'unpack-chromium.ts')
    await promisify(execFile)(process.execPath, [program, packed], { env: { ...process.env, TMPDIR: unfinished } })
  })
}

/** Where the bare machine lacks libnss3 and its like, they are taken from beside the browser. */
function libraryVariables(home: string | undefined): Record<string, string> {
  if (home === undefined) return {}
  const more = process.env.LD_LIBRARY_PATH
  return { LD_LIBRARY_PATH: join(home, 'al2023', 'lib') + (more === undefined ? '' : `:${more}`) }
}

/** A font list of our own: Chinese out of npm, Latin from beside the browser, then whatever the machine has. */
async function fontVariables(home: string | undefined): Promise<Record<string, string>> {
  const beside = home === undefined ? [] : [join(home, 'fonts')]
  const folders = [inPackages('@embedpdf/fonts-sc', 'fonts'), ...beside, '/usr/share/fonts', '/usr/local/share/fonts']
  const list = [...folders.map((folder) => `<dir>${folder}</dir>`), ...PREFERRED_FONTS.map(preferFonts)].join('\n')
  const digest = createHash('sha256').update(list).digest('hex').slice(0, 12)
  const kept = nameTemporaryFolder(`fonts-${digest}`)
  await keepFolder(kept, (unfinished) => {
    const cache = `<cachedir>${join(kept, 'cache')}</cachedir>`
    const header = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
    writeFileSync(join(unfinished, 'fonts.conf'), `${header}\n<fontconfig>\n${list}\n${cache}\n</fontconfig>\n`)
  })
  return { FONTCONFIG_FILE: join(kept, 'fonts.conf') }
}

function preferFonts([generic, ...families]: readonly string[]): string {
  const wanted = families.map((family) => `<family>${family}</family>`).join('')
  return `<alias><family>${generic}</family><prefer>${wanted}</prefer></alias>`
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T
}

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
