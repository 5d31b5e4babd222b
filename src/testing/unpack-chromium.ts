/**
 * Unpacks the Chromium that comes out of npm, with the libraries a bare machine lacks. A program of its own, because
 * the package writes to wherever TMPDIR points, and to change that for a whole process would move other files too.
 */
import { join } from 'node:path'
import chromium, { inflate } from '@sparticuz/chromium'

const [packages = ''] = process.argv.slice(2)
await chromium.executablePath(packages)
await inflate(join(packages, 'al2023.tar.br'))
