// Walks journey 2 as a newcomer would: starts the product by the README's command on an empty data folder, signs in as
// it prints, writes a need, reads the proposed consortium, and opens the shared page as somebody without an account.
// `node scripts/journey.mjs [zh|en]`, both by default. The last line is `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const START_MS_MAX = 300_000
const STOP_MS_MAX = 60_000
const WAIT_MS_MAX = 120_000
const OUTPUT_CHARACTERS_MAX = 50_000
const NODE_MAJOR_OF_SOURCES = 24
const WINDOW = { width: 1280, height: 900 }
const SECRET = 'Only the company may read this sentence.'

const WALKS = {
  zh: {
    locale: 'zh-CN',
    signIn: { email: '邮箱', password: '密码', submit: '登录' },
    needs: '需求',
    write: '提出需求',
    fields: { title: /^标题/, summary: /^摘要/, problem: /^问题详情/, capability: (row) => new RegExp(`^名称 ${row}`) },
    target: ['指标', '单位', '现状', '目标'],
    levels: ['起始成熟度', '目标成熟度'],
    more: '添加能力',
    submit: '保存并提交审核',
    publish: '发布需求',
    match: '匹配',
    candidates: '候选',
    cell: /氢气与一氧化碳复合气体传感：3 级/,
    compose: '组建',
    team: '成员与理由',
    gaps: '缺口',
    save: '保存为联合体草案',
    openDraft: '打开联合体草案',
    openProposal: '看方案',
    share: '分享',
    makeLink: '生成链接',
    link: '复制链接',
    need: {
      title: '储能电站早期泄漏识别与低温阀门联动',
      summary: '为储能电站寻找可燃气体识别与灭火联动的合作方。',
      capabilities: ['氢气与一氧化碳复合气体传感', '全氟己酮灭火抑制', '低温氦气阀门'],
      target: ['提前报警时间', 'min', '1', '8'],
    },
  },
  en: {
    locale: 'en-GB',
    signIn: { email: 'Email', password: 'Password', submit: 'Sign in' },
    needs: 'Needs',
    write: 'Write a need',
    fields: {
      title: /^Title/,
      summary: /^Summary/,
      problem: /^The problem/,
      capability: (row) => new RegExp(`^Name ${row}`),
    },
    target: ['Quantity', 'Unit', 'Now', 'Wanted'],
    levels: ['Readiness from', 'Readiness to'],
    more: 'Add a capability',
    submit: 'Save and submit for review',
    publish: 'Publish the need',
    match: 'Match',
    candidates: 'Candidates',
    cell: /Hydrogen and carbon monoxide gas sensing: level 3/,
    compose: 'Compose',
    team: 'Members and reasons',
    gaps: 'Gaps',
    save: 'Save as a draft consortium',
    openDraft: 'Open the draft consortium',
    openProposal: 'See the proposal',
    share: 'Share',
    makeLink: 'Make the link',
    link: 'Copy the link',
    need: {
      title: 'Leak warning that closes cryogenic valves in storage plants',
      summary: 'Partners are sought for gas warning that triggers suppression in storage plants.',
      capabilities: [
        'Hydrogen and carbon monoxide gas sensing',
        'Perfluorohexanone fire suppression',
        'Cryogenic helium valves',
      ],
      target: ['Warning before venting', 'min', '1', '8'],
    },
  },
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const pinnedNode = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_OF_SOURCES) {
  const again = spawnSync(pinnedNode, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(again.status ?? 1)
}

const tally = { passed: 0, failed: 0 }
const languages = Object.keys(WALKS).filter((language) => !process.argv[2] || process.argv[2] === language)
if (languages.length === 0) {
  process.stderr.write('Usage: node scripts/journey.mjs [zh|en]\n')
  process.exit(2)
}
const { openBrowser } = await import('../src/testing/browser.ts')
const data = mkdtempSync(join(tmpdir(), 'consortia-journey-'))
let server
let browser
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void leave(1))
try {
  server = await step('`npm start` prints its address and the demo sign-ins', () => startServer(data))
  browser = await openBrowser()
  for (const language of languages) await walk(WALKS[language], language).catch(() => undefined)
  await step('the server stops when asked to', async () => {
    const code = await stopServer()
    if (code !== 0) throw new Error(`It ended with ${code}:\n${server.output()}`)
  })
} catch {
  // The step has said what happened.
} finally {
  await leave(tally.failed === 0 ? 0 : 1)
}

/** Does a part of the way, says how long it took, and counts it. Nothing can follow a part that failed. */
async function step(name, run) {
  const start = performance.now()
  const told = () => `${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`
  try {
    const result = await run()
    tally.passed += 1
    process.stdout.write(`passed  ${told()}\n`)
    return result
  } catch (error) {
    tally.failed += 1
    process.stdout.write(`FAILED  ${told()}\n${error instanceof Error ? error.message : error}\n`)
    throw error
  }
}

async function walk(words, language) {
  const { need } = words
  const company = await openWindow(words)
  const place = await step(`${language}: a company signs in as printed and writes a need`, async () => {
    await signIn(company, words, 'yaochuan@demo.example')
    await press(company, 'link', words.needs)
    await press(company, 'button', words.write)
    await fillNeed(company, words)
    await press(company, 'button', words.submit)
    await company.waitForURL((url) => /\/needs\/[0-9a-f-]{36}$/.test(url.pathname))
    await company.getByRole('heading', { level: 1, name: need.title }).waitFor()
    return company.url()
  })
  await step(`${language}: the zone officer publishes it`, async () => {
    const officer = await openWindow(words)
    await signIn(officer, words, 'officer@demo.example')
    await officer.goto(place)
    await press(officer, 'button', words.publish)
    await officer.getByRole('button', { name: words.publish }).waitFor({ state: 'detached' })
    await officer.context().close()
  })
  await step(`${language}: the company sees who fits, down to the evidence`, async () => {
    await company.reload()
    await press(company, 'link', words.match)
    await company.getByRole('heading', { name: words.candidates, exact: true }).waitFor()
    await press(company, 'button', words.cell)
    await company.locator('blockquote mark').first().waitFor()
    await company.keyboard.press('Escape')
  })
  await step(`${language}: it gets a consortium with reasons and a named gap, and saves it`, async () => {
    await press(company, 'link', words.compose)
    await readConsortium(company, words)
    await press(company, 'button', words.save)
    await press(company, 'button', words.openDraft)
    await company.waitForURL('**/consortia/*')
    await company.getByRole('heading', { level: 1, name: need.title }).waitFor()
  })
  const link = await step(`${language}: it makes a link to share`, async () => {
    await press(company, 'button', words.openProposal)
    await press(company, 'button', words.share)
    await press(company, 'button', words.makeLink)
    const field = company.getByRole('dialog').getByRole('textbox', { name: words.link })
    await field.waitFor()
    return field.inputValue()
  })
  await step(`${language}: its director opens the link without signing in`, async () => {
    const director = await openWindow(words)
    await director.goto(link)
    await director.getByRole('heading', { level: 1, name: need.title }).waitFor()
    await readConsortium(director, words)
    if (await director.getByText(SECRET).count()) throw new Error('The shared page shows the private problem.')
    await director.context().close()
  })
  await company.context().close()
}

async function openWindow({ locale }) {
  // With less motion nothing stands there twice, once coming and once fading out.
  const context = await browser.newContext({ locale, viewport: WINDOW, baseURL: server.url, reducedMotion: 'reduce' })
  context.setDefaultTimeout(WAIT_MS_MAX)
  return context.newPage()
}

async function signIn(page, { signIn: words }, email) {
  await page.goto('/')
  await page.getByRole('textbox', { name: words.email }).fill(email)
  await page.getByRole('textbox', { name: words.password }).fill(server.password)
  await press(page, 'button', words.submit)
  await page.waitForURL((url) => url.pathname !== '/' && url.pathname !== '/sign-in')
}

/** Presses what bears the name, as soon as it can be pressed. */
function press(page, role, name) {
  return page
    .getByRole(role, { name, exact: typeof name === 'string' })
    .first()
    .click()
}

async function fillNeed(page, { fields, target, levels, more, need }) {
  const fill = (name, text) => page.getByRole('textbox', { name }).first().fill(text)
  await fill(fields.title, need.title)
  await fill(fields.summary, need.summary)
  await fill(fields.problem, SECRET)
  for (const [at, label] of target.entries()) await fill(label, need.target[at])
  for (const [at, capability] of need.capabilities.entries()) {
    if (at === 2) await press(page, 'button', more)
    await fill(fields.capability(at + 1), capability)
  }
  for (const [at, label] of levels.entries()) {
    const field = page.getByLabel(label, { exact: true }).first()
    await field.click()
    // In the field's own list: the other one's may be fading out still.
    const opened = field.and(page.locator('[aria-controls]'))
    const list = page.locator(`[id="${await opened.getAttribute('aria-controls')}"]`)
    await list.getByRole('option', { name: at === 0 ? /^TRL 5/ : /^TRL 8/ }).click()
  }
}

/** Each member stands with a reason, and the capability that nobody has is a gap by its name. */
async function readConsortium(page, { team, gaps, need }) {
  const part = (name) =>
    page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) })
  await part(gaps)
    .getByRole('heading', { level: 3, name: need.capabilities.at(-1) })
    .waitFor()
  const members = await part(team)
    .locator('ol > li')
    .filter({ has: page.getByRole('heading', { level: 3 }) })
    .all()
  if (members.length < 2) throw new Error(`The consortium has ${members.length} members.`)
  for (const member of members) {
    const name = await member.getByRole('heading', { level: 3 }).innerText()
    const reasons = await member.locator('ul > li').allInnerTexts()
    if (!reasons.some((reason) => reason.trim())) throw new Error(`${name} stands there without a reason.`)
  }
}

async function startServer(folder) {
  const port = await findFreePort()
  // Nothing that the caller has set for a server of their own.
  const own = /^(?:CONSORTIA_.*|DATABASE_URL|HOST|PORT|NODE_ENV)$/
  const rest = Object.entries(process.env).filter(([name]) => !own.test(name))
  const env = { ...Object.fromEntries(rest), PORT: String(port), CONSORTIA_DATA: folder }
  const child = spawn('npm', ['start'], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      printed = (printed + text).slice(-OUTPUT_CHARACTERS_MAX)
    })
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(-1))
    child.once('exit', (code) => resolve(code ?? -1))
  })
  server = { child, ended, output: () => printed }
  const isThere = () => /password is\s+(\S+)\s.*@demo\.example\s+researcher/s.exec(printed)
  const until = Date.now() + START_MS_MAX
  while (!isThere()) {
    if (Date.now() > until || (await Promise.race([ended, pause(200)])) !== undefined)
      throw new Error(`The server did not start:\n${printed}`)
  }
  const url = /http:\/\/[\w.:-]+/.exec(printed)?.[0]
  if (!url?.endsWith(`:${port}`)) throw new Error(`It printed another address than ${port}:\n${printed}`)
  return { ...server, url, password: isThere()[1] }
}

/** Asks the whole process group to end and answers npm's exit code; what does not end in time is killed. */
async function stopServer() {
  signalGroup('SIGTERM')
  const code = await Promise.race([server.ended, pause(STOP_MS_MAX)])
  if (code === undefined) signalGroup('SIGKILL')
  return code
}

function signalGroup(signal) {
  try {
    process.kill(-server.child.pid, signal)
  } catch {
    // Nobody is left.
  }
}

async function leave(code) {
  await browser?.close().catch(() => undefined)
  if (server?.child.pid) {
    if (server.child.exitCode === null && server.child.signalCode === null) await stopServer()
    signalGroup('SIGKILL')
  }
  rmSync(data, { recursive: true, force: true })
  process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed\n`)
  process.exit(code)
}

function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

function pause(ms) {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref()
  })
}
