import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { type OwnStage, ownStages } from '../own-dockerfile.ts'

/** How the last stage of an own Dockerfile starts its program. */
export interface OwnStart {
  /** The name of the file that runs. */
  readonly program: string
  readonly words: readonly string[]
  readonly because: Evidence
}

// They become what they are given.
const wrappers = /(?:^|\/)(?:tini|dumb-init|catatonit|docker-init|exec)$/
const scripts = /\.sh$|(?:^|\/)(?:[\w-]*entry-?point[\w-]*|init|run|start)$/
const shells = /(?:^|\/)(?:ba|da|a)?sh$/
// A shell would make something else of it.
const shellOnly = /[$;&|<>`*]/
// Another module, by its path: a tool that builds again at each change.
const fetched = /^[\w-]+\.[a-z]{2,}\//
const tellsOnly = /^-{0,2}(?:help|version)$|^-h$/

/** Undefined where a script or a shell decides, it only tells of itself, or it is neither a program of these names nor one that the Dockerfile makes. */
export function ownStart(tree: Tree, names: readonly string[] = []): OwnStart | undefined {
  const stages = ownStages(tree)
  const { entrypoint, command } = stages.at(-1) ?? {}
  const because = (command ?? entrypoint)?.because
  const given = unwrapped([...(entrypoint?.words ?? []), ...(command?.words ?? [])])
  // A script that goes on with what it is given.
  const [first = '', ...words] = scripts.test(given[0] ?? '') ? (command?.words ?? []) : given
  if (because === undefined || first === '' || first.startsWith('-') || scripts.test(first) || shells.test(first)) return undefined
  if ([first, ...words].some((word) => shellOnly.test(word)) || words.some((word) => tellsOnly.test(word))) return undefined
  const program = nameOf(first)
  const made = stages
    .flatMap(({ runs, copies }) => [...runs, ...copies])
    .some((line) => line.words.some((word) => nameOf(word) === program && !fetched.test(word)))
  return made || names.includes(program) ? { program, words, because } : undefined
}

function unwrapped(words: readonly string[]): readonly string[] {
  if (!wrappers.test(words[0] ?? '')) return words
  const at = words.findIndex((word, i) => i > 0 && !word.startsWith('-'))
  return at === -1 ? [] : unwrapped(words.slice(at))
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The programs that an own Dockerfile builds, as it writes them: `./cmd/server`. */
export function ownBuilds(tree: Tree): readonly string[] {
  const lines = ownStages(tree).flatMap(({ runs }: OwnStage) => runs)
  return lines.flatMap(({ words }) =>
    words.includes('build') || words.includes('install') ? words.filter((word) => /^(?:\.\/)?[\w./-]+$/.test(word)) : [],
  )
}
