import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { matches } from '../search.ts'
import { driverIn } from './engines.ts'
import type { Package } from './packages.ts'

// Indexes, constraints and statements that no other engine takes; fields and extensions of PostgreSQL are passed over there.
const only =
  /^[^#\n]*(?:\b(?:Gin|Gist|SpGist|Brin|Hash|Bloom)Index\(|\bExclusionConstraint\(|\bUSING[ \t]+(?:GIN|GIST)\b|\bCREATE EXTENSION\b|\bto_tsvector\()/gim

/** Where migrations of a project with a driver of PostgreSQL ask for what only PostgreSQL understands, whatever the engine is; one that looks at the engine first does not count. */
export function postgresOnly(tree: Tree, packages: readonly Package[]): Evidence | undefined {
  if (driverIn(packages)?.kind !== 'postgres') return undefined
  const migrations = [...tree.texts].flatMap(([file, text]) =>
    /(?:^|\/)migrations\/\d\w*\.py$/.test(file) && !/\bvendor\b/.test(text) ? [file] : [],
  )
  const [found] = matches(tree, migrations, only)
  return found?.evidence
}
