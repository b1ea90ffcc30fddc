import type { Notice } from '../../model/app.ts'
import type { Lacking } from '../../model/assets.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { matches } from '../search.ts'
import { placeOf } from './places.ts'
import { assignments, type Settings } from './settings.ts'

const builds = /"((?:[\w-]+:)*build(?::[\w:-]+)?)"\s*:\s*"([^"\n]{1,200})"/g
const nothing = /^\s*(?:echo|exit|true)\b|\b(?:docker|storybook|docs?)\b/

/** What a project shows that Node.js makes for it. */
interface MadeElsewhere {
  /** What the settings name and the repository does not hold; none where no package.json builds anything. */
  readonly lacks?: readonly Lacking[]
  readonly notices: readonly Notice[]
}

/** Scripts of a package.json that make what its pages show, and what the settings expect of them; `absent` are folders of static files that the repository does not hold. */
export function madeElsewhere(tree: Tree, folder: string, settings: Settings, absent: readonly string[]): MadeElsewhere {
  const scripts = [...matches(tree, manifests(tree), builds)].filter(({ groups: [, , command = ''] }) => !nothing.test(command))
  if (scripts.length === 0) return { notices: [] }
  const beside = [joined(folder, 'package.json') ?? '', 'package.json']
  const script = scripts.find(({ evidence }) => beside.includes(evidence.file))
  return {
    lacks: lackedBy(tree, folder, settings, absent),
    notices: script === undefined ? [] : [notice(script.groups[1] ?? '', script.evidence)],
  }
}

function manifests(tree: Tree): readonly string[] {
  return [...tree.texts.keys()].filter((file) => /(?:^|\/)package\.json$/.test(file) && !file.includes('node_modules/'))
}

function notice(script: string, because: Evidence): Notice {
  return {
    code: 'assets-not-built',
    text: `The script ${script} makes files with Node.js; the image is built without it, and holds only those that are committed.`,
    because: [because],
    fix: 'Add a stage that runs it to the Dockerfile, and copy what it makes before the static files are collected: a later run keeps your lines.',
  }
}

const manifestFile =
  /^[ \t]*["']?(?:STATS_FILE|manifest_path|MANIFEST_PATH|DJANGO_VITE_MANIFEST_PATH|DJANGO_VITE_ASSETS_PATH|WHITENOISE_ROOT)["']?[ \t]*[:=]([^\n#]+)/gm

function lackedBy(tree: Tree, folder: string, settings: Settings, absent: readonly string[]): readonly Lacking[] {
  const because = assignments(tree, settings, 'STATICFILES_DIRS')[0]?.because
  const folders = because === undefined ? [] : absent.map((place) => ({ place, because }))
  const files = [...matches(tree, settings.files, manifestFile)].flatMap(({ groups, evidence }) => {
    const place = placeOf(tree, folder, settings, groups[1] ?? '', evidence.file)
    return place === undefined ? [] : [{ place, because: evidence }]
  })
  return [...folders, ...files].flatMap((seen): readonly Lacking[] => {
    const path = seen.place.replace(/^\/app\//, '')
    return path.startsWith('/') || tree.files.has(path) || tree.folders.has(path) ? [] : [{ path, needed: false, because: seen.because }]
  })
}
