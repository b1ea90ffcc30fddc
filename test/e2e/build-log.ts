/** One step of a Dockerfile in what `docker compose build` prints with `--progress plain`. */
export interface Step {
  readonly name: string
  readonly cached: boolean
}

/** Steps in the order in which they were begun. */
export function stepsOf(log: string): readonly Step[] {
  const lines = log.split('\n')
  const cached = new Set(lines.flatMap((line) => /^#(\d+) CACHED$/.exec(line.trim())?.[1] ?? []))
  const names = new Map(
    lines.flatMap((line) => {
      const [, id, name] = /^#(\d+) \[[a-z\d -]*\d+\/\d+\] (.*)$/.exec(line.trim()) ?? []
      return id === undefined || name === undefined ? [] : [[id, name] as const]
    }),
  )
  return [...names].map(([id, name]) => ({ name, cached: cached.has(id) }))
}

/** Steps that fetch dependencies. */
export function installs(steps: readonly Step[]): readonly Step[] {
  return steps.filter(({ name }) =>
    /^RUN .*\b(npm (ci|install)|pnpm install|yarn install|go mod (download|verify)|pip install|uv sync|pipenv (sync|install))\b/.test(name),
  )
}
