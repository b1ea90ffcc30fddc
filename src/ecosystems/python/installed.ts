import type { Notice, PythonApp } from '../../model/app.ts'
import { Problem } from '../../model/problem.ts'
import { joined } from '../paths.ts'
import { present } from '../search.ts'
import type { Package } from './packages.ts'
import { exactVersion, type Requirement } from './requirements.ts'

/** How the dependencies are installed, and which ones. */
export interface Install {
  readonly manager: PythonApp['manager']
  readonly manifests: readonly string[]
  readonly installFrom: string
  readonly extras: readonly string[]
  readonly groups: readonly string[]
  readonly groupsOnly: boolean
  readonly locked: boolean
  readonly hashed: boolean
  readonly fromGit: boolean
  /** Poetry is told of one patch release of Python alone. */
  readonly onePatch?: boolean
  /** All that gets installed, as far as the files tell. */
  readonly packages: readonly Package[]
  /** Names that the project itself asks for. */
  readonly declared: ReadonlySet<string>
  readonly notices: readonly Notice[]
}

/** A requirement as a package that no lockfile knows. */
export function packageOf(r: Requirement): Package {
  return { name: r.name, extras: r.extras, version: exactVersion(r), clauses: r.clauses, wheels: undefined, because: r.because }
}

/** What is told where each build may install other versions, with the command that makes a lockfile. */
export function lockfileMissing(file: string, command: string): Notice {
  return {
    code: 'lockfile-missing',
    text: 'There is no lockfile: each build may install other versions.',
    because: [present(file)],
    fix: `Make one and commit it: ${command}`,
  }
}

/** A folder of the repository, or the project itself, stands among the dependencies. */
export function localPackage(file: string, path: string): Problem {
  return new Problem({
    code: 'local-package-not-served',
    exit: 1,
    message: `${file} installs ${path === '.' ? 'the project itself' : path} as a package, which is not served yet.`,
    file,
    fix: 'List what it depends on, and let manage.py import the code from its folder.',
  })
}

/** A path in a folder of the repository. */
export function inside(folder: string, path: string): string {
  return joined(folder, path) ?? path
}
