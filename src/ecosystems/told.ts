import type { Evidence } from '../model/evidence.ts'
import type { Reads, Tree } from '../model/tree.ts'
import { evidenceAt } from './search.ts'
import { kindOfImage } from './service-images.ts'

/** Files that show which variables a program wants, the likeliest first. */
export const exampleFiles = [
  '.env',
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  '.env.defaults',
  '.env.production',
  '.env.local.example',
  '.env.docker',
  '.env-example',
  '.env-sample',
  '.env_example',
  '.env_sample',
  '.example.env',
  '.sample.env',
  'env.example',
  'env.sample',
  'env_sample',
  'env-example',
  'env-example-relational',
  'example.env',
  'sample.env',
  'app.env',
] as const

/** Read for what they say of variables and of releases. */
export const toldReads: Reads = { names: [...exampleFiles, 'README.md', 'Makefile'], endings: [] }

/** A value that the repository gives a variable somewhere. It may be a secret: never print it. */
export interface Told {
  readonly value: string
  readonly because: Evidence
}

const line = /^[ \t]*(?:export[ \t]+)?([A-Za-z][A-Za-z0-9_]{1,80})[ \t]*=[ \t]*([^\n]*)$/gm

/** The values of each variable: from example files at the root, then from programs in compose files. */
export function toldValues(tree: Tree): ReadonlyMap<string, readonly Told[]> {
  const all = new Map<string, Told[]>()
  const add = (name: string, value: string, because: Evidence): void => {
    all.set(name, [...(all.get(name) ?? []), { value, because: { ...because, saw: name } }])
  }
  for (const file of exampleFiles) {
    const text = tree.texts.get(file) ?? ''
    for (const match of [...text.matchAll(line)].slice(0, 200))
      add(match[1] ?? '', plain(match[2] ?? ''), evidenceAt(file, text, match.index))
  }
  const programs = (tree.compose ?? []).flatMap((file) => file.services.filter((s) => kindOfImage(s.image?.value ?? '') === undefined))
  for (const { environment } of programs)
    for (const { name, value, because } of environment) if (value !== undefined) add(name, value, because)
  return all
}

/** A value without its quotes, or without the comment behind it. */
function plain(text: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(text)
  return quoted?.[2] ?? text.replace(/(?:^|\s)#.*$/, '').trim()
}

/** Told by a compose file, where hosts are names of services. */
export function isComposeFile(file: string): boolean {
  return /compose[\w.-]*\.ya?ml$/.test(file)
}
