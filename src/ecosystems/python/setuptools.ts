import { pythonTools } from '../../catalogue/django.ts'
import type { Notice } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'
import type { Install } from './installed.ts'
import { compare, endsBefore, numbers } from './versions.ts'

/**
 * Packages that import pkg_resources, with the release that no longer does; none does where no release is named. It is a part of setuptools up to
 * release 81, and environments had a setuptools of their own up to Python 3.11. (Seen in the wheels of these packages and of setuptools 80 to 84.)
 */
const importers: ReadonlyMap<string, string | undefined> = new Map([
  ['coreapi', undefined],
  ['djangorestframework-simplejwt', '5.3.1'],
  ['drf-yasg', '1.21.8'],
  ['gunicorn', '21'],
  ['razorpay', undefined],
])

/** Packages that ask for any setuptools (seen in their wheels), with the release that no longer does. */
const askers: ReadonlyMap<string, string | undefined> = new Map([
  ['django-pipeline', undefined],
  ['grpcio-tools', undefined],
  ['ipdb', undefined],
  ['jsonschema', '4'],
  ['pip-tools', undefined],
  ['spacy', undefined],
  ['thinc', undefined],
  ['weasyprint', '53'],
])
/** What pip-compile and uv write below a set from which they left it out. */
const leftOut =
  /^# The following packages (?:are considered to be unsafe|were not pinned|were excluded)[^\n]{0,200}(?:\n# [^\n]{0,200}){0,20}?\n# setuptools\b/m

/** Sources of that time import what newer releases of setuptools lack (`convert_path`, pkg_resources), and extensions are not written for Cython 3 (seen in django-allauth 0.45 and PyYAML 5.4.1). */
const olderBackends: ReadonlyMap<string, number> = new Map([
  ['setuptools', 70],
  ['cython', 3],
])

/** What packages of a project of that time are built with: constraints for pip, where the project itself asks for nothing newer. */
export function builtWith({ packages, manager }: Pick<Install, 'packages' | 'manager'>): readonly string[] | undefined {
  const lines = [...olderBackends].flatMap(([name, until]) => {
    const own = packages.find((p) => p.name === name)
    const goes = own === undefined || (own.version !== undefined && compare(numbers(own.version), [until]) < 0)
    return goes ? [`${name}<${until}`] : []
  })
  return manager === 'uv' || lines.length === 0 ? undefined : lines
}

interface Undeclared {
  readonly undeclared: readonly string[]
  readonly notices: readonly Notice[]
}

/**
 * What has to be installed because a package imports it without naming the release that holds it, or because a set with hashes lacks it.
 * `held` shows that the project is of a time when every environment held setuptools, and packages imported it unasked; uv never put it there.
 */
export function findUndeclared(
  tree: Tree,
  install: Pick<Install, 'packages' | 'declared' | 'hashed' | 'manager' | 'manifests'>,
  held?: Evidence,
): Undeclared {
  const { packages, declared, hashed, manager, manifests } = install
  const settled = declared.has('setuptools') || packages.some(({ name }) => name === 'setuptools')
  const importer = amongOlder(packages, importers)
  if (settled) return { undeclared: [], notices: [] }
  if (importer !== undefined) {
    const until = importers.get(importer.name)
    return added(
      `${importer.name}${importer.version === undefined ? '' : ` ${importer.version}`} imports pkg_resources, which newer releases of setuptools lack`,
      importer.because,
      `Add ${setuptools} to the dependencies${until === undefined ? '' : `, or move to ${importer.name} ${until} or later`}.`,
    )
  }
  if (manager === 'uv') return { undeclared: [], notices: [] }
  const asks = hashed ? (amongOlder(packages, askers)?.because ?? leftOutIn(tree, manifests)) : undefined
  if (asks !== undefined)
    return added(
      'The requirements have hashes and leave out setuptools, which one of them asks for',
      asks,
      'Compile them with it: pip-compile --allow-unsafe --generate-hashes, or uv pip compile --generate-hashes',
    )
  if (held === undefined) return { undeclared: [], notices: [] }
  return added(
    'Packages of that time import pkg_resources, which was part of every environment',
    held,
    `Add ${setuptools} to the dependencies, or move to a Django that is still mended.`,
  )
}

const setuptools = `setuptools==${pythonTools.setuptools}`

function added(text: string, because: Evidence, fix: string): Undeclared {
  return {
    undeclared: [setuptools],
    notices: [{ code: 'setuptools-added', text: `${text}; the image installs ${setuptools}.`, because: [because], fix }],
  }
}

function amongOlder(
  packages: Install['packages'],
  known: ReadonlyMap<string, string | undefined>,
): Install['packages'][number] | undefined {
  return packages.find(({ name, version, clauses }) => {
    if (!known.has(name)) return false
    const until = known.get(name)
    if (until === undefined) return true
    return version === undefined ? endsBefore(clauses ?? [], until) : compare(numbers(version), numbers(until)) < 0
  })
}

function leftOutIn(tree: Tree, manifests: readonly string[]): Evidence | undefined {
  for (const file of manifests) {
    const text = tree.texts.get(file) ?? ''
    const found = leftOut.exec(text)
    if (found !== null) return evidenceAt(file, text, found.index + found[0].length - 1)
  }
  return undefined
}
