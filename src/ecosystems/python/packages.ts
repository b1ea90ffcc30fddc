import type { Evidence } from '../../model/evidence.ts'
import { entryOf } from '../entry.ts'
import { allowsLine, type Clause, compare, lineOf, numbers } from './versions.ts'

/** One package that gets installed, as far as the files tell. */
export interface Package {
  readonly name: string
  readonly extras: readonly string[]
  /** Exact release: locked or pinned. */
  readonly version: string | undefined
  /** What is allowed, when no exact release is named. */
  readonly clauses: readonly Clause[] | undefined
  /** Names of the wheels that the lockfile lists; undefined when there is no lockfile. */
  readonly wheels: readonly string[] | undefined
  /** The lockfile lists its source alone, and it is built with cffi: it has parts in C. */
  readonly compiled?: true
  readonly because: Evidence
}

interface NativeRow {
  /** Installed with one of these extras, it brings its own libraries. */
  readonly unless?: readonly string[]
  /** Only with this extra. */
  readonly only?: string
  readonly build: readonly string[]
  readonly run: readonly string[]
}

// The suite of the base image holds these versions still; the patterns name what stays the same within it, so they do not rot.
const compiler = ['gcc=4:1*', 'libc6-dev=2.*', 'python3-dev=3.*'] as const
const postgres = ['libpq5=1*'] as const
const windowing = ['libgl1=1.*', 'libglib2.0-0t64=2.*'] as const
// With a star at its end, apt takes all before it as it is, brackets too.
const pkgconf = 'pkgconf=[12].*[0-9]'

/** Packages without wheels for Linux, and the Debian packages that they need (their own installation pages). */
export const nativePackages: Readonly<Record<string, readonly NativeRow[]>> = {
  psycopg2: [{ build: [...compiler, 'libpq-dev=1*'], run: postgres }],
  psycopg: [
    { unless: ['binary', 'c'], build: [], run: postgres },
    { only: 'c', build: [...compiler, 'libpq-dev=1*'], run: postgres },
  ],
  'psycopg-c': [{ build: [...compiler, 'libpq-dev=1*'], run: postgres }],
  mysqlclient: [{ build: [...compiler, 'default-libmysqlclient-dev=1.*', pkgconf], run: ['libmariadb3=1:1*'] }],
  'python-ldap': [{ build: [...compiler, 'libldap-dev=2.*', 'libsasl2-dev=2.*'], run: ['libldap2=2.*', 'libsasl2-2=2.*'] }],
  pycairo: [{ build: [...compiler, 'libcairo2-dev=1.*', pkgconf], run: ['libcairo2=1.*'] }],
  cairocffi: [{ build: [], run: ['libcairo2=1.*'] }],
  cairosvg: [{ build: [], run: ['libcairo2=1.*'] }],
  weasyprint: [{ build: [], run: ['libpango-1.0-0=1.*', 'libpangoft2-1.0-0=1.*', 'libharfbuzz-subset0=1*'] }],
  // They call a program.
  pdf2image: [{ build: [], run: ['poppler-utils=2*'] }],
  pytesseract: [{ build: [], run: ['tesseract-ocr=5.*'] }],
  pydub: [{ build: [], run: ['ffmpeg=7:*'] }],
  'ffmpeg-python': [{ build: [], run: ['ffmpeg=7:*'] }],
  // It refuses to be imported without the program.
  gitpython: [{ build: [], run: ['git=1:2.*'] }],
  'python-magic': [{ build: [], run: ['libmagic1t64=1:5.*'] }],
  'typecode-libmagic-system-provided': [{ build: [], run: ['libmagic1t64=1:5.*'] }],
  // What their own libraries are linked with and do not bring (seen with ldd).
  'extractcode-libarchive': [{ build: [], run: ['libgomp1=14.*'] }],
  lightgbm: [{ build: [], run: ['libgomp1=14.*'] }],
  'opencv-python': [{ build: [], run: windowing }],
  'opencv-contrib-python': [{ build: [], run: windowing }],
  pyodbc: [{ build: [], run: ['libodbc2=2.*'] }],
  // They look for it when they are imported, or configured.
  pyzbar: [{ build: [], run: ['libzbar0t64=0.*'] }],
  pysaml2: [{ build: [], run: ['xmlsec1=1.*'] }],
  netifaces: [{ build: compiler, run: [] }],
  'rrdtool-bindings': [{ build: [...compiler, 'librrd-dev=1.*'], run: ['librrd8t64=1.*'] }],
  pylibmc: [{ build: [...compiler, 'libmemcached-dev=1.*'], run: ['libmemcached11t64=1.*'] }],
  uwsgi: [{ build: [...compiler, 'libcrypt-dev=1:4.*'], run: [] }],
}

/** What packages need to be compiled on a release of Python for which they have no wheel, and to run then. */
const compiledPackages: Readonly<Record<string, NativeRow>> = {
  cffi: { build: ['libffi-dev=3.*'], run: [] },
  lxml: { build: ['libxml2-dev=2.*', 'libxslt1-dev=1.*'], run: ['libxml2=2.*', 'libxslt1.1=1.*'] },
  pillow: { build: ['libjpeg62-turbo-dev=1:2.*', 'zlib1g-dev=1:1.*'], run: ['libjpeg62-turbo=1:2.*'] },
  'psycopg2-binary': { build: ['libpq-dev=1*'], run: postgres },
}

/** What an installer needs to fetch from git repositories. */
const git = ['ca-certificates=20*', 'git=1:2.*'] as const

/** What GeoDjango loads: this package brings GEOS and PROJ along, and its name does not change with their releases. */
const spatialLibraries = ['gdal-bin=3.*'] as const

/** Debian packages to build what is installed on a release of Python, and to run it, for GeoDjango too; sorted, each once. */
export function debianPackages(
  packages: readonly Package[],
  fromGit: boolean,
  spatial = false,
  release?: string,
): { readonly build: readonly string[]; readonly run: readonly string[] } {
  const compiled = release === undefined ? [] : packages.filter((item) => !hasWheel(item, release))
  const asked = packages.flatMap(({ name, extras }) =>
    (entryOf(nativePackages, name) ?? []).filter(
      (row) => !(row.unless ?? []).some((extra) => extras.includes(extra)) && (row.only === undefined || extras.includes(row.only)),
    ),
  )
  const rows = [
    ...asked,
    ...compiled.map(({ name }): NativeRow => {
      const { build, run } = entryOf(compiledPackages, name) ?? { build: [], run: [] }
      return { build: [...compiler, 'g++=4:1*', ...build], run }
    }),
  ]
  const run = [...rows.flatMap((row) => row.run), ...(spatial ? spatialLibraries : [])]
  // Building runs the application's own code too (static files), so it needs the libraries as well.
  return { build: sorted([...rows.flatMap((row) => row.build), ...run, ...(fromGit ? git : [])]), run: sorted(run) }
}

/** First releases with wheels for a release of Python; older ones would be compiled. From the files on the package index, 2026-11-26. */
const firstWheels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aiohttp: { '3.9': '3.7.0', '3.10': '3.8.0', '3.11': '3.8.3', '3.12': '3.9.0', '3.13': '3.10.5', '3.14': '3.13.0' },
  asyncpg: { '3.9': '0.22.0', '3.10': '0.24.0', '3.11': '0.27.0', '3.12': '0.29.0', '3.13': '0.30.0', '3.14': '0.31.0' },
  cffi: { '3.9': '1.14.3', '3.10': '1.15.0', '3.11': '1.15.1', '3.12': '1.16.0', '3.13': '1.17.0', '3.14': '2.0.0' },
  frozenlist: { '3.9': '1.1.0', '3.10': '1.2.0', '3.11': '1.3.3', '3.12': '1.4.1', '3.13': '1.4.1', '3.14': '1.4.1' },
  gevent: { '3.9': '20.6.1', '3.10': '21.12.0', '3.11': '22.10.1', '3.12': '23.7.0', '3.13': '24.10.1', '3.14': '25.8.1' },
  greenlet: { '3.9': '0.4.17', '3.10': '1.1.0', '3.11': '1.1.3', '3.12': '3.0.0', '3.13': '3.1.0', '3.14': '3.2.3' },
  grpcio: { '3.9': '1.33.1', '3.10': '1.41.0', '3.11': '1.49.0', '3.12': '1.59.0', '3.13': '1.66.2', '3.14': '1.75.1' },
  hiredis: { '3.9': '2.0.0', '3.10': '2.1.0', '3.11': '2.1.0', '3.12': '2.3.2', '3.13': '3.1.0', '3.14': '3.3.0' },
  httptools: { '3.9': '0.1.2', '3.10': '0.3.0', '3.11': '0.5.0', '3.12': '0.6.1', '3.13': '0.6.2', '3.14': '0.7.1' },
  'lru-dict': { '3.9': '1.1.8', '3.10': '1.1.8', '3.11': '1.2.0', '3.12': '1.3.0', '3.13': '1.4.1', '3.14': '1.4.1' },
  lxml: { '3.9': '4.5.2', '3.10': '4.6.3', '3.11': '4.9.1', '3.12': '4.9.3', '3.13': '5.3.0', '3.14': '6.0.1' },
  markupsafe: { '3.9': '1.1.1', '3.10': '2.0.1', '3.11': '2.1.2', '3.12': '2.1.3', '3.13': '3.0.0', '3.14': '3.0.3' },
  msgpack: { '3.9': '1.0.1', '3.10': '1.0.3', '3.11': '1.0.5', '3.12': '1.0.6', '3.13': '1.1.0', '3.14': '1.1.2' },
  multidict: { '3.9': '5.0.0', '3.10': '5.2.0', '3.11': '6.0.3', '3.12': '6.0.5', '3.13': '6.0.5', '3.14': '6.0.5' },
  numpy: { '3.9': '1.19.3', '3.10': '1.21.2', '3.11': '1.23.2', '3.12': '1.26.0', '3.13': '2.1.0', '3.14': '2.3.2' },
  pandas: { '3.9': '1.1.3', '3.10': '1.3.3', '3.11': '1.5.0', '3.12': '2.1.1', '3.13': '2.2.3', '3.14': '2.3.3' },
  pillow: { '3.9': '8.0.0', '3.10': '8.3.2', '3.11': '9.2.0', '3.12': '10.0.0', '3.13': '10.4.0', '3.14': '11.3.0' },
  psutil: { '3.9': '5.8.0', '3.10': '5.9.0', '3.11': '5.9.4', '3.12': '5.9.4', '3.13': '5.9.4', '3.14': '5.9.4' },
  'psycopg-binary': { '3.11': '3.1.4', '3.12': '3.1.12', '3.13': '3.2.2', '3.14': '3.2.10' },
  'psycopg2-binary': { '3.9': '2.8.6', '3.10': '2.9.1', '3.11': '2.9.5', '3.12': '2.9.9', '3.13': '2.9.10', '3.14': '2.9.11' },
  'pydantic-core': { '3.13': '2.20.1', '3.14': '2.37.2' },
  pyyaml: { '3.9': '5.4', '3.10': '6.0', '3.11': '6.0', '3.12': '6.0.1', '3.13': '6.0.2', '3.14': '6.0.3' },
  regex: { '3.9': '2020.9.27', '3.10': '2021.8.21', '3.11': '2022.9.11', '3.12': '2023.10.3', '3.13': '2024.9.11', '3.14': '2025.7.29' },
  reportlab: { '3.9': '3.5.54', '3.10': '3.6.2', '3.11': '3.6.12', '3.12': '4.0.0', '3.13': '4.0.0', '3.14': '4.0.0' },
  'ruamel-yaml-clib': { '3.9': '0.2.2', '3.10': '0.2.6', '3.11': '0.2.7', '3.12': '0.2.8', '3.13': '0.2.9', '3.14': '0.2.15' },
  'scikit-learn': { '3.9': '0.24.0', '3.10': '1.0.2', '3.11': '1.1.3', '3.12': '1.3.1', '3.13': '1.5.2', '3.14': '1.7.2' },
  scipy: { '3.9': '1.5.4', '3.10': '1.7.2', '3.11': '1.9.2', '3.12': '1.11.2', '3.13': '1.14.1', '3.14': '1.16.1' },
  ujson: { '3.9': '4.0.0', '3.10': '4.2.0', '3.11': '5.5.0', '3.12': '5.8.0', '3.13': '5.10.0', '3.14': '5.11.0' },
  // It has none: the first that can be built, by its notes (3.12) and tried on 2026-11-27.
  uwsgi: { '3.11': '2.0.21', '3.12': '2.0.22', '3.13': '2.0.27', '3.14': '2.0.30' },
  uvloop: { '3.9': '0.15.2', '3.10': '0.16.0', '3.11': '0.17.0', '3.12': '0.18.0', '3.13': '0.21.0', '3.14': '0.22.1' },
  yarl: { '3.9': '1.6.1', '3.10': '1.7.0', '3.11': '1.8.2', '3.12': '1.9.3', '3.13': '1.9.3', '3.14': '1.9.3' },
  'zope-interface': { '3.9': '5.2.0', '3.10': '5.5.0', '3.11': '6.0', '3.12': '6.1', '3.13': '6.4', '3.14': '8.1' },
  zstandard: { '3.9': '0.14.1', '3.10': '0.16.0', '3.11': '0.19.0', '3.12': '0.22.0', '3.13': '0.23.0', '3.14': '0.24.0' },
}

/** Whether a package can be had on this release of Python: as a wheel, or built with what its row of native packages brings. Unknown ones are taken to be. */
export function hasWheel(item: Package, release: string): boolean {
  const first = entryOf(firstWheels, item.name)?.[release]
  const isBuilt = entryOf(nativePackages, item.name) !== undefined
  if (!isBuilt && item.compiled === true) return false
  if (!isBuilt && item.wheels !== undefined) return item.wheels.length === 0 || item.wheels.some((wheel) => fits(wheel, release))
  return first === undefined || item.version === undefined || compare(numbers(item.version), numbers(first)) >= 0
}

/** Whether a wheel runs on CPython of a release on Debian (PEP 425 tags, PEP 600). */
function fits(wheel: string, release: string): boolean {
  const [python = '', abi = '', platform = ''] = wheel
    .replace(/\.whl$/, '')
    .split('-')
    .slice(-3)
  const minor = Number(release.split('.')[1])
  if (platform !== 'any' && !/^(?:many)?linux/.test(platform)) return false
  return python.split('.').some((tag) => {
    if (/^py[23]/.test(tag)) return tag.startsWith('py3')
    const built = /^cp3(\d+)$/.exec(tag)?.[1]
    return built !== undefined && (abi === 'abi3' ? Number(built) <= minor : Number(built) === minor && !abi.endsWith('t'))
  })
}

/** The newest of some release lines that a package may be: its exact one, else the newest that is allowed. Lines are newest first. */
export function newestLine(item: Package, lines: readonly string[]): string | undefined {
  if (item.version !== undefined) return lineOf(item.version)
  return lines.find((line) => allowsLine(item.clauses ?? [], line, 'any'))
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}
