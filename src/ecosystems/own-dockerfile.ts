import type { Evidence } from '../model/evidence.ts'
import type { Tree } from '../model/tree.ts'
import { evidenceAt } from './search.ts'

/** A stage of a Dockerfile that a person wrote, as far as it tells of the program. Paths are seen from the root of its image; `.` is the root itself. */
export interface OwnStage {
  readonly name: string
  /** What it begins with, as written. */
  readonly image: string
  /** Where it works last. */
  readonly folder: string
  readonly environment: ReadonlyMap<string, string>
  /** COPY and ADD, with what follows: flags, sources, target. */
  readonly copies: readonly OwnLine[]
  /** VOLUME, with its paths. */
  readonly volumes: readonly OwnLine[]
  /** RUN, with its words as they stand there. */
  readonly runs: readonly OwnLine[]
  /** ENTRYPOINT and CMD: what is started, and with what. */
  readonly entrypoint?: OwnLine
  readonly command?: OwnLine
}

export interface OwnLine {
  readonly words: readonly string[]
  readonly because: Evidence
}

// Where a Dockerfile lies that builds the whole repository, when that is not the root.
const folders = ['docker', '.docker', 'build', 'build/docker', 'build/package', 'scripts', 'deploy', 'deployment', 'deployments']
const instruction = /^[ \t]*(FROM|WORKDIR|COPY|ADD|ENV|VOLUME|RUN|ENTRYPOINT|CMD)[ \t]+((?:[^\n\\]|\\[^\n]|\\\n){1,2000})$/gim

/** The Dockerfile of the repository: the one at the root, else one in a usual folder that copies what lies at the root. */
export function ownFile(tree: Tree): { readonly file: string; readonly text: string } | undefined {
  const candidates = ['Dockerfile', ...folders.map((folder) => `${folder}/Dockerfile`)]
  const file = candidates.find((path) => tree.texts.has(path) && (path === 'Dockerfile' || isOfRoot(tree, path)))
  return file === undefined ? undefined : { file, text: tree.texts.get(file) ?? '' }
}

function isOfRoot(tree: Tree, file: string): boolean {
  const folder = file.slice(0, file.lastIndexOf('/'))
  const sources = stagesIn(file, tree.texts.get(file) ?? '')
    .flatMap(({ copies }) => copies.filter(({ words }) => !words.some((word) => word.startsWith('--from='))))
    .flatMap(({ words }) => words.filter((word) => !word.startsWith('--')).slice(0, -1))
    .map((source) => placeIn('.', source.split('*', 1)[0] ?? ''))
  const has = (path: string): boolean => [...tree.files, ...tree.folders].some((name) => name.startsWith(path))
  return sources.some((source) => (source === '.' ? !holdsProject(tree, folder) : has(source) && !has(`${folder}/${source}`)))
}

function holdsProject(tree: Tree, folder: string): boolean {
  return ['package.json', 'go.mod', 'manage.py', 'pyproject.toml'].some((name) => tree.files.has(`${folder}/${name}`))
}

/** The stages of the repository's Dockerfile, in their order; one that begins with another goes on with what that one set. */
export function ownStages(tree: Tree): readonly OwnStage[] {
  const own = ownFile(tree)
  return own === undefined ? [] : stagesIn(own.file, own.text)
}

function stagesIn(file: string, text: string): readonly OwnStage[] {
  const stages: OwnStage[] = []
  for (const { index, 1: keyword = '', 2: rest = '' } of text.matchAll(instruction)) {
    const words = wordsOf(rest)
    const line = { words, because: evidenceAt(file, text, index) }
    const stage = stages.at(-1)
    if (keyword.toUpperCase() === 'FROM') stages.push(begun(stages, words))
    else if (stage !== undefined) stages.splice(-1, 1, { ...stage, ...added(stage, keyword.toUpperCase(), line) })
  }
  return stages
}

function begun(stages: readonly OwnStage[], words: readonly string[]): OwnStage {
  const [image = '', as = '', name = ''] = words.filter((word) => !word.startsWith('--'))
  const below = stages.find((stage) => stage.name !== '' && stage.name === image.toLowerCase())
  const { folder = '.', environment = new Map(), volumes = [], ...started } = below ?? {}
  return {
    ...started,
    image,
    name: as.toLowerCase() === 'as' ? name.toLowerCase() : '',
    folder,
    environment,
    volumes,
    copies: [],
    runs: [],
  }
}

function added(stage: OwnStage, keyword: string, line: OwnLine): Partial<OwnStage> {
  const [first = '', ...rest] = line.words
  if (keyword === 'WORKDIR') return { folder: placeIn(stage.folder, first) }
  if (keyword === 'VOLUME') return { volumes: [...stage.volumes, line] }
  if (keyword === 'RUN') return { runs: [...stage.runs, line] }
  if (keyword === 'ENTRYPOINT') return { entrypoint: line }
  if (keyword === 'CMD') return { command: line }
  if (keyword !== 'ENV') return { copies: [...stage.copies, line] }
  const pairs = first.includes('=') ? line.words.map((word) => word.split(/=(.*)/s)) : [[first, rest.join(' ')]]
  return { environment: new Map([...stage.environment, ...pairs.map(([name = '', value = '']) => [name, unquoted(value)] as const)]) }
}

/** A path in an image, seen from its root. */
export function placeIn(folder: string, path: string): string {
  const segments: string[] = []
  for (const segment of `${path.startsWith('/') ? '' : folder}/${path}`.split('/'))
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  return segments.join('/') || '.'
}

/** A place seen from a folder that it lies in; undefined elsewhere, and for the folder itself. */
export function below(folder: string, place: string): string | undefined {
  if (folder === '.') return place === '.' ? undefined : place
  return place.startsWith(`${folder}/`) ? place.slice(folder.length + 1) : undefined
}

/** Words of an instruction, in the form of a list or not. */
function wordsOf(rest: string): readonly string[] {
  const text = rest.replaceAll('\\\n', ' ').trim()
  return text.startsWith('[') ? [...text.matchAll(/"([^"]{0,200})"/g)].map(([, word = '']) => word) : (text.match(/(?:"[^"]*"|\S)+/g) ?? [])
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2')
}
