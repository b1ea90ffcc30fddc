import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { present } from '../search.ts'
import { moduleFile } from './files.ts'
import { runFiles, testFiles } from './reads.ts'
import { filesCalled, fitness, isPart, type NamedSettings, saidIn, setsUrls, settingsInContainers } from './told-settings.ts'

const telling = [...runFiles, ...testFiles, 'Procfile', 'pyproject.toml', 'README.md']
const besides = /(?:^|\/)(?:tests?|docs?|examples?)\/|(?:^|\/)(?:test_\w*|conftest)\.py$/

/**
 * Settings that neither manage.py nor wsgi.py names: those that other files run the project with, else the only ones that are fit for that.
 * Throws a Problem where there are several.
 */
export function settingsElsewhere(tree: Tree, folder: string): (NamedSettings & { readonly alone?: true }) | undefined {
  const inFolder = folder === '.' ? '' : `${folder}/`
  const code = [...tree.texts.keys()].filter((file) => file.endsWith('.py') && file.startsWith(inFolder) && !besides.test(file))
  const told = saidIn(tree, [...filesCalled(tree, telling), ...code])
  const contained = settingsInContainers(tree, folder)
  const [named] = likeliest([...(contained === undefined ? [] : [contained]), ...told].filter(({ module }) => serves(tree, folder, module)))
  if (named !== undefined) return named
  const all = code.flatMap((file): NamedSettings[] => {
    const module = file
      .slice(inFolder.length)
      .replace(/(?:\/__init__)?\.py$/, '')
      .replaceAll('/', '.')
    return /settings|conf/.test(module) && serves(tree, folder, module) ? [{ module, because: present(file) }] : []
  })
  const whole = all.filter(({ module }) => !isPart(module))
  const [found, ...others] = likeliest(whole.length > 0 ? whole : all)
  if (others.length > 0 && found !== undefined) throw severalSettings([found, ...others].map(({ module }) => module))
  return found && { ...found, alone: true }
}

/** It is there, says which URLs there are, and is not made for development or tests. */
function serves(tree: Tree, folder: string, module: string): boolean {
  return fitness(module) > 0 && moduleFile(tree, folder, module) !== undefined && setsUrls(tree, folder, module)
}

/** Those that are the likeliest to run in a container, each once. */
function likeliest(all: readonly NamedSettings[]): readonly NamedSettings[] {
  const best = Math.max(...all.map(({ module }) => fitness(module)))
  return all.filter(({ module }, i) => fitness(module) === best && all.findIndex((other) => other.module === module) === i)
}

function severalSettings(modules: readonly string[]): Problem {
  return new Problem({
    code: 'django-settings-unknown',
    exit: 1,
    message: `Neither manage.py nor wsgi.py says which settings module is used; it may be one of: ${modules.join(', ')}.`,
    fix: 'Name it in .env.example at the root: DJANGO_SETTINGS_MODULE=<package>.settings',
  })
}
