import { sql } from 'kysely'
import { createTransport, type Transporter } from 'nodemailer'
import type { Logger } from 'pino'
import { actAs } from '#db/caller.ts'
import type { Database, Tx } from '#db/db.ts'
import type { Clock } from '#kit/clock.ts'
import { NIL_ID } from '#kit/ids.ts'
import { systemCaller } from '#stages/caller.ts'

/** Carries waiting letters of the outbox to a mail server, each once. */
export interface Mailer {
  start(): void
  /** Looks at once, after something was written. */
  nudge(): void
  /** Sends what is due and answers how many letters left. */
  sendDue(): Promise<number>
  /** Lets the letter under way leave, and sends no more. */
  stop(): Promise<void>
}

export interface MailerOptions {
  database: Database
  clock: Clock
  log: Logger
  /** `smtp://user:password@host:587`, or `smtps://…`. */
  smtpUrl: string
  /** Whose name the letters bear. */
  from: string
}

const LOOK_MS = 5_000
const ATTEMPTS_MAX = 8
const LETTER_DAYS_MAX = 3
const LETTERS_AT_ONCE_MAX = 50
const ERROR_CHARACTERS_MAX = 200
const CONNECT_MS_MAX = 10_000
const SILENCE_MS_MAX = 30_000

export function openMailer({ database, clock, log, smtpUrl, from }: MailerOptions): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: CONNECT_MS_MAX,
    greetingTimeout: CONNECT_MS_MAX,
    socketTimeout: SILENCE_MS_MAX,
  } as Parameters<typeof createTransport>[0])
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> | undefined
  let again = false
  let stopped = false

  async function sendDue(): Promise<number> {
    let sent = 0
    for (const zoneId of await listZonesWithMail(database)) {
      await within(database, zoneId, (tx) => giveUpOld(tx, zoneId, clock.now()))
      for (let tried = 0; tried < LETTERS_AT_ONCE_MAX && !stopped; tried++) {
        const letter = await within(database, zoneId, (tx) => claim(tx, zoneId, clock.now()))
        if (!letter) break
        const ending = await deliver(transport, letter, from)
        if (ending.state === 'sent') sent += 1
        else
          log.warn(
            { zoneId, letter: letter.id, attempt: letter.attempts, code: ending.code },
            'A letter did not leave.',
          )
        await within(database, zoneId, (tx) => end(tx, zoneId, letter, ending, clock.now()))
      }
    }
    return sent
  }

  function nudge(): void {
    again = true
    round ??= (async () => {
      while (again && !stopped) {
        again = false
        await sendDue().catch((err: unknown) => log.error({ err, part: 'mail' }, 'A part met an error.'))
      }
      round = undefined
    })()
  }

  return {
    sendDue,
    nudge,
    start() {
      timer = setInterval(nudge, LOOK_MS)
      timer.unref()
      nudge()
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      await round
      transport.close()
    },
  }
}

interface Letter {
  id: string
  to_address: string | null
  subject: string
  body: string
  link: string | null
  attempts: number
}

type Ending = { state: 'sent' } | { state: 'waiting' | 'failed'; error: string; code: string }

/**
 * Takes one due letter. Until it has left, it is told as interrupted: a server that dies in between never sends it a
 * second time, and an officer sees in the outbox that it may not have arrived.
 */
async function claim(tx: Tx, zoneId: string, now: Date): Promise<Letter | undefined> {
  const due = tx
    .selectFrom('outbox')
    .select('id')
    .where('zone_id', '=', zoneId)
    .where('kind', '=', 'mail')
    .where('state', '=', 'waiting')
    .where(sql<boolean>`(tried_at is null or tried_at + make_interval(mins => (2 ^ attempts)::int) <= ${now})`)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
  return tx
    .updateTable('outbox')
    .set((eb) => ({
      state: 'failed',
      error: 'interrupted while it was sent',
      tried_at: now,
      attempts: eb('attempts', '+', 1),
    }))
    .where('zone_id', '=', zoneId)
    .where('id', '=', (eb) => eb.selectFrom(due.as('due')).select('due.id'))
    .returning(['id', 'to_address', 'subject', 'body', 'link', 'attempts'])
    .executeTakeFirst()
}

/** A letter that waited for days, in a restored backup perhaps, says nothing true any more. */
async function giveUpOld(tx: Tx, zoneId: string, now: Date): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ state: 'failed', error: 'waited too long' })
    .where('zone_id', '=', zoneId)
    .where('kind', '=', 'mail')
    .where('state', '=', 'waiting')
    .where('created_at', '<', new Date(now.getTime() - LETTER_DAYS_MAX * 86_400_000))
    .execute()
}

async function deliver(transport: Transporter, letter: Letter, from: string): Promise<Ending> {
  if (!letter.to_address) return { state: 'failed', error: 'no address', code: 'EENVELOPE' }
  try {
    await transport.sendMail({
      from,
      to: letter.to_address,
      subject: letter.subject,
      text: [letter.body, letter.link].filter(Boolean).join('\n\n'),
      messageId: `<${letter.id}@consortia>`,
    })
    return { state: 'sent' }
  } catch (error) {
    const { message, code, permanent } = error as Error & { code?: string; permanent?: boolean }
    const ended = permanent === true || letter.attempts >= ATTEMPTS_MAX
    return {
      state: ended ? 'failed' : 'waiting',
      error: message.slice(0, ERROR_CHARACTERS_MAX),
      code: code ?? 'unknown',
    }
  }
}

async function end(tx: Tx, zoneId: string, { id }: Letter, ending: Ending, now: Date): Promise<void> {
  await tx
    .updateTable('outbox')
    .set(
      ending.state === 'sent'
        ? { state: 'sent', sent_at: now, error: null }
        : { state: ending.state, error: ending.error },
    )
    .where('zone_id', '=', zoneId)
    .where('id', '=', id)
    .execute()
}

async function listZonesWithMail(database: Database): Promise<string[]> {
  return within(database, NIL_ID, async (tx) => {
    const { rows } = await sql<{ id: string }>`select zones_with_waiting_mail() as id`.execute(tx)
    return rows.map((row) => row.id)
  })
}

async function within<T>({ kysely }: Database, zoneId: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  return kysely.transaction().execute(async (tx) => {
    await actAs(tx, systemCaller(zoneId))
    return run(tx)
  })
}
