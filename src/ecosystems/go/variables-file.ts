import type { Evidence } from '../../model/evidence.ts'
import { first } from './find.ts'
import type { GoFile } from './source.ts'

// joho/godotenv, and viper where it takes the environment too.
const required = [
  /\bgodotenv\.(?:Load|Overload)\(\s{0,20}(?:["`](?:\.\/)?\.env["`])?\s{0,20}\)[^}]{0,160}(?:\bFatal|\bpanic\(|os\.Exit|\breturn\b[^\n}]{0,80}\berr)/g,
  /\bSetConfigFile\(\s{0,20}["`](?:\.\/)?\.env["`]\s{0,20}\)/g,
]

/** Where a program insists on a file `.env`, which is for a developer's machine: it would end in an image. */
export function variablesFile(graph: readonly GoFile[]): Evidence | undefined {
  return required.map((pattern) => first(graph, pattern)?.evidence).find((seen) => seen !== undefined)
}
