import type { Notice, PythonApp } from '../../model/app.ts'
import type { Chosen } from '../../model/options.ts'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { optional } from '../optional.ts'
import { withOwnVolumes } from '../own-volumes.ts'
import { joined } from '../paths.ts'
import { detected, present } from '../search.ts'
import { madeElsewhere } from './assets.ts'
import { pythonContract } from './contract.ts'
import { type DjangoProject, findDjango } from './django.ts'
import { withHosts } from './hosts.ts'
import { findInstall } from './install.ts'
import type { Install } from './installed.ts'
import { findKombu } from './kombu.ts'
import { missingNotices } from './missing.ts'
import { debianPackages } from './packages.ts'
import { runPaths } from './paths.ts'
import { findProcesses } from './processes.ts'
import { metadata, readPyproject } from './pyproject.ts'
import { pythonRelease } from './release.ts'
import { healthRoute } from './routes.ts'
import { keyMadeUp, keyNotices } from './secret-key.ts'
import { findServing } from './servers.ts'
import { djangoServices } from './services.ts'
import { assigned, installed, type Settings } from './settings.ts'
import { builtWith, findUndeclared } from './setuptools.ts'
import { findStatic } from './static.ts'
import { findStored } from './stored.ts'
import { throwawayValues } from './throwaway.ts'
import { type RequiredVariable, requiredVariables } from './variables.ts'

/** The Django app of the tree. Throws a Problem on Python projects of other kinds, which are not served. */
export function detectPython(tree: Tree): PythonApp | undefined {
  const project = findDjango(tree)
  if (project === undefined) return refuseOtherPython(tree)
  const { folder, modules, settings } = project
  const install = findInstall(tree, folder)
  const pyproject = readPyproject(tree, joined(folder, 'pyproject.toml') ?? '') ?? readPyproject(tree, 'pyproject.toml')
  const release = pythonRelease(tree, folder, pyproject, install.packages)
  const workers = tree.texts.get(joined(folder, 'gunicorn.conf.py') ?? '')
  const key = keyMadeUp(tree, settings)
  const serving = findServing(project, install, release.release?.value, workers, key !== undefined)
  const lacking = [findUndeclared(tree, install, release.held), findKombu(install)]
  const required = requiredVariables(tree, settings)
  const variables = withHosts(tree, settings, pythonContract(tree, folder, settings, required))
  const needs = djangoServices(tree, folder, settings, install.packages, variables)
  const served = findStatic(tree, folder, settings)
  const elsewhere = madeElsewhere(tree, folder, settings, served.staticFolders)
  const stored = findStored(tree, folder, settings)
  return {
    ecosystem: 'python',
    because: project.because,
    found: {
      ...packageName(project),
      ...metadata(tree, pyproject),
      ...optional('release', release.release),
      ...optional('start', serving.start === undefined ? undefined : { ...serving.start, from: 'detected' }),
      ...optional('health', healthRoute(tree, modules, settings)),
    },
    questions: [],
    notices: [
      ...project.notices,
      ...install.notices,
      ...release.notices,
      ...serving.notices,
      ...lacking.flatMap(({ notices }) => notices),
      ...requiredNotice(required),
      ...settingsNotices(tree, settings),
      ...keyNotices(key),
      ...missingNotices(tree, modules, settings),
      ...undeclaredNotice(install, project),
      ...elsewhere.notices,
      ...needs.notices,
    ],
    services: needs.services,
    variables,
    processes: findProcesses(tree, project, (name) => install.declared.has(name) || install.packages.some((item) => item.name === name)),
    frameworks: ['django'],
    ...optional('lacks', elsewhere.lacks),
    manager: install.manager,
    manifests: install.manifests,
    installFrom: install.installFrom,
    undeclared: lacking.flatMap(({ undeclared }) => undeclared),
    ...optional('builtWith', release.held && builtWith(install)),
    extras: install.extras,
    groups: install.groups,
    groupsOnly: install.groupsOnly,
    locked: install.locked,
    hashed: install.hashed,
    onePatch: install.onePatch ?? false,
    folder,
    ...(modules === folder ? {} : { modules }),
    settings: settings.module,
    server: serving.server,
    ...served,
    debugpy: install.packages.some(({ name }) => name === 'debugpy'),
    throwaway: throwawayValues(tree, settings, install.packages, required),
    writable: withOwnVolumes(tree, stored.writable),
    migrates: stored.database !== undefined,
    packages: debianPackages(
      install.packages,
      install.fromGit,
      installed(tree, settings, 'django.contrib.gis') !== undefined,
      release.release?.value,
    ),
    runPaths: runPaths(tree, folder, settings),
  }
}

const manifests = ['pyproject.toml', 'requirements.txt', 'Pipfile', 'setup.py'] as const
const frameworks = ['fastapi', 'flask', 'starlette', 'tornado', 'aiohttp', 'sanic', 'bottle', 'litestar', 'streamlit'] as const

/** Nothing when the root holds no Python project; else a Problem that says what was seen. */
function refuseOtherPython(tree: Tree): undefined {
  const file = manifests.find((name) => tree.files.has(name))
  if (file === undefined) return undefined
  const text = tree.texts.get(file)?.toLowerCase() ?? ''
  const framework = frameworks.find((name) => text.includes(name))
  throw new Problem({
    code: 'python-not-served',
    exit: 1,
    message: `${file} shows a Python project${framework === undefined ? '' : ` with ${framework}`}, but no manage.py of Django: of Python, only Django is served so far.`,
    file,
    fix: 'If it is a Django project, run this in the folder that holds manage.py, or the one above.',
  })
}

// What frameworks and guides call the package of the settings when they mean no project in particular.
const generic = new Set([
  'app',
  'apps',
  'backend',
  'conf',
  'config',
  'core',
  'django',
  'main',
  'project',
  'server',
  'settings',
  'site',
  'src',
  'web',
])

/** The name of the package that holds the settings, when it is a name of its own. */
function packageName({ settings, because }: DjangoProject): Chosen {
  const [first = ''] = settings.module.toLowerCase().split('.', 1)
  const name = first.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
  return name === '' || generic.has(name) ? {} : { name: detected(name, ...because.slice(-1)) }
}

function requiredNotice(variables: readonly RequiredVariable[]): readonly Notice[] {
  const required = variables.filter((v) => !v.sometimes)
  if (required.length === 0) return []
  return [
    {
      code: 'variables-required',
      text: `The settings need variables that have no default: ${required.map((v) => v.name).join(', ')}.`,
      because: required.map((v) => v.because),
      fix: 'Set them where the container runs. While building they have throwaway values.',
    },
  ]
}

function settingsNotices(tree: Tree, settings: Settings): readonly Notice[] {
  const notices: Notice[] = []
  const debug = assigned(tree, settings, 'DEBUG')
  if (debug?.text === 'True') {
    notices.push({
      code: 'django-debug',
      text: 'DEBUG is on in the settings that are served: error pages show the source and the settings.',
      because: [debug.because],
      fix: 'Read it from the environment with False as the default.',
    })
  }
  return notices
}

function undeclaredNotice(install: Install, project: DjangoProject): readonly Notice[] {
  if (install.packages.some((item) => item.name === 'django') || install.declared.has('wagtail')) return []
  return [
    {
      code: 'django-not-declared',
      text: `${install.installFrom} does not name Django; another package has to bring it.`,
      because: [present(install.installFrom), ...project.because.slice(0, 1)],
      fix: 'Add Django to the dependencies with the version that you use.',
    },
  ]
}
