import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Role } from '../caller.ts'

/** The password of every demo account. They exist only while the demo zone stands. */
export const DEMO_PASSWORD = 'consortia-demo'

export interface DemoAccount {
  email: string
  name: string
  role: Role
}

const file = join(import.meta.dirname, '../../../examples/demo-zone/people.json')
export const DEMO_ACCOUNTS: DemoAccount[] = JSON.parse(readFileSync(file, 'utf8')).map(
  ({ email, name, role }: { email: string; name: string | { zh: string }; role: Role }) => ({
    email,
    name: typeof name === 'string' ? name : name.zh,
    role,
  }),
)
