import type { App, Notice } from '../model/app.ts'
import type { Assets, Lacking } from '../model/assets.ts'
import type { ProblemText } from '../model/problem.ts'
import type { Tree } from '../model/tree.ts'

/** Finds what makes something that an app lacks; a text says why that cannot be. */
export type FindAssets = (tree: Tree, app: App) => Assets | NotBuilt | undefined

/** Why a front end is not built, and what to do. */
export type NotBuilt = Pick<ProblemText, 'message' | 'file' | 'line' | 'fix'>

// What keeps a folder in git before something is made in it.
const keepsFolder = /(?:^|\/)(?:\.?git(?:keep|ignore)|\.keep|\.placeholder|\.empty|placeholder(?:\.\w+)?|README\.md)$/i

/** Whether the repository holds nothing under a path but what keeps the folder there. */
export function isYetToBeMade(tree: Tree, path: string): boolean {
  return !tree.files.has(path) && [...tree.files].every((file) => !file.startsWith(`${path}/`) || keepsFolder.test(file))
}

/** Folders that git keeps although nothing is in them yet: programs put their data there, and builds what they make. */
export function keptEmpty(tree: Tree): readonly string[] {
  const folders = [...tree.files].flatMap((file) => /^(.+)\/\.(?:git(?:keep|ignore)|keep)$/.exec(file)?.[1] ?? [])
  return folders.filter((folder) => isYetToBeMade(tree, folder)).sort()
}

/** The app with what makes that which the repository does not hold, and a notice of what nothing makes. */
export function withAssets<A extends App>(app: A, tree: Tree, find: FindAssets | undefined): A {
  const found = find?.(tree, app)
  const assets = found !== undefined && 'made' in found ? found : undefined
  const problem = found !== undefined && 'message' in found ? found : undefined
  const left = (app.lacks ?? []).filter(
    ({ path, needed }) => needed && !assets?.made.some(({ to }) => path === to || path.startsWith(`${to}/`) || to.startsWith(`${path}/`)),
  )
  const why = problem === undefined ? '' : ` ${problem.message}`
  const told = app.notices.flatMap((seen) =>
    seen.code !== 'assets-not-built' ? [seen] : assets === undefined ? [{ ...seen, text: `${seen.text}${why}` }] : [],
  )
  const isTold = told.some(({ code }) => code === 'assets-not-built')
  const own = left.length > 0 ? [embedMissing(left, why)] : problem === undefined || isTold ? [] : [notBuilt(problem)]
  return { ...app, ...(assets === undefined ? {} : { assets }), notices: [...told, ...own] }
}

function embedMissing(left: readonly Lacking[], why: string): Notice {
  return {
    code: 'go-embed-missing',
    text: `The program embeds what is not in the repository: ${left.map(({ path }) => path).join(', ')}.${why}`,
    because: left.map(({ because }) => because),
    fix: 'Make it before the image is built (most often by the build of the front end); without it the build of the program fails.',
  }
}

function notBuilt({ message, file, line, fix }: NotBuilt): Notice {
  const because = file === undefined ? [] : [{ file, saw: message, ...(line === undefined ? {} : { line }) }]
  return { code: 'assets-not-built', text: `The front end is not built, and the program serves none: ${message}`, because, fix }
}
