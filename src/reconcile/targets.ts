import type { Lock, Policy } from '../model/artifact.ts'

/** Names of the files that a plan is written to; an ignore file is named after its Dockerfile. */
export interface Targets {
  readonly dockerfile: string
  readonly compose: string
}

const inPlace: Targets = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }
const beside: Targets = { dockerfile: 'Dockerfile.hardened', compose: 'compose.hardened.yaml' }

/** Name of the file for development that goes with a compose file. */
export function developmentFile(compose: string): string {
  return compose.replace(/\.yaml$/, '.dev.yaml')
}

const ours: ReadonlySet<string> = new Set([
  developmentFile(inPlace.compose),
  developmentFile(beside.compose),
  ...Object.values(inPlace),
  ...Object.values(beside),
  '.dockerignore',
  `${beside.dockerfile}.dockerignore`,
])

/** Whether a path is one that we write to. */
export function isTarget(path: string): boolean {
  return ours.has(path)
}

/** Where each set goes: in its usual place, or beside what a person has there. */
export function targetsFor(decided: Policy['decided']): Targets {
  return {
    dockerfile: decided.dockerfile === 'beside' ? beside.dockerfile : inPlace.dockerfile,
    compose: decided.compose === 'beside' ? beside.compose : inPlace.compose,
  }
}

/** Decisions that an earlier run left in the lock: a set that was written beside stays there. */
export function decidedBefore(lock: Lock): Policy['decided'] {
  const stays = (set: keyof Targets) => lock.bases.has(beside[set]) && !lock.bases.has(inPlace[set])
  return { ...(stays('dockerfile') && { dockerfile: 'beside' }), ...(stays('compose') && { compose: 'beside' }) }
}

/** The default name of each set, with the names of files that ours would shadow, be shadowed by, or be merged with. */
const rivals: readonly { readonly target: string; readonly names: RegExp }[] = [
  { target: inPlace.dockerfile, names: /^(?:dockerfile|Dockerfile\.dockerignore)$/ },
  { target: inPlace.compose, names: /^(?:docker-)?compose\.(?:override\.)?ya?ml$/ },
]

/** Whether Docker merges a file with ours, reads it in place of ours, or warns of it at each command, for as long as it is there. */
export function takesEffect(path: string): boolean {
  return /(?:^|\/)(?:Dockerfile\.dockerignore|(?:docker-)?compose\.(?:override\.)?ya?ml)$/.test(path)
}

/** The files in the artifact's folder that its default name would clash with, by name. */
export function rivalsOf(path: string, names: ReadonlySet<string>): readonly string[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const rival = rivals.find((r) => folder + r.target === path)
  if (rival === undefined) return []
  const clashes = (name: string) => name !== path && name.startsWith(folder) && rival.names.test(name.slice(folder.length))
  return [...names].filter(clashes).sort()
}
