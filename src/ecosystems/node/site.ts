import type { NodeApp, Notice } from '../../model/app.ts'
import type { Site } from '../../model/assets.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { detected, present } from '../search.ts'
import type { Words } from '../shell.ts'
import type { Build } from './build.ts'
import type { Context } from './command.ts'
import { expanded } from './script-commands.ts'
import { baseOf, fallbackOf, folderOf, inRoot, keyIn, rootOf, settingsOf } from './site-folder.ts'
import { notSites, otherPrograms, type SiteTool, siteTools } from './site-tools.ts'
import { siteVariables } from './site-variables.ts'

/** The files for browsers that a build makes, where they are all that a repository makes: nothing of it is started by node. */
export function findSite(context: Context, build: Build): Site | undefined {
  const { tree, manifest } = context
  const script = build.commands[0]?.at(-1) ?? ''
  const known = { ...manifest.dependencies, ...manifest.devDependencies }
  if (manifest.scripts[script] === undefined || Object.keys(known).some((name) => notSites.has(name))) return undefined
  if ([...tree.files].some((file) => otherPrograms.test(file))) return undefined
  const lines = build.commands.flatMap((words) => expanded(context, words))
  const candidates = siteTools.filter(({ packages }) => packages.some((name) => name in known))
  const tool = candidates.find(({ only, runs }) => only !== undefined || lines.some((words) => runs.test(words.join(' '))))
  return tool === undefined ? undefined : siteMadeBy(tool, context, lines, manifest.evidence('scripts', script))
}

function siteMadeBy(tool: SiteTool, context: Context, lines: readonly Words[], script: Evidence): Site | undefined {
  const settings = settingsOf(context.tree, tool)
  const commands = lines.filter((words) => tool.runs.test(words.join(' ')))
  const said = [...settings.map(({ text }) => text), ...commands.map((words) => words.join(' '))]
  const says = (sign: RegExp): boolean => said.some((text) => sign.test(text))
  if (commands.length === 0 || (tool.only !== undefined && !says(tool.only)) || (tool.unless !== undefined && says(tool.unless)))
    return undefined
  const told = { context, tool, settings, commands, script }
  const root = rootOf(told)
  if (root === undefined || (tool.page !== undefined && !context.tree.files.has(inRoot(root, tool.page)))) return undefined
  const made = folderOf(told, root)
  if (made === undefined) return undefined
  const [fallback, base] = [fallbackOf(told), baseOf(told)]
  return {
    tool: tool.packages.find((name) => name in context.manifest.dependencies || name in context.manifest.devDependencies) ?? '',
    folder: made.folder,
    ...(fallback === undefined ? {} : { fallback }),
    ...(base === undefined ? {} : { base }),
    because: made.because === script ? [script] : [made.because, script],
  }
}

/** The app as a site: what a program would read, write or talk to is nothing that its server does. `notices` are those of its build. */
export function asSite(app: NodeApp, site: Site, { tree }: Context, notices: readonly Notice[]): NodeApp {
  const { port: _, health: __, ...found } = app.found
  const shown = siteVariables(tree)
  return {
    ...app,
    found: {
      ...found,
      start: detected(site.folder, ...site.because),
      ...(site.base === undefined ? {} : { health: detected(site.base.path, site.base.because) }),
    },
    questions: [],
    notices: [...notices, ...shown.notices, ...unreadNotices(tree, site), ...settingsNotices([...tree.files])],
    build: { ...app.build, environment: { ...shown.values, ...app.build.environment } },
    services: [],
    variables: [],
    processes: [],
    writable: [],
    environment: {},
    portVariable: undefined,
    outputs: [],
    guessed: [],
    site,
  }
}

/** Says where settings name the folder in a way that only the tool itself can read. */
function unreadNotices(tree: Tree, { tool, folder, because }: Site): readonly Notice[] {
  const row = siteTools.find(({ packages }) => packages.includes(tool))
  const seen = because.length > 1 || row?.key === undefined ? undefined : keyIn(settingsOf(tree, row), row.key)
  if (seen === undefined) return []
  const notice: Notice = {
    code: 'site-folder-unread',
    text: `The settings do not say in plain words into which folder the site is made: ${folder} is taken.`,
    because: [seen],
    fix: 'When it is another one, say it with --start.',
  }
  return [notice]
}

/** Says that a server's own settings are not those of the image. */
function settingsNotices(files: readonly string[]): readonly Notice[] {
  const own = files.filter((file) => /^(?:[^/]+\/){0,2}(?:[^/]*nginx[^/]*\.(?:conf|template)|Caddyfile)$/.test(file))
  const notice: Notice = {
    code: 'site-own-settings',
    text: `The image serves the site with settings of ours; those of ${own.join(', ')} are not taken over.`,
    because: own.map(present),
    fix: 'Where they pass requests on to another server, write that into the settings in the Dockerfile: a later run keeps your lines.',
  }
  return own.length === 0 ? [] : [notice]
}
