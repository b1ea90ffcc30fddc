import type { Notice, Writable } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import { isYetToBeMade, keptEmpty } from '../lacking.ts'
import { firstHit, type Hit, hits } from './code.ts'
import type { WorkspaceFrontEnd } from './workspace-front-ends.ts'

// A path in code: a text, a template, path.join(__dirname, …), or a name for one of these.
const text = String.raw`['"\x60][^'"\x60\n]{1,160}['"\x60]`
const joined = String.raw`(?:[pP]ath\.)?(?:join|resolve)\([^()]{0,60}(?:\(\))?[^()]{0,200}\)`
const argument = String.raw`(${joined}|${text}|[A-Za-z_$][\w$.]{0,60})`

const folderVariable =
  '(?:[A-Z0-9_]{0,40}_)?(?:[A-Z0-9]{0,20}DIR|DIRECTORY|FOLDER|(?:DATA|DB|DATABASE|CONFIG|META|METADATA|UPLOADS?|STORAGE|BACKUPS?|MEDIA|FILES|LOGS?)_?PATH)'

// What is asked between a variable and the last word: arguments of the command line, a function.
const others = String.raw`(?:(?:\|\||\?\?)\s{0,4}[\w.$]{1,60}(?:\[['"][\w-]{1,40}['"]\]|\([^()'"\n]{0,60}\))?\s{0,20}(?=\|\||\?\?)){0,3}`

const patterns: readonly RegExp[] = [
  new RegExp(String.raw`\b(?:mkdir|mkdirSync|ensureDir|ensureDirSync|mkdirp|mkdirp\.sync|createWriteStream)\(\s{0,20}${argument}`, 'g'),
  new RegExp(String.raw`\b(?:write|append|output)(?:File|FileSync|Json|JsonSync|JSON|JSONSync)\(\s{0,20}${argument}`, 'g'),
  new RegExp(String.raw`\b(?:multer|formidable)\([^;]{0,80}?\b(?:dest|uploadDir)\s{0,4}:\s{0,4}${argument}`, 'g'),
  new RegExp(String.raw`\bdiskStorage\(\s{0,20}\{[^{}]{0,120}?\bdestination\s{0,4}:\s{0,4}(${joined}|${text})`, 'g'),
  new RegExp(String.raw`\bdestination\b[\s\S]{0,200}?\b(?:cb|callback|done)\(\s{0,4}null\s{0,4},\s{0,4}${argument}`, 'g'),
  new RegExp(String.raw`\bDatabase(?:Sync)?\(\s{0,20}${argument}`, 'g'),
  new RegExp(
    String.raw`\bnew\s{1,4}(?:JSONFile|JSONFileSync|FileSync|JSONFilePreset|Datastore)(?:<[^>\n]{0,80}>)?\(\s{0,20}(?:\{\s{0,20}filename\s{0,4}:\s{0,4})?${argument}`,
    'g',
  ),
  new RegExp(
    String.raw`\b(?:filename|dirname)\s{0,4}:\s{0,4}(${joined}|['"\x60](?:\.?/)?logs?/[^'"\x60\n]{0,100}['"\x60]|['"\x60][\w.-]{1,60}\.log['"\x60]|['"\x60](?:\.?/)?logs?['"\x60])`,
    'g',
  ),
  // A folder that a variable may name otherwise, also by a function of the project that looks it up.
  new RegExp(
    String.raw`\bprocess\.env\.${folderVariable}\s{0,20}${others}(?:\|\||\?\?|\?(?!\?)[^:'"\x60\n]{1,100}\s{0,20}:)\s{0,4}${argument}`,
    'g',
  ),
  new RegExp(String.raw`\(\s{0,20}['"]${folderVariable}['"]\s{0,4},\s{0,20}(${joined}|${text})`, 'g'),
  new RegExp(String.raw`\bcopyFile(?:Sync)?\(\s{0,20}(?:${joined}|[^,()]{1,160}),\s{0,20}${argument}`, 'g'),
  // Wherever it stands, a text that ends like a SQLite file is one; a template is only read.
  /(?<!(?:join|resolve)\([^()\n]{0,160})(?<!\[|\btemplate\w{0,20}\s?[=:]\s?)(['"\x60](?:file:)?[\w./-]{1,120}\.(?:sqlite3?|db3?)['"\x60])/g,
]

// A file that a variable may name otherwise, whatever it is called.
const databaseFile = new RegExp(
  String.raw`\b(?:\w{0,40}_)?(?:DB|DATABASE|SQLITE)_?(?:FILE_?(?:NAME|PATH)?|STORAGE)['"\]]{0,2}\s{0,4}(?:\|\||\?\?|:\s{0,4}[\w.]{1,30}\([^)\n]{0,80}?\bdefault\s{0,4}[:(])\s{0,4}${argument}`,
  'g',
)

const notKept = /^(?:logs?|tmp|temp|\.?cache|sessions?)$|\.log$/i
const forData =
  /^(?:data|db|database|uploads?|storage|files|media|images|documents|backups?|exports?|reports?|logs?|tmp|temp|\.?cache|sessions?)$/i
// A database in a folder of its own is data, even below /etc.
const system =
  /^\/(?:tmp|home|root|dev|proc|sys|etc(?!\/[\w-]+\/[\w.-]+\.(?:sqlite3?|db3?)$)|usr|bin|run|var\/run|nodejs)(?:\/|$)|\/node_modules(?:\/|$)/
const scripts =
  /(?:^|\/)(?:tools|bin|build|esbuild|extra|contrib|hack|ci|release|remix\.init)\/|(?:^|\/)(?:build|bundle|generate|copy|seed|populate|setup)[^/]*$/i

// What names the project's own folder, where a path in code starts from.
const ownFolder = /__dirname|import\.meta|process\.cwd|root|cwd|(?:base|app|project|work)_?(?:dir|path|folder)/i

// What people write, and tools of development: no program keeps its data there.
const written = /(?:^|\/)(?:package(?:-lock)?\.json|tsconfig[\w.-]*\.json|[A-Z][a-z]+file|LICEN[CS]E|[^/]+\.(?:md|toml|lock))$/

const forBrowsers = /\/(?:public|static|assets|www)(?:\/|$)/i

const root = '/app'
/** Where single files go that are kept. */
const dataFolder = '/data'

/** Where a source file stands once it is built. */
type Placed = (file: string) => string

/** Where the program is: the folder that it runs in, and what others than itself make for browsers. */
interface Place {
  readonly folder: string
  readonly pages: readonly WorkspaceFrontEnd[]
}

const alone: Place = { folder: '', pages: [] }

/** Folders and files that the program writes, as its code shows: databases in a file, uploads, logs. */
export function findWritable(
  tree: Tree,
  files: readonly string[],
  placed: Placed,
  outputs: readonly string[],
  { folder: home, pages }: Place = alone,
): readonly Writable[] {
  const found = new Map<string, Writable>()
  const own = files.filter((file) => !scripts.test(file))
  for (const pattern of [...patterns, databaseFile]) {
    for (const hit of hits(tree, own, pattern)) {
      const path = pathOf(tree, hit, placed, home)
      const writable =
        path === undefined
          ? undefined
          : (rewritten(tree, path, pages, hit) ?? asWritable(tree, path, outputs, hit, pattern === databaseFile))
      if (writable !== undefined && !found.has(writable.link ?? writable.path)) found.set(writable.link ?? writable.path, writable)
    }
  }
  for (const folder of keptEmpty(tree)) {
    const hit =
      made.test(folder) || outputs.some((path) => `${folder}/`.startsWith(`${path}/`)) ? undefined : firstHit(tree, own, naming(folder))
    const writable = hit && asWritable(tree, `${root}/${folder}`, outputs, hit, false)
    if (writable !== undefined && !found.has(writable.path)) found.set(writable.path, writable)
  }
  const all = [...found.values()].sort((a, b) => ((a.link ?? a.path) < (b.link ?? b.path) ? -1 : 1))
  return all.filter((w) => w.link !== undefined || !all.some((o) => o.link === undefined && o !== w && w.path.startsWith(`${o.path}/`)))
}

// What a build fills.
const made = /(?:^|\/)(?:dist|build|out|bin|lib|coverage|generated|bundles?|static|assets|css|js)(?:\/|$)/

/** A text that names a folder by its whole path or, in a path that is joined, by its last part. */
function naming(folder: string): RegExp {
  const [whole, last] = [folder, folder.split('/').at(-1) ?? ''].map((path) => path.replace(/[^\w/]/g, '\\$&'))
  const start = String.raw`['"\x60](?:\.{0,2}\/){0,4}`
  return new RegExp(
    String.raw`${start}${whole}\/?['"\x60]|(?:join|resolve)\([^()\n]{0,40}(?:\(\))?[^()\n]{0,160}['"\x60][\w./-]{0,80}\b${last}\/?['"\x60]`,
    'g',
  )
}

/** The absolute path that an argument stands for in the container. */
function pathOf(tree: Tree, hit: Hit, placed: Placed, home: string): string | undefined {
  const file = hit.evidence.file
  const own = tree.texts.get(file) ?? ''
  const expression = whole(own, /^[A-Za-z_$][\w$.]*$/.test(hit.value) ? declared(own, hit.value) : hit.value)
  if (expression === undefined) return undefined
  const parts = [...expression.matchAll(/['"`]([^'"`\n]*)['"`]/g)].map((m) => m[1] ?? '')
  const literal = parts.join('/')
  if (/https?:|\*|\s/.test(literal)) return undefined
  const beside = /__dirname|import\.meta/.test(expression)
  const at = beside ? `${root}/${placed(file)}`.replace(/\/[^/]*$/, '') : normal(`${root}/${home}`)
  const fixed =
    literal
      .replace(/^file:/, '')
      .replace(/^\$\{(?:__dirname|process\.cwd\(\)|import\.meta\.dirname)\}/, '')
      .split('${')[0] ?? ''
  if (fixed === '') return undefined
  const open = literal.includes('${') && !fixed.endsWith('/') ? fixed.replace(/[^/]*$/, '') : fixed
  return normal(/^\//.test(open) && !beside && !literal.startsWith('${') ? open : `${at}/${open}`)
}

const firstName = /^((?:[pP]ath\.)?(?:join|resolve)\(\s{0,20}|['"\x60]\$\{)([A-Za-z_$][\w$.]*)(?=\s{0,4}[,})])/

/**
 * A path whose start is a name, with what that stands for in its place. Undefined where the start is not known: a guess is worth
 * it only for what is most often a folder beside the program, such as `uploads`.
 */
function whole(source: string, expression: string | undefined, deep = 3): string | undefined {
  const [, before = '', name = ''] = firstName.exec(expression ?? '') ?? []
  if (expression === undefined || name === '') return expression
  const start = deep === 0 ? undefined : whole(source, declared(source, name), deep - 1)
  const rest = expression.slice(before.length + name.length)
  if (start !== undefined) return `join(${start}${rest.startsWith('}') ? `, '${rest.slice(1).replace(/^\//, '')})` : rest}`
  const last = /([\w.-]+)\/?['"\x60][^'"\x60]*$/.exec(rest)?.[1] ?? ''
  return ownFolder.test(name) || (forData.test(last) && !/\}.*\$\{/.test(rest)) ? expression : undefined
}

/** What a name in the same file stands for: the path in its declaration. */
function declared(source: string, name: string): string | undefined {
  const last = name.split('.').at(-1) ?? name
  if (last.length < 2) return undefined
  const declaration = new RegExp(
    String.raw`\b${last.replaceAll('$', '\\$')}\s{0,4}[=:]\s{0,4}(?:(?:[^;\n'"\x60]|\[['"][\w-]{1,40}['"]\]){0,120}?(?:\|\||\?\?)\s{0,4})?(${joined}|${text})`,
  )
  return source.match(declaration)?.[1]
}

function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** A file that a front end makes, or that lies beside its files: the program writes into it what browsers are told, each time that it starts. */
function rewritten(tree: Tree, path: string, pages: readonly WorkspaceFrontEnd[], { evidence }: Hit): Writable | undefined {
  for (const { member, made } of pages) {
    const folder = made.find((one) => path.startsWith(`${root}/${one}/`))
    if (folder === undefined || !/^[\w./@-]+\.\w+$/.test(path)) continue
    const name = path.slice(`${root}/${folder}/`.length)
    const built = [`${member.folder}/${name}`, `${member.folder}/public/${name}`].some((file) => tree.files.has(file))
    return { path: '/tmp', link: path, keep: false, held: false, rewritten: built ? 'built' : 'new', because: [evidence] }
  }
  return undefined
}

function asWritable(tree: Tree, path: string, outputs: readonly string[], hit: Hit, file: boolean): Writable | undefined {
  const because = [hit.evidence]
  const name = path.split('/').at(-1) ?? ''
  if (name.startsWith('.') || system.test(path) || path === '/' || path === root || !/^[\w./@-]+$/.test(path)) return undefined
  if (written.test(path)) return undefined
  const isFile = file || /[^.]\.\w{1,8}$/.test(name)
  const folder = isFile ? path.slice(0, path.lastIndexOf('/')) || '/' : path
  const inside = folder.slice(root.length + 1)
  const own = folder === root || folder.startsWith(`${root}/`)
  const held = tree.folders.has(inside)
  if (!own) return folder === '/' ? undefined : { path: folder, keep: !notKept.test(name), held: false, because }
  const empty = held && isYetToBeMade(tree, inside) && !outputs.includes(inside)
  if (folder !== root && (!(held || outputs.includes(inside)) || empty || forData.test(inside.split('/').at(-1) ?? '')))
    return { path: folder, keep: !folder.split('/').some((part) => notKept.test(part)) && !/\.log$/i.test(name), held, because }
  // A file among those of the program: it is moved, and a link left in its place.
  if (!isFile || name.startsWith('.') || /\.(?:[cm]?[jt]sx?|css|html?)$/.test(name)) return undefined
  const already = tree.files.has(path.slice(root.length + 1))
  return notKept.test(name)
    ? { path: '/tmp', link: path, keep: false, held: false, because }
    : { path: dataFolder, link: path, keep: true, held: already, ...(forBrowsers.test(folder) ? { served: name } : {}), because }
}

/** What is written to memory does not outlive the container. */
export function writableNotices(writable: readonly Writable[]): readonly Notice[] {
  const lost = writable.filter((w) => !w.keep && w.rewritten === undefined)
  if (lost.length === 0) return []
  return [
    {
      code: 'written-to-memory',
      text: `What the program writes to ${lost.map((w) => w.link ?? w.path).join(', ')} is kept in memory, and gone when the container stops.`,
      because: lost.flatMap((w) => w.because),
      fix: 'Log to standard output, where Docker keeps it; put what must last into a folder of its own, such as data/.',
    },
  ]
}
