import type { TestServer } from './server.ts'

const EMAIL = 'keeper@consortia.test'
const PASSWORD = 'a password of the tests'

/** A person who signed in to a real server, over HTTP as a browser would. */
export interface TestClient {
  email: string
  password: string
  cookie: string
  slug: string
  /** The path starts after the zone, or with `/api/` for any other. */
  ask(method: string, path: string, asking?: { body?: unknown; key?: string; url?: string }): Promise<TestAnswer>
}

export interface TestAnswer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: what the server answered, which the test then looks at
  body: any
  headers: Headers
}

/** Makes the first administrator and zone of a server without a demo, by the code that it printed, and signs in. */
export async function becomeAdministrator(server: TestServer, slug = 'home'): Promise<TestClient> {
  const code = /with this code:\s+(\w{12})/.exec(server.output())?.[1]
  if (!code) throw new Error(`The server printed no code:\n${server.output()}`)
  const zone = { slug, name: { en: 'Home' } }
  const first = { code, name: 'Kang Keeper', email: EMAIL, password: PASSWORD, zone }
  const made = await send(server.url, 'POST', '/api/first-administrator', { body: first })
  if (made.status !== 201) throw new Error(`No administrator was made: ${JSON.stringify(made.body)}`)
  const cookie = await signIn(server.url, EMAIL, PASSWORD)
  return {
    email: EMAIL,
    password: PASSWORD,
    cookie,
    slug,
    ask: (method, path, { url = server.url, ...asking } = {}) =>
      send(url, method, path.startsWith('/api/') ? path : `/api/zones/${slug}${path}`, { ...asking, cookie }),
  }
}

/** Answers the cookie of a new session. */
export async function signIn(url: string, email: string, password: string): Promise<string> {
  const { status, headers } = await send(url, 'POST', '/api/auth/sign-in/email', { body: { email, password } })
  const cookie = headers.get('set-cookie')
  if (status !== 200 || !cookie) throw new Error(`Nobody was signed in: ${status}`)
  return cookie.split(';', 1)[0]!
}

async function send(
  url: string,
  method: string,
  path: string,
  { body, key, cookie }: { body?: unknown; key?: string; cookie?: string },
): Promise<TestAnswer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      origin: url,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key ? { 'idempotency-key': key } : {}),
      ...(cookie ? { cookie } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text }
}
