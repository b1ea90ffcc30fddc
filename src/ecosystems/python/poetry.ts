import type { Notice } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { type Declared, declaredIn } from './declared.ts'
import { type Install, inside, localPackage, lockfileMissing, packageOf } from './installed.ts'
import { readPoetryLock } from './poetry-lock.ts'
import { type Pyproject, poetryTable, production, strings, type Table, table } from './pyproject.ts'
import { normalised } from './requirements.ts'
import { constraint } from './versions.ts'

/** Words in the names of groups that nobody needs where the program runs. */
const developing =
  /\b(?:dev\w*|debug\w*|local|e2e|tests?|testing|lint\w*|format\w*|quality|qa|style|typ(?:es|ing)|type-?check\w*|mypy|stubs|docs?|documentation|ci|tools?|tooling|pre-commit|coverage|bench\w*|profil\w*|notebooks?|jupyter|release|checks?)\b/

/** What Poetry installs: from its lockfile, or without one what its own tables ask for. Undefined when there is neither. */
export function poetry(tree: Tree, at: string, pyproject: Pyproject | undefined): Install | undefined {
  if (pyproject === undefined) return undefined
  const lockfile = inside(at, 'poetry.lock')
  const locked = tree.files.has(lockfile)
  const { file } = pyproject
  const own = poetryTable(pyproject.tools)
  const groups = groupsOf(own)
  const extras = Object.keys(table(own?.['extras']) ?? {}).filter((name) => production.has(normalised(name)))
  const opened = new Set(extras.flatMap((name) => strings(table(own?.['extras'])?.[name])).map(normalised))
  const declared = [own, ...groups.map((name) => table(table(own?.['group'])?.[name]))]
    .flatMap((holder): readonly Declared[] =>
      declaredIn(tree, file, table(holder?.['dependencies']), (version) => constraint(version)?.at(-1)),
    )
    .filter(({ name, optional }) => name !== 'python' && (!optional || opened.has(name)))
  if (!locked && declared.length === 0) return undefined
  const requirements = [...pyproject.requirements, ...declared]
  const lock = locked ? readPoetryLock(tree, lockfile, requirements) : undefined
  const local = lock?.local[0] ?? declared.find((item) => item.local !== undefined)?.local
  if (local !== undefined) throw localPackage(locked ? lockfile : file, local)
  const patch = onePatch(pyproject)
  const fromGit = lock?.git ?? declared.some((item) => item.fromGit)
  return {
    manager: 'poetry',
    manifests: locked ? [file, lockfile] : [file],
    installFrom: locked ? lockfile : file,
    extras: [...pyproject.extras, ...extras],
    groups: [...pyproject.groups, ...groups],
    groupsOnly: false,
    locked,
    // A commit of a repository has none, and pip wants them for all or for none.
    hashed: locked && !fromGit,
    fromGit,
    onePatch: patch !== undefined,
    packages: lock?.packages ?? requirements.map(packageOf),
    declared: new Set(requirements.map(({ name }) => name)),
    notices: [...(locked ? [] : [lockfileMissing(file, 'poetry lock')]), ...(patch === undefined ? [] : [patchNotice(patch)])],
  }
}

/** Where the one patch release stands that the project allows. */
function onePatch({ requiresPython }: Pyproject): Evidence | undefined {
  const exact = requiresPython?.alternatives?.flat().some((c) => c.operator === '==' && !c.wildcard && c.version.length > 2)
  return exact === true ? requiresPython?.because : undefined
}

function patchNotice(because: Evidence): Notice {
  return {
    code: 'python-patch',
    text: 'The project allows one patch release of Python alone; the image has the newest of that line.',
    because: [because],
    fix: 'Allow the line, such as ~3.14, and lock again.',
  }
}

/** Groups that Poetry installs when nothing else is said, without those for development. */
function groupsOf(own: Table | undefined): readonly string[] {
  return Object.entries(table(own?.['group']) ?? {})
    .filter(([name, group]) => {
      const plain = normalised(name)
      return production.has(plain) || (table(group)?.['optional'] !== true && !developing.test(plain))
    })
    .map(([name]) => name)
}
