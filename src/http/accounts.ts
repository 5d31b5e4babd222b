import { createHmac } from 'node:crypto'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import type { Database } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'

export const PASSWORD_LENGTH_MIN = 10
const PASSWORD_LENGTH_MAX = 128
const SESSION_SECONDS = 7 * 24 * 3_600
export const SIGN_IN_TRIES_MAX = 5
const SIGN_IN_SECONDS = 60

/** The header in which the server hands on the address of who asks; what a client sends under this name is dropped. */
export const ADDRESS_HEADER = 'x-consortia-address'

export interface Letter {
  to: string
  name: string
  url: string
}

export interface AccountsOptions {
  database: Database
  secret: string
  origin: string
  /** Takes the letter with the link under which a new password is chosen. */
  sendPasswordLink: (letter: Letter) => Promise<void>
}

export type Accounts = ReturnType<typeof openAccounts>

/** The server may be reached under several names: the one that a request itself was sent to is ours. */
function ownOrigins(request: Request | undefined): string[] {
  const host = request?.headers.get('host')
  return host ? [`http://${host}`, `https://${host}`] : []
}

/** People's sign-ins: better-auth over the same database. What an account may do in a zone is the registry's word, not its. */
export function openAccounts({ database, secret, origin, sendPasswordLink }: AccountsOptions) {
  const auth = betterAuth({
    appName: 'Consortia',
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    database: { db: database.kysely as never, type: 'postgres', transaction: true },
    trustedOrigins: (request) => [origin, ...ownOrigins(request)],
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, url }) => sendPasswordLink({ to: user.email, name: user.name, url }),
    },
    session: { expiresIn: SESSION_SECONDS },
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: { '/sign-in/email': { window: SIGN_IN_SECONDS, max: SIGN_IN_TRIES_MAX } },
    },
    advanced: {
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    logger: { disabled: true },
  })

  return {
    handle: (request: Request) => auth.handler(request),

    /** What better-auth was told, from which it plans its tables. */
    options: auth.options as BetterAuthOptions,

    /** A session of an account, made by the server itself: the cookie that its requests carry. */
    async openSession(accountId: string): Promise<string> {
      const context = await auth.$context
      const { token } = await context.internalAdapter.createSession(accountId)
      const signature = createHmac('sha256', secret).update(token).digest('base64')
      return `${context.authCookies.sessionToken.name}=${encodeURIComponent(`${token}.${signature}`)}`
    },

    /** The account behind a request's cookie, if its session still holds. */
    async accountOf(headers: Headers): Promise<{ id: string; name: string; email: string } | null> {
      const session = await auth.api.getSession({ headers })
      return session ? { id: session.user.id, name: session.user.name, email: session.user.email } : null
    },

    /** Makes an account; without a password its owner chooses one through a link. Returns the account there is already. */
    async add({ name, email, password }: { name: string; email: string; password?: string }) {
      const context = await auth.$context
      const address = email.trim().toLowerCase()
      const known = await context.internalAdapter.findUserByEmail(address)
      if (known) return { id: known.user.id, added: false }
      if (password && password.length < PASSWORD_LENGTH_MIN)
        throw new Fault('invalid', `A password has at least ${PASSWORD_LENGTH_MIN} characters.`, {
          rule: 'password.length',
          limit: PASSWORD_LENGTH_MIN,
        })
      const user = await context.internalAdapter.createUser(
        { name, email: address, emailVerified: true },
        { method: 'admin' },
      )
      if (password) {
        const hash = await context.password.hash(password)
        await context.internalAdapter.linkAccount({
          userId: user.id,
          providerId: 'credential',
          accountId: user.id,
          password: hash,
        })
      }
      return { id: user.id, added: true }
    },

    async find(email: string) {
      const found = await (await auth.$context).internalAdapter.findUserByEmail(email.trim().toLowerCase())
      return found ? { id: found.user.id, name: found.user.name, email: found.user.email } : null
    },

    /** Sends the letter with which an account's owner chooses a password. */
    async invite(email: string) {
      await auth.api.requestPasswordReset({ body: { email, redirectTo: `${origin}/welcome` } })
    },

    async remove(accountId: string) {
      await (await auth.$context).internalAdapter.deleteUser(accountId)
    },
  }
}
