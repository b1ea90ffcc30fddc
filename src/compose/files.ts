import type { Notice } from '../model/app.ts'
import type { ComposeFile } from '../model/compose.ts'
import type { Reads, Tree } from '../model/tree.ts'

// The order in which Docker Compose looks for its file; then files that are named on its command line.
const usual = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']
const moods = ['override', 'local', 'dev', 'development', 'prod', 'production', 'services', 'test']
const more = moods.flatMap((mood) => [
  ...usual.map((name) => name.replace('.', `.${mood}.`)),
  ...usual.map((name) => name.replace('.', `-${mood}.`)),
])

/** Compose files that people write. */
export const composeReads: Reads = { names: [...usual, ...more], endings: [] }

/** The tree with what the compose files at its root say, the likeliest first. The parser is loaded only when there is one. */
export async function withCompose(tree: Tree): Promise<Tree> {
  const files = composeReads.names.filter((name) => tree.texts.has(name))
  if (files.length === 0) return tree
  const { readCompose } = await import('./read.ts')
  return { ...tree, compose: files.map((file) => readCompose(tree.texts.get(file) ?? '', file)) }
}

/** What a person should know of compose files that could not be read. */
export function composeNotices(files: readonly ComposeFile[]): readonly Notice[] {
  return files.flatMap(({ file, problem }) =>
    problem === undefined
      ? []
      : [
          {
            code: 'compose-not-read',
            text: `${file} cannot be read: ${problem.text}. What it says of services, names and ports is not known.`,
            because: [{ file, ...(problem.line === undefined ? {} : { line: problem.line }), saw: problem.text }],
            fix: `See what Docker Compose thinks of it: docker compose --file ${file} config`,
          },
        ],
  )
}
