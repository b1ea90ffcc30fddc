import type { Tree } from '../model/tree.ts'
import { topOf } from './search.ts'

// Entries at the root of a repository that neither a build nor a program needs.
const beside: readonly RegExp[] = [
  /^\./,
  /^(?:tests?|__tests__|__mocks__|specs?|e2e|cypress|playwright|coverage|docs?|documentation|examples?|samples?|benchmarks?|node_modules|k8s|kubernetes|helm|charts?|terraform|deploy(?:ment)?|infra|ansible)$/i,
  /^(?:docker|compose|docker-compose|Dockerfile|Containerfile|Vagrantfile|Jenkinsfile|Makefile|Justfile|Taskfile|Procfile)/i,
  /\.(?:md|markdown|rst|adoc|png|gif|jpe?g|log|tgz|zip|iml|code-workspace|pem|key|p12|pfx)$/i,
  /^(?:LICENSE|LICENCE|COPYING|NOTICE|AUTHORS|CHANGELOG|CHANGES|CONTRIBUTING|CODE_OF_CONDUCT|SECURITY|README|CODEOWNERS)/i,
  /^(?:fly|netlify|railway|vercel|render|app|azure-pipelines|bitbucket-pipelines|cloudbuild|codecov|renovate|skaffold|nixpacks|wrangler|now)\.(?:toml|json|ya?ml|json5)$/i,
  /^secure-docker\./,
  /\.(?:sqlite3?|db)$/i,
]

/** Files and folders at the root that may matter to a build or a program, sorted. */
export function rootEntries(tree: Tree): readonly string[] {
  const all = new Set([...tree.files].map(topOf))
  return [...all].filter((name) => !beside.some((pattern) => pattern.test(name))).sort()
}

/** A relative path as the repository's root sees it; undefined when it leads out of the repository. */
export function joined(folder: string, path: string): string | undefined {
  if (path.startsWith('/')) return undefined
  const parts: string[] = []
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.length === 0 ? '.' : parts.join('/')
}

/** Whether a path that is not there yet sounds like a folder: its name has no ending. */
export function isFolderName(path: string): boolean {
  return !/[^/]\.\w+$/.test(path)
}
