import { Readable } from 'node:stream'
import type { Context, Hono } from 'hono'
import { readAs } from '#db/caller.ts'
import { download } from '#http/download.ts'
import { exportLanguage } from '#http/export-file.ts'
import { open, read, serve, write } from '#http/serve.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import { EXPORT_TYPES } from '../lists.ts'
import { importsApi } from './api.ts'
import {
  addImportFile,
  dropImport,
  listImportRows,
  listImports,
  mapImport,
  orderApply,
  orderOf,
  readImportShown,
  readSheetAnew,
  refusedFileOf,
  uploadImport,
} from './service.ts'
import { writeTemplate } from './template.ts'

const MEDIA_TYPES = { xlsx: EXPORT_TYPES[0], csv: EXPORT_TYPES[1], zip: 'application/zip' } as const

export function mountImports(app: Hono, world: World): void {
  serve(app, world, importsApi, {
    imports: read((tx, { caller, query }) => listImports(tx, caller, query)),
    uploadImport: open(({ caller, query }, context) => uploadImport(world, caller, uploadOf(context, query.name))),
    importTemplate: open(async ({ query }) => {
      const language = exportLanguage(query.language)
      const name = language === 'zh' ? '导入模板.xlsx' : 'import-template.xlsx'
      return download(await writeTemplate(language), { name, mediaType: MEDIA_TYPES.xlsx })
    }),
    import: read((tx, { caller, params }) => readImportShown(tx, caller, params.import)),
    addImportFile: open(({ caller, params, query }, context) =>
      addImportFile(world, caller, params.import, uploadOf(context, query.name)),
    ),
    importSheet: open(({ caller, params, query }) =>
      readSheetAnew(world, caller, params.import, Number(params.sheet), query),
    ),
    mapImport: write((done, { caller, params, body }) =>
      mapImport(done, caller, params.import, body, orderOf(world, caller)),
    ),
    importRows: read((tx, { caller, params, query }) => listImportRows(tx, caller, params.import, query)),
    refusedRows: open(async ({ caller, params, query }) => {
      const language = exportLanguage(query.language)
      const order = { format: query.format, language }
      const { bytes, format, name } = await readAs(world.database, caller, (tx) =>
        refusedFileOf(tx, caller, params.import, order),
      )
      return download(bytes, { name: `${name}.${format}`, mediaType: MEDIA_TYPES[format] })
    }),
    applyImport: write((done, { caller, params, body }) =>
      orderApply(done, caller, params.import, body, orderOf(world, caller)),
    ),
    dropImport: write((done, { caller, params }) => dropImport(done, caller, params.import)),
  })
}

/** The request's body as a stream: it goes to disk as it comes and is never held whole. */
function uploadOf(context: Context, name: string) {
  const { body } = context.req.raw
  if (context.req.header('content-type') !== 'application/octet-stream')
    throw new Fault('unreadable', 'This takes a file.', {
      rule: 'body.media_type',
      tip: 'Send application/octet-stream.',
    })
  const stream = body ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([])
  return { stream, name, key: context.req.header('idempotency-key') }
}
