import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Role } from '../caller.ts'

/** The password of every demo account. They exist only while the demo zone stands. */
export const DEMO_PASSWORD = 'consortia-demo'

export interface DemoAccount {
  email: string
  names: { zh: string; en: string }
  role: Role
}

type Person = Omit<DemoAccount, 'names'> & { name: string | DemoAccount['names'] }

const file = join(import.meta.dirname, '../../../examples/demo-zone/people.json')
export const DEMO_ACCOUNTS: DemoAccount[] = (JSON.parse(readFileSync(file, 'utf8')) as Person[]).map(
  ({ email, name, role }) => ({ email, names: typeof name === 'string' ? { zh: name, en: name } : name, role }),
)
