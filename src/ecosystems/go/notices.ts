import type { GoProgram, Notice, VariablesFile } from '../../model/app.ts'
import type { Sourced } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { first, found } from './find.ts'
import { workspaceFolders } from './module.ts'
import { listening } from './port.ts'
import type { GoFile } from './source.ts'

/** What a person should know about the program that is started. */
export function noticesOf(tree: Tree, graph: readonly GoFile[], program: GoProgram | undefined): readonly Notice[] {
  const { subcommand, reach, given } = program ?? {}
  const opened = Object.values(program?.environment ?? {}).some((value) => value.startsWith('0.0.0.0'))
  return [
    ...(given === undefined ? (subcommand === undefined ? [] : [subcommandNotice(subcommand)]) : [givenNotice(given)]),
    ...(reach === undefined
      ? opened || given?.value.some((word) => /0\.0\.0\.0|\[::\]|(?:^|[= ]):\d/.test(word))
        ? []
        : loopbackNotice(graph)
      : [reachNotice(reach)]),
    ...(program?.variablesFile === undefined ? variablesFileNotice(tree, graph) : [emptyFileNotice(program.variablesFile)]),
  ]
}

function reachNotice({ value, because }: Sourced<string>): Notice {
  return {
    code: 'go-reached-by-argument',
    text: `The program listens on its own machine only unless it is told: the image starts it with ${value}.`,
    because,
    fix: 'Nothing, unless another program in the same container is to be the only one that reaches it.',
  }
}

function subcommandNotice({ value, because }: Sourced<string>): Notice {
  return {
    code: 'go-subcommand',
    text: `The program does not serve without a command: the image starts it with ${value}.`,
    because,
    fix: 'When it needs another, or more arguments, change CMD in the Dockerfile: later runs keep it.',
  }
}

function givenNotice({ value, because }: Sourced<readonly string[]>): Notice {
  return {
    code: 'go-started-with',
    text: `The image starts the program with what the own Dockerfile gives it: ${value.join(' ')}.`,
    because,
    fix: 'When it needs others, change CMD in the Dockerfile: later runs keep it.',
  }
}

/** go.work is no part of a build from one module. */
export function workspaceNotice(tree: Tree): readonly Notice[] {
  const text = tree.texts.get('go.work')
  if (text === undefined) return []
  const others = workspaceFolders('go.work', text).filter((seen) => joined('.', seen.saw) !== '.')
  if (others.length === 0) return []
  return [
    {
      code: 'go-workspace-ignored',
      text: 'go.work is not used: the image is built from the go.mod at the root alone.',
      because: others,
      fix: 'Modules of the workspace that the program needs belong into go.mod, by a release or by a replace line with their folder.',
    },
  ]
}

/** A host that is bound by default, apart from its port. */
const boundHost = /(?:bind|listen)\w{0,20}[^\n]{0,120}"(?:localhost|127\.0\.0\.1|::1)"/gi

function loopbackNotice(graph: readonly GoFile[]): readonly Notice[] {
  const said = listening(graph)
  const seen = said?.loopback === true ? said.because : first(graph, boundHost)?.evidence
  if (seen === undefined) return []
  return [
    {
      code: 'go-listens-on-loopback',
      text: 'The program seems to listen on its own machine only: from outside of the container nobody reaches it.',
      because: [seen],
      fix: 'Let it listen on every address (":PORT" without a host), or give it the flag or variable that makes it do so.',
    },
  ]
}

function emptyFileNotice({ path, names, because }: VariablesFile): Notice {
  const stands = names.length > 0 ? 'one with names and hardly a value' : 'an empty one'
  return {
    code: 'go-variables-file',
    text: `The program ends without a file ${path}. The file may hold secrets, so it is not in the image: ${stands} takes its place.`,
    because: [because],
    fix: 'Nothing, when compose.yaml gives it its variables (secure-docker env lists them): what stands there holds.',
  }
}

/** A file of variables that viper reads (`SetConfigType("env")`). It is for a developer's machine, and may hold secrets. */
function variablesFileNotice(tree: Tree, graph: readonly GoFile[]): readonly Notice[] {
  const [named] = [...found(graph, /\bSetConfigName\(\s{0,10}"([\w.-]{1,60})"/g)]
  const file = named?.groups[1] === '.env' ? '.env' : `${named?.groups[1] ?? ''}.env`
  if (named === undefined || !tree.files.has(file) || first(graph, /\bSetConfigType\(\s{0,10}"(?:env|dotenv)"/g) === undefined) return []
  return [
    {
      code: 'go-variables-file',
      text: `The program reads ${file} when it starts. The file may hold secrets, so it is not in the image.`,
      because: [named.evidence],
      fix: `Let it go on where the file is missing; or mount it, under volumes of the service in compose.yaml: './${file}:/app/${file}:ro'.`,
    },
  ]
}
