const NAME_CHARACTERS_MAX = 180
/** What a file system, a header or a reader's eye could be misled by: paths, controls, and marks that turn the reading. */
const MISLEADING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]/gu

/** A file's name without whatever could mislead: at most 180 characters, never empty, never hidden. */
export function tidyFileName(name: string, fallback = 'file'): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(MISLEADING, ' ')
    .replaceAll(/(^|\s)\.+(?=\s|$)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '')
  if (plain === '') return fallback
  if (plain.length <= NAME_CHARACTERS_MAX) return plain.toWellFormed()
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(plain)?.[0] ?? ''
  return (plain.slice(0, NAME_CHARACTERS_MAX - ending.length) + ending).toWellFormed()
}

/** `Content-Disposition` of a download, with the name in plain ASCII and, by RFC 5987, as it is. */
export function attachment(name: string): string {
  const tidy = tidyFileName(name)
  const full = encodeURIComponent(tidy).replaceAll(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plainName(tidy)}"; filename*=UTF-8''${full}`
}

function plainName(name: string): string {
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0] ?? ''
  const stem = name
    .slice(0, name.length - ending.length)
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9 ._-]/g, '')
  const plain = stem.replaceAll(/\s+/g, ' ').replace(/^[ ._-]+|[ ._-]+$/g, '')
  return (plain === '' ? 'file' : plain) + ending
}

/** A file as an answer: always saved, never shown inside our own pages, whatever it holds. */
export function download(
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
  { name, mediaType, bytes }: { name: string; mediaType: string; bytes?: number },
): Response {
  return new Response(body, {
    headers: {
      'content-type': mediaType,
      'content-disposition': attachment(name),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'cross-origin-resource-policy': 'same-origin',
      ...(bytes === undefined ? {} : { 'content-length': String(bytes) }),
    },
  })
}
