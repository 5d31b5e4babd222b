import { existsSync, readFileSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context, Hono } from 'hono'

const DIST = join(import.meta.dirname, '../../dist')
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
}
/** What is worth packing: the scripts and styles, whose names hold a hash of what is in them. */
const PACKED = /\/assets\/[^/]+\.(js|css)$/
const FOREVER = 'public, max-age=31536000, immutable'
/** The build writes this where a nonce belongs; each answer gets its own. */
const NONCE_MARK = /__NONCE__/g

/** The built pages. Every address that is no file is the one page, which routes by itself. */
export function mountWeb(app: Hono): void {
  app.get('/assets/*', (context) => sendFile(context, context.req.path, FOREVER))
  app.get('/mark.svg', (context) => sendFile(context, '/mark.svg', 'public, max-age=3600'))
  app.get('*', (context) => sendPage(context))
}

async function sendFile(context: Context, path: string, caching: string): Promise<Response> {
  const file = normalize(join(DIST, path))
  if (!file.startsWith(DIST) || !existsSync(file)) return context.notFound()
  const headers = { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'cache-control': caching }
  if (!PACKED.test(file) || !/\bgzip\b/.test(context.req.header('accept-encoding') ?? ''))
    return context.body(new Uint8Array(await readFile(file)), 200, headers)
  return context.body(await packed(file), 200, { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' })
}

const pack = promisify(gzip)
/** A file of the build never changes under its name, so each is packed once. */
const packedFiles = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

function packed(file: string): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = packedFiles.get(file)
  if (!bytes) {
    bytes = readFile(file)
      .then((plain) => pack(plain))
      .then((whole) => new Uint8Array(whole))
    packedFiles.set(file, bytes)
  }
  return bytes
}

let page: { html: string; builtMs: number } | undefined

/** The page as it was built last: a build under a running server is served at once. */
function builtPage(): string | undefined {
  const file = join(DIST, 'index.html')
  const builtMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (builtMs === undefined) return undefined
  if (page?.builtMs !== builtMs) page = { html: readFileSync(file, 'utf8'), builtMs }
  return page.html
}

function sendPage(context: Context): Response | Promise<Response> {
  if (extname(context.req.path)) return context.notFound()
  const html = builtPage()
  if (html === undefined) return context.text('The pages are not built. Run npm start, or npm run build.', 503)
  const nonce = (context.get('secureHeadersNonce') as string | undefined) ?? ''
  return context.html(html.replaceAll(NONCE_MARK, nonce), 200, { 'cache-control': 'no-store' })
}
