import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { matches } from '../search.ts'
import { toldValues } from '../told.ts'
import { moduleFile } from './files.ts'
import { runFiles } from './reads.ts'
import { readSettings } from './settings.ts'

/** A settings module, and the line that names it. */
export interface NamedSettings {
  readonly module: string
  readonly because: Evidence
}

const variable = 'DJANGO_SETTINGS_MODULE'
const inImage = /^[ \t]*(?:ENV[ \t]+)?DJANGO_SETTINGS_MODULE(?:=|[ \t]+)["']?([A-Za-z_][\w.]*)/gm
// DJANGO_SETTINGS_MODULE=a.b, "DJANGO_SETTINGS_MODULE": "a.b", setdefault("DJANGO_SETTINGS_MODULE", "a.b"), `- key: …` with its value some lines below.
const said =
  /DJANGO_SETTINGS_MODULE["']?(?:[ \t]*[=:,][ \t]*(?:\{\s*["']value["']\s*:\s*)?|[ \t]*\n(?:[^\n]{0,80}\n){0,3}?[ \t]*value:[ \t]*)["']?([A-Za-z_][\w.]*)/g
/** What modules are for, by a word of their name: those of later rows are the likelier to run in a container. */
const purposes = [
  /^(?:dev\w*|local|tests?|testing|ci|debug|e2e)$/,
  undefined,
  /^(?:docker|containers?|compose)$/,
  /^(?:prod|production|live)$/,
]

/** What settings are made of, and what nothing runs with. */
const parts = /^(?:__init__|base|common|components|defaults?|tests?|testing)$/

/** The settings that files name, whatever they are written in. */
export function saidIn(tree: Tree, files: readonly string[]): readonly NamedSettings[] {
  return [...matches(tree, files, said)].map(({ groups, evidence }) => ({ module: groups[1] ?? '', because: evidence }))
}

/** The files of these names, in any folder. */
export function filesCalled({ texts }: Tree, names: readonly string[]): readonly string[] {
  return [...texts.keys()].filter((file) => names.includes(file.slice(file.lastIndexOf('/') + 1)))
}

/** By its name, settings are made of it, or nothing runs with it. */
export function isPart(module: string): boolean {
  return parts.test(module.slice(module.lastIndexOf('.') + 1))
}

/** The settings that the repository's own containers, or where it is deployed, run with, where they are made for it and those that its code names are not. */
export function settingsInContainers(tree: Tree, folder: string, own?: string): NamedSettings | undefined {
  const values = (toldValues(tree).get(variable) ?? []).map(({ value, because }) => ({ module: value, because }))
  const images = [joined(folder, 'Dockerfile') ?? '', 'Dockerfile'].flatMap((file) =>
    [...matches(tree, [file], inImage)].map(({ groups, evidence }) => ({ module: groups[1] ?? '', because: evidence })),
  )
  const least = own === undefined ? -1 : fitness(own)
  const deployed = saidIn(tree, filesCalled(tree, [...runFiles, 'Procfile']))
  return [...values, ...images, ...deployed].find(({ module }) => fitness(module) > least && moduleFile(tree, folder, module) !== undefined)
}

/**
 * The module of a package that only holds settings: the one that the repository's own containers run with, else the first that the files which
 * name the package have in quotes, else the one whose name is the likeliest.
 */
export function settingsBelow(
  tree: Tree,
  folder: string,
  named: readonly NamedSettings[],
  files: readonly string[],
): NamedSettings | undefined {
  for (const { module, because } of named) {
    const prefix = module.replace(/\.$/, '')
    const path = joined(folder, prefix.replaceAll('.', '/')) ?? ''
    const inside = [...tree.files].flatMap((file) => {
      const name = file.startsWith(`${path}/`) ? /^(\w+)(?:\/__init__)?\.py$/.exec(file.slice(path.length + 1))?.[1] : undefined
      return name === undefined || parts.test(name) || !setsUrls(tree, folder, `${prefix}.${name}`) ? [] : [`${prefix}.${name}`]
    })
    const told = settingsInContainers(tree, folder)
    const quoted = [...matches(tree, files, /["'](\w+)["']/g)].map(({ groups }) => `${prefix}.${groups[1]}`)
    const found =
      inside.find((name) => name === told?.module) ??
      quoted.find((name) => inside.includes(name)) ??
      [...inside].sort((a, b) => fitness(b) - fitness(a))[0]
    if (found !== undefined) return { module: found, because: found === told?.module ? told.because : because }
  }
  return undefined
}

/** It says which URLs there are, as all settings do in the end. */
export function setsUrls(tree: Tree, folder: string, module: string): boolean {
  const { files } = readSettings(tree, folder, module)
  return !module.endsWith('.') && files.some((file) => /\bROOT_URLCONF\b/.test(tree.texts.get(file) ?? ''))
}

/** How likely a module is to run in a container, by words of its name: 0 is for development and tests, 3 for production. */
export function fitness(module: string): number {
  const words = module.toLowerCase().split(/[._]/).slice(1)
  const found = purposes.findLastIndex((purpose) => purpose !== undefined && words.some((word) => purpose.test(word)))
  return found === -1 ? 1 : found
}
