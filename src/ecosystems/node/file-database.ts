import type { Variable, Writable } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'
import { toldValues } from '../told.ts'

const folder = '/data'
// A file of SQLite, as Prisma, libSQL and drivers take it: `file:./dev.db?connection_limit=1`, `sqlite://shop.sqlite`, `./shop.db`.
const place = /^(file:|sqlite:(?:\/\/)?)?(?:[\w.-]*\/)*([\w-][\w.-]*\.(?:sqlite3?|db3?))(\?[\w=&.-]{0,100})?$/
const prismaPlace = /^datasource\s[^{]{0,80}\{[^}]{0,600}?\bprovider\s{0,10}=\s{0,10}["']sqlite["'][^}]{0,600}\}/gm
const prismaVariable = /\burl\s{0,10}=\s{0,10}env\(\s{0,4}["'](\w{1,80})["']\s{0,4}\)/

/** Of a database in a file that variables name: these variables with a place that is kept, and that place. */
export interface FileDatabase {
  readonly variables: readonly Variable[]
  readonly writable: readonly Writable[]
}

/**
 * Where a file of SQLite lies that only a variable names. Relative ones mean another folder to each library, and one that is gone with the
 * container: all are put into one that is kept. Undefined where no variable names any.
 */
export function findFileDatabase(tree: Tree, variables: readonly Variable[]): FileDatabase | undefined {
  const told = toldValues(tree)
  const asked = askedByPrisma(tree)
  const moved = variables.flatMap((variable): readonly (Variable & { readonly example: NonNullable<Variable['example']> })[] => {
    if (variable.default !== undefined) return []
    const values = told.get(variable.name) ?? []
    const found = values.flatMap(({ value, because }) => {
      const [match, scheme = '', file = '', query = ''] = place.exec(value) ?? []
      return match === undefined ? [] : [{ value: `${scheme}${folder}/${file}${query}`, because }]
    })
    const bySchema = asked.get(variable.name)
    const example = found[0] ?? (bySchema && values.length === 0 ? { value: `file:${folder}/app.db`, because: bySchema } : undefined)
    return example === undefined ? [] : [{ ...variable, required: true, example }]
  })
  if (moved.length === 0) return undefined
  return {
    variables: variables.map((variable) => moved.find(({ name }) => name === variable.name) ?? variable),
    writable: [{ path: folder, keep: true, held: false, because: moved.map(({ example }) => example.because) }],
  }
}

/** Variables from which a schema of Prisma takes the file. */
function askedByPrisma(tree: Tree): ReadonlyMap<string, Evidence> {
  const found = [...tree.texts].flatMap(([file, text]) =>
    file.endsWith('.prisma')
      ? [...text.matchAll(prismaPlace)].flatMap((match): readonly (readonly [string, Evidence])[] => {
          const url = prismaVariable.exec(match[0])
          return url?.[1] === undefined ? [] : [[url[1], evidenceAt(file, text, match.index + url.index)]]
        })
      : [],
  )
  return new Map(found)
}
