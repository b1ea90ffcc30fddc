import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { isCommitted } from '../produced.ts'

/** A fenced block of a page. `where` says where its commands can run: `docker` needs an engine, `repository` this repository itself. */
export interface Block {
  readonly language: string
  readonly where: string
  readonly text: string
}

/** Every page of the documentation that is written by hand. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !file.startsWith('errors'))
    .map((file) => `docs/${file}`)
    .sort(),
]

const fence = /^```([\w-]*) ?(\w*)\n([\s\S]*?)^```$/gm

export function blocksOf(page: string): readonly Block[] {
  return [...readFileSync(page, 'utf8').matchAll(fence)].map(([, language = '', where = '', text = '']) => ({ language, where, text }))
}

/** The commands of a block: its lines without comments, or those after a `$`. */
export function commandsOf({ language, text }: Block): readonly string[] {
  const lines = text.split('\n')
  const commands = language === 'console' ? lines.flatMap((line) => line.match(/^\$ (.*)$/)?.[1] ?? []) : lines
  return commands.map((line) => line.replace(/\s+# .*$/, '').trim()).filter((line) => line !== '' && !line.startsWith('#'))
}

/** The page with the output of each command of its `console` blocks as it is now, run in order. */
export function played(page: string, run: (command: string) => string): string {
  return readFileSync(page, 'utf8').replace(fence, (all, language, where, text) => {
    if (language !== 'console') return all
    const lines = commandsOf({ language, where, text }).map((command) => `$ ${command}\n${run(command)}`)
    return `\`\`\`console\n${lines.join('')}\`\`\``
  })
}

/** The example project as its user would have it: a git repository, with this program to be called as users do. */
export interface Example {
  readonly folder: string
  /** What a command prints, on both streams, and its exit code. */
  run(command: string): { readonly code: number | null; readonly output: string }
  remove(): void
}

export function exampleProject(engine: 'none' | 'this machine' = 'none'): Example {
  const home = mkdtempSync(join(tmpdir(), 'secure-docker-docs-'))
  const [folder, programs] = [join(home, 'guest-book'), join(home, 'bin')]
  const example = 'examples/guest-book'
  cpSync(example, folder, { recursive: true, filter: (path) => isCommitted(relative(example, path)) })
  mkdirSync(programs)
  const program = `exec "${process.execPath}" "${resolve('dist/main.js')}" "$@"\n`
  writeFileSync(join(programs, 'secure-docker'), `#!/bin/sh\n${program}`)
  writeFileSync(join(programs, 'npx'), `#!/bin/sh\n[ "$1" = secure-docker ] || exit 127\nshift\n${program}`)
  for (const name of ['secure-docker', 'npx']) chmodSync(join(programs, name), 0o755)
  const nowhere = engine === 'none' ? { DOCKER_HOST: 'unix:///nowhere' } : {}
  const env = { ...process.env, ...nowhere, PATH: `${programs}:${process.env['PATH']}` }
  const run: Example['run'] = (command) => {
    const { status, stdout } = spawnSync('sh', ['-c', `{ ${command}\n} 2>&1`], { cwd: folder, encoding: 'utf8', env })
    return { code: status, output: stdout }
  }
  run('git init --quiet && git add --all && git -c user.name=example -c user.email=me@example.org commit --quiet --message start')
  return { folder, run, remove: () => rmSync(home, { recursive: true, force: true }) }
}
