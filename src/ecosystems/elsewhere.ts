const manifest = /^(.+)\/(?:package\.json|go\.mod|manage\.py)$/
const aside = /(?:^|\/)(?:tests?|testdata|fixtures|examples?|docs?|node_modules|vendor)(?:\/|$)/
const mostListed = 4

/** Where a person goes who runs the command above the projects of a repository: the folders that hold one, those nearest first. */
export function whereToGo(files: Iterable<string>): string {
  const found = [...files].flatMap((path) => manifest.exec(path)?.[1] ?? []).filter((path) => !aside.test(path))
  const depth = (path: string): number => path.split('/').length
  const folders = [...new Set(found)].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
  if (folders.length === 0) return 'Run it in the folder that holds package.json, go.mod or manage.py.'
  const more = folders.length - mostListed
  const listed = `${folders.slice(0, mostListed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return folders.length === 1 ? `There is one in ${listed}: run it there.` : `There are some in ${listed}: run it in one of them.`
}
