import type { App, Variable } from '../model/app.ts'
import type { Tree } from '../model/tree.ts'
import { addressOf } from './addresses.ts'
import { seenFrom } from './seen-from.ts'
import { type Told, toldValues } from './told.ts'

/**
 * The app, whose variables without which it does nothing have the value that the repository itself shows for them. So has its own address,
 * which programs take apart as soon as they start.
 */
export function withExamples<A extends App>(app: A, tree: Tree): A {
  const folder = app.ecosystem === 'node' ? app.folder : undefined
  return exampled(folder === undefined ? app : exampled(app, seenFrom(tree, folder), `${folder}/`), tree, '')
}

/** By what one folder shows. */
function exampled<A extends App>(app: A, tree: Tree, folder: string): A {
  const isScratch = (v: Variable): boolean => app.ecosystem === 'python' && scratch.test(v.name) && (v.default ?? '') === ''
  const open = app.variables.filter(
    (v) => !v.secret && v.example === undefined && (isScratch(v) || (v.default === undefined && (v.required || ownAddress.test(v.name)))),
  )
  const made = app.variables.filter((v) => v.generated)
  const asked = app.variables.filter((v) => v.secret && v.required && !v.generated)
  if (open.length === 0 && made.length === 0 && asked.length === 0) return app
  const told = toldValues(tree)
  return {
    ...app,
    variables: app.variables.map((v) => {
      const values = told.get(v.name) ?? []
      if (made.includes(v)) return sized(v, values)
      if (asked.includes(v)) return values.some((value) => isAnyText(tree, value)) ? sized({ ...v, generated: true }, values) : v
      return !open.includes(v) ? v : isScratch(v) ? inScratch(v) : exemplified(v, values, folder)
    }),
  }
}

const makes =
  /\bopenssl rand\b|\/dev\/u?random|\btoken_(?:hex|urlsafe)\b|\b(?:uuidgen|pwgen|randomBytes)\b|\brandom(?:ly)?[ -](?:\w+[ -]){0,2}(?:strings?|keys?|values?|secrets?|passwords?|hex|base64|bytes|characters|text)\b/i

/** Whether an example says that any text will do which nobody guesses: beside the variable, in the lines above it, or in its place. */
function isAnyText(tree: Tree, { value, because: { file, line = 0 } }: Told): boolean {
  const lines = tree.texts.get(file)?.split('\n') ?? []
  const above = lines.slice(Math.max(0, line - 6), line - 1)
  const comments = above.slice(above.findLastIndex((text) => !text.startsWith('#')) + 1)
  return /^(?:generate|random)[_-]/i.test(value) || [...comments, lines[line - 1] ?? ''].some((text) => makes.test(text))
}

/** A key of a cipher is as long as its examples, which say no more: AES, ChaCha20 and their like take 16, 24 or 32 bytes. */
function sized(variable: Variable, told: readonly Told[]): Variable {
  const lengths = new Set(told.map(({ value }) => value.length))
  const [length = 0] = lengths
  return /key_?$/i.test(variable.name) && lengths.size === 1 && [16, 24, 32].includes(length) ? { ...variable, length } : variable
}

// Settings that leave such a folder open check at the start that it is one, or fail at the first request.
const scratch = /(?:^|_)(?:CACHE|TE?MP)_(?:DIR|DIRECTORY|FOLDER|PATH)$/

/** A folder whose contents nobody misses: the one that is writable everywhere. */
function inScratch(variable: Variable): Variable {
  const { default: _, ...open } = variable
  const [because] = variable.because
  return because === undefined ? variable : { ...open, example: { value: '/tmp', because } }
}

const ownAddress = /^(?:APP|BASE|CLIENT|EXTERNAL|FRONTEND|HOST|PUBLIC|ROOT|SERVER|SITE|WEB|WEBSITE)_?(?:BASE_?)?(?:UR[LI]|ORIGIN)$/
/** Files of one machine, which others do not have. */
const ownFiles = /(?:^|\/)\.env(?:\.production|\.docker)?$/
const plain = /^[\w .,:;/@+*?&=~()[\]|-]{1,120}$/
// Texts that stand for a value.
const placeholder = /^(?:your|change|replace|insert|enter|todo|fixme|xxx|\.\.\.|<)|_here$|^\*+$/i
const login = /:\/\/[^/]*@/
const debug = /(?:^|_)DEBUG$/
const off: Readonly<Record<string, string>> = { '1': '0', true: 'false', True: 'False', TRUE: 'FALSE', yes: 'no', on: 'off' }

function exemplified(variable: Variable, told: readonly Told[], folder: string): Variable {
  const found = told.find(({ value, because }) => !ownFiles.test(because.file) && isUsable(value))
  if (found === undefined) return variable
  // What is right on a developer's machine shows everybody else the source.
  const value = debug.test(variable.name) ? (off[found.value] ?? found.value) : found.value
  return { ...variable, example: { value, because: { ...found.because, file: folder + found.because.file } } }
}

/** An address of a service is that of the developer's machine, and one with a password is a secret. */
export function isUsable(value: string): boolean {
  return plain.test(value) && !placeholder.test(value) && !login.test(value) && addressOf(value) === undefined
}
