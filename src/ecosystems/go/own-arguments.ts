import type { GoProgram, Writable } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import { below, ownStages, placeIn } from '../own-dockerfile.ts'
import { detected } from '../search.ts'
import { carried } from './carried.ts'
import { placeOf } from './opened.ts'
import { ownStart } from './own-start.ts'

/** A word of a command in our image, with what it needs there. */
interface Word {
  readonly text: string
  readonly opens?: string
  readonly keeps?: string
  /** It names a file that nobody brings along. */
  readonly missing?: boolean
}

const isFile = /\.\w{1,8}$/
const isDatabase = /\.(?:bdb|bolt|db3?|sqlite3?)$/
const says = /^--?[\w.-]*?(?:port|listen|addr(?:ess)?|bind|http)[\w.-]*(?:=|\s)\S*?:?(\d{2,5})$/

/** The program, started as the own Dockerfile starts it. Of what names files that only that image holds, the words before any flag remain. */
export function withOwnStart(tree: Tree, program: GoProgram, name: string): GoProgram {
  const start = ownStart(tree, [name])
  if (start === undefined || start.words.length === 0) return program
  const all = start.words.map((text) => wordIn(tree, program, text))
  const flag = start.words.findIndex((word) => word.startsWith('-') || word.includes('/'))
  const words = all.some(({ missing }) => missing) ? all.slice(0, flag === -1 ? undefined : flag) : all
  if (words.length === 0) return program
  const kept = words.flatMap(({ keeps }): Writable[] =>
    keeps === undefined ? [] : [{ path: keeps, keep: true, held: false, because: [start.because] }],
  )
  const texts = words.map(({ text }) => text)
  const port = texts.flatMap((text, i) => says.exec(text)?.[1] ?? says.exec(`${text} ${texts[i + 1] ?? ''}`)?.[1] ?? []).map(Number)[0]
  const { reach, ...rest } = program
  const reached = reach !== undefined && !texts.some((text) => flagOf(text) === flagOf(reach.value))
  return {
    ...rest,
    ...(reached ? { reach } : {}),
    ...(port === undefined ? {} : { found: { ...program.found, port: detected(port, start.because) } }),
    given: detected(texts, start.because),
    runPaths: [...new Set([...program.runPaths, ...words.flatMap(({ opens }) => opens ?? [])])].sort(),
    writable: [...program.writable, ...kept.filter((k) => !program.writable.some((w) => w.path === k.path))],
  }
}

function flagOf(text: string): string | undefined {
  return /^--?([\w.-]+)/.exec(text)?.[1]
}

function wordIn(tree: Tree, program: GoProgram, text: string): Word {
  const [, flag = '', path = ''] = /^(--?[\w.-]+=)?((?:[\w.-]*\/)?[\w./-]+)$/.exec(text) ?? []
  const folder = ownStages(tree).at(-1)?.folder ?? '.'
  if (path === '' || (!path.includes('/') && !isFile.test(path))) return { text }
  const place = placeIn(folder, path)
  const copied = carried(tree).find((c) => (c.place === place || place.startsWith(`${c.place}/`)) && placeOf(tree, c.path) !== undefined)
  if (copied !== undefined) return { text: flag + copied.to + place.slice(copied.place.length) }
  const inside = folder === '.' && path.startsWith('/') ? undefined : below(folder, place)
  const source = inside === undefined ? undefined : placeOf(tree, inside)
  if (source !== undefined)
    return { text: flag + (path.startsWith('/') ? `/app/${source}` : path), opens: tree.folders.has(source) ? `${source}/` : source }
  const image = inside === undefined ? `/${place}` : `/app/${inside}`
  if (program.writable.some((w) => w.keep && `${image}/`.startsWith(`${w.path}/`))) return { text: flag + image }
  if (!path.startsWith('/')) return isFile.test(path) && !isDatabase.test(path) && path.includes('/') ? { text, missing: true } : { text }
  if (isDatabase.test(path)) return { text: flag + image, keeps: image.slice(0, image.lastIndexOf('/')) }
  return made(tree, place) ? { text: flag + image, keeps: image } : { text, missing: isFile.test(path) }
}

/** A folder that the own Dockerfile makes, or the one that it runs in. */
function made(tree: Tree, place: string): boolean {
  const stage = ownStages(tree).at(-1)
  const words = stage?.runs.flatMap(({ words }) => (words.includes('mkdir') ? words : [])) ?? []
  return words.some((word) => word.startsWith('/') && placeIn('.', word) === place)
}
