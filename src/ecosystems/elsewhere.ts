const manifest = /^(.+)\/(?:package\.json|go\.mod|manage\.py)$/
const aside = /(?:^|\/)(?:tests?|testdata|fixtures|examples?|docs?|node_modules|vendor)(?:\/|$)/
const mostListed = 4

/** The folders that hold a project, those nearest first. */
function projectsIn(files: Iterable<string>): readonly string[] {
  const found = [...files].flatMap((path) => manifest.exec(path)?.[1] ?? []).filter((path) => !aside.test(path))
  const depth = (path: string): number => path.split('/').length
  return [...new Set(found)].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
}

function listed(folders: readonly string[]): string {
  const more = folders.length - mostListed
  return `${folders.slice(0, mostListed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Where a person goes who runs the command above the projects of a repository. */
export function whereToGo(files: Iterable<string>): string {
  const folders = projectsIn(files)
  if (folders.length === 0) return 'Run it in the folder that holds package.json, go.mod or manage.py.'
  return folders.length === 1
    ? `There is one in ${listed(folders)}: run it there.`
    : `There are some in ${listed(folders)}: run it in one of them.`
}

/** The same for a person who runs it in a project that has others below it, and starts nothing; empty when it has none. */
export function whereElse(files: Iterable<string>): string {
  const folders = projectsIn(files)
  return folders.length === 0 ? '' : ` Other projects lie in ${listed(folders)}: where one of them is the program, run it there.`
}
