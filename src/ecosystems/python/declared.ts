import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'
import { textOf } from './files.ts'
import { string, strings, type Table, table } from './pyproject.ts'
import { normalised, type Requirement } from './requirements.ts'
import type { Clause } from './versions.ts'

/** A package of a table `name = version`, as Poetry and Pipenv keep them. */
export interface Declared extends Requirement {
  /** Only installed with an extra that names it. */
  readonly optional: boolean
  readonly fromGit: boolean
  /** Folder or file of the repository. */
  readonly local: string | undefined
}

/** The packages of such a table, each with its line. Where one is asked for in several ways, the last counts: that of the newest Python. */
export function declaredIn(
  tree: Tree,
  file: string,
  packages: Table | undefined,
  clausesOf: (version: string) => readonly Clause[] | undefined,
): readonly Declared[] {
  return Object.entries(packages ?? {}).map(([key, value]) => {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value
    const details = table(last)
    const version = string(last) ?? string(details?.['version'])
    return {
      name: normalised(key),
      extras: strings(details?.['extras']).map(normalised),
      clauses: version === undefined ? undefined : clausesOf(version),
      because: lineOfKey(tree, file, key),
      optional: details?.['optional'] === true,
      fromGit: details?.['git'] !== undefined,
      local: localFile(details),
    }
  })
}

/** The folder or file that is installed as a package; not one at an address. */
export function localFile(details: Table | undefined): string | undefined {
  return strings([details?.['path'], details?.['file']]).find((path) => !/^\w+:\/\//.test(path))
}

function lineOfKey(tree: Tree, file: string, key: string): Evidence {
  const text = textOf(tree, file)
  const at = [`\n${key} =`, `\n${key}=`, `\n"${key}"`].map((start) => text.indexOf(start)).find((index) => index !== -1)
  return at === undefined ? { file, saw: key.slice(0, 120) } : evidenceAt(file, text, at + 1)
}
