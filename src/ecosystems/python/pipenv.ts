import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'
import { declaredIn, localFile } from './declared.ts'
import { textOf } from './files.ts'
import { type Install, inside, localPackage, lockfileMissing, packageOf } from './installed.ts'
import type { Package } from './packages.ts'
import { readToml, string, strings, type Table, table } from './pyproject.ts'
import { normalised } from './requirements.ts'
import { specifier } from './versions.ts'

/** What Pipenv installs: the default packages of its lockfile, or those of a Pipfile without one. Undefined when there is none. */
export function pipenv(tree: Tree, at: string): Install | undefined {
  const file = inside(at, 'Pipfile')
  if (!tree.files.has(file)) return undefined
  const lockfile = inside(at, 'Pipfile.lock')
  const locked = tree.files.has(lockfile)
  const declared = declaredIn(tree, file, table(readToml(tree, file)['packages']), clausesOf)
  const rows = locked ? Object.entries(defaultsOf(tree, lockfile)).map(([name, row]) => [name, table(row)] as const) : []
  const [local] = [...declared.map((item) => item.local), ...rows.map(([, row]) => localFile(row))].filter((path) => path !== undefined)
  if (local !== undefined) throw localPackage(file, local)
  const text = locked ? textOf(tree, lockfile) : ''
  return {
    manager: 'pipenv',
    manifests: locked ? [file, lockfile] : [file],
    installFrom: locked ? lockfile : file,
    extras: [],
    groups: [],
    groupsOnly: false,
    locked,
    hashed: locked,
    fromGit: declared.some((item) => item.fromGit) || rows.some(([, row]) => row?.['git'] !== undefined),
    packages: locked
      ? rows.map(
          ([name, row]): Package => ({
            name: normalised(name),
            extras: strings(row?.['extras']),
            version: string(row?.['version'])?.replace(/^==/, ''),
            clauses: undefined,
            wheels: undefined,
            because: evidenceAt(lockfile, text, Math.max(0, text.indexOf(`\n        "${name}": {`) + 1)),
          }),
        )
      : declared.map(packageOf),
    declared: new Set(declared.map(({ name }) => name)),
    notices: locked ? [] : [lockfileMissing(file, 'pipenv lock')],
  }
}

/** `*`, a specifier, or a bare version. */
function clausesOf(version: string): ReturnType<typeof specifier> {
  return specifier(version === '*' ? '' : version.replace(/^(?=\d)/, '=='))
}

function defaultsOf(tree: Tree, file: string): Table {
  const text = textOf(tree, file)
  try {
    const parsed: unknown = JSON.parse(text)
    const defaults = table(table(parsed)?.['default'])
    if (defaults !== undefined) return defaults
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Problem({
    code: 'lockfile-invalid',
    exit: 1,
    message: `${file} is not a lockfile of Pipenv.`,
    file,
    fix: 'Make it anew: pipenv lock',
  })
}
