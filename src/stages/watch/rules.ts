import { dateIn } from '#kit/clock.ts'
import { LISTS, type List, type RecordKind, type WatchKind } from './model.ts'

/** More new records than this at once are one notice, not many. */
export const NOTICES_AT_ONCE_MAX = 5
/** By the zone's clock: nobody reads a letter before. */
const LETTER_HOUR = 8
const DAY_MS = 86_400_000
const WEEK_DAYS = 7

export const isList = (kind: WatchKind): kind is List => (LISTS as readonly string[]).includes(kind)

const RECORDS: Record<List, RecordKind> = {
  organisations: 'organisation',
  results: 'result',
  needs: 'need',
  projects: 'project',
}
/** What a watch finds. */
export const recordOf = (kind: WatchKind): RecordKind => (isList(kind) ? RECORDS[kind] : 'need')

const PATHS: Record<RecordKind, string> = {
  organisation: 'organisations',
  result: 'results',
  need: 'needs',
  project: 'projects',
}
/** Where a record stands below its zone. */
export const pathOf = (kind: RecordKind, id: string) => `/${PATHS[kind]}/${id}`

/** What a member's watches newly found, before it is told. */
export interface Found {
  watchId: string
  name: string
  kind: WatchKind
  recordId: string
}

export interface NoticeToPost {
  /** `watch.organisation`, `watch.wanted`, or `watch.many`. */
  about: string
  record: { kind: RecordKind; id: string } | null
  /** The watches that found it, by their names. */
  names: string[]
  count: number
}

/**
 * One notice a record, which names every watch that found it; where there are more than a reader would read, one for all.
 * A need that both fits a search and wants the reader is told as wanting.
 */
export function noticesFor(found: readonly Found[]): NoticeToPost[] {
  const byRecord = Map.groupBy(found, (one) => `${recordOf(one.kind)}:${one.recordId}`)
  if (byRecord.size > NOTICES_AT_ONCE_MAX)
    return [{ about: 'watch.many', record: null, names: namesOf(found), count: byRecord.size }]
  return [...byRecord.values()].map((same) => {
    const wanting = same.some(({ kind }) => !isList(kind))
    const record = { kind: recordOf(same[0]!.kind), id: same[0]!.recordId }
    return { about: wanting ? 'watch.wanted' : `watch.${record.kind}`, record, names: namesOf(same), count: 1 }
  })
}

const namesOf = (found: readonly Found[]) => [...new Set(found.map(({ name }) => name))]

/** The last day, today included, on which a weekly letter was due, as `YYYY-MM-DD`. Monday is 1. */
export function lastDueDay(now: Date, timeZone: string, weekday: number): string {
  const today = dateIn(timeZone, now)
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now))
  const back = (weekdayOf(today) - weekday + WEEK_DAYS) % WEEK_DAYS
  return addDays(today, back === 0 && hour < LETTER_HOUR ? -WEEK_DAYS : -back)
}

export const nextDueDay = (now: Date, timeZone: string, weekday: number) =>
  addDays(lastDueDay(now, timeZone, weekday), WEEK_DAYS)

const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() || WEEK_DAYS
const addDays = (day: string, days: number) =>
  new Date(new Date(`${day}T00:00:00Z`).getTime() + days * DAY_MS).toISOString().slice(0, 10)
