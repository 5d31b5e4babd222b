import type { z } from 'zod'
import { dateIn } from '#kit/clock.ts'
import { textIn } from '../texts.ts'
import { writeDocx } from './export-docx.ts'
import { writeXlsx } from './export-xlsx.ts'
import { PROPOSAL_TYPES, type Proposal, type ProposalExportQuery } from './model.ts'
import { Narrator } from './sentences.ts'
import { DOCUMENT_WORDS } from './words.ts'

const NAME_LENGTH_MAX = 60

/** A proposal as a file to keep or to send on. `timeZone` is the zone's, for the date that it bears. */
export async function exportProposal(
  proposal: Proposal,
  { format, language, timeZone }: z.output<typeof ProposalExportQuery> & { timeZone: string },
): Promise<Response> {
  const narrator = new Narrator(proposal, language)
  const made = dateIn(timeZone, new Date(proposal.at))
  const write = format === 'docx' ? writeDocx : writeXlsx
  const title = [...textIn(proposal.needTitle, language).toWellFormed()].slice(0, NAME_LENGTH_MAX).join('')
  const name = `${narrator.say(DOCUMENT_WORDS.heading)} ${title} ${made}.${format}`
  return new Response((await write(proposal, narrator, made)) as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': format === 'docx' ? PROPOSAL_TYPES[0] : PROPOSAL_TYPES[1],
      'content-disposition': `attachment; filename="proposal.${format}"; filename*=UTF-8''${encodeName(name)}`,
    },
  })
}

const encodeName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
