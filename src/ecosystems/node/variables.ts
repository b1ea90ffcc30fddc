import type { Variable } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import { contractOf, type Read } from '../contract.ts'
import { evidenceAt } from '../search.ts'
import { exampleFiles } from '../told.ts'
import { inComment } from './code.ts'

const name = '([A-Z][A-Z0-9_]{1,80})'
const direct = new RegExp(String.raw`\bprocess\.env(?:\.${name}\b|\[['"]${name}['"]\])`, 'g')
const throughObject = new RegExp(String.raw`(?<![\w.])(?:env|ENV)(?:\.${name}\b|\[['"]${name}['"]\])`, 'g')
const objectMade = /\b(?:env|ENV)\s{0,4}=\s{0,4}process\.env\b|\benv\b[^;{}]{0,40}\}\s{0,4}=\s{0,4}process\b/
const destructured = /\{([^{}]{1,2000})\}\s{0,4}=\s{0,4}process\.env\b/g
// Helpers and settings services: configService.get('A', 1), getOrThrow('A'), env('A'), env.get('A').
const called = new RegExp(
  String.raw`\b((?:[\w$]{0,30}[eE]nv[\w$]{0,20}|[\w$]{0,20}[cC]onfig(?:Service)?)(?:\.\w{1,20}){0,2})(?:<[^<>()]{1,60}>)?\(\s{0,20}['"]${name}['"]\s{0,20}(,[^)]{0,120})?\)`,
  'g',
)
const schemaEntry = new RegExp(
  String.raw`(?<![\w.])${name}\s{0,4}:\s{0,20}(?:z|Joi|joi|yup|v|Env|Type|t|str|num|bool|url|email|json|host|port|makeValidator)\b[.(]`,
  'g',
)
const schemaFile = /process\.env|@t3-oss\/env|envalid|ConfigModule/
const validatedField = /^[ \t]{1,8}(?:public[ \t]+)?(?:readonly[ \t]+)?([A-Z][A-Z0-9_]{1,80})(\?)?!?[ \t]*:[^;=\n]{0,80}(=)?/gm
const prismaUrl = new RegExp(String.raw`\benv\(\s{0,4}["']${name}["']\s{0,4}\)`, 'g')
const example = /^[ \t]*(?:export[ \t]+)?([A-Z][A-Z0-9_]{1,80})[ \t]*=/gm

/** Names of what a build puts into a browser's code. */
export const forBrowsers = /^(?:VITE|REACT_APP|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|GATSBY|STORYBOOK)_/

// Nobody reads more in one file; each costs a look at the whole of it.
const mostMatches = 200

/** Variables that the program reads, those that examples name included. `set` are known already. */
export function findVariables(tree: Tree, files: readonly string[], set: readonly string[]): readonly Variable[] {
  const prisma = [...tree.texts.keys()].filter((file) => /\.prisma$|(?:^|\/)prisma\.config\.[cm]?[jt]s$/.test(file))
  const reads = [
    ...files.flatMap((file) => readsOf(file, tree.texts.get(file) ?? '')),
    ...prisma.flatMap((file) => prismaReads(file, tree.texts.get(file) ?? '')),
  ]
  const named = exampleFiles.flatMap((file) => exampleReads(file, tree.texts.get(file) ?? ''))
  return contractOf(
    [...reads, ...named].filter((read) => !forBrowsers.test(read.name)),
    set,
  )
}

function readsOf(file: string, text: string): readonly Read[] {
  const at = (index: number): Read['because'] => evidenceAt(file, text, index)
  const patterns = objectMade.test(text) ? [direct, throughObject] : [direct]
  const reads = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].slice(0, mostMatches).flatMap((match): Read[] => {
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 200)
      if (/^\s{0,4}=(?!=)/.test(after) || inComment(text, match.index)) return []
      const before = text.slice(Math.max(0, match.index - 60), match.index)
      return [{ name: match[1] ?? match[2] ?? '', ...judged(before, after), because: at(match.index) }]
    }),
  )
  const taken = [...text.matchAll(destructured)]
    .slice(0, mostMatches)
    .flatMap((match) => (inComment(text, match.index) ? [] : (match[1] ?? '').split(',').flatMap((part) => taking(part, at(match.index)))))
  const asked = [...text.matchAll(called)].slice(0, mostMatches).flatMap((match): Read[] => {
    const [, helper = '', variable = '', rest] = match
    if (inComment(text, match.index)) return []
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 120)
    const required = /throw|require|must/i.test(helper) || /^\s{0,10}\.required\(/.test(after)
    const given = literal(rest?.slice(1)) ?? literal(/\.default\(([^()]*)\)/.exec(after)?.[1]) ?? judged('', after).default
    return [{ name: variable, ...(given === undefined ? {} : { default: given }), required, because: at(match.index) }]
  })
  const schema = schemaFile.test(text) || /(?:^|\/)env(?:ironment)?\.[cm]?[jt]s$/.test(file) ? schemaReads(file, text) : []
  const fields = /['"]class-validator['"]/.test(text) && /\benv/i.test(text) ? validatedReads(file, text) : []
  return [...reads, ...taken, ...asked, ...schema, ...fields]
}

/** Fields of a class that the environment is held against (class-validator, as NestJS documents it). */
function validatedReads(file: string, text: string): readonly Read[] {
  return [...text.matchAll(validatedField)].slice(0, mostMatches).flatMap((match): Read[] => {
    const before = text.slice(Math.max(0, match.index - 600), match.index)
    const decorators = before.split(/[;{][ \t]*\n/).at(-1) ?? ''
    if (!/@(?:Is|Min|Max|Matches|Length|Validate)/.test(decorators) || inComment(text, match.index)) return []
    const lax = /@(?:IsOptional|ValidateIf)\(/.test(decorators) || match[2] !== undefined || match[3] !== undefined
    return [{ name: match[1] ?? '', required: !lax, because: evidenceAt(file, text, match.index + match[0].indexOf(match[1] ?? '')) }]
  })
}

/** What stands around a read says whether the program goes on without it. */
function judged(before: string, after: string): Pick<Read, 'default' | 'required'> {
  const fallback = /^\s{0,4}(?:as \w+\s{0,4})?\)?\s{0,20}(?:\|\||\?\?)\s{0,20}([^\n]*)/.exec(after)
  if (fallback !== null) {
    const given = literal(fallback[1])
    return given === undefined ? { required: false } : { default: given, required: false }
  }
  if (
    /\bif\s{0,4}\(\s{0,4}!\s{0,4}$/.test(before) &&
    /^\s{0,4}\)\s{0,20}\{?\s{0,40}(?:throw|(?:console|log\w*)\.[^;]{0,120};?\s{0,40}process\.exit)/.test(after)
  )
    return { required: true }
  if (/(?:\bif\s{0,4}\(|!!|Boolean\()\s{0,4}$/.test(before) || /^\s{0,10}(?:\?(?![.?])|&&)/.test(after))
    return { default: '', required: false }
  return { required: false }
}

function taking(part: string, because: Read['because']): readonly Read[] {
  const match = /^\s*([A-Z][A-Z0-9_]*)\s*(?::\s*\w+\s*)?(?:=\s*([\s\S]*))?$/.exec(part)
  if (match === null) return []
  const given = literal(match[2])
  return [{ name: match[1] ?? '', ...(given === undefined ? {} : { default: given }), required: false, because }]
}

/** Entries of a schema that the environment is held against (zod, Joi, envalid, t3-env, AdonisJS). */
function schemaReads(file: string, text: string): readonly Read[] {
  const joi = /\bjoi\b/i.test(text)
  const found = [...text.matchAll(schemaEntry)].slice(0, mostMatches)
  return found.flatMap((match, i): Read[] => {
    if (inComment(text, match.index)) return []
    const end = Math.min(found[i + 1]?.index ?? text.length, match.index + 400)
    const chain = text.slice(match.index, end).split(/\n\s*\}/, 1)[0] ?? ''
    const given = literal(/\bdefault(?:\(|:)\s*([^\n]*)/.exec(chain)?.[1])
    const lax = /\.(?:optional|nullish|default|catch)\(|default:|\.allow\(/.test(chain)
    const required = joi ? /\.required\(/.test(chain) : !lax
    return [
      { name: match[1] ?? '', ...(given === undefined ? {} : { default: given }), required, because: evidenceAt(file, text, match.index) },
    ]
  })
}

function prismaReads(file: string, text: string): readonly Read[] {
  return [...text.matchAll(prismaUrl)].slice(0, mostMatches).flatMap((match) => {
    const because = evidenceAt(file, text, match.index)
    return /^(?:\/\/|shadow|direct)/.test(because.saw) ? [] : [{ name: match[1] ?? '', required: true, because }]
  })
}

/** Its value may be a secret: the name alone is shown. */
function exampleReads(file: string, text: string): readonly Read[] {
  return [...text.matchAll(example)].slice(0, mostMatches).map((match) => {
    const given = match[1] ?? ''
    return { name: given, required: false, because: { ...evidenceAt(file, text, match.index), saw: given } }
  })
}

/** A text, number or truth value at the beginning of an expression. */
function literal(expression: string | undefined): string | undefined {
  const match = /^\s*(?:(["'`])((?:(?!\1)[^\\$\n])*)\1|(-?\d[\d_.]*)\b|(true|false)\b)/.exec(expression ?? '')
  return match === null ? undefined : (match[2] ?? match[3] ?? match[4])
}
