import { z } from 'zod'
import { Id, PartialDate, WebAddress } from './model.ts'

export const SUBJECT_KINDS = ['organisation', 'result', 'project', 'person'] as const
export const EVIDENCE_KINDS = ['document', 'link', 'statement', 'certificate', 'test_report'] as const
/** Who may read: anybody, members of the zone, those whom the owner invites, or the owner and the zone's staff alone. */
export const CIRCLES = ['public', 'signed_in', 'invited', 'members'] as const

export const EVIDENCE_FILE_BYTES_MAX = 50_000_000
export const EVIDENCE_OF_SUBJECT_MAX = 200
/** All files of one zone together. */
export const ZONE_FILES_BYTES_MAX = 20_000_000_000

const TITLE_LENGTH_MAX = 300
const BODY_LENGTH_MAX = 10_000

export const SubjectKind = z.enum(SUBJECT_KINDS)
export type SubjectKind = z.infer<typeof SubjectKind>
export const EvidenceKind = z.enum(EVIDENCE_KINDS)
export const Circle = z.enum(CIRCLES)
export type Circle = z.infer<typeof Circle>

const Title = z.string().trim().min(1).max(TITLE_LENGTH_MAX)

/** A link or a statement. A link has an address, a statement a body. */
export const EvidenceInput = z
  .strictObject({
    subjectKind: SubjectKind,
    subject: Id,
    kind: EvidenceKind,
    title: Title,
    body: z.string().trim().max(BODY_LENGTH_MAX).default(''),
    url: WebAddress.nullish(),
    circle: Circle.default('members'),
    dated: PartialDate.nullish(),
  })
  .refine((input) => input.kind !== 'link' || Boolean(input.url), { path: ['url'], error: 'evidence.link_without_url' })
  .refine((input) => Boolean(input.url) || input.body !== '', { path: ['body'], error: 'evidence.empty' })
export type EvidenceInput = z.output<typeof EvidenceInput>

/** What comes with a file; the file's name is sent percent-encoded in `X-File-Name`. */
export const EvidenceUpload = z.object({
  subject_kind: SubjectKind,
  subject: Id,
  kind: z.enum(['document', 'certificate', 'test_report']).default('document'),
  title: Title.optional(),
  circle: Circle.default('members'),
  dated: PartialDate.optional(),
})
export type EvidenceUpload = z.output<typeof EvidenceUpload>

export const EvidenceQuery = z.object({ subject_kind: SubjectKind, subject: Id })

export const EvidenceRow = z.object({
  id: z.string(),
  subjectKind: SubjectKind,
  subject: z.string(),
  kind: EvidenceKind,
  title: z.string(),
  body: z.string(),
  url: z.string().nullable(),
  file: z.object({ name: z.string(), bytes: z.number(), mediaType: z.string() }).nullable(),
  circle: Circle,
  dated: z.string().nullable(),
  createdAt: z.string(),
  mayRemove: z.boolean(),
})
export type EvidenceRow = z.infer<typeof EvidenceRow>
export const EvidenceList = z.object({ rows: z.array(EvidenceRow), mayAdd: z.boolean() })
