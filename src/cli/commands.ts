import type { ParseArgsConfig } from 'node:util'

/** What a command was called with. Options and arguments that it does not know have been refused before. */
export interface CommandLine {
  values: Record<string, string | boolean | string[] | undefined>
  positionals: string[]
}

export interface ShellCommand {
  /** One word or two: `needs post`. */
  name: string
  usage: string
  /** A sentence for the list of commands. */
  summary: string
  /** Its own options; those that every command has are added. */
  options?: NonNullable<ParseArgsConfig['options']>
  /** How many arguments it takes, where that is not none. */
  arguments?: { min: number; max: number }
  /** Loads what the command needs, and nothing else, so that each starts fast. */
  run: (line: CommandLine) => Promise<void>
}

export const COMMON_OPTIONS = {
  json: { type: 'boolean' },
  data: { type: 'string' },
  as: { type: 'string' },
  zone: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ShellCommand['options']

const TEXT = { type: 'string' } as const
/** May be given again and again. */
const MANY = { type: 'string', multiple: true } as const
const ONE = { min: 1, max: 1 }

/** The whole shell, in the order in which `consortia help` lists it. */
export const COMMANDS: readonly ShellCommand[] = [
  {
    name: 'serve',
    usage: 'consortia serve',
    summary: 'Serve the web and the API. HOST, PORT, CONSORTIA_DATA and DATABASE_URL are respected.',
    run: async (line) => (await import('./serve.ts')).runServe(line),
  },
  {
    name: 'migrate',
    usage: 'consortia migrate',
    summary: 'Bring the database up to date with this version, and say what was done.',
    run: async (line) => (await import('./migrate.ts')).runMigrate(line),
  },
  {
    name: 'backup',
    usage: 'consortia backup FILE_OR_DIR',
    summary: 'Take database, files and journal heads together into one .tar or .tar.gz file, or into a folder.',
    arguments: ONE,
    run: async (line) => (await import('./backup.ts')).runBackup(line),
  },
  {
    name: 'restore',
    usage: 'consortia restore FILE_OR_DIR',
    summary: 'Check a backup and bring it into an empty data folder or database, of either engine.',
    arguments: ONE,
    run: async (line) => (await import('./backup.ts')).runRestore(line),
  },
  {
    name: 'import',
    usage: 'consortia import cordis|xlsx|csv FILE [--map M.json] [--preview]',
    summary:
      'Import a CORDIS download (zip, folder, or its files), a workbook or a CSV; docs/guide/import.md tells the map file.',
    options: { map: TEXT, preview: { type: 'boolean' } },
    arguments: { min: 2, max: 5 },
    run: async (line) => (await import('./import.ts')).runImport(line),
  },
  {
    name: 'verify-journal',
    usage: 'consortia verify-journal [--against FILE]',
    summary: 'Recompute every zone’s journal. FILE is an earlier answer in JSON, which must still be a part of it.',
    options: { against: TEXT },
    run: async (line) => (await import('./verify-journal.ts')).runVerifyJournal(line),
  },
  {
    name: 'members add',
    usage: 'consortia members add EMAIL --name NAME --role ROLE [--organisation ID]',
    summary: 'Let somebody into the zone, and print the link under which they choose a password.',
    options: { name: TEXT, role: TEXT, organisation: TEXT },
    arguments: ONE,
    run: async (line) => (await import('./members.ts')).runAddMember(line),
  },
  {
    name: 'members link',
    usage: 'consortia members link EMAIL',
    summary: 'Print a link under which a member chooses a new password. It holds for one hour.',
    arguments: ONE,
    run: async (line) => (await import('./members.ts')).runLinkMember(line),
  },
  {
    name: 'needs post',
    usage: 'consortia needs post FILE',
    summary: 'Post a need file and answer its id.',
    arguments: ONE,
    run: async (line) => (await import('./needs.ts')).runPostNeed(line),
  },
  {
    name: 'match',
    usage: 'consortia match NEED',
    summary:
      'Rank organisations and results for a need, each with its reasons. NEED is a need file or a posted need’s id.',
    arguments: ONE,
    run: async (line) => (await import('./match.ts')).runMatch(line),
  },
  {
    name: 'compose',
    usage:
      'consortia compose NEED|--all [--pin IDS] [--ban IDS] [--pack KEY[@VERSION]]… [--newcomers N] [--apart A,B]… [--capacity N] [--anew] [--weights balanced|lean|deep|likely|JSON] [--seconds N] [--seed N]',
    summary:
      'Choose the consortium that covers a need best, each member with its reason and each gap by name; with --pack under the rules of a call, each row told; with --all, for all open needs at once, nobody in more than N teams, what has not changed since the last time as it was, or with --anew all again.',
    options: {
      all: { type: 'boolean' },
      capacity: TEXT,
      anew: { type: 'boolean' },
      pack: MANY,
      newcomers: TEXT,
      apart: MANY,
      pin: TEXT,
      ban: TEXT,
      weights: TEXT,
      seconds: TEXT,
      seed: TEXT,
    },
    arguments: { min: 0, max: 1 },
    run: async (line) => (await import('./compose.ts')).runCompose(line),
  },
  {
    name: 'export',
    usage:
      'consortia export organisations|results|needs [--format xlsx|csv] [--language zh|en] [--filter QUERY] --out FILE',
    summary: 'Write a list into a file. QUERY filters as the address of the list’s page does: "kind=company&q=电池".',
    options: { format: TEXT, out: TEXT, language: TEXT, filter: TEXT },
    arguments: ONE,
    run: async (line) => (await import('./export.ts')).runExport(line),
  },
  {
    name: 'engine search',
    usage: 'consortia engine search --docs D.jsonl --queries Q.jsonl [--k 100] [--embed local:/FOLDER|URL] --run R.txt',
    summary:
      'Rank documents {id, lang?, title?, text} for queries {id, lang?, text}, as a TREC run; with --embed by meaning too.',
    options: { docs: TEXT, queries: TEXT, k: TEXT, run: TEXT, embed: TEXT },
    run: async (line) => (await import('./engine.ts')).runSearch(line),
  },
  {
    name: 'engine partners',
    usage: 'consortia engine partners --cordis ZIP_OR_DIR --before YYYY-MM-DD --queries Q.jsonl [--k 50] --run R.txt',
    summary:
      'Rank organisations for consortia {id, part, start, given, text?} from what began before a day, as a TREC run.',
    options: { cordis: TEXT, before: TEXT, queries: TEXT, k: TEXT, run: TEXT },
    run: async (line) => (await import('./engine-partners.ts')).runPartners(line),
  },
  {
    name: 'engine cover',
    usage: 'consortia engine cover --problem P.json [--seconds N]',
    summary: 'Solve a weighted set-covering problem, {rows, columns: [{cost, covers: [row…]}]}, to a proven optimum.',
    options: { problem: TEXT, seconds: TEXT },
    run: async (line) => (await import('./engine.ts')).runCover(line),
  },
  {
    name: 'engine rules',
    usage:
      'consortia engine rules --pack ID_OR_FILE --facts F.json [--date YYYY-MM-DD] | --list [--pack ID_OR_FILE] | --pack ID_OR_FILE --candidates C.json [--lead ID] | --pack ID_OR_FILE --preview S.json [--before ID_OR_FILE]',
    summary:
      'Check facts against an official rule pack; list packs and the facts they know; docs/guide/rules.md tells the rest.',
    options: {
      pack: TEXT,
      facts: TEXT,
      date: TEXT,
      list: { type: 'boolean' },
      candidates: TEXT,
      lead: TEXT,
      preview: TEXT,
      before: TEXT,
    },
    run: async (line) => (await import('./engine-rules.ts')).runRules(line),
  },
]
