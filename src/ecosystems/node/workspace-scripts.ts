import type { Evidence } from '../../model/evidence.ts'
import { evidenceAt } from '../search.ts'
import { split, type Words } from '../shell.ts'
import { type Context, fromScript } from './command.ts'
import type { Manifest } from './manifest.ts'
import { bare, wrappers } from './programs.ts'
import { startScripts } from './start.ts'

/** A package of a workspace, by its folder. */
export interface Member {
  readonly folder: string
  readonly manifest: Manifest
}

/** A script of one of a workspace's packages that the root starts. */
export interface Delegation {
  readonly member: Member
  readonly script: string
  readonly because: readonly Evidence[]
}

/** The script of one of a workspace's packages that the Procfile, or a script at the root, starts in the end. */
export function delegationOf(context: Context, members: readonly Member[]): Delegation | undefined {
  const { tree, manifest } = context
  const procfile = tree.texts.get('Procfile') ?? ''
  const web = /^web:[ \t]*(.+)$/m.exec(procfile)
  const told = web?.[1] === undefined ? undefined : followed(manifest, members, web[1], new Set())
  if (told !== undefined) return { ...told, because: [evidenceAt('Procfile', procfile, web?.index ?? 0)] }
  for (const name of startScripts) {
    const found = followed(manifest, members, manifest.scripts[name] ?? '', new Set([name]))
    if (found !== undefined) return { ...found, because: [manifest.evidence('scripts', name)] }
    // A program of the root's own comes before what a less likely script starts elsewhere.
    if (fromScript(context, name) !== undefined) return undefined
  }
  return undefined
}

type Found = Omit<Delegation, 'because'>

function followed(manifest: Manifest, members: readonly Member[], line: string, seen: ReadonlySet<string>): Found | undefined {
  const commands = split(line)
  const [last] = commands.slice(-1)
  if (last === undefined) return undefined
  const folder = commands.flatMap((words) => (words[0] === 'cd' ? [words[1] ?? ''] : [])).at(-1)
  const words = withoutWrapper(last)
  const call = callOf(words)
  const script = call.script
  if (script === undefined) return undefined
  const wanted = call.of ?? folder
  if (wanted === undefined) {
    const next = manifest.scripts[script]
    return next === undefined || seen.has(script) || call.tool ? undefined : followed(manifest, members, next, new Set([...seen, script]))
  }
  const member = memberCalled(members, wanted)
  return member === undefined || !(script in member.manifest.scripts) ? undefined : { member, script }
}

/** A package by its name, with or without its scope, or by its folder. */
function memberCalled(members: readonly Member[], wanted: string): Member | undefined {
  const name = bare(wanted.replace(/^\{(.*)\}$/, '$1').replace(/^(?:\.\.\.|\^)+|\.\.\.$/g, ''))
  const plain = (full: string | undefined): string | undefined => full?.replace(/^@[^/]+\//, '')
  return (
    members.find(({ folder, manifest }) => manifest.name === name || folder === name) ??
    members.find(({ folder, manifest }) => plain(manifest.name) === name || folder.split('/').at(-1) === name)
  )
}

function withoutWrapper(words: Words): Words {
  const [program = '', ...rest] = words
  if (/^\w+=/.test(program)) return withoutWrapper(rest)
  if (!wrappers.has(program)) return words
  const dashes = rest.indexOf('--')
  const own = dashes === -1 ? rest.findIndex((word) => !/^-|=/.test(word)) : dashes + 1
  return own === -1 ? [] : withoutWrapper(rest.slice(own))
}

interface Call {
  readonly script: string | undefined
  /** The package that it is a script of, where it is said. */
  readonly of?: string | undefined
  /** What runs it looks in every package, never at the root. */
  readonly tool?: true
}

const selecting = /^(?:-w|--workspace|--filter|-F|-C|--dir|--prefix|--cwd|--scope)$/
const selectingJoined = /^--(?:workspace|filter|dir|prefix|cwd|scope)=(.+)$/

/** What `pnpm --filter api start`, `npm run start -w apps/api`, `turbo run start --filter=api` and their like call. */
function callOf([program = '', ...all]: Words): Call {
  const words = all.slice(0, all.includes('--') ? all.indexOf('--') : all.length)
  const chosen = words.flatMap((word, i) => selectingJoined.exec(word)?.[1] ?? (selecting.test(word) ? [words[i + 1] ?? ''] : []))
  // Several are no one program.
  if (chosen.length > 1) return { script: undefined }
  const rest = words.filter((word, i) => !word.startsWith('-') && !selecting.test(words[i - 1] ?? ''))
  const [first = '', second, third] = rest
  const run = /^run(?:-script)?$/.test(first)
  switch (program) {
    case 'npm':
    case 'pnpm':
      return { script: run ? second : first || undefined, of: chosen[0] }
    case 'yarn':
      if (first === 'workspace') return { script: third === 'run' ? rest[3] : third, of: second }
      return { script: run ? second : first || undefined, of: chosen[0] }
    case 'turbo':
    case 'lerna':
      return { script: run ? second : first || undefined, of: chosen[0], tool: true }
    case 'nx': {
      const [project, target] = run ? (second ?? '').split(':') : [second, first]
      return { script: target, of: project, tool: true }
    }
    default:
      return { script: undefined }
  }
}
