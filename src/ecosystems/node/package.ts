import type { NodeApp } from '../../model/app.ts'
import type { NodePackage } from '../../model/node-package.ts'
import type { Tree } from '../../model/tree.ts'
import type { Context } from './command.ts'
import { hasOldGyp, installManifests, refuseOutside, scriptedPackages } from './install.ts'
import { outOfStep } from './lock.ts'
import { managerOf, refuseOtherManagers } from './managers.ts'
import { type Manifest, parseManifest } from './manifest.ts'
import { peersOf } from './peers.ts'
import { readLock } from './read-lock.ts'
import { findSetup } from './setup.ts'

/** What the package.json at the root and its lockfile say. Throws a Problem when they cannot be read, or are installed with what is not served. */
export function contextOf(tree: Tree, text: string): Context & { readonly installer: NodeApp['manager'] } {
  const manifest = parseManifest(text)
  const lock = readLock(tree, manifest)
  refuseOtherManagers(tree, lock)
  refuseOutside(tree, manifest)
  const installer = managerOf(tree, lock, manifest)
  return { tree, manifest, lock, manager: installer.name, installer }
}

/** How the package is installed and built; `buildPaths` are the entries at the root that its build reads. */
export function packageOf(
  { tree, manifest, lock, installer }: ReturnType<typeof contextOf>,
  build: NodePackage['build'] & Pick<NodePackage, 'outputs' | 'guessed'>,
  buildPaths: readonly string[],
): NodePackage {
  const scripted = scriptedPackages(lock, manifest)
  const setup = findSetup(tree, manifest)
  return {
    lockfile: lock.file,
    manager: installer,
    manifests: installManifests(tree, lock),
    members: lock.members,
    scripted,
    ...(hasOwnScripts(tree, manifest, lock.members) && { ownScripts: true }),
    exact: lock.file !== undefined && outOfStep(lock, manifest) === undefined,
    peers: peersOf(lock, manifest),
    oldGyp: hasOldGyp(lock, scripted),
    setup,
    build: { commands: build.commands, environment: build.environment, fetches: build.fetches },
    outputs: build.outputs,
    guessed: build.guessed,
    folders: [...tree.folders].filter((path) => !path.includes('/') || setup.some(({ reads }) => reads.includes(path))),
    buildPaths,
  }
}

function hasOwnScripts({ texts }: Tree, root: Manifest, members: readonly string[]): boolean {
  const others = members.flatMap((folder) => {
    const file = `${folder}/package.json`
    const text = texts.get(file)
    return text === undefined ? [] : [parseManifest(text, file)]
  })
  return [root, ...others].some(({ scripts }) => ['preinstall', 'install', 'postinstall'].some((name) => name in scripts))
}
