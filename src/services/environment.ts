import type { Variable } from '../model/app.ts'

const most = 40

/**
 * Names that a program gets from where it is started, in the order of the alphabet: what it takes no default for, needed ones first
 * when there are too many. What has a default keeps it.
 */
export function handedThrough(variables: readonly Variable[]): readonly string[] {
  const open = variables.filter((v) => v.default === undefined)
  const first = [...open.filter((v) => v.required), ...open.filter((v) => !v.required)].slice(0, most)
  return first.map((v) => v.name).sort()
}
