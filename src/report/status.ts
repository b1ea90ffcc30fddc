import type { Change, Lock, Outcome } from '../model/artifact.ts'
import { changesText } from './human.ts'

/** How one of our files stands. */
export interface FileState {
  readonly path: string
  readonly state: 'current' | 'out-of-date' | 'conflict' | 'deleted' | 'yours' | 'left'
  /** A person changed it since it was written. */
  readonly edited: boolean
}

/** How each file stands, from what an update would do to it. */
export function statesOf(outcomes: readonly Outcome[], { bases }: Lock): readonly FileState[] {
  return outcomes.map(({ path, action, before }) => {
    const base = bases.get(path)
    const edited = base !== undefined && before !== undefined && before.replaceAll('\r\n', '\n').trimEnd() !== base.trimEnd()
    return { path, state: states[action], edited }
  })
}

const states: Readonly<Record<Outcome['action'], FileState['state']>> = {
  same: 'current',
  create: 'out-of-date',
  update: 'out-of-date',
  replace: 'out-of-date',
  merge: 'out-of-date',
  remove: 'out-of-date',
  keep: 'out-of-date',
  conflict: 'conflict',
  deleted: 'deleted',
  ejected: 'yours',
  leave: 'left',
}

const words: Readonly<Record<FileState['state'], string>> = {
  current: 'current',
  'out-of-date': 'out of date',
  conflict: 'out of date, and you changed the same lines',
  deleted: 'deleted by you',
  yours: 'yours (ejected)',
  left: 'left as it is',
}

/** One line a file, why something changes, and what to do next. */
export function statusText(files: readonly FileState[], changes: readonly Change[], acts: boolean): string {
  const width = Math.max(...files.map(({ path }) => path.length), 0)
  const rows = files.map(({ path, state, edited }) => {
    const suffix = edited && state !== 'conflict' ? ', with edits of yours' : ''
    return `  ${path.padEnd(width)}  ${words[state]}${suffix}\n`
  })
  if (!acts) return `${rows.join('')}\nEverything is current.\n`
  return `${rows.join('')}\n${changesText(changes)}\nSee what would change:  secure-docker diff\nBring it up to date:    secure-docker update\n`
}

/** Said where nothing was written, and nobody can be asked. */
export const nothingHereText = `secure-docker has not written anything in this folder yet.

Show what would be written:  secure-docker init --yes --dry-run
Write it:                    secure-docker init --yes
`
