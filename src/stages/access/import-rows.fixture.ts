import type { Row } from './table.fixture.ts'

export const IMPORT_ROWS: readonly Row[] = []
