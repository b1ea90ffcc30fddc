import type { Notice } from '../../model/app.ts'
import type { ScriptedPackage } from '../../model/node-package.ts'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'
import { type Lock, type LockedPackage, type LockFile, outOfStep } from './lock.ts'
import type { Manifest } from './manifest.ts'
import { isScripted } from './scripted.ts'

// Install scripts that change nothing a server needs: adverts, checks, downloads for tests.
const needless = new Set(
  `core-js core-js-pure core-js-bundle es5-ext protobufjs @apollo/protobufjs esbuild @nestjs/core @apollo/rover @swc/core fsevents husky nodemon
  styled-components ejs msgpackr-extract cbor-extract @parcel/watcher unrs-resolver @sentry/cli @scarf/scarf vue-demi msw dtrace-provider cpu-features ssh2
  iltorb nice-napi @fortawesome/fontawesome-common-types cypress electron playwright puppeteer mongodb-memory-server nx lefthook simple-git-hooks
  @biomejs/biome @tree-sitter-grammars/tree-sitter-yaml tree-sitter tree-sitter-json @firebase/util lightningcss preact`.split(/\s+/),
)

// Install scripts that need no compiler.
const light = new Set('@prisma/client @prisma/engines prisma'.split(' '))

// What a build may need of a package that only development names. All others' scripts are for the developer's machine.
const builders = new Set('node-sass sharp canvas prisma @prisma/client @prisma/engines better-sqlite3 sqlite3'.split(' '))

// What these bring has an install script too.
const brought: ReadonlyMap<string, string> = new Map([
  ['prisma', '@prisma/engines'],
  ['connect-sqlite3', 'sqlite3'],
])

/** Packages of the lockfile whose install script must run on Linux, sorted by name. Without one, those of package.json that are known to have it. */
export function scriptedPackages(lock: Lock, { dependencies, devDependencies }: Manifest): readonly ScriptedPackage[] {
  if (lock.file === undefined) {
    const named = (direct: Readonly<Record<string, string>>): readonly string[] =>
      Object.keys(direct)
        .flatMap((name) => [name, brought.get(name) ?? ''])
        .filter(isScripted)
    const needed = named(dependencies)
    const names = new Set([...needed, ...named(devDependencies).filter((name) => builders.has(name))])
    return [...names].sort().map((name) => ({ name, dev: !needed.includes(name), compiles: !light.has(name) }))
  }
  const found = lock.packages.filter((p) => p.path.includes('node_modules/') && needsScript(p))
  const names = [...new Set(found.map((p) => p.name))].sort()
  return names.map((name) => ({ name, dev: found.every((p) => p.name !== name || p.dev), compiles: !light.has(name) }))
}

function needsScript(p: LockedPackage): boolean {
  if (!p.hasInstallScript || needless.has(p.name) || excludesLinux(p.os)) return false
  // node-gyp-build only looks whether the binary that came with the package fits, which on Linux it does.
  if (p.requires.has('node-gyp-build')) return false
  // Its binary comes as a package of its own.
  if ([...p.requires].some((name) => name.includes('linux-x64'))) return false
  return !p.dev || builders.has(p.name)
}

function excludesLinux(os: readonly string[]): boolean {
  return os.length > 0 && (os.includes('!linux') || !(os.includes('linux') || os.some((name) => name.startsWith('!'))))
}

/** node-gyp up to 9 asks for distutils, a module that Python has left out since 3.12. Without a lockfile any release may come. */
export function hasOldGyp(lock: Lock, scripted: readonly ScriptedPackage[]): boolean {
  return lock.file === undefined
    ? scripted.some(({ compiles }) => compiles)
    : lock.packages.some((p) => p.name === 'node-gyp' && Number.parseInt(p.version, 10) < 10)
}

/** Throws a Problem when a package is taken from outside of the folder: an image is built from the folder alone. */
export function refuseOutside(tree: Tree, manifest: Manifest): void {
  const all = { ...manifest.devDependencies, ...manifest.dependencies }
  const isWorkspace = manifest.workspaces !== undefined || tree.files.has('pnpm-workspace.yaml')
  const outside = isWorkspace ? /^(?:file|link):\.\.(?:\/|$)/ : /^(?:(?:file|link):\.\.(?:\/|$)|workspace:)/
  const name = Object.keys(all).find((key) => outside.test(all[key] ?? ''))
  if (name === undefined) return
  const { file, line } = manifest.evidence(name in manifest.dependencies ? 'dependencies' : 'devDependencies', name)
  const ofWorkspace = all[name]?.startsWith('workspace:') === true
  const place = ofWorkspace ? 'a workspace whose root is not in this folder' : `${all[name]?.replace(/^\w+:/, '')}, outside of this folder`
  throw new Problem({
    code: 'dependency-outside',
    exit: 1,
    message: `${name} is taken from ${place}: an image is built from the folder alone.`,
    file,
    ...(line === undefined ? {} : { line }),
    fix: ofWorkspace
      ? 'Run it in the folder of the workspace, and name this one there: secure-docker init --start path/of/this/folder'
      : 'Publish the package, or bring it into this folder.',
  })
}

const credentials = /_auth|_password|:username|\$\{|npmAuth(?:Token|Ident)/i

/** Files beside package.json and the lockfile that the install step reads. A .npmrc that holds a token, or asks for one, stays out of the image. */
export function installManifests(tree: Tree, lock: Lock): readonly string[] {
  const rc = settingsFiles(lock).filter((file) => tree.texts.has(file) && !credentials.test(tree.texts.get(file) ?? ''))
  const own = lock.file === 'pnpm-lock.yaml' ? pnpmFiles(tree) : isBerry(lock) ? [...tree.files].filter((file) => yarnFiles.test(file)) : []
  return [...rc, ...own, ...lock.members.map((path) => `${path}/package.json`)]
}

// Plugins and patches of Yarn 3 and later; its program comes from the registry.
const yarnFiles = /^\.yarn\/(?:plugins|patches)\/[\w@./-]+$/

function isBerry(lock: Lock): boolean {
  return lock.file === 'yarn.lock' && lock.version > 1
}

/** Files at the root that say where packages come from. */
function settingsFiles(lock: Lock): readonly string[] {
  return ['.npmrc', ...(isBerry(lock) ? ['.yarnrc.yml'] : [])]
}

/** Its settings, its hooks, and the patches that it applies. */
function pnpmFiles(tree: Tree): readonly string[] {
  const patches = tree.texts.get('pnpm-lock.yaml')?.includes('\npatchedDependencies:') === true
  return [...tree.files].filter(
    (file) => /^(?:pnpm-workspace\.yaml|\.pnpmfile\.c?js)$/.test(file) || (patches && /^patches\/[^/]+\.patch$/.test(file)),
  )
}

// What makes a lockfile, or brings it up to date.
const lockCommands: Readonly<Record<LockFile, string>> = {
  'package-lock.json': 'npm install --package-lock-only',
  'npm-shrinkwrap.json': 'npm install --package-lock-only',
  'pnpm-lock.yaml': 'pnpm install --lockfile-only',
  'yarn.lock': 'yarn install --ignore-scripts',
}

/** What a person should know of the install step. */
export function installNotices(tree: Tree, lock: Lock, manifest: Manifest): readonly Notice[] {
  const notices: Notice[] = []
  const stale = outOfStep(lock, manifest)
  const secret = settingsFiles(lock).flatMap((file) => {
    const text = tree.texts.get(file) ?? ''
    const at = text.search(credentials)
    return at === -1 ? [] : [{ ...evidenceAt(file, text, at), saw: 'credentials' }]
  })
  if (lock.file === undefined && manifest.hasDependencies)
    notices.push({
      code: 'lockfile-missing',
      text: 'There is no package-lock.json: each build may install other versions.',
      because: [manifest.evidence('dependencies')],
      fix: 'Make one and commit it: npm install --package-lock-only',
    })
  if (lock.file !== undefined && stale !== undefined)
    notices.push({
      code: 'lockfile-stale',
      text: `${lock.file} does not hold what package.json asks for (${stale}): the build installs without it being exact.`,
      because: [manifest.evidence(stale in manifest.required ? 'dependencies' : 'devDependencies', stale)],
      fix: `Bring it up to date and commit it: ${lockCommands[lock.file]}`,
    })
  if (secret.length > 0)
    notices.push({
      code: 'npmrc-left-out',
      text: `The ${secret.map(({ file }) => file).join(' and the ')} holds credentials, or asks for them; it stays out of the image.`,
      because: secret,
      fix: 'When packages come from a private registry, give the build a secret mount for them.',
    })
  return notices
}
