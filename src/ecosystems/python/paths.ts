import type { Tree } from '../../model/tree.ts'
import { rootEntries } from '../paths.ts'
import type { Settings } from './settings.ts'

// Settings of tools, and what other languages install from.
const toolSettings =
  /^(?:setup\.(?:cfg|py)|(?:tox|pytest|mypy|pylintrc)\.ini|conftest\.py|noxfile\.py|tasks\.py|fabfile\.py|MANIFEST\.in|pyproject\.toml|uv\.(?:lock|toml)|poetry\.(?:lock|toml)|pdm\.lock|Pipfile(?:\.lock)?|runtime\.txt|requirements?(?:[-_.][\w.-]*)?|(?:dev|test)-requirements\.\w+|constraints\.txt|package(?:-lock)?\.json|yarn\.lock|pnpm-[\w-]+\.yaml|bun\.lockb?|(?:tsconfig|jsconfig|biome)[\w.-]*\.jsonc?|(?:eslint|prettier|webpack|rspack|vite|vitest|rollup|babel|jest|tailwind|postcss|gulpfile|playwright)[\w.-]*\.(?:[cm]?[jt]s|json)|sonar-project\.properties|mkdocs\.ya?ml|venv|env)$/i

/**
 * Root entries that are needed at run time; folders end in a slash. Left out by default are those of tools and of people, unless the code names
 * them. Of a project in a folder of its own that folder, and those that its settings name beside it.
 */
export function runPaths(tree: Tree, folder: string, settings: Settings): readonly string[] {
  const texts = settings.files.map((file) => tree.texts.get(file) ?? '')
  const folders = [...tree.folders]
    .filter((path) => !/^\.|\/|^node_modules$/.test(path))
    .filter((name) => texts.some((text) => isNamed(text, name)))
  if (folder !== '.') {
    const beside = texts.some((text) => leavesFolder.test(text)) ? folders : []
    return [...new Set([folder, ...beside])].sort().map((name) => `${name}/`)
  }
  const own = rootEntries(tree).filter((name) => !toolSettings.test(name))
  return [...new Set([...own, ...folders, ...openedFiles(tree)])].sort().map((name) => (tree.folders.has(name) ? `${name}/` : name))
}

// Settings that reach above the folder of manage.py, such as BASE_DIR.parent or "..".
const leavesFolder = /["'/]\.\.["'/]|BASE_DIR\.parent|parent\.parent\.parent|parents\[2\]/

/** Files at the root that the code names, such as a change log that settings read the version from. */
function openedFiles(tree: Tree): readonly string[] {
  const files = [...tree.files].filter((path) =>
    /^[A-Z][\w-]*(?:\.(?:md|rst|txt|json|toml|ya?ml))?$|^pyproject\.toml$|^package\.json$/.test(path),
  )
  const code = [...tree.texts].filter(([path]) => /\/(?!test|conftest|setup)[\w-]+\.py$/.test(path) && !/(?:^|\/)tests?\//.test(path))
  return files.filter(
    (file) => !/^(?:Docker|Make|Just|Pip|Proc|Jenkins|Vagrant)file/.test(file) && code.some(([, text]) => isNamed(text, file)),
  )
}

/** The name stands in quotes, whole or as the first part of a path or a module. */
function isNamed(text: string, name: string): boolean {
  for (const quote of [`"${name}`, `'${name}`]) {
    for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1))
      if (/["'./]/.test(text[at + quote.length] ?? '')) return true
  }
  return false
}
