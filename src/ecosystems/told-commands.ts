import type { Evidence } from '../model/evidence.ts'
import { imageName } from '../model/text.ts'
import type { Tree } from '../model/tree.ts'
import { evidenceAt } from './search.ts'
import { split, type Words } from './shell.ts'

/** A command that the repository starts its code with, by the name that it gives it. */
export interface ToldCommand {
  readonly name: string
  /** In order, as a shell would run them. Variables stay as they are written. */
  readonly commands: readonly Words[]
  readonly because: Evidence
}

/** Commands of the Procfile, and of the services of compose files that are built here, or run the published `image` of the project. The first of a name counts. */
export function toldCommands(tree: Tree, folder = '.', image?: string): readonly ToldCommand[] {
  const files = [...new Set([folder === '.' ? 'Procfile' : `${folder}/Procfile`, 'Procfile'])]
  const all = [...files.flatMap((file) => inProcfile(tree, file)), ...inCompose(tree, image)]
  return all.filter(({ name }, i) => all.findIndex((other) => other.name === name) === i)
}

function inProcfile(tree: Tree, file: string): readonly ToldCommand[] {
  const text = tree.texts.get(file) ?? ''
  return [...text.matchAll(/^([A-Za-z][\w-]{0,40}):[ \t]*(\S.*)$/gm)].map((line) => ({
    name: nameOf(line[1] ?? ''),
    commands: split(line[2] ?? ''),
    because: evidenceAt(file, text, line.index),
  }))
}

function inCompose({ compose = [] }: Tree, published: string | undefined): readonly ToldCommand[] {
  return compose.flatMap(({ services }) =>
    services.flatMap(({ name, dockerfile, image, command, because }) => {
      const isOwn = dockerfile !== undefined || (image !== undefined && imageName(image.value) === published)
      if (!isOwn || command === undefined) return []
      return [{ name: nameOf(name), commands: commandsOf(command), because }]
    }),
  )
}

/** A shell that is given as the program runs its line. */
function commandsOf(command: readonly string[] | string): readonly Words[] {
  if (typeof command !== 'string') {
    const [shell = '', flag = '', line = ''] = command
    return /(?:^|\/)(?:ba)?sh$/.test(shell) && /^-\w*c$/.test(flag) ? split(line) : [command]
  }
  const words = split(command)
  const [only] = words
  return only !== undefined && words.length === 1 && /(?:^|\/)(?:ba)?sh$/.test(only[0] ?? '') ? commandsOf(only) : words
}

/** A name of a service: lower case letters, digits and dashes. */
function nameOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** The last step of a told command, when it is the one that is looked for and needs nothing that a shell would put in. */
export function plainCommand({ commands }: ToldCommand, wanted: (words: Words) => boolean): Words | undefined {
  const last = commands.at(-1) ?? []
  const words = last[0] === 'exec' ? last.slice(1) : last
  return wanted(words) && !words.some((word) => word.includes('$')) ? words : undefined
}
