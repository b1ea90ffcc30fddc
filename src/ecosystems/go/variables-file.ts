import type { Variable, VariablesFile } from '../../model/app.ts'
import { isNeverSent } from '../../model/never-sent.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { variable } from '../variable.ts'
import { first, found } from './find.ts'
import type { GoFile } from './source.ts'

// joho/godotenv.
const loaded =
  /\bgodotenv\.(?:Load|Overload)\(\s{0,20}(?:["`](?:\.\/)?\.env["`])?\s{0,20}\)[^}]{0,160}(?:\bFatal|\bpanic\(|os\.Exit|\breturn\b[^\n}]{0,80}\berr)/g
const fileSet = /\bSetConfigFile\(\s{0,20}["`](?:\.\/)?([\w-]{0,40}\.env)["`]\s{0,20}\)/g
const nameSet = /\bSetConfigName\(\s{0,10}"([\w.-]{1,60})"/g
const isVariables = /\bSetConfigType\(\s{0,10}"(?:env|dotenv)"/g
const field = /`[^`\n]{0,300}\bmapstructure:"([A-Z][A-Z0-9_]{1,80})"/g
const line = /^[ \t]*([A-Za-z][A-Za-z0-9_]{1,80})[ \t]*=[ \t]*([\w.:/-]{1,80}$)?/gm
// Who looks for secrets among the variables of a container would take `TOKEN_DURATION` for one.
const alarming = /SECRET|PASSWORD|TOKEN|PRIVATE|API_?KEY/i

/**
 * Where a program insists on a file of variables (`.env`, `app.env`), which is for a developer's machine: it would end in an image. viper takes
 * from the environment only what it knows from the file by name.
 */
export function variablesFile(tree: Tree, graph: readonly GoFile[]): VariablesFile | undefined {
  const seen = first(graph, loaded)?.evidence
  if (seen !== undefined) return { path: '.env', names: [], values: {}, because: seen }
  const named = first(graph, fileSet) ?? (first(graph, isVariables) && first(graph, nameSet))
  const name = named?.groups[1] ?? ''
  const path = name.endsWith('.env') ? name : `${name}.env`
  if (named === undefined || (path !== '.env' && !tree.files.has(path))) return undefined
  // Without this what the environment says is never asked.
  if (path !== '.env' && first(graph, /\bAutomaticEnv\(/g) === undefined) return undefined
  const fields = [...found(graph, field)].map(({ groups }) => groups[1] ?? '')
  const held = [...(tree.texts.get(path) ?? '').matchAll(line)].map(([, known = '', value = '']) => [known, value] as const)
  const stays = held.filter(([known, value]) => value !== '' && alarming.test(known) && !variable(known, { required: false }, []).secret)
  const names = [...new Set([...fields, ...held.map(([known]) => known)])].sort()
  return { path, names, values: Object.fromEntries(stays), because: named.evidence }
}

/** What the file alone gives, has to be given otherwise: what needs no secrecy is taken from where the repository shows it. */
export function withoutFile(variables: readonly Variable[], file: VariablesFile | undefined): readonly Variable[] {
  const lost = (v: Variable): boolean => file?.names.includes(v.name) === true && file.values[v.name] === undefined
  return variables.map((v) => (lost(v) && !v.secret && v.default === undefined ? { ...v, required: true } : v))
}

/** What its values name in the repository: `MIGRATIONS=file://db/migrations`. */
export function pathsNamedIn(tree: Tree, file: VariablesFile | undefined): readonly string[] {
  const values = [...(tree.texts.get(file?.path ?? '') ?? '').matchAll(/=[ \t]*["']?(?:file:\/\/)?(?:\.\/)?([\w-][\w./-]{0,200})/g)]
  return values.flatMap(([, value = '']) => {
    const path = joined('.', value)
    if (path === undefined || isNeverSent(path)) return []
    return tree.folders.has(path) ? [`${path}/`] : tree.files.has(path) ? [path] : []
  })
}
