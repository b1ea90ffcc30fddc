import { evidenceAt } from '../search.ts'
import { type Context, plain, type Start } from './command.ts'
import { isRecord, parseJson } from './json.ts'
import { bare } from './programs.ts'

type Options = Readonly<Record<string, unknown>>

/** The file that a builder of Nx makes below its output folder, undefined where that is for browsers. Sources: the schemas of the executors. */
const builders: readonly (readonly [executor: RegExp, file: (options: Options, root: string) => string | undefined])[] = [
  [
    /^@nx\/esbuild:esbuild$/,
    (options) => (options['platform'] === 'browser' ? undefined : (named(options) ?? `${stem(options)}${ending(options)}`)),
  ],
  [/^@(?:nx|nrwl)\/webpack:webpack$/, (options) => (options['target'] === 'node' ? (named(options) ?? 'main.js') : undefined)],
  [/^@nrwl\/node:(?:build|webpack)$/, (options) => named(options) ?? 'main.js'],
  // The compiler keeps the folders of the project.
  [/^@(?:nx|nrwl)\/(?:js:(?:tsc|swc)|node:package)$/, (options, root) => inside(text(options, 'main'), root)?.replace(/\.[cm]?ts$/, '.js')],
]

/** What `nx build` makes of a project at the root that is an application: project.json says where. */
export function fromNx({ tree, manifest }: Context): Start | undefined {
  const source = tree.texts.get('project.json') ?? ''
  const project = parseJson(source)
  const build = record(record(record(project)['targets'])['build'])
  if (record(project)['projectType'] !== 'application') return undefined
  const configuration = record(record(build['configurations'])[text(build, 'defaultConfiguration')])
  const options = { ...record(build['options']), ...configuration }
  const builder = builders.find(([executor]) => executor.test(text(build, 'executor')))
  const folder = placed(text(options, 'outputPath'))
  const file = builder?.[1](options, placed(text(record(project), 'root')))
  if (file === undefined || folder === '.') return undefined
  const scripted = /\bnx\b.*\bbuild\b/.test(manifest.scripts['build'] ?? '')
  const start = plain(`${folder}/${file}`, evidenceAt('project.json', source, source.indexOf('"outputPath"')))
  return scripted ? start : { ...start, before: [['nx', 'build']] }
}

function record(value: unknown): Options {
  return isRecord(value) ? value : {}
}

function text(options: Options, key: string): string {
  const value = options[key]
  return typeof value === 'string' ? value : ''
}

/** A path without the words that Nx puts the root in for. */
function placed(path: string): string {
  return bare(path.replaceAll(/\{(?:workspaceRoot|projectRoot)\}\/?/g, ''))
}

function named(options: Options): string | undefined {
  return text(options, 'outputFileName') || undefined
}

function stem(options: Options): string {
  return /([\w.-]+)\.[cm]?[jt]sx?$/.exec(text(options, 'main'))?.[1] ?? 'main'
}

/** How esbuild's executor ends what it makes: `.cjs` for CommonJS and `.js` for modules, unless it is told the other usual one. */
function ending(options: Options): string {
  const format = Array.isArray(options['format']) ? options['format'][0] : options['format']
  const said = record(record(options['esbuildOptions'])['outExtension'])['.js']
  if (format === 'cjs') return said === '.js' ? '.js' : '.cjs'
  return said === '.mjs' ? '.mjs' : '.js'
}

function inside(path: string, root: string): string | undefined {
  const main = placed(path)
  if (main === '.') return undefined
  return root !== '.' && main.startsWith(`${root}/`) ? main.slice(root.length + 1) : main
}
