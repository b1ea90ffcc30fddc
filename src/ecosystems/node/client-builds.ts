import { Problem } from '../../model/problem.ts'
import { seenFrom } from '../seen-from.ts'
import type { Words } from '../shell.ts'
import type { Context, Start } from './command.ts'
import { installerOf } from './installer.ts'
import { contextOf, packageOf } from './package.ts'
import { bare } from './programs.ts'
import { folderOf } from './script-commands.ts'

/** What the build of a program has to do around its commands, for clients that have folders and packages of their own. */
interface Clients {
  readonly before: readonly Words[]
  readonly after: readonly Words[]
  /** Packages are installed while it builds. */
  readonly fetches: boolean
}

const browserTools = /"(?:vite|react-scripts|@angular\/core|@vue\/cli-service|parcel|webpack)"\s*:/
const managers = /^(?:npm|pnpm|yarn)$/

/** `texts` are the simple commands of the build. Where none of them installs, the packages of the folders come first in which they build. */
export function clientsOf(context: Context, texts: readonly Words[], start: Start | undefined): Clients {
  const installing = texts.some(installs)
  const before = installing ? [] : buildingIn(texts).flatMap((folder) => installIn(context, folder))
  const fetches = installing || before.length > 0
  return { before, after: fetches ? spent(context, texts, start) : [], fetches }
}

/** Whether a command of a build script installs, as for a client in a folder of its own. */
function installs(words: Words): boolean {
  const [program = '', ...rest] = words
  return managers.test(program) && ((program === 'yarn' && rest.length === 0) || rest.some((word) => /^(?:i|ci|install)$/.test(word)))
}

/** The folders in which a package manager runs a script. */
function buildingIn(texts: readonly Words[]): readonly string[] {
  const folders = texts.flatMap((words, i) => {
    const [program = '', folder = ''] = words
    if (program === 'cd') return managers.test(texts[i + 1]?.[0] ?? '') ? [bare(folder)] : []
    return folderOf(words) ?? []
  })
  return [...new Set(folders)].filter((folder) => /^\w[\w./-]*$/.test(folder))
}

/** The command that installs a folder's packages exactly, by the package manager that is there anyway. */
function installIn({ tree, lock, manager }: Context, folder: string): readonly Words[] {
  const text = tree.texts.get(`${folder}/package.json`)
  if (text === undefined || lock.members.includes(folder)) return []
  try {
    const inner = contextOf(seenFrom(tree, folder), text)
    const { dependencies, devDependencies } = inner.manifest
    const isThere = inner.manager === 'npm' || inner.manager === manager
    if (!isThere || Object.keys({ ...dependencies, ...devDependencies }).length === 0) return []
    const nothing = { commands: [], environment: {}, fetches: false, outputs: [], guessed: [] }
    const flag = { npm: '--prefix', pnpm: '--dir', yarn: '--cwd' }[inner.manager]
    return installerOf(packageOf(inner, nothing, []), '')
      .install(false)
      .flatMap((command) => ('argv' in command ? [[command.argv[0] ?? '', flag, folder, ...command.argv.slice(1)]] : []))
  } catch (error) {
    // What cannot be read installs nothing.
    if (error instanceof Problem) return []
    throw error
  }
}

/** Takes away what builds a client, and is of no use to the program afterwards. */
function spent({ tree }: Context, texts: readonly Words[], start: Start | undefined): readonly Words[] {
  const entered = texts.flatMap((words) => (words[0] === 'cd' ? [bare(words[1] ?? '')] : (folderOf(words) ?? [])))
  const clients = [...new Set(entered)].filter(
    (folder) =>
      /^\w[\w./-]*$/.test(folder) &&
      !start?.file.startsWith(`${folder}/`) &&
      browserTools.test(tree.texts.get(`${folder}/package.json`) ?? ''),
  )
  return clients.length === 0 ? [] : [['rm', '-rf', ...clients.map((folder) => `${folder}/node_modules`)]]
}
