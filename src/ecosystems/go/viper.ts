import type { Read } from '../contract.ts'
import { evidenceAt } from '../search.ts'
import { first } from './find.ts'
import type { Setting } from './settings-file.ts'
import type { GoFile } from './source.ts'

const module = 'github.com/spf13/viper'
const asked =
  /\.(?:Get(?:String(?:Slice)?|Int(?:32|64)?|Uint(?:16|32|64)?|Float64|Bool|Duration)?|IsSet|SetDefault)\(\s{0,10}"([A-Za-z][\w.-]{0,80})"(?:\s{0,4},\s{0,10}(?:"([^"\\\n]{0,200})"|(\d{1,12}|true|false)\b))?/g
const mostKeys = 200

/** What viper takes from the environment by itself (`AutomaticEnv`): each key that code asks for or a file of settings holds, in capitals and under a prefix. */
export function viperReads(graph: readonly GoFile[], settings: readonly Setting[]): readonly Read[] {
  const files = graph.filter((f) => f.imports.some((i) => i.value === module))
  const prefix = first(files, /\bSetEnvPrefix\(\s{0,10}(?:"(\w{1,40})")?/g)
  if (first(files, /\bAutomaticEnv\(/g) === undefined || (prefix !== undefined && prefix.groups[1] === undefined)) return []
  const replaced = first(files, /\bNewReplacer\(([^)]{1,80})\)/g)?.groups[1] ?? ''
  const nameOf = (key: string): string | undefined => {
    const plain = [...'.-'].reduce((text, mark) => (replaced.includes(`"${mark}"`) ? text.replaceAll(mark, '_') : text), key)
    const name = [prefix?.groups[1], plain].filter((part) => part !== undefined).join('_')
    return /^\w+$/.test(name) ? name.toUpperCase() : undefined
  }
  const read = (key: string, given: string | undefined, because: Read['because']): readonly Read[] => {
    const name = nameOf(key)
    // Beside a key may stand a password.
    const seen = { ...because, saw: `"${key}"` }
    return name === undefined ? [] : [{ name, ...(given === undefined ? {} : { default: given }), required: false, because: seen }]
  }
  return [
    ...files.flatMap(({ file, text, code }) =>
      [...code.matchAll(asked)].slice(0, mostKeys).flatMap((m) => read(m[1] ?? '', m[2] ?? m[3], evidenceAt(file, text, m.index))),
    ),
    ...settings.slice(0, mostKeys).flatMap(({ path, value, because }) => read(path, value, because)),
  ]
}
