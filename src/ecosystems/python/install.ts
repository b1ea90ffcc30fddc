import type { Notice } from '../../model/app.ts'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { type Install, inside, localPackage, lockfileMissing, packageOf } from './installed.ts'
import { readLock } from './lock.ts'
import { pipenv } from './pipenv.ts'
import { poetry } from './poetry.ts'
import { type Pyproject, poetryTable, readPyproject } from './pyproject.ts'
import { exactVersion, type RequirementSet, readRequirements } from './requirements.ts'

/** Files of pip by convention, the likeliest first. */
const requirementFiles: readonly string[] = [
  'requirements.txt',
  ...['production', 'prod', 'deploy', 'base', 'common', 'main', 'requirements'].flatMap((name) => [
    `requirements/${name}.txt`,
    `requirements-${name}.txt`,
    `requirements_${name}.txt`,
  ]),
]

const besides = /(?:^|\/)(?:tests?|docs?|examples?)\//

/**
 * Finds what installs the dependencies: a lockfile of uv, Poetry or Pipenv, pip with requirements, or a bare pyproject.toml or Pipfile; beside manage.py
 * first, then at the root. Throws a Problem when only another manager's files are there, or none.
 */
export function findInstall(tree: Tree, folder: string): Install {
  const folders = [...new Set([folder, '.'])]
  for (const at of folders) {
    const pyproject = readPyproject(tree, inside(at, 'pyproject.toml'))
    const found = uvLocked(tree, at, pyproject) ?? likeliest(pip(tree, at), poetry(tree, at, pyproject) ?? pipenv(tree, at))
    if (found !== undefined) return found
    refusePdm(tree, at, pyproject)
    if (pyproject !== undefined && pyproject.requirements.length > 0) return unlocked(pyproject)
    if (pyproject?.dynamic === true) throw dynamicDependencies(pyproject)
  }
  const apart = requirementsApart(tree)
  if (apart !== undefined) return apart
  throw new Problem({
    code: 'dependencies-missing',
    exit: 1,
    message: 'This is a Django project, but no file says what it needs to be installed.',
    file: inside(folder, 'manage.py'),
    fix: 'Make a requirements.txt (pip freeze > requirements.txt), or a pyproject.toml with uv.lock (uv init, uv add django).',
  })
}

/** Requirements with exact versions need no further tool; else a lockfile says more than they do. The one that brings Django is the program's. */
function likeliest(requirements: Install | undefined, other: Install | undefined): Install | undefined {
  const inOrder = requirements?.locked !== true && other?.locked === true ? [other, requirements] : [requirements, other]
  const there = inOrder.filter((install) => install !== undefined)
  return there.find(bringsDjango) ?? there[0]
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
  return pipWith(
    tree,
    at,
    requirementFiles.map((name) => inside(at, name)),
  )
}

/** The only requirements with Django that lie elsewhere: `deploy/requirements.txt`. */
function requirementsApart(tree: Tree): Install | undefined {
  const files = [...tree.files].filter((file) => /(?:^|\/)requirements\.txt$/.test(file) && !besides.test(file))
  const [found, other] = files.flatMap((file) => pipWith(tree, '.', [file]) ?? []).filter(bringsDjango)
  return other === undefined ? found : undefined
}

function bringsDjango({ packages }: Install): boolean {
  return packages.some(({ name }) => name === 'django')
}

function pipWith(tree: Tree, at: string, files: readonly string[]): Install | undefined {
  const there = files.filter((file) => tree.files.has(file))
  const sets = there.map((file) => readRequirements(tree, file))
  const first = sets.find((set) => set.requirements.some((r) => r.name === 'django')) ?? sets[0]
  if (first === undefined) return undefined
  // A file for production that includes the one found, or names all that it does, says more than that one.
  const isMore = (s: RequirementSet): boolean =>
    s.files.includes(first.files[0] ?? '') || first.requirements.every(({ name }) => s.requirements.some((other) => other.name === name))
  const set = sets.find((s) => /prod|deploy/.test(s.files[0] ?? '') && isMore(s)) ?? first
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
    notices: [lockfileMissing(pyproject.file, poetryTable(pyproject.tools) === undefined ? 'uv lock' : 'poetry lock')],
  }
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

function refusePdm(tree: Tree, at: string, pyproject: Pyproject | undefined): void {
  const lockfile = inside(at, 'pdm.lock')
  const isThere = tree.files.has(lockfile)
  if (!isThere && (pyproject?.tools['pdm'] === undefined || pyproject.requirements.length > 0)) return
  throw new Problem({
    code: 'package-manager-not-served',
    exit: 1,
    message: 'This project installs with PDM, which is not served yet: so far pip, uv, Poetry and Pipenv are.',
    file: isThere ? lockfile : inside(at, 'pyproject.toml'),
    fix: 'To try it with pip, write its lockfile as requirements: pdm export -f requirements -o requirements.txt',
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
