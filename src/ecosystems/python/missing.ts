import type { Notice } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { matches, present } from '../search.ts'
import { inBranch } from './branches.ts'
import { directoryOf, moduleFile } from './files.ts'
import type { Settings } from './settings.ts'

const importLine = /^[ \t]*from[ \t]+(\.*)([A-Za-z_][\w.]*)[ \t]+import\b/gm
const imports = /\bimport_module\(\s{0,20}(?:["']([\w.]{1,100})["']|([A-Za-z_]\w{0,60}))/g

// What .gitignore names is not read: it would be there on one machine alone.
const kept = 'with its secrets and addresses read from the environment, and take it out of .gitignore: what that names is not looked at.'

interface Missing {
  readonly module: string
  readonly because: Evidence
}

/** Modules of the project's own that its settings cannot be loaded without, and that are not in the repository. */
export function missingNotices(tree: Tree, folder: string, settings: Settings): readonly Notice[] {
  const [found] = settings.files.flatMap((file) => [...imported(tree, folder, file), ...loaded(tree, folder, file)])
  if (found === undefined) return sampleNotice(tree, settings)
  return [
    {
      code: 'django-settings-incomplete',
      text: `The settings load ${found.module}, which is not in the repository: without it nothing starts, and static files cannot be collected.`,
      because: [found.because],
      fix: `Put the file there before you build, ${kept}`,
    },
  ]
}

const sample = /^(\w+?)[._](?:example|sample|template|dist)\.py$|^(\w+)\.py(?:\.\w+)?[.-](?:example|sample|template|dist)$/

/** Beside the settings stands an example of a module that git leaves out: each installation copies it. */
function sampleNotice(tree: Tree, settings: Settings): readonly Notice[] {
  const places = new Set(settings.files.map(directoryOf))
  const texts = settings.files.map((file) => tree.texts.get(file) ?? '')
  for (const file of tree.files) {
    const place = directoryOf(file)
    const [, plain, ended] = places.has(place) ? (sample.exec(file.slice(place === '.' ? 0 : place.length + 1)) ?? []) : []
    const name = plain ?? ended
    const path = name === undefined ? undefined : joined(place, `${name}.py`)
    const goesWithout = new RegExp(String.raw`\btry:[ \t]*(?:#[^\n]*)?\n[^\n]*(?:import|from)\b[^\n]*\b${name}\b`)
    if (path === undefined || tree.files.has(path) || texts.some((text) => goesWithout.test(text) || asksFor(text, `${name}.py`))) continue
    return [
      {
        code: 'django-settings-sampled',
        text: `${path} is not in the repository, only an example of it: where the settings load it, nothing starts without it.`,
        because: [present(file)],
        fix: `Make it from the example before you build, ${kept}`,
      },
    ]
  }
  return []
}

function asksFor(text: string, name: string): boolean {
  return new RegExp(String.raw`\b${name.replace('.', '\\.')}["']`).test(text) && /\bexists\(|\bis_file\(/.test(text)
}

/** `from .local import *` outside of any `try`. */
function imported(tree: Tree, folder: string, file: string): readonly Missing[] {
  const text = tree.texts.get(file) ?? ''
  return [...text.matchAll(importLine)].slice(0, 200).flatMap((line): readonly Missing[] => {
    const [, dots = '', module = ''] = line
    const base = dots === '' ? folder : joined(directoryOf(file), '../'.repeat(dots.length - 1) || '.')
    if (base === undefined || isThere(tree, base, module, dots !== '') || inBranch(text, line.index) !== undefined) return []
    const [evidence] = [...matches(tree, [file], importLine)].filter(({ groups }) => groups[1] === dots && groups[2] === module)
    return evidence === undefined ? [] : [{ module: `${dots}${module}`, because: evidence.evidence }]
  })
}

/** `import_module(name)` whose failure ends the program: the last text that the name is given. */
function loaded(tree: Tree, folder: string, file: string): readonly Missing[] {
  const text = tree.texts.get(file) ?? ''
  return [...text.matchAll(imports)].slice(0, 20).flatMap((call): readonly Missing[] => {
    const [, direct, name = ''] = call
    const rest = text.slice(call.index).split('\n').slice(1, 8).join('\n')
    if (inBranch(text, call.index) !== undefined && !/\braise\b/.test(rest)) return []
    const given =
      name === ''
        ? undefined
        : [...matches(tree, [file], new RegExp(String.raw`^${name}[ \t]*=[^\n]{0,200}["']([\w.]{1,100})["'][^"'\n]{0,40}$`, 'gm'))].at(-1)
    const module = direct ?? given?.groups[1] ?? ''
    if (!module.includes('.') || isThere(tree, folder, module, false) || given === undefined) return []
    return [{ module, because: given.evidence }]
  })
}

/** A file, a folder, or something of another's: an absolute module counts when its first package is the project's own. */
function isThere(tree: Tree, base: string, module: string, relative: boolean): boolean {
  const path = joined(base, module.replaceAll('.', '/')) ?? ''
  const own = relative || moduleFile(tree, base, module.split('.', 1)[0] ?? '') !== undefined
  return !own || tree.folders.has(path) || moduleFile(tree, base, module) !== undefined
}
