import { pythonTools } from '../../catalogue/django.ts'
import type { Notice } from '../../model/app.ts'
import type { Install } from './install.ts'
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

/** What has to be installed because a package imports it without naming the release that holds it. */
export function findUndeclared({ packages, declared }: Pick<Install, 'packages' | 'declared'>): {
  readonly undeclared: readonly string[]
  readonly notices: readonly Notice[]
} {
  const settled = declared.has('setuptools') || packages.some(({ name }) => name === 'setuptools')
  const importer = packages.find(({ name, version, clauses }) => {
    if (!importers.has(name)) return false
    const until = importers.get(name)
    if (until === undefined) return true
    return version === undefined ? endsBefore(clauses ?? [], until) : compare(numbers(version), numbers(until)) < 0
  })
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
