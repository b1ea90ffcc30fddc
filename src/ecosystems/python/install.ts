import type { Notice } from '../../model/app.ts'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { present } from '../search.ts'
import { joined } from './files.ts'
import { readLock } from './lock.ts'
import type { Package } from './packages.ts'
import { type Pyproject, readPyproject } from './pyproject.ts'
import { exactVersion, type Requirement, type RequirementSet, readRequirements } from './requirements.ts'

/** How the dependencies are installed, and which ones. */
export interface Install {
  readonly manager: 'pip' | 'uv'
  readonly manifests: readonly string[]
  readonly installFrom: string
  readonly extras: readonly string[]
  readonly groups: readonly string[]
  readonly groupsOnly: boolean
  readonly locked: boolean
  readonly hashed: boolean
  readonly fromGit: boolean
  /** All that gets installed, as far as the files tell. */
  readonly packages: readonly Package[]
  /** Names that the project itself asks for. */
  readonly declared: ReadonlySet<string>
  readonly notices: readonly Notice[]
}

/** Files of pip by convention, the likeliest first. */
const requirementFiles: readonly string[] = [
  'requirements.txt',
  ...['production', 'prod', 'deploy', 'base', 'common', 'main', 'requirements'].flatMap((name) => [
    `requirements/${name}.txt`,
    `requirements-${name}.txt`,
    `requirements_${name}.txt`,
  ]),
]

const others = [
  { manager: 'Poetry', tool: 'poetry', lockfile: 'poetry.lock', way: 'poetry export -f requirements.txt -o requirements.txt' },
  { manager: 'PDM', tool: 'pdm', lockfile: 'pdm.lock', way: 'pdm export -f requirements -o requirements.txt' },
  { manager: 'Pipenv', tool: undefined, lockfile: 'Pipfile.lock', way: 'pipenv requirements > requirements.txt' },
  { manager: 'Pipenv', tool: undefined, lockfile: 'Pipfile', way: 'pipenv lock && pipenv requirements > requirements.txt' },
] as const

/**
 * Finds what installs the dependencies: uv with its lockfile, pip with requirements, or a bare pyproject.toml; beside manage.py first, then at the root.
 * Throws a Problem when only another manager's files are there, or none.
 */
export function findInstall(tree: Tree, folder: string): Install {
  const folders = [...new Set([folder, '.'])]
  for (const at of folders) {
    const pyproject = readPyproject(tree, inside(at, 'pyproject.toml'))
    const found = uvLocked(tree, at, pyproject) ?? pip(tree, at)
    if (found !== undefined) return found
    refuseOtherManagers(tree, at, pyproject)
    if (pyproject !== undefined && pyproject.requirements.length > 0) return unlocked(pyproject)
    if (pyproject?.dynamic === true) throw dynamicDependencies(pyproject)
  }
  throw new Problem({
    code: 'dependencies-missing',
    exit: 1,
    message: 'This is a Django project, but no file says what it needs to be installed.',
    file: inside(folder, 'manage.py'),
    fix: 'Make a requirements.txt (pip freeze > requirements.txt), or a pyproject.toml with uv.lock (uv init, uv add django).',
  })
}

function uvLocked(tree: Tree, at: string, pyproject: Pyproject | undefined): Install | undefined {
  const file = inside(at, 'uv.lock')
  if (pyproject === undefined || !tree.files.has(file)) return undefined
  const lock = readLock(tree, file, pyproject)
  const isDjango = lock.packages.some((item) => item.name === 'django')
  if (!isDjango && pip(tree, at) !== undefined) return undefined
  const [local] = lock.local
  if (local !== undefined) throw localPackage(file, local)
  return {
    manager: 'uv',
    manifests: [pyproject.file, file],
    installFrom: file,
    extras: pyproject.extras,
    groups: pyproject.groups,
    groupsOnly: false,
    locked: true,
    hashed: true,
    fromGit: lock.git,
    packages: lock.packages,
    declared: new Set(pyproject.requirements.map((r) => r.name)),
    notices: [],
  }
}

function pip(tree: Tree, at: string): Install | undefined {
  const there = requirementFiles.map((name) => inside(at, name)).filter((file) => tree.files.has(file))
  const sets = there.map((file) => readRequirements(tree, file))
  const first = sets.find((set) => set.requirements.some((r) => r.name === 'django')) ?? sets[0]
  if (first === undefined) return undefined
  // A file for production that includes the one found says more than that one.
  const set = sets.find((s) => /prod|deploy/.test(s.files[0] ?? '') && s.files.includes(first.files[0] ?? '')) ?? first
  const installFrom = set.files[0] ?? ''
  const [local] = set.local
  if (local === '.' || local === at) throw localPackage(installFrom, local)
  const exact = set.hashed || set.requirements.every((r) => exactVersion(r) !== undefined)
  return {
    manager: 'pip',
    manifests: [...set.files, ...set.local],
    installFrom,
    extras: [],
    groups: [],
    groupsOnly: false,
    locked: exact,
    hashed: set.hashed,
    fromGit: set.git !== undefined,
    packages: set.requirements.map(packageOf),
    declared: new Set(set.requirements.map((r) => r.name)),
    notices: exact ? [] : [unpinned(set)],
  }
}

function unlocked(pyproject: Pyproject): Install {
  return {
    manager: 'uv',
    manifests: [pyproject.file],
    installFrom: pyproject.file,
    extras: pyproject.extras,
    groups: pyproject.groups,
    groupsOnly: pyproject.project === undefined,
    locked: false,
    hashed: false,
    fromGit: pyproject.requirements.some((r) => r.because.saw.includes('git+')),
    packages: pyproject.requirements.map(packageOf),
    declared: new Set(pyproject.requirements.map((r) => r.name)),
    notices: [
      {
        code: 'lockfile-missing',
        text: 'There is no lockfile: each build may install other versions.',
        because: [present(pyproject.file)],
        fix: 'Make one and commit it: uv lock',
      },
    ],
  }
}

function packageOf(r: Requirement): Package {
  return { name: r.name, extras: r.extras, version: exactVersion(r), clauses: r.clauses, wheels: undefined, because: r.because }
}

function unpinned(set: RequirementSet): Notice {
  return {
    code: 'dependencies-unpinned',
    text: 'Not every requirement names an exact version: each build may install other versions.',
    because: set.requirements
      .filter((r) => exactVersion(r) === undefined)
      .slice(0, 3)
      .map((r) => r.because),
    fix: 'Pin them with hashes and commit the result: uv pip compile --generate-hashes, or pip-compile --generate-hashes',
  }
}

function refuseOtherManagers(tree: Tree, at: string, pyproject: Pyproject | undefined): void {
  const other = others.find(
    ({ lockfile, tool }) =>
      tree.files.has(inside(at, lockfile)) ||
      (tool !== undefined && pyproject?.tools.has(tool) === true && pyproject.requirements.length === 0),
  )
  if (other === undefined) return
  const file = tree.files.has(inside(at, other.lockfile)) ? inside(at, other.lockfile) : inside(at, 'pyproject.toml')
  throw new Problem({
    code: 'package-manager-not-served',
    exit: 1,
    message: `This project installs with ${other.manager}, which is not served yet: so far pip and uv are.`,
    file,
    fix: `To try it with pip, write its lockfile as requirements: ${other.way}`,
  })
}

function localPackage(file: string, path: string): Problem {
  return new Problem({
    code: 'local-package-not-served',
    exit: 1,
    message: `${file} installs ${path === '.' ? 'the project itself' : path} as a package, which is not served yet.`,
    file,
    fix: 'List what it depends on, and let manage.py import the code from its folder.',
  })
}

function dynamicDependencies(pyproject: Pyproject): Problem {
  return new Problem({
    code: 'dependencies-dynamic',
    exit: 1,
    message: `${pyproject.file} leaves its dependencies to be computed while building.`,
    file: pyproject.file,
    fix: 'List them under [project] dependencies, or commit a requirements.txt.',
  })
}

function inside(folder: string, path: string): string {
  return joined(folder, path) ?? path
}
