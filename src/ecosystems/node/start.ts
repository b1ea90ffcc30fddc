import type { Tree } from '../../model/tree.ts'
import { ownFile } from '../own-dockerfile.ts'
import { evidenceAt, present } from '../search.ts'
import { split } from '../shell.ts'
import { builtin } from './builtin.ts'
import { type Context, fromCommand, fromScript, plain, type Start } from './command.ts'
import { fromFramework } from './framework.ts'
import { installed } from './lock.ts'
import type { Manifest } from './manifest.ts'
import { fromNx } from './nx.ts'
import { bare, developmentServers } from './programs.ts'

// Scripts that start the program, the likeliest first.
export const startScripts = ['start:prod', 'start:production', 'start', 'prod', 'production', 'start:server', 'serve', 'server']

// Scripts that start it while it is written.
const developmentScripts = ['dev', 'start:dev', 'develop', 'watch', 'dev:server', 'dev:start']

/** How a script starts a source file as it is, with tools that package.json names. */
export function findFromSource(context: Context): Start | undefined {
  const { dependencies, devDependencies } = context.manifest
  return developmentScripts
    .map((script) => fromScript(context, script))
    .find(
      (start) =>
        start !== undefined &&
        context.tree.files.has(start.file) &&
        start.needs.every((name) => name in dependencies || name in devDependencies),
    )
}

// Files that `npm start` and people fall back to.
const commonFiles =
  'server.js index.js app.js main.js src/server.js src/index.js src/app.js src/main.js bin/www server/index.js src/server.ts src/index.ts src/app.ts src/main.ts server.ts index.ts'.split(
    ' ',
  )

/**
 * Ways in which the program may be started, the surest first: the Procfile, scripts, a framework's server, `main`, an own Dockerfile. Well-known files
 * are believed only when neither Procfile nor scripts lead anywhere: a file that they name and that is missing is not replaced by a guess.
 */
export function findStarts(context: Context): readonly Start[] {
  const told = [fromProcfile(context), ...[context.told ?? '', ...startScripts].map((script) => fromScript(context, script))].filter(
    (start) => start !== undefined,
  )
  const others = [
    fromFramework(context),
    fromNx(context),
    fromMain(context),
    fromDockerfile(context),
    told.length > 0 ? undefined : fromCommonFiles(context),
  ]
  const all = [...told, ...others.filter((start) => start !== undefined)].filter(
    (start) => start.file !== nextProgram || !isExported(context.tree),
  )
  return all.flatMap((start) => withCompiled(context, start))
}

/** A start and, when its file is TypeScript or comes of one, the file that the compiler makes of it. */
export function withCompiled({ tree }: Context, start: Start): readonly Start[] {
  // An installed tool is compiled already; what it is told to load may not be.
  if (start.file.startsWith('node_modules/')) {
    const args = start.args.map((arg) => compiledArgument(tree, arg))
    return [start, { ...plain(start.file, ...start.because), args, environment: start.environment }]
  }
  const stem = start.file.replace(/\.[cm]?[jt]s$/, '')
  const source = start.needs.length > 0 ? start.file : [`${stem}.ts`, `${stem}.mts`].find((file) => tree.files.has(file))
  const made = source === undefined || (start.needs.includes('tsx') && losesDefaults(tree, source)) ? undefined : compiledFile(tree, source)
  return made === undefined ? [start] : [start, { ...plain(made, ...start.because), args: start.args, environment: start.environment }]
}

/**
 * Whether the compiler leaves `import postgres from 'postgres'` in a way in which it finds nothing: tsx makes up for a package that has no
 * default, the compiler does only with esModuleInterop.
 */
function losesDefaults(tree: Tree, source: string): boolean {
  const settings = tree.texts.get('tsconfig.json') ?? ''
  const loses = /"module"\s*:\s*"commonjs"/i.test(settings) && !/"esModuleInterop"\s*:\s*true/.test(settings)
  return loses && /^import\s+[\w$]+\s+from\s+['"][^./]/m.test(tree.texts.get(source) ?? '')
}

/** `--dataSource=src/source.ts`, as the compiler leaves it. */
function compiledArgument(tree: Tree, arg: string): string {
  const [, flag = '', path = ''] = /^((?:-[\w-]+=)?)(\S+\.[cm]?ts)$/.exec(arg) ?? []
  const made = tree.files.has(bare(path)) ? compiledFile(tree, bare(path)) : undefined
  return made === undefined ? arg : `${flag}${made}`
}

/** Where tsconfig.json lets the compiler put a file: without a rootDir it counts from the folder that holds all sources. */
function compiledFile(tree: Tree, source: string): string | undefined {
  const settings = tree.texts.get('tsconfig.json')
  const setting = (key: string): string | undefined =>
    bare(settings?.match(new RegExp(`"${key}"[ \\t]*:[ \\t]*"([^"\\n]{1,200})"`))?.[1] ?? '').replace(/^\.$/, '') || undefined
  const out = setting('outDir')
  if (out === undefined) return undefined
  const typed = [...tree.files].filter(
    (file) => /(?<!\.d)\.[cm]?ts$/.test(file) && !/^\.|(?:^|\/)tests?\/|\.(?:config|test|spec)\./.test(file),
  )
  const root = setting('rootDir') ?? (typed.every((file) => file.startsWith('src/')) ? 'src' : '')
  const inside = root !== '' && source.startsWith(`${root}/`) ? source.slice(root.length + 1) : source
  return `${out}/${inside.replace(/\.([cm]?)tsx?$/, '.$1js')}`
}

/** Whether node finds the file in the repository as it is. */
export function inTree(tree: Tree, file: string): boolean {
  return (
    ['', '.js', '.cjs', '.mjs', '.ts', '.json', '/index.js', '/index.ts'].some((ending) => tree.files.has(file + ending)) ||
    file.startsWith('node_modules/')
  )
}

const nextProgram = 'node_modules/next/dist/bin/next'

/** Whether Next.js makes files for a browser alone; its server then ends at once. */
function isExported(tree: Tree): boolean {
  return [...tree.texts].some(([file, text]) => /^next\.config\.[cm]?[jt]s$/.test(file) && /^\s*output\s*:\s*['"]export['"]/m.test(text))
}

/** Next.js reads settings in TypeScript with the project's own compiler, also when it only serves. */
export function withOwnCompiler({ tree, manifest }: Context, start: Start | undefined): Start | undefined {
  const reads = start?.file === nextProgram && tree.files.has('next.config.ts')
  return start !== undefined && reads && 'typescript' in manifest.devDependencies ? { ...start, needs: ['typescript'] } : start
}

function fromProcfile(context: Context): Start | undefined {
  const text = context.tree.texts.get('Procfile')
  const match = text?.match(/^web:[ \t]*(.+)$/m) ?? text?.match(/^worker:[ \t]*(.+)$/m)
  if (text === undefined || match?.[1] === undefined) return undefined
  const start = fromCommand(context, match[1])
  return start && { ...start, because: [evidenceAt('Procfile', text, match.index ?? 0), ...start.because] }
}

// `npm init` names the first file that it finds.
const settingsOfTools = /(?:^|\/)(?:[\w.-]+\.config|gulpfile|Gruntfile)(?:\.[cm]?[jt]s)?$/

function fromMain({ tree, manifest }: Context): Start | undefined {
  if (manifest.main === undefined) return undefined
  const main = bare(manifest.main)
  if (settingsOfTools.test(main) || drawsPages(tree, manifest, main)) return undefined
  return plain(tree.folders.has(main) ? `${main}/index.js` : main, manifest.evidence('main'))
}

/** The last CMD or ENTRYPOINT in exec form. */
function fromDockerfile(context: Context): Start | undefined {
  const own = ownFile(context.tree)
  const match = [...(own?.text ?? '').matchAll(/^(?:CMD|ENTRYPOINT)[ \t]+\[([^\]\n]{1,500})\]/gm)].at(-1)
  if (own === undefined || match?.[1] === undefined) return undefined
  const words = [...match[1].matchAll(/"([^"]{1,200})"/g)].map((m) => m[1] ?? '')
  const start = words.some((word) => /\s/.test(word)) ? undefined : fromCommand(context, words.join(' '))
  // Its files are those of an image: only what is known here too, or lies in a folder, is believed.
  // Of a workspace they are those of one of its packages.
  const isOwn = start?.file.includes('/') === true && context.lock.members.length === 0
  if (start !== undefined && !isOwn && !inTree(context.tree, start.file)) return undefined
  return start && { ...start, because: [evidenceAt(own.file, own.text, match.index), ...start.because] }
}

// Their sources are for a browser: no file of them is a server.
const browserTools = 'vite react-scripts @angular/core @vue/cli-service astro next nuxt gatsby parcel'.split(' ')

/** The tool that makes files for a browser of what the repository holds. */
function browserTool({ dependencies, devDependencies }: Manifest): string | undefined {
  return browserTools.find((name) => name in dependencies || name in devDependencies)
}

/** That tool where no script starts a server of the project's own. */
export function onlyForBrowsers(manifest: Manifest): string | undefined {
  const program = split(manifest.scripts['start'] ?? '').at(-1)?.[0]
  return program === undefined || program === 'next' || developmentServers.has(program) ? browserTool(manifest) : undefined
}

function fromCommonFiles(context: Context): Start | undefined {
  const { tree, manifest } = context
  const forBrowsers = browserTool(manifest) !== undefined
  const file = commonFiles.find(
    (name) =>
      tree.files.has(name) &&
      !((forBrowsers && name.startsWith('src/')) || drawsPages(tree, manifest, name) || loadsAbsent(context, tree.texts.get(name) ?? '')),
  )
  return file === undefined ? undefined : plain(file, present(file))
}

const loading =
  /^[ \t]*(?:import\b(?! type\b)[^'"\n]{0,200}|(?:const|let|var)\b[^\n]{1,80}\brequire\()['"]((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:\/[\w./-]{1,200})?['"]/gm

/** Whether the code loads a package that nothing installs here, as one that belongs to another package of a workspace does. */
function loadsAbsent({ tree, manifest, lock }: Context, code: string): boolean {
  if (lock.file === undefined) return false
  const { dependencies, devDependencies } = manifest
  const manifests = ['package.json', ...lock.members.map((folder) => `${folder}/package.json`)]
  const own = manifests.map((file) => /"name"\s*:\s*"([^"]{1,200})"/.exec(tree.texts.get(file) ?? '')?.[1])
  return [...code.matchAll(loading)].some(
    ([, name = '']) =>
      !(builtin.has(name) || own.includes(name) || name in dependencies || name in devDependencies || installed(lock, name) !== undefined),
  )
}

const drawing =
  /\bdocument\.(?:get|query|body|createElement)|\bfrom[ \t]*['"](?:vue|svelte|react-dom(?:\/client)?)['"]|^import[ \t]*['"][^'"\n]{1,200}\.(?:css|scss|sass|less)['"]/m

/** Whether a file is for a browser, where a tool makes files for one: its code draws. */
function drawsPages(tree: Tree, manifest: Manifest, file: string): boolean {
  const makesPages = browserTool(manifest) !== undefined || 'html-webpack-plugin' in manifest.devDependencies
  return makesPages && drawing.test(tree.texts.get(file) ?? '')
}
