import type { Variable } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { variable } from '../variable.ts'
import { hits } from './code.ts'

const reads =
  /\bprocess\.env(?:\.([A-Z][A-Z0-9_]{1,60})\b|\[['"]([A-Z][A-Z0-9_]{1,60})['"]\])(?!\s{0,20}(?:\|\||\?\?|===?\s{0,4}['"](?:production|development|test)))/g
const destructured = /\{([^{}]{1,600})\}\s{0,4}=\s{0,4}process\.env\b/g
const schema = /\b([A-Z][A-Z0-9_]{2,60})\s{0,4}:\s{0,4}(?:z|Joi|joi|str|num|url|port|Type)\b(?!\.port\b)/g
const examples = ['.env.example', '.env.sample', '.env.template', '.env.dist', 'env.example']
const example = /^[ \t]*(?:export[ \t]+)?([A-Z][A-Z0-9_]{1,60})[ \t]*=/gm

// Set by the image, by Docker or by tools; or meant for a browser's code, into which a build puts them.
const ours =
  /^(?:NODE_ENV|NODE_OPTIONS|PORT|HOST|HOSTNAME|PATH|HOME|PWD|TZ|CI|USER|SHELL|TERM|LANG|DEBUG|TMPDIR|[A-Z_]*NODE_ENV|(?:npm|VITE|REACT_APP|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|GITHUB|JEST|VITEST|VERCEL|AWS_LAMBDA)_.*)$/
const most = 40

/** Variables that the program reads and gives no default: names alone, so that their values can be handed through. */
export function findVariables(tree: Tree, files: readonly string[], set: readonly string[]): readonly Variable[] {
  const found = new Map<string, Variable>()
  const add = (name: string, because: Evidence): void => {
    if (!ours.test(name) && !set.includes(name) && !found.has(name)) found.set(name, variable(name, { required: false }, [because]))
  }
  for (const hit of hits(tree, files, reads)) add(hit.value, hit.evidence)
  for (const hit of hits(tree, files, destructured)) {
    for (const part of hit.value.split(',')) {
      const name = part.match(/^\s*([A-Z][A-Z0-9_]*)\s*(?::\s*\w+\s*)?$/)?.[1]
      if (name !== undefined) add(name, hit.evidence)
    }
  }
  if ([...tree.texts].some(([file, text]) => files.includes(file) && text.includes('process.env'))) {
    for (const hit of hits(
      tree,
      files.filter((file) => /env|config|settings/i.test(file)),
      schema,
    ))
      add(hit.value, hit.evidence)
  }
  for (const hit of hits(tree, examples, example)) add(hit.value, hit.evidence)
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, most)
}
