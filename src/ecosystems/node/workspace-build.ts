import type { NodePackage } from '../../model/node-package.ts'
import type { Words } from '../shell.ts'
import { findBuild, quietNx } from './build.ts'
import type { Context } from './command.ts'
import { reachable } from './lock.ts'
import type { Manifest } from './manifest.ts'
import type { Member } from './workspace-scripts.ts'

/** The packages of the workspace that one of them is made with, those that it depends on before it. What the root depends on is meant for all. */
export function neededBy(member: Member, members: readonly Member[], root: Manifest, development: boolean): readonly Member[] {
  const namedBy = ({ dependencies, devDependencies }: Manifest): readonly Member[] => {
    const names = { ...dependencies, ...(development ? devDependencies : {}) }
    return members.filter(({ manifest: { name } }) => name !== undefined && name in names)
  }
  const below = ({ manifest }: Member): readonly Member[] => namedBy(manifest)
  const all = [...reachable([member, ...namedBy(root)], below)].sort((a, b) => (a.folder < b.folder ? -1 : 1))
  const ordered: Member[] = []
  const visit = (one: Member, above: ReadonlySet<Member>): void => {
    if (ordered.includes(one) || above.has(one)) return
    for (const other of below(one)) visit(other, new Set([...above, one]))
    ordered.push(one)
  }
  for (const one of all) visit(one, new Set())
  return [...ordered.filter((one) => one !== member), member]
}

/** How a package of a workspace is built, seen from the root. */
interface WorkspaceBuild {
  readonly commands: readonly Words[]
  readonly environment: Readonly<Record<string, string>>
  /** It builds all packages, not only those that the program needs. */
  readonly whole: boolean
}

/**
 * What builds a program and the packages that it is made with: the root's own script where the root starts the program too (`whole`), else
 * the tool that runs the workspace's tasks, else each package's script, the program's last. `own` is what builds the program in its folder;
 * `beside` are packages that it needs nothing of but what they make.
 */
export function workspaceBuild(
  root: Context,
  needed: readonly Member[],
  own: readonly Words[],
  { isTold, beside }: { readonly isTold: boolean; readonly beside: readonly Member[] },
): WorkspaceBuild {
  const script = isTold ? findBuild(root, undefined).commands : []
  if (script.some((words) => words[0] === root.manager)) return { commands: script, environment: quiet(root), whole: true }
  const program = needed.at(-1)
  const name = program?.manifest.name
  const last = own.at(-1)
  // Of a script that is not run as a whole the tools know nothing.
  const task = last?.[0] === 'npx' ? '' : (last?.at(-1) ?? 'build')
  const tools = { ...root.manifest.dependencies, ...root.manifest.devDependencies }
  const [turbo, nx] = [
    tools['turbo'] !== undefined && root.tree.files.has('turbo.json'),
    tools['nx'] !== undefined && root.tree.files.has('nx.json'),
  ]
  if (name !== undefined && (turbo || nx) && task in (program?.manifest.scripts ?? {})) {
    const names = [name, ...beside.flatMap(({ manifest }) => manifest.name ?? [])]
    const words = turbo
      ? ['turbo', 'run', task, ...names.map((one) => `--filter=${one}`)]
      : ['nx', 'run-many', `--target=${task}`, `--projects=${names.join(',')}`]
    return { commands: [['npx', '--no', '--', ...words]], environment: quiet(root), whole: false }
  }
  const libraries = needed.slice(0, -1).filter(({ manifest }) => 'build' in manifest.scripts)
  const before = libraries.map(({ folder }) => inFolder(root.manager, folder, [root.manager, 'run', 'build']))
  const after = own.map((words) => inFolder(root.manager, program?.folder ?? '.', words))
  return { commands: [...before, ...after], environment: {}, whole: false }
}

/** What keeps the tools of a workspace from starting servers of their own, and from telling anybody. */
function quiet({ manifest: { dependencies, devDependencies } }: Context): Readonly<Record<string, string>> {
  const tools = { ...dependencies, ...devDependencies }
  return {
    ...('turbo' in tools ? { TURBO_TELEMETRY_DISABLED: '1' } : {}),
    ...('nx' in tools ? quietNx : {}),
  }
}

/** A command for the root that runs in the folder of one of its packages. */
export function inFolder(manager: NodePackage['manager']['name'], folder: string, words: Words): Words {
  const script = words[0] === manager ? words.slice(1) : undefined
  // Behind `npx --no --` stands a tool.
  const tool = words[0] === 'npx' ? words.slice(words.indexOf('--') + 1) : words
  switch (manager) {
    case 'npm':
      return script === undefined ? ['npm', 'exec', `--workspace=${folder}`, '--', ...tool] : ['npm', ...script, `--workspace=${folder}`]
    case 'pnpm':
      return ['pnpm', '--dir', folder, ...(script ?? ['exec', ...tool])]
    case 'yarn':
      return ['yarn', '--cwd', folder, ...(script ?? ['run', ...tool])]
  }
}
