import type { FaultCode, Issue } from '#kit/fault.ts'

/** `internal`: a bug of the server's. `offline`: it could not be reached. */
export type RefusalCode = FaultCode | 'internal' | 'offline'

interface Told {
  code?: unknown
  message?: unknown
  rule?: unknown
  limit?: unknown
  tip?: unknown
  issues?: unknown
  now?: unknown
  requestId?: unknown
}

/** What the server said instead of doing it. `lib/refusal-words.ts` words it in the reader's language. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly status: number
  /** Which rule was hit, as a stable key. */
  readonly rule: string | undefined
  readonly limit: number | string | undefined
  /** What to do, in English, as the server said it. */
  readonly tip: string | undefined
  readonly issues: readonly Issue[]
  /** What the reader needs in order to go on, such as the record as it is now. */
  readonly now: unknown
  readonly requestId: string | undefined

  constructor(code: RefusalCode, status: number, told: Told = {}) {
    super(typeof told.message === 'string' ? told.message : code)
    this.name = 'Refusal'
    this.code = code
    this.status = status
    this.rule = typeof told.rule === 'string' ? told.rule : undefined
    this.limit = typeof told.limit === 'number' || typeof told.limit === 'string' ? told.limit : undefined
    this.tip = typeof told.tip === 'string' ? told.tip : undefined
    this.issues = Array.isArray(told.issues) ? (told.issues as Issue[]) : []
    this.now = told.now
    this.requestId = typeof told.requestId === 'string' ? told.requestId : undefined
  }

  /** From an answer of our own API, or of the sign-in part, which has codes of its own (`INVALID_EMAIL_OR_PASSWORD`). */
  static from(status: number, answer: unknown): Refusal {
    const told = (answer ?? {}) as Told
    if (typeof told.requestId === 'string') return new Refusal(told.code as RefusalCode, status, told)
    const rule = typeof told.code === 'string' ? `sign_in.${told.code.toLowerCase()}` : undefined
    const code = status === 429 ? 'too_many' : status >= 500 ? 'internal' : status === 401 ? 'forbidden' : 'invalid'
    return new Refusal(code, status, { message: told.message, rule: status === 429 ? 'sign_in.too_many' : rule })
  }

  static offline(): Refusal {
    return new Refusal('offline', 0)
  }

  static cancelled(): Refusal {
    return new Refusal('cancelled', 0)
  }

  /** From a `fault` that a piece of long work kept. */
  static ofWork(fault: unknown): Refusal {
    const told = (fault ?? {}) as Told
    return new Refusal((typeof told.code === 'string' ? told.code : 'internal') as RefusalCode, 0, told)
  }
}

export const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal
