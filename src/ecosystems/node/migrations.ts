import { databases, type ServiceKind } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import type { Words } from '../shell.ts'

/** A program that changes the tables of a database, or fills them. */
interface Tool {
  readonly package: string
  /** What it is called by. */
  readonly program: string
  /** Its arguments for production, by the words with which a project calls it. */
  readonly migrate: { readonly when: RegExp; readonly args: Words }
  readonly seed?: RegExp
  /** Shows that the repository holds migrations. */
  readonly held: RegExp
  /** Its settings, where it does nothing without them. */
  readonly settings?: RegExp
  /** Entries at the root that it reads, as far as they are there. */
  readonly reads: RegExp
}

/** From each tool's own documentation. */
export const tools: readonly Tool[] = [
  {
    package: 'prisma',
    program: 'prisma',
    migrate: { when: /^migrate (?:deploy|dev)\b/, args: ['migrate', 'deploy'] },
    held: /^prisma\/migrations\/.+\/migration\.sql$/,
    reads: /^prisma(?:\.config\.[cm]?[jt]s)?$/,
  },
  {
    package: 'knex',
    program: 'knex',
    migrate: { when: /^(?:--\S+ )*migrate:(?:latest|up)\b/, args: ['migrate:latest'] },
    seed: /\bseed:run\b/,
    held: /^(?:[\w-]+\/)*migrations\/[^/]+\.[cm]?js$/,
    settings: /^knexfile\.[cm]?js$/,
    reads: /^(?:knexfile\.[cm]?js|migrations|seeds|db|database|data)$/,
  },
  {
    package: 'sequelize-cli',
    program: 'sequelize-cli',
    migrate: { when: /^(?:--\S+ )*db:migrate\b(?!:)/, args: ['db:migrate'] },
    seed: /\bdb:seed(?::all)?\b/,
    held: /^(?:[\w-]+\/)*migrations\/[^/]+\.c?js$/,
    reads: /^(?:\.sequelizerc|config|migrations|seeders|models|db|database)$/,
  },
  {
    package: 'typeorm',
    program: 'typeorm',
    migrate: { when: /^(?:-\S+ (?:(?!migration:)[^-\s]\S* )?)*migration:run\b/, args: ['migration:run'] },
    held: /(?:^|\/)migrations?\/[^/]+\.[cm]?[jt]s$/,
    reads: /^(?:ormconfig\.(?:js|json)|migrations?)$/,
  },
  {
    package: 'drizzle-kit',
    program: 'drizzle-kit',
    migrate: { when: /^migrate\b/, args: ['migrate'] },
    held: /\/meta\/_journal\.json$/,
    settings: /^drizzle\.config\.(?:[cm]?[jt]s|json)$/,
    reads: /^(?:drizzle(?:\.config\.[cm]?[jt]s)?|migrations|db|database|src)$/,
  },
  {
    package: 'node-pg-migrate',
    program: 'node-pg-migrate',
    migrate: { when: /^up\b|^$/, args: ['up'] },
    held: /^migrations\/[^/]+\.(?:[cm]?js|sql)$/,
    reads: /^migrations$/,
  },
]

/** What migrations can be for. */
export const migrated: readonly ServiceKind[] = [...databases, 'mongodb']

/** Entries at the root that tools read, of those that are called. */
export function readBy(tree: Tree, packages: readonly string[]): readonly string[] {
  const rows = tools.filter((tool) => packages.includes(tool.package))
  const entries = new Set([...tree.files, ...tree.folders].filter((path) => !path.includes('/')))
  return [...entries].filter((name) => rows.some((row) => row.reads.test(name))).sort()
}

/** Whether a line of shell calls one of the tools to change tables. */
export function isMigration(line: string): boolean {
  return tools.some(({ program, migrate }) => {
    const at = line.indexOf(`${program} `)
    return at !== -1 && migrate.when.test(line.slice(at + program.length + 1))
  })
}
