import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Figures of this process. They name no person, zone or record. */
export const metrics = new Registry()
collectDefaultMetrics({ register: metrics })

const requests = new Counter({
  name: 'consortia_requests_total',
  help: 'Requests answered.',
  labelNames: ['method', 'status'],
  registers: [metrics],
})
const seconds = new Histogram({
  name: 'consortia_request_seconds',
  help: 'Time from a request to its answer.',
  labelNames: ['method'],
  buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
  registers: [metrics],
})

export function countRequest(method: string, status: number, took: number): void {
  requests.inc({ method, status: `${Math.floor(status / 100)}xx` })
  seconds.observe({ method }, took)
}

const snapshots = new Counter({
  name: 'consortia_match_snapshots_total',
  help: 'Snapshots of registries that matching has loaded, refused, written or failed to write.',
  labelNames: ['about', 'why'],
  registers: [metrics],
})

export function countSnapshot(about: string, why: string): void {
  snapshots.inc({ about, why })
}
