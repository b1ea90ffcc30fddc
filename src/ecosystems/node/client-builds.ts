import { Problem } from '../../model/problem.ts'
import { seenFrom } from '../seen-from.ts'
import type { Words } from '../shell.ts'
import type { Context, Start } from './command.ts'
import { installerOf } from './installer.ts'
import { installed } from './lock.ts'
import { contextOf, packageOf } from './package.ts'
import { bare } from './programs.ts'
import { folderOf } from './script-commands.ts'

/** What the build of a program has to do around its commands, for clients that have folders and packages of their own. */
interface Clients {
  readonly before: readonly Words[]
  readonly after: readonly Words[]
  /** Packages are installed while it builds. */
  readonly fetches: boolean
  /** Releases of webpack that they are built with, as far as their lockfiles tell. */
  readonly webpacks: readonly string[]
}

type Inner = ReturnType<typeof contextOf> & { readonly folder: string; readonly whole: ReturnType<typeof packageOf> }

const browserTools = /"(?:vite|react-scripts|@angular\/core|@vue\/cli-service|parcel|webpack)"\s*:/
const managers = /^(?:npm|pnpm|yarn)$/

/** `texts` are the simple commands of the build. Where none of them installs, the packages of the folders come first in which they build. */
export function clientsOf(context: Context, texts: readonly Words[], start: Start | undefined): Clients {
  const installing = texts.some(installs)
  const clients = entered(texts).flatMap((folder) => innerOf(context, folder))
  const before = installing ? [] : clients.flatMap((client) => installIn(context, client))
  const fetches = installing || before.length > 0
  const webpacks = clients.flatMap(({ lock }) => installed(lock, 'webpack')?.version ?? [])
  return { before, after: fetches ? spent(context, texts, start) : [], fetches, webpacks }
}

/** Whether a command of a build script installs, as for a client in a folder of its own. */
function installs(words: Words): boolean {
  const [program = '', ...rest] = words
  return managers.test(program) && ((program === 'yarn' && rest.length === 0) || rest.some((word) => /^(?:i|ci|install)$/.test(word)))
}

/** The folders in which a package manager runs something. */
function entered(texts: readonly Words[]): readonly string[] {
  const folders = texts.flatMap((words, i) => {
    const [program = '', folder = ''] = words
    if (program === 'cd') return managers.test(texts[i + 1]?.[0] ?? '') ? [bare(folder)] : []
    return folderOf(words) ?? []
  })
  return [...new Set(folders)].filter((folder) => /^\w[\w./-]*$/.test(folder))
}

/** A package in a folder below, seen from there; what cannot be read is none. */
function innerOf({ tree, lock }: Context, folder: string): readonly Inner[] {
  const text = tree.texts.get(`${folder}/package.json`)
  if (text === undefined || lock.members.includes(folder)) return []
  try {
    const inner = contextOf(seenFrom(tree, folder), text)
    const nothing = { commands: [], environment: {}, fetches: false, outputs: [], guessed: [] }
    return [{ ...inner, folder, whole: packageOf(inner, nothing, []) }]
  } catch (error) {
    if (error instanceof Problem) return []
    throw error
  }
}

/** The command that installs its packages exactly, by the package manager that is there anyway. */
function installIn({ manager }: Context, client: Inner): readonly Words[] {
  const { dependencies, devDependencies } = client.manifest
  const isThere = client.manager === 'npm' || client.manager === manager
  if (!isThere || Object.keys({ ...dependencies, ...devDependencies }).length === 0) return []
  const flag = { npm: '--prefix', pnpm: '--dir', yarn: '--cwd' }[client.manager]
  return installerOf(client.whole, '')
    .install(false)
    .flatMap((command) => ('argv' in command ? [[command.argv[0] ?? '', flag, client.folder, ...command.argv.slice(1)]] : []))
}

/** Takes away what builds a client, and is of no use to the program afterwards. */
function spent({ tree }: Context, texts: readonly Words[], start: Start | undefined): readonly Words[] {
  const all = texts.flatMap((words) => (words[0] === 'cd' ? [bare(words[1] ?? '')] : (folderOf(words) ?? [])))
  const clients = [...new Set(all)].filter(
    (folder) =>
      /^\w[\w./-]*$/.test(folder) &&
      !start?.file.startsWith(`${folder}/`) &&
      browserTools.test(tree.texts.get(`${folder}/package.json`) ?? ''),
  )
  return clients.length === 0 ? [] : [['rm', '-rf', ...clients.map((folder) => `${folder}/node_modules`)]]
}
