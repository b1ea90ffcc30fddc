import type { NodeApp, Notice } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import { Problem } from '../../model/problem.ts'
import { seenFrom } from '../seen-from.ts'
import type { Start } from './command.ts'
import type { LockedPackage } from './lock.ts'
import { parseManifest } from './manifest.ts'
import type { contextOf } from './package.ts'
import { servers } from './server.ts'
import { otherPrograms } from './site-tools.ts'
import { startScripts } from './start.ts'
import { lifted, type Place } from './workspace-app.ts'
import { delegationOf, type Member } from './workspace-scripts.ts'

type Root = ReturnType<typeof contextOf>

// Packages that are made for those who write the others, or read about them.
const aside =
  /(?:^|\/)(?:docs?|dev-[\w-]+|website|landing|examples?|samples?|playground|demo|e2e|tests?|bench\w*|storybook|scripts|tools|tooling|configs?|\.[^/]+)(?:\/|$)/

// By these names nobody calls what answers people.
const behind = /(?:^|[/-])(?:workers?|jobs?|cron|scheduler|queue|consumer|mobile)$/

/** What is asked of one package. */
interface Detection {
  /** The way in which it is started, if there is one. */
  start(context: Root): Start | undefined
  app(context: Root): NodeApp
}

/**
 * The app of a workspace, where a folder of it holds the program: the one that `start` names, or that the root starts, or the only one that
 * serves. undefined where the root has a program of its own, or is no workspace; where several may serve, that is the question.
 */
export function workspaceApp(root: Root, start: string | undefined, detection: Detection): NodeApp | undefined {
  const members = membersOf(root)
  if (members.length === 0) return undefined
  const named = members
    .filter(({ folder }) => start === folder || start?.startsWith(`${folder}/`) === true)
    .sort((a, b) => b.folder.length - a.folder.length)[0]
  if (named !== undefined) return appIn({ root, members, member: named }, detection)
  const told = delegationOf(root, members)
  if (told !== undefined) return appIn({ root, members, member: told.member, told }, detection)
  const own = detection.start(root)
  // A file that happens to have a usual name says little beside packages that start something.
  const isGuess = own?.because.length === 1 && own.because[0]?.file === own.file
  if (own !== undefined && !isGuess) return undefined
  const apps = members.flatMap((member) => (aside.test(member.folder) ? [] : candidate({ root, members, member }, detection)))
  const serving = apps.filter(({ app }) => app?.site === undefined)
  // One that others are made with is theirs first of all.
  const alone = serving.filter(({ member }) => !isLibrary(member, members))
  const programs = alone.length > 0 ? alone : serving
  const [front, second] = programs.filter(({ member }) => !behind.test(member.folder))
  if (own === undefined && front?.app !== undefined && second === undefined && programs.length > 1)
    return withLeftOut(
      front.app,
      programs.filter((program) => program !== front),
    )
  const [only, ...others] = programs.length > 0 ? programs : holdsNoOther(root, members) ? apps : []
  if (only === undefined || (own !== undefined && others.length > 0)) return undefined
  if (others.length === 0 && only.app !== undefined) return only.app
  const candidates = [only, ...others].map(({ member, because }) => ({ value: member.folder, because }))
  const why = 'The workspace holds several programs, and nothing tells which one is the app.'
  return { ...untold(detection.app(root)), questions: [{ key: 'start', why, candidates }] }
}

function withLeftOut(app: NodeApp, others: readonly Candidate[]): NodeApp {
  const folders = others.map(({ member }) => member.folder).join(', ')
  const notice: Notice = {
    code: 'node-program-left-out',
    text: `The workspace has a program besides: ${folders}. It is not started, because each program has an image of its own.`,
    because: others.flatMap(({ because }) => because.slice(0, 1)),
    fix: `When it is to run too, or instead: secure-docker init --start ${others[0]?.member.folder ?? ''} in a copy of the repository shows its files.`,
  }
  return { ...app, notices: [...app.notices, notice] }
}

/** What all programs of a workspace have in common: the code of one shows nothing of another. */
function untold(app: NodeApp): NodeApp {
  const { port: _, health: __, ...found } = app.found
  return { ...app, found, notices: [], services: [], variables: [], processes: [], writable: [] }
}

/** Whether nothing in a workspace points to a program that answers requests: then a site is all there is. */
function holdsNoOther({ tree }: Root, members: readonly Member[]): boolean {
  const served = members.some(({ manifest }) => manifest.hasProgram || Object.keys(manifest.dependencies).some((name) => servers.has(name)))
  return !served && ![...tree.files].some((file) => otherPrograms.test(file.slice(file.lastIndexOf('/') + 1)))
}

function isLibrary({ manifest: { name } }: Member, members: readonly Member[]): boolean {
  return members.some(({ manifest }) => name !== undefined && name in { ...manifest.dependencies, ...manifest.devDependencies })
}

function membersOf({ tree, lock }: Root): readonly Member[] {
  return [...lock.members].sort().flatMap((folder): readonly Member[] => {
    const text = tree.texts.get(`${folder}/package.json`)
    return text === undefined ? [] : [{ folder, manifest: parseManifest(text, `${folder}/package.json`) }]
  })
}

function appIn(place: Place, { app }: Detection): NodeApp {
  const context = seenIn(place)
  return lifted(place, context.tree, app(context))
}

interface Candidate {
  readonly member: Member
  readonly because: readonly Evidence[]
  /** Absent where nobody can tell how it is started, though it has a script for that. */
  readonly app?: NodeApp
}

/** A package that serves, or is a site. A library starts nothing, and what ends by itself is not one. */
function candidate(place: Place, detection: Detection): readonly Candidate[] {
  const { member } = place
  const { manifest } = member
  const script = startScripts.find((name) => name in manifest.scripts)
  try {
    const context = seenIn(place)
    const start = detection.start(context)
    if (start === undefined && script === undefined && !('build' in manifest.scripts)) return []
    const app = appIn(place, detection)
    const because = app.found.start?.because.slice(0, 1) ?? []
    if (app.found.start === undefined) return script === undefined ? [] : [{ member, because: [manifest.evidence('scripts', script)] }]
    const isMain = manifest.main !== undefined && because[0]?.line === manifest.evidence('main').line
    const isGuess = because[0]?.line === undefined
    return isMain || isGuess || app.found.port?.value === 0 ? [] : [{ member, because, app }]
  } catch (error) {
    // One that cannot be served is not chosen.
    if (error instanceof Problem) return []
    throw error
  }
}

/** The package as if its folder were the repository, with the lockfile of the workspace. */
function seenIn({ root, member: { folder }, told }: Place): Root {
  const whole = seenFrom(root.tree, folder)
  // The root's own image is laid out from the root.
  const texts = new Map([...whole.texts].filter(([path]) => path !== 'Dockerfile' || root.tree.texts.has(`${folder}/Dockerfile`)))
  const tree = { ...whole, texts }
  return {
    ...root,
    tree,
    manifest: parseManifest(texts.get('package.json') ?? ''),
    lock: { ...root.lock, packages: foundFrom(root.lock.packages, folder), asked: new Set() },
    ...(told === undefined ? {} : { told: told.script }),
  }
}

/** Packages as one of the workspace's own finds them: those below its folder before what is at the top for all. */
function foundFrom(packages: readonly LockedPackage[], folder: string): readonly LockedPackage[] {
  const inside = `${folder}/node_modules/`
  const own = packages.filter(({ path }) => path.startsWith(inside)).map((p) => ({ ...p, path: p.path.slice(folder.length + 1) }))
  // pnpm lays them out flat, whatever its lockfile says of its store.
  const others = packages.filter(({ path }) => !path.startsWith(inside))
  return [...own, ...others.map((p) => ({ ...p, path: p.path.replace(/^node_modules\/\.pnpm\/[^/]+\//, '') }))]
}
