import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { directoryOf } from './files.ts'
import { assignedAnywhere, type Settings } from './settings.ts'

const root = '/app'
const quotedText = /["']([^"'\n]*)["']/g
// Names that are looked up for one path: settings that people read take a handful.
const mostNames = 20
// Where data may lie in a container: anywhere but in the system's own folders and in those of a Mac.
const forData =
  /^\/(?!(?:bin|boot|dev|etc|lib\w*|opt\/venv|proc|root|run|sbin|sys|tmp|usr|Users|Library|var\/(?:cache|log|run|tmp))(?:\/|$)|(?:home|mnt|opt|srv|var)\/?$)[\w./-]{2,}$/

/**
 * The absolute path in the container that an expression of the settings stands for: `BASE_DIR / "a" / "b"`, `os.path.join(MEDIA_DIR, "a")`,
 * `"sqlite:///a"`. Names are followed to where they are assigned; a path without one counts from the folder of manage.py.
 */
export function placeOf(tree: Tree, folder: string, settings: Settings, expression: string, file: string): string | undefined {
  const literal = literalOf(inProduction(expression))
  const found = resolved(tree, settings, expression, file, new Set())
  const place = found ?? (literal === '' || literal.startsWith('/') ? undefined : below(`${root}/${folder}`, literal))
  return place !== undefined && forData.test(place) ? place.replace(/\/+$/, '') : undefined
}

/** The texts in quotes of an expression. */
export function textsIn(expression: string): readonly string[] {
  return [...expression.matchAll(quotedText)].map((match) => match[1] ?? '')
}

/** The parts of a path that stand in quotes, without keys, names of variables and of engines. */
function literalOf(expression: string): string {
  const value = expression.replace(/["']\w+["']\s*:/g, '')
  const parts = textsIn(value).map((part) => part.replace(/^sqlite:\/\/\//, '').replace(/^\{[^}]*\}\/?/, ''))
  return parts.filter((part) => /^[\w./-]+$/.test(part) && !/^[A-Z_]+$/.test(part) && !part.startsWith('django.')).join('/')
}

/** What an expression stands for that is absolute, says `__file__`, or names a setting of which this holds. */
function resolved(tree: Tree, settings: Settings, whole: string, file: string, seen: Set<string>): string | undefined {
  const expression = spelledOut(inProduction(whole), tree.texts.get(file) ?? '')
  const literal = literalOf(expression)
  if (literal.startsWith('/')) return literal
  const base = expression.includes('__file__') ? `${root}/${file}` : named(tree, settings, expression, seen)
  return base === undefined ? undefined : below(climbed(base, levelsOf(expression)), literal)
}

const alias = /^([A-Za-z_]\w{0,30})[ \t]*=[ \t]*(?:os\.path\.)?dirname[ \t]*$/m

/** With the parent folder as it stands in a path, and the folder of a path under its own name. */
function spelledOut(expression: string, text: string): string {
  const own = alias.exec(text)?.[1]
  const named = own === undefined ? expression : expression.replace(new RegExp(`\\b${own}\\(`, 'g'), 'dirname(')
  return named.replace(/\b(?:os\.)?(?:path\.)?pardir\b/g, "'..'")
}

/** `A if DEBUG else B` is B; of another condition the first is taken. */
function inProduction(expression: string): string {
  const [, yes, not, condition = '', no] = /^([\s\S]{1,400}?)\sif\s+(not\s+)?([^\n"']{1,100}?)\selse\s([\s\S]*)$/.exec(expression) ?? []
  if (yes === undefined || no === undefined) return expression
  return /\bDEBUG$/.test(condition) && not === undefined ? no : yes
}

/** `seen` are the names that were looked up: one that gave nothing gives nothing again, and may stand for itself. */
function named(tree: Tree, settings: Settings, expression: string, seen: Set<string>): string | undefined {
  // Quotes with braces hold names too.
  for (const [name] of expression.replace(/["'][^"'{\n]*["']/g, '').matchAll(/\b[A-Z][A-Z0-9_]{2,60}\b/g)) {
    if (seen.has(name) || seen.size === mostNames) continue
    seen.add(name)
    const value = assignedAnywhere(tree, settings, name)
    const place = value && resolved(tree, settings, value.text, value.because.file, seen)
    if (place !== undefined) return place
  }
  return undefined
}

/** How many folders an expression goes up: `.parent`, `dirname(`, `parents[1]`, and `environ.Path(…) - 2`. */
function levelsOf(expression: string): number {
  const index = /parents\[(\d)\]/.exec(expression)?.[1]
  const minus = /\benviron\.Path\([^)]*\)\s*-\s*(\d)/.exec(expression)?.[1]
  return index !== undefined ? Number(index) + 1 : Number(minus ?? [...expression.matchAll(/\.parent\b|dirname\(/g)].length)
}

function climbed(path: string, levels: number): string {
  return Array.from({ length: levels }).reduce<string>((at) => (at.lastIndexOf('/') > 0 ? directoryOf(at) : '/'), path)
}

function below(folder: string, literal: string): string | undefined {
  const path = joined(folder.slice(1), literal)
  return path === undefined ? undefined : `/${path}`
}
