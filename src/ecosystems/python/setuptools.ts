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

interface Undeclared {
  readonly undeclared: readonly string[]
  readonly notices: readonly Notice[]
}

/** What has to be installed because a package imports it without naming the release that holds it, or because a set with hashes lacks it. */
export function findUndeclared(
  tree: Tree,
  install: Pick<Install, 'packages' | 'declared' | 'hashed' | 'manager' | 'manifests'>,
): Undeclared {
  const { packages, declared, hashed, manager, manifests } = install
  const settled = declared.has('setuptools') || packages.some(({ name }) => name === 'setuptools')
  const importer = amongOlder(packages, importers)
  if (!settled && importer === undefined && hashed && manager !== 'uv')
    return unhashed(amongOlder(packages, askers)?.because ?? leftOutIn(tree, manifests))
  if (settled || importer === undefined) return { undeclared: [], notices: [] }
  const until = importers.get(importer.name)
  const setuptools = `setuptools==${pythonTools.setuptools}`
  return {
    undeclared: [setuptools],
    notices: [
      {
        code: 'setuptools-added',
        text: `${importer.name}${importer.version === undefined ? '' : ` ${importer.version}`} imports pkg_resources, which newer releases of setuptools lack; the image installs ${setuptools}.`,
        because: [importer.because],
        fix: `Add ${setuptools} to the dependencies${until === undefined ? '' : `, or move to ${importer.name} ${until} or later`}.`,
      },
    ],
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

/** With hashes pip takes nothing that the set does not name; what is installed already it leaves alone. */
function unhashed(because: Evidence | undefined): Undeclared {
  if (because === undefined) return { undeclared: [], notices: [] }
  const setuptools = `setuptools==${pythonTools.setuptools}`
  return {
    undeclared: [setuptools],
    notices: [
      {
        code: 'setuptools-added',
        text: `The requirements have hashes and leave out setuptools, which one of them asks for; the image installs ${setuptools}.`,
        because: [because],
        fix: 'Compile them with it: pip-compile --allow-unsafe --generate-hashes, or uv pip compile --generate-hashes',
      },
    ],
  }
}
