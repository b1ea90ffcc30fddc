import type { Tree } from '../../model/tree.ts'
import { drivers, engines } from './engines.ts'
import type { Package } from './packages.ts'
import type { Settings } from './settings.ts'
import type { RequiredVariable } from './variables.ts'

const address = /\b(?:env\.(?:db|db_url|dj_db_url)|dj_database_url\.config)\(([^()\n]{0,200}?)\bdefault\s{0,4}=\s{0,4}["'](\w{1,30}:\/\/)/g

/** Values with which the settings can be imported while building; a database whose driver is not installed cannot. */
export function throwawayValues(
  tree: Tree,
  settings: Settings,
  packages: readonly Package[],
  required: readonly RequiredVariable[],
): Readonly<Record<string, string>> {
  const unloadable = settings.files.flatMap((file) =>
    [...(tree.texts.get(file) ?? '').matchAll(address)].flatMap(([, before = '', scheme = '']) => {
      const engine = engines.find(([pattern]) => pattern.test(scheme))?.[1]
      const driver = drivers.find(([kind]) => kind === engine)?.[1]
      if (driver === undefined || packages.some(({ name }) => driver.test(name))) return []
      return [[/["'](\w{1,80})["']/.exec(before)?.[1] ?? 'DATABASE_URL', 'sqlite:////tmp/build.sqlite3'] as const]
    }),
  )
  return Object.fromEntries([...unloadable, ...required.map((v) => [v.name, v.build] as const)].sort(([a], [b]) => (a < b ? -1 : 1)))
}
