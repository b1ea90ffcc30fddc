import type { Candidate, Notice } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { matches, present, topOf } from '../search.ts'
import { moduleFile } from './files.ts'
import { settingsElsewhere } from './found-settings.ts'
import { assigned, literal, readSettings, type Settings } from './settings.ts'
import { type NamedSettings, setsUrls, settingsBelow, settingsInContainers } from './told-settings.ts'

/** A Django project: where it lies, how it is set up, what can be served. */
export interface DjangoProject {
  /** Folder of manage.py, `.` for the root. */
  readonly folder: string
  /** Folder that its modules are imported from. */
  readonly modules: string
  readonly because: readonly Evidence[]
  readonly notices: readonly Notice[]
  readonly settings: Settings
  readonly wsgi: Candidate | undefined
  readonly asgi: Candidate | undefined
}

// What a variable ends, `f"site.settings.{name}"` or `"site.settings." + name`, ends in a dot.
const settingsNamed = /DJANGO_SETTINGS_MODULE["']\s*(?:,|\]\s*=)\s*f?["']([\w.]+)(?:["']|(?<=\.)[{%])/g
const managesDjango = /DJANGO_SETTINGS_MODULE|django\.core\.management/
const servesDjango = /django\.core\.[aw]sgi/
// Folders that show how a library is used: no application when there is another one.
const besides = /^(?:examples?|demos?|sandbox|samples?|tests?|testproject|docs?)$/i

/** The Django project of the tree: the manage.py at the root, else the only one a folder below. Throws a Problem when there are several. */
export function findDjango(tree: Tree): DjangoProject | undefined {
  const manage = findManage(tree)
  if (manage === undefined) return undefined
  const folder = manage.includes('/') ? topOf(manage) : '.'
  const first = firstModule(tree, manage)
  const modules = modulesFolder(tree, folder, first)
  const near = first === undefined ? undefined : readSettings(tree, modules, first.module)
  const served = servingFile(tree, modules, 'wsgi', near) ?? servingFile(tree, modules, 'asgi', near)
  const own = served === undefined ? undefined : firstModule(tree, served)
  const named = [own, first].filter((module) => module !== undefined)
  const there = named.filter(({ module }) => moduleFile(tree, modules, module) !== undefined)
  const files = [served ?? '', manage]
  const instead = there.length > 0 ? undefined : settingsBelow(tree, modules, named.filter(isInPackage).map(packageOf), files)
  const elsewhere = named.length > 0 ? undefined : settingsElsewhere(tree, modules)
  const chosen =
    there.find(({ module }) => setsUrls(tree, modules, module) || isComputed(tree, modules, module)) ??
    settingsBelow(tree, modules, named, files) ??
    there.find(({ module }) => !module.endsWith('.')) ??
    (own !== undefined && there.includes(own) ? own : (instead ?? first ?? own ?? elsewhere))
  if (chosen === undefined) throw noSettings(manage)
  if (moduleFile(tree, modules, chosen.module) === undefined) throw missingSettings(chosen)
  const told = files.some((file) => isFixed(tree, file)) ? undefined : settingsInContainers(tree, modules, chosen.module)
  const taken = told ?? chosen
  const settings = taken.module === first?.module && near !== undefined ? near : readSettings(tree, modules, taken.module)
  const asgi = application(tree, modules, 'asgi', settings)
  return {
    folder,
    modules,
    because: [present(manage), taken.because],
    notices: [
      ...(chosen === instead ? [insteadNotice(named[0] ?? chosen, taken.module)] : []),
      ...(taken === elsewhere && elsewhere.alone === true ? [foundNotice(elsewhere)] : []),
    ],
    settings,
    wsgi: application(tree, modules, 'wsgi', settings) ?? (asgi === undefined ? { value: factory, because: [taken.because] } : undefined),
    asgi,
  }
}

/** What a wsgi.py calls; a server can do so itself. */
const factory = 'django.core.wsgi:get_wsgi_application()'

/** Where modules are imported from: the folder of manage.py, or `src` in it where that holds the settings. */
function modulesFolder(tree: Tree, folder: string, first: NamedSettings | undefined): string {
  const below = joined(folder, 'src') ?? folder
  const path = first?.module.replace(/\.$/, '').replaceAll('.', '/')
  const holds = (at: string): boolean =>
    first !== undefined && (moduleFile(tree, at, first.module) !== undefined || tree.folders.has(joined(at, path ?? '') ?? ''))
  return !holds(folder) && holds(below) ? below : folder
}

function isInPackage({ module }: NamedSettings): boolean {
  return /\w\.\w/.test(module)
}

function packageOf(named: NamedSettings): NamedSettings {
  return { ...named, module: named.module.replace(/\w+$/, '') }
}

function insteadNotice({ module, because }: NamedSettings, taken: string): Notice {
  return {
    code: 'django-settings-other',
    text: `The settings module ${module} is not in the repository; ${taken} is taken in its place.`,
    because: [because],
    fix: 'Set DJANGO_SETTINGS_MODULE in the Dockerfile to the module that production runs with, and commit that module.',
  }
}

function foundNotice({ module, because }: NamedSettings): Notice {
  return {
    code: 'django-settings-found',
    text: `Nothing says which settings module is used; ${module} is the only one that is fit to run in a container.`,
    because: [because],
    fix: 'When it is another, name it in .env.example at the root: DJANGO_SETTINGS_MODULE=<package>.settings',
  }
}

function findManage(tree: Tree): string | undefined {
  const isDjango = (file: string): boolean =>
    tree.files.has(file) && (managesDjango.test(tree.texts.get(file) ?? '') || servedBeside(tree, file))
  if (isDjango('manage.py')) return 'manage.py'
  // Braces belong to a template from which projects are made.
  const below = [...tree.files].filter((file) => /^[^/{}]+\/manage\.py$/.test(file) && isDjango(file))
  const likely = below.filter((file) => !besides.test(topOf(file)))
  const [found, ...others] = likely.length > 0 ? likely : below
  if (others.length === 0) return found
  throw new Problem({
    code: 'django-projects-several',
    exit: 1,
    message: `There are several Django projects: ${[found, ...others].join(', ')}.`,
    fix: 'Run this in the folder of the one that you mean.',
  })
}

/** A manage.py may leave its work to the package that also holds wsgi.py. */
function servedBeside(tree: Tree, manage: string): boolean {
  const root = manage.slice(0, -'manage.py'.length)
  return [...tree.files].some(
    (file) =>
      file.startsWith(root) && /^[^/]+\/[aw]sgi\.py$/.test(file.slice(root.length)) && servesDjango.test(tree.texts.get(file) ?? ''),
  )
}

/** Settings that are put together in a way that only Python follows. */
function isComputed(tree: Tree, folder: string, module: string): boolean {
  const text = tree.texts.get(moduleFile(tree, folder, module) ?? '') ?? ''
  return !module.endsWith('.') && /^[^#\n]*\b(?:include|exec|import_module|globals|locals)\(/m.test(text)
}

/** It sets its module whatever the environment says. */
function isFixed(tree: Tree, file: string): boolean {
  return /^[^#\n]*environ\[["']DJANGO_SETTINGS_MODULE["']\]\s*=[^=]/m.test(tree.texts.get(file) ?? '')
}

function firstModule(tree: Tree, file: string): NamedSettings | undefined {
  for (const { groups, evidence } of matches(tree, [file], settingsNamed))
    if (groups[1] !== undefined && !evidence.saw.startsWith('#')) return { module: groups[1], because: evidence }
  return moduleInVariable(tree, file)
}

/** `setdefault("DJANGO_SETTINGS_MODULE", name)`: the last text that the name is given, which is what holds without more. */
function moduleInVariable(tree: Tree, file: string): NamedSettings | undefined {
  const [name] = [...matches(tree, [file], /DJANGO_SETTINGS_MODULE["'][ \t]*(?:,|\][ \t]*=)[ \t]*([A-Za-z_]\w*)/g)].map((m) => m.groups[1])
  if (name === undefined) return undefined
  const [given] = matches(tree, [file], new RegExp(String.raw`^[ \t]*${name}[ \t]*=[^\n]{0,200}["']([\w.]+)["'][^"'\n]{0,100}$`, 'gm'))
  return given?.groups[1] === undefined ? undefined : { module: given.groups[1], because: given.evidence }
}

type Interface = 'wsgi' | 'asgi'

/** The application that the settings name, else the one of the file that makes it. */
function application(tree: Tree, folder: string, kind: Interface, settings: Settings): Candidate | undefined {
  const value = assigned(tree, settings, `${kind.toUpperCase()}_APPLICATION`)
  const dotted = /^([\w.]+)\.(\w+)$/.exec(literal(value) ?? '')
  if (value !== undefined && dotted !== null && moduleFile(tree, folder, dotted[1] ?? '') !== undefined)
    return { value: `${dotted[1]}:${dotted[2]}`, because: [value.because] }
  const file = servingFile(tree, folder, kind, settings)
  if (file === undefined) return undefined
  const made = [...matches(tree, [file], /^(\w+)[ \t]*(?::[^=\n]{0,80})?=[^=\n]/gm)]
    .filter((m) => /^(?:application|app|api)$/.test(m.groups[1] ?? ''))
    .at(-1)
  const inside = folder === '.' ? file : file.slice(folder.length + 1)
  const module = inside.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.')
  return made === undefined ? undefined : { value: `${module}:${made.groups[1]}`, because: [made.evidence] }
}

/** The wsgi.py or asgi.py that stands nearest to the settings, or the only one of the project. */
function servingFile(tree: Tree, folder: string, kind: Interface, settings: Settings | undefined): string | undefined {
  const packages = (settings?.module ?? '').split('.').map((_, i, all) => all.slice(0, all.length - i).join('/'))
  const near = [...packages, '.']
    .flatMap((path) => [`${path}/${kind}.py`, `${path}/${kind}/__init__.py`].map((file) => joined(folder, file)))
    .find((file) => file !== undefined && tree.files.has(file))
  if (near !== undefined) return near
  const root = folder === '.' ? '' : `${folder}/`
  const makes = new RegExp(`get_${kind}_application|ProtocolTypeRouter`)
  const found = [...tree.files].filter(
    (file) => file.startsWith(root) && file.endsWith(`/${kind}.py`) && makes.test(tree.texts.get(file) ?? ''),
  )
  return found.length === 1 ? found[0] : undefined
}

function noSettings(manage: string): Problem {
  return new Problem({
    code: 'django-settings-unknown',
    exit: 1,
    message: 'Neither manage.py nor wsgi.py says which settings module is used.',
    file: manage,
    fix: 'Add os.environ.setdefault("DJANGO_SETTINGS_MODULE", "<package>.settings") to wsgi.py, or DJANGO_SETTINGS_MODULE=<package>.settings to .env.example.',
  })
}

function missingSettings({ module, because }: NamedSettings): Problem {
  return new Problem({
    code: 'django-settings-missing',
    exit: 1,
    message: `The settings module ${module} is not in the repository.`,
    file: because.file,
    ...(because.line === undefined ? {} : { line: because.line }),
    fix: 'Name a settings module that is committed, or commit it with its secrets read from the environment.',
  })
}
