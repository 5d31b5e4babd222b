/**
 * Every way a request can be refused, with the HTTP status it earns. Adding a code here is the whole job on the server;
 * its wording in both languages stands in the web's `fault.*` messages, and a test sees that none is missing.
 */
export const FAULT_STATUS = {
  invalid: 422,
  unreadable: 400,
  unsupported_file: 415,
  too_large: 413,
  too_many: 429,
  not_signed_in: 401,
  forbidden: 403,
  foreign_origin: 403,
  not_found: 404,
  conflict: 409,
  changed_meanwhile: 409,
  key_reused: 409,
  wrong_state: 409,
  already_running: 409,
  cancelled: 409,
  out_of_time: 503,
  data_folder_held: 503,
  not_ready: 503,
} as const

export type FaultCode = keyof typeof FAULT_STATUS

/** One thing that is wrong with what was sent: where (`targets.2.unit`), which rule, and the limit it hit. */
export interface Issue {
  path: string
  rule: string
  limit?: number | string
}

export interface FaultDetails {
  /** Which rule was hit, as a stable key that the web words in the reader's language (`need.move.not_allowed`). */
  rule?: string
  /** The bound that was hit, where there is one. */
  limit?: number | string
  /** What to do now, one sentence in English. */
  tip?: string
  issues?: readonly Issue[]
  /** What the caller needs in order to go on, such as the record as it is now. Never anything the caller may not read. */
  now?: unknown
}

/** An expected refusal, meant for the caller's eyes. Anything else that is thrown is a bug and answers 500. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly details: FaultDetails

  constructor(code: FaultCode, message: string, details: FaultDetails = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Fault'
    this.code = code
    this.details = details
  }
}
