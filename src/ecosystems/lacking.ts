import type { App, Assets, Notice } from '../model/app.ts'
import type { ProblemText } from '../model/problem.ts'
import type { Tree } from '../model/tree.ts'

/** Finds what makes something that an app lacks; a text says why that cannot be. */
export type FindAssets = (tree: Tree, app: App) => Assets | ProblemText | undefined

/** The app with what makes that which the repository does not hold, and a notice of what nothing makes. */
export function withAssets<A extends App>(app: A, tree: Tree, find: FindAssets | undefined): A {
  const { lacks } = app
  if (lacks === undefined) return app
  const found = find?.(tree, app)
  const assets = found !== undefined && 'made' in found ? found : undefined
  const left = lacks.filter(
    ({ path, needed }) => needed && !assets?.made.some(({ to }) => path === to || path.startsWith(`${to}/`) || to.startsWith(`${path}/`)),
  )
  const why = found !== undefined && 'message' in found ? ` ${found.message}` : ''
  const notice: Notice = {
    code: 'go-embed-missing',
    text: `The program embeds what is not in the repository: ${left.map(({ path }) => path).join(', ')}.${why}`,
    because: left.map(({ because }) => because),
    fix: 'Make it before the image is built (most often by the build of the front end); without it the build of the program fails.',
  }
  const told = app.notices.flatMap((seen) =>
    seen.code !== 'assets-not-built' ? [seen] : assets === undefined ? [{ ...seen, text: `${seen.text}${why}` }] : [],
  )
  return { ...app, ...(assets === undefined ? {} : { assets }), notices: [...told, ...(left.length > 0 ? [notice] : [])] }
}
