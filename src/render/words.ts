import type { Command, ImageRef } from '../model/plan.ts'
import { Problem } from '../model/problem.ts'
import { oneLine } from '../model/text.ts'

// The only ways by which a value gets into a Dockerfile, a YAML file or a shell. Each helper knows one place and its rules;
// whatever cannot be written there is refused, never passed on.

const control = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u

function refuse(text: string, place: string): never {
  throw new Problem({
    code: 'text-not-writable',
    exit: 1,
    message: `${JSON.stringify(text.slice(0, 80))} cannot be written into ${place}.`,
    fix: 'Rename it in the repository, or set the option that holds it in secure-docker.toml.',
  })
}

/** A line of a preset: checked as part of the block that it stands in (presets/permitted.ts), and written as it is. */
export function line(text: string): string {
  return control.test(text) ? refuse(text, 'a line') : text
}

/** The words of a comment line. */
export function comment(text: string): string {
  return oneLine(text)
}

/** A double-quoted value of LABEL or ENV: BuildKit expands `$` and reads backslashes there (Dockerfile reference, "Environment replacement"). */
export function quoted(value: string): string {
  return `"${oneLine(value).replace(/[\\"$`]/g, '\\$&')}"`
}

/** A name of ours: a stage, a label's key, a variable. */
export function name(text: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(text) ? text : refuse(text, 'a name')
}

/** `repository:tag` (distribution reference grammar). */
export function image(ref: ImageRef): string {
  const text = `${ref.repository}:${ref.tag}`
  return /^[a-z0-9]+(?:[._:/-]+[a-z0-9]+)*:[\w][\w.-]{0,127}$/.test(text) ? text : refuse(text, 'an image reference')
}

/** A whole number. */
export function number(value: number): string {
  return Number.isSafeInteger(value) && value >= 0 ? String(value) : refuse(String(value), 'a number')
}

/** An exec array: JSON, which neither BuildKit nor a shell changes. */
export function exec(argv: readonly string[]): string {
  for (const word of argv) if (word.includes('\0')) refuse(word, 'a command')
  return `[${argv.map((word) => JSON.stringify(word).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)).join(', ')}]`
}

const plainPath = /^[\w@+./-]+$/

/** One absolute path as the argument of WORKDIR, or of a flag. */
export function path(text: string): string {
  return plainPath.test(text) ? text : refuse(text, 'a path of the image')
}

// BuildKit expands `$`, reads quotes and matches patterns in sources of COPY, and its check compares them, as they are written, with
// .dockerignore. What means something to one of them is written as "any one character", which all of them read alike.
const special = /[*?[\]\\$'"\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** Sources and destination of COPY. Sources mean these paths; in the destination quotes and `$` are escaped. */
export function copyPaths(sources: readonly string[], to: string): string {
  if ([...sources, to].every((p) => plainPath.test(p))) return [...sources, to].join(' ')
  if (control.test(to)) refuse(to, 'a path of the image')
  return exec([...sources.map((source) => source.replace(special, '?')), to.replace(/[$'"\\]/g, '\\$&')])
}

/** An entry of .dockerignore that means this path (moby/patternmatcher). */
export function ignorePattern(text: string): string {
  return text.replace(special, '?').replaceAll(' ', '?')
}

/** One word of a POSIX shell. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  if (control.test(text)) refuse(text, 'a shell command')
  // A checker takes a variable between single quotes for a mistake.
  return text.includes('$') ? `"${text.replace(/[\\"$`]/g, '\\$&')}"` : `'${text.replaceAll("'", `'\\''`)}'`
}

/** A command line of a POSIX shell. Words that need no quotes get none. */
export function shellCommand(command: Command): string {
  if ('write' in command)
    return `printf '%s\\n' \\\n${command.lines.map((l) => `      ${shellWord(l)} \\`).join('\n')}\n      > ${shellWord(command.write)}`
  const environment = Object.entries(command.env ?? {}).map(([key, value]) => `${name(key)}=${shellWord(value)}`)
  return [...environment, ...command.argv.map((word) => shellWord(word))].join(' ')
}

/** A YAML scalar. Compose replaces `$` in values, so it is doubled (Compose specification, "Interpolation"). */
export function yaml(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = value.replaceAll('$', '$$$$')
  if (/^\d+[ms]$/.test(text)) return text
  if (/^[A-Za-z_./][\w./-]*(?::[\w./-]+)*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n|\.|\.(?:inf|nan))$/i.test(text))
    return text
  if (!control.test(text)) return `'${text.replaceAll("'", "''")}'`
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
