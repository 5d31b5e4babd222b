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
const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#page', deepLinking: true, validatorUrl: null })`

export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { name: stage, api } of STAGES)
    for (const [name, endpoint] of Object.entries(api)) {
      const path = `/api${endpoint.path}`
      paths[path] = { ...paths[path], [endpoint.method]: operationOf(stage, name, endpoint) }
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
      schemas: { Refusal: REFUSAL },
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

function operationOf(stage: string, name: string, endpoint: Endpoint) {
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' })
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
    operationId: `${stage}.${name}`,
    tags: [stage],
    summary: endpoint.summary,
    parameters: [...inPath, ...inQuery],
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
