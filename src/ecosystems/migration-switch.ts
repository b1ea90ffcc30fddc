import type { Connection, ServiceKind } from '../model/service.ts'
import { databases } from '../model/service.ts'
import type { Tree } from '../model/tree.ts'

/** Asked for by its name in code: `process.env.RUN_MIGRATIONS`, `envBool("DB_AUTO_MIGRATE", false)`. */
const asked =
  /(?:["'`]|\benv\.)((?:[A-Z]{1,20}_){0,3}(?:RUN|AUTO(?:_RUN)?)_(?:[A-Z]{1,20}_)?MIGRAT(?:E|IONS?))\b(?!["'`]?\s{0,4}!?==?=\s{0,4}["']false)/g
const otherwise = /(?:^|_)(?:DISABLE|SKIP|NO|NOT|TEST|FORCE)_/
const code = /\.(?:[cm]?[jt]s|go)$/
const beside = /(?:^|\/)(?:tests?|docs?|examples?|client|frontend|scripts?)\/|[._](?:test|spec)\.\w+$/

/** What has a program bring the tables of its database up to date when it starts: nothing else does it for a stack that is new. */
export function migrationSwitches(tree: Tree, kind: ServiceKind): readonly Connection[] {
  if (!databases.includes(kind)) return []
  const names = [...tree.texts].flatMap(([file, text]) =>
    code.test(file) && !beside.test(file) ? [...text.matchAll(asked)].map(([, name = '']) => name) : [],
  )
  return [...new Set(names)]
    .filter((name) => !otherwise.test(name))
    .sort()
    .map((variable) => ({ variable, holds: 'engine', value: 'true' }))
}
