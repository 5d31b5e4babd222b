/** What a feed is made of. Times are ISO text. */
export interface FeedText {
  title: string
  description: string
  /** The page that the feed is about, and the feed's own address without its secret. */
  link: string
  language: string
  entries: readonly FeedEntry[]
}

export interface FeedEntry {
  /** Never changes: a reader shows what it has not seen. */
  id: string
  title: string
  text: string
  link: string
  at: string
}

/** RSS 2.0. */
export function feedXml({ title, description, link, language, entries }: FeedText): string {
  const last = entries[0]?.at
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0"><channel>',
    element('title', title),
    element('link', link),
    element('description', description),
    element('language', language),
    element('ttl', '15'),
    ...(last ? [element('lastBuildDate', new Date(last).toUTCString())] : []),
    ...entries.map(entryXml),
    '</channel></rss>',
    '',
  ].join('\n')
}

const entryXml = ({ id, title, text, link, at }: FeedEntry) =>
  [
    '<item>',
    `<guid isPermaLink="false">${escapeXml(id)}</guid>`,
    element('title', title),
    element('link', link),
    element('description', escapeHtml(text)),
    element('pubDate', new Date(at).toUTCString()),
    '</item>',
  ].join('')

const element = (name: string, text: string) => `<${name}>${escapeXml(text)}</${name}>`

/** What XML 1.0 has no character for is left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

export const escapeXml = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(FORBIDDEN, '')
    .replaceAll(/[&<>"']/g, (mark) => MARKS[mark]!)

/** A description is HTML to its readers, so a title with `<b>` is to be read, not to be run: escaped once more. */
const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
