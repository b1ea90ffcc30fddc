import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'

/** Files of settings by their usual names, which programs open while they run. */
const stems = ['app', 'application', 'conf', 'config', 'local', 'main', 'settings']
export const settingsEndings = ['ini', 'json', 'toml', 'yaml', 'yml']
export const settingsFiles: readonly string[] = stems.flatMap((stem) => settingsEndings.map((ending) => `${stem}.${ending}`))

// `[server]`, `server:`, `"server": {`: what the lines below it are about.
const head = /^([ \t]*)(?:\[([\w.-]{1,40})\]|["']?([\w.-]{1,40})["']?[ \t]*:[ \t]*\{?[ \t]*\r?$)/
const pair = /^([ \t]*)["']?([\w.-]{1,40})["']?[ \t]*[:=][ \t]*["']?([^\s"',#;]{1,200})["']?[ \t]*,?[ \t]*(?:[#;].*)?\r?$/

/** A line of a file of settings, and the name of the section that it stands in. */
export interface Setting {
  readonly section: string
  readonly name: string
  /** The name behind those of all sections around it. */
  readonly path: string
  readonly value: string
  readonly because: Evidence
}

/** What the files of settings say that lie where the program opens files. */
export function settingsIn(tree: Tree, opened: readonly string[]): readonly Setting[] {
  const named = (file: string): boolean => settingsFiles.includes(file.slice(file.lastIndexOf('/') + 1))
  const isOpened = (file: string): boolean => opened.some((path) => path === file || file.slice(0, file.lastIndexOf('/') + 1) === path)
  return [...tree.texts].flatMap(([file, text]) => (named(file) && isOpened(file) ? linesOf(file, text) : []))
}

function linesOf(file: string, text: string): readonly Setting[] {
  const sections: { readonly depth: number; readonly name: string }[] = []
  let at = 0
  return text.split('\n').flatMap((line) => {
    const start = at
    at += line.length + 1
    const [, space = '', title, key] = head.exec(line) ?? pair.exec(line)?.slice(0, 2) ?? []
    // What is indented in `[server]` still belongs to it.
    const depth = title === undefined ? space.length : -1
    while (sections.length > 0 && (sections.at(-1)?.depth ?? 0) >= depth) sections.pop()
    const name = title ?? key
    if (name !== undefined) sections.push({ depth, name })
    const [, , found, value] = pair.exec(line) ?? []
    if (name !== undefined || found === undefined || value === undefined) return []
    const path = [...sections.map((s) => s.name), found].join('.')
    return [{ section: sections.at(-1)?.name ?? '', name: found, path, value, because: evidenceAt(file, text, start) }]
  })
}
