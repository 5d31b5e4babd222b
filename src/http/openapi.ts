import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Hono } from 'hono'
import { z } from 'zod'
import { FAULT_STATUS } from '#kit/fault.ts'
import { STAGES } from '#stages/stages.ts'
import type { Endpoint } from './contract.ts'

const SWAGGER_FOLDER = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')))
const SWAGGER_FILES = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript' } as const

/** The OpenAPI 3.1 document, made from the very endpoints that are served, and a page that shows it without any other host. */
export function mountOpenApi(app: Hono): void {
  let text: string | undefined
  app.get('/api/openapi.json', (context) => {
    text ??= JSON.stringify(openApiDocument())
    return context.body(text, 200, { 'content-type': 'application/json; charset=utf-8' })
  })
  app.get('/api/docs', (context) => context.html(PAGE))
  app.get('/api/docs/start.js', (context) => context.body(START, 200, { 'content-type': 'text/javascript' }))
  for (const [name, type] of Object.entries(SWAGGER_FILES))
    app.get(`/api/docs/${name}`, async (context) =>
      context.body(new Uint8Array(await readFile(join(SWAGGER_FOLDER, name))), 200, { 'content-type': type }),
    )
}

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Consortia API</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><main id="page"></main><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`
// Stages stand folded: of a long list that is open the page draws only what is on the screen.
const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#page', deepLinking: true, docExpansion: 'none', validatorUrl: null })`

export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {}
  const shared: Record<string, unknown> = { Refusal: REFUSAL }
  for (const { name: stage, api } of STAGES)
    for (const [name, endpoint] of Object.entries(api)) {
      const path = `/api${endpoint.path}`
      paths[path] = { ...paths[path], [endpoint.method]: operationOf(`${stage}.${name}`, endpoint, shared) }
    }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Consortia',
      version: '0.1.0',
      description: 'From a technology need to a working, fairly shared innovation consortium.',
    },
    paths,
    components: {
      schemas: shared,
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token' } },
    },
    security: [{ session: [] }, {}],
  }
}

const REFUSAL = {
  type: 'object',
  required: ['code', 'message', 'requestId'],
  properties: {
    code: { type: 'string', enum: [...Object.keys(FAULT_STATUS), 'internal'] },
    message: { type: 'string' },
    requestId: { type: 'string' },
    rule: { type: 'string' },
    limit: { type: ['number', 'string'] },
    tip: { type: 'string' },
    issues: { type: 'array', items: { type: 'object' } },
  },
}

/** What every write on the command road understands. */
const OF_COMMANDS = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'The same key again is answered again, and not run again.',
    schema: { type: 'string', maxLength: 200 },
  },
  {
    name: 'rehearse',
    in: 'query',
    required: false,
    description: 'Answers what would happen, and keeps nothing.',
    schema: { type: 'string', enum: ['true'] },
  },
]

/** Puts what a schema refers to (`#/$defs/x`) among those that the whole document shares. */
function schemaIn(shared: Record<string, unknown>, id: string, schema: z.ZodType, io: 'input' | 'output') {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  const text = JSON.stringify(made).replaceAll('"#/$defs/', `"#/components/schemas/${id}.${io}.`)
  const { $schema: _, $defs = {}, ...own } = JSON.parse(text) as typeof made
  for (const [name, part] of Object.entries($defs)) shared[`${id}.${io}.${name}`] = part
  return own
}

function operationOf(id: string, endpoint: Endpoint, shared: Record<string, unknown>) {
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => schemaIn(shared, id, schema, io)
  const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, param]) => ({
    name: param,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = endpoint.query && (schemaOf(endpoint.query, 'input') as { properties?: object; required?: string[] })
  const inQuery = Object.entries(query?.properties ?? {}).map(([param, schema]) => ({
    name: param,
    in: 'query',
    required: query?.required?.includes(param) ?? false,
    schema,
  }))
  const json = (schema: object) => ({ 'application/json': { schema } })
  const given = endpoint.gives
    ? Object.fromEntries(endpoint.gives.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
    : endpoint.answer && json(schemaOf(endpoint.answer, 'output'))
  return {
    operationId: id,
    tags: [id.split('.')[0]],
    summary: endpoint.summary,
    parameters: [...inPath, ...inQuery, ...(endpoint.command ? OF_COMMANDS : [])],
    ...(endpoint.body ? { requestBody: { required: true, content: json(schemaOf(endpoint.body, 'input')) } } : {}),
    ...(endpoint.carries
      ? {
          requestBody: {
            required: true,
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
        }
      : {}),
    responses: {
      [endpoint.status ?? 200]: { description: 'Done.', ...(given ? { content: given } : {}) },
      default: { description: 'Refused.', content: json({ $ref: '#/components/schemas/Refusal' }) },
    },
  }
}
