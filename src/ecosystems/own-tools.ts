import { toolPackage } from '../catalogue/tools.ts'
import type { App, Tool } from '../model/app.ts'
import type { Tree } from '../model/tree.ts'
import { type OwnLine, type OwnStage, ownStages } from './own-dockerfile.ts'

const installs: ReadonlyMap<string, string> = new Map([
  ['apt-get', 'install'],
  ['apt', 'install'],
  ['apk', 'add'],
])
const separator = /^(?:&&|\|\||;|\|)$/
// In an image that also installs and builds, these bring sources.
const bringing: ReadonlySet<string> = new Set(['file', 'git', 'git-lfs', 'mercurial', 'openssh-client', 'rsync', 'subversion'])

/** The app with the programs that its packages call, and those that the image of a person's own Dockerfile holds for it. */
export function withTools<A extends App>(app: A, tree: Tree): A {
  const found = [...(app.tools ?? []), ...ownTools(tree)]
  const tools = found.filter(({ name }, i) => found.findIndex((other) => other.name === name) === i)
  return tools.length === 0 ? app : { ...app, tools: tools.sort((a, b) => (a.name < b.name ? -1 : 1)) }
}

function ownTools(tree: Tree): readonly Tool[] {
  const stages = ownStages(tree)
  const last = stages.at(-1)
  if (last === undefined) return []
  const lines = [last, ...below(stages, last)].flatMap(({ runs }) => runs)
  return lines.flatMap((line) => named(line).flatMap((name) => tool(name, line, stages.length > 1)))
}

/** The stages that one begins with. */
function below(stages: readonly OwnStage[], { image }: OwnStage): readonly OwnStage[] {
  const base = stages.find(({ name }) => name !== '' && name === image.toLowerCase())
  return base === undefined ? [] : [base, ...below(stages.slice(0, stages.indexOf(base)), base)]
}

function tool(name: string, { because }: OwnLine, isApart: boolean): readonly Tool[] {
  const known = toolPackage(name)
  return known === undefined || (!isApart && bringing.has(known.name)) ? [] : [{ ...known, because }]
}

/** The packages that a line installs, without their versions. */
function named({ words }: OwnLine): readonly string[] {
  const names: string[] = []
  let installer: string | undefined
  let isInstalling = false
  for (const word of words.flatMap((w) => w.split(/(?<=;)|(?=;)/))) {
    if (separator.test(word)) installer = undefined
    else if (installs.has(word)) installer = word
    else if (installer !== undefined && word === installs.get(installer)) {
      isInstalling = true
      continue
    } else if (isInstalling && !word.startsWith('-')) names.push(word.replace(/[=~<>].*/, ''))
    if (installer === undefined) isInstalling = false
  }
  return names
}
