import { resolvePath } from './packages.ts'

/** A path as the Dockerfile has it, seen from the root of the repository, and where its instruction begins. */
interface Carried {
  readonly text: string
  readonly at: number
}

interface Stage {
  readonly name: string
  readonly folder: string
}

const instruction = /^[ \t]*(FROM|WORKDIR|COPY|ADD)[ \t]+((?:[^\n\\]|\\[^\n]|\\\n){1,2000})$/gim
// About the image, not read by the program.
const aside = /(?:^|\/)(?:licen[cs]e|readme|notice|changelog)[^/]*$|\.sh$/i

/** Files and folders that the last stage of an own Dockerfile copies from the source to the same place in the folder that it runs in: what the program reads, whatever the code calls it. */
export function carried(dockerfile: string): readonly Carried[] {
  const stages: Stage[] = []
  let copies: readonly Carried[] = []
  for (const { index, 1: keyword = '', 2: rest = '' } of dockerfile.matchAll(instruction)) {
    const words = wordsOf(rest)
    const [first = ''] = words
    const stage = stages.at(-1)
    if (keyword.toUpperCase() === 'FROM') {
      stages.push({ name: (/\bas[ \t]+([\w.-]+)/i.exec(rest)?.[1] ?? '').toLowerCase(), folder: '.' })
      copies = []
    } else if (stage !== undefined && keyword.toUpperCase() === 'WORKDIR')
      stages.splice(-1, 1, { ...stage, folder: placeIn(stage.folder, first) })
    else if (stage !== undefined) copies = [...copies, ...copied(stages, stage, words).map((text) => ({ text, at: index }))]
  }
  return stages.length < 2 ? [] : copies
}

function copied(stages: readonly Stage[], { folder }: Stage, words: readonly string[]): readonly string[] {
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length)
  const paths = words.filter((word) => !word.startsWith('--'))
  const target = paths.at(-1) ?? ''
  const root = from === undefined ? '.' : stages.find(({ name }, i) => name === from.toLowerCase() || String(i) === from)?.folder
  if (root === undefined || paths.some((path) => path.includes('$'))) return []
  return paths.slice(0, -1).flatMap((path) => {
    const source = below(root, placeIn('.', path))
    const into = below(folder, placeIn(folder, isFolder(target) && /\.\w+$/.test(path) ? `${target}/${path.split('/').at(-1)}` : target))
    return source !== undefined && source === into && !aside.test(source) ? [source] : []
  })
}

/** A path in an image, seen from its root; `.` is the root itself. */
function placeIn(folder: string, path: string): string {
  return resolvePath(path.startsWith('/') ? '.' : folder, path.replace(/^\/+/, '') || '.') ?? '.'
}

/** A place seen from a folder that it lies in. */
function below(folder: string, place: string): string | undefined {
  if (folder === '.') return place === '.' ? undefined : place
  return place.startsWith(`${folder}/`) ? place.slice(folder.length + 1) : undefined
}

function isFolder(target: string): boolean {
  return target.endsWith('/') || /(?:^|\/)\.$/.test(target)
}

/** Words of an instruction, in the form of a list or not. */
function wordsOf(rest: string): readonly string[] {
  const text = rest.replaceAll('\\\n', ' ').trim()
  return text.startsWith('[') ? [...text.matchAll(/"([^"]{0,200})"/g)].map(([, word = '']) => word) : text.split(/\s+/)
}
