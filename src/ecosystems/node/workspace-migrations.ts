import type { Notice } from '../../model/app.ts'
import type { Process } from '../../model/service.ts'
import { present } from '../search.ts'
import type { Context } from './command.ts'
import { migrated, tools } from './migrations.ts'
import { programFile } from './programs.ts'
import type { Member } from './workspace-scripts.ts'

interface Found {
  readonly processes: readonly Process[]
  readonly notices: readonly Notice[]
}

interface Held {
  readonly tool: string
  readonly library: Member
  /** The first file of the migrations. */
  readonly seen: string
}

/**
 * The migrations in a package that a workspace's program is made with. Prisma is told where they lie and runs in the program's own folder;
 * other tools work in the folder of their settings, which a notice says.
 */
export function libraryMigrations(context: Context, program: string, libraries: readonly Member[]): Found {
  const held = libraries.flatMap((library) => heldBy(context, library))
  const [run] = held.flatMap((one) => prismaOf(context, program, one))
  if (run !== undefined) return { processes: [run], notices: [] }
  return { processes: [], notices: held.slice(0, 1).map((one) => leftOut(program, one)) }
}

function heldBy({ tree }: Context, library: Member): readonly Held[] {
  const { dependencies, devDependencies } = library.manifest
  const inside = [...tree.files].filter((file) => file.startsWith(`${library.folder}/`)).sort()
  return tools.flatMap(({ package: tool, held }) => {
    const seen = inside.find((file) => migration(tool, held).test(file.slice(library.folder.length + 1)))
    return seen !== undefined && (tool in dependencies || tool in devDependencies) ? [{ tool, library, seen }] : []
  })
}

/** A package of its own often is the folder that Prisma has elsewhere. */
function migration(tool: string, held: RegExp): RegExp {
  return tool === 'prisma' ? /^(?:[\w-]+\/)*migrations\/[^/]+\/migration\.sql$/ : held
}

const settings = ['ts', 'mts', 'js', 'mjs', 'cjs'].map((ending) => `prisma.config.${ending}`)

/** https://www.prisma.io/docs/orm/reference/prisma-cli-reference#migrate-deploy: its settings, from release 7 on, say where the database is. */
function prismaOf({ tree, lock }: Context, program: string, { tool, library, seen }: Held): readonly Process[] {
  const { folder, manifest } = library
  const file = tool === 'prisma' && tool in manifest.dependencies ? programFile(lock, manifest, tool) : undefined
  const said = settings.map((name) => `${folder}/${name}`).find((path) => tree.files.has(path))
  const schema = `${seen.replace(/\/migrations\/[^/]+\/[^/]+$/, '')}/schema.prisma`
  if (file === undefined || (said === undefined && !tree.files.has(schema))) return []
  const up = '../'.repeat(program.split('/').length)
  const nested = lock.packages.some(({ path }) => path === `${folder}/node_modules/${tool}`)
  const where = said === undefined ? ['--schema', `${up}${schema}`] : ['--config', `${up}${said}`]
  return [
    {
      name: 'migrate',
      kind: 'once',
      argv: ['node', `${up}${nested ? `${folder}/` : ''}${file}`, 'migrate', 'deploy', ...where],
      environment: {},
      needs: migrated,
      polls: false,
      because: [present(seen)],
    },
  ]
}

function leftOut(program: string, { tool, library: { folder, manifest }, seen }: Held): Notice {
  const key = tool in manifest.dependencies ? 'dependencies' : 'devDependencies'
  const why = key === 'dependencies' ? `${tool} works in ${folder} only` : `${tool} is installed for development only`
  return {
    code: 'migrations-left-out',
    text: `No tables are made before the program starts: ${why}.`,
    because: [manifest.evidence(key, tool), present(seen)],
    fix:
      tool === 'prisma' && key === 'devDependencies'
        ? `Move it to the dependencies of ${folder}, then run the command again.`
        : `Move ${tool} to the dependencies of ${program}, with its settings and a script "migrate", then run the command again.`,
  }
}
