import { type App, siteOf } from '../model/app.ts'
import type { Evidence, Sourced } from '../model/evidence.ts'
import type { NodePackage } from '../model/node-package.ts'
import type { Choices, Chosen, OptionKey } from '../model/options.ts'
import type { ServiceNeed } from '../model/service.ts'
import { oneLine } from '../model/text.ts'
import { place } from './human.ts'
import { table } from './table.ts'

/** Something that is known of an app, in words. With a key it can be chosen otherwise. */
export interface Finding {
  readonly label: string
  readonly value: string
  /** Where it comes from: `package.json:12`, or that nothing says it. */
  readonly from: string
  readonly key?: OptionKey
}

// Order and words of the findings; what only goes into labels of the image comes last.
const shown: readonly (readonly [OptionKey, string])[] = [
  ['release', 'release'],
  ['start', 'start'],
  ['port', 'port'],
  ['health', 'health check'],
  ['service', 'service name'],
  ['publish', 'published on'],
]
const languages: Readonly<Record<App['ecosystem'], string>> = { node: 'Node.js', go: 'Go', python: 'Python' }
const labels: readonly OptionKey[] = ['name', 'description', 'licenses', 'source', 'url', 'vendor']

/** What is known of an app, most important first; `here` are the services that are set up. */
export function findingsOf(app: App, chosen: Chosen | Choices, here: readonly ServiceNeed[]): readonly Finding[] {
  const rows = shown.flatMap(([key, label]) => finding(key, wordOf(app, key) ?? label, chosen[key]))
  const named = labels.flatMap((key) => finding(key, key === 'licenses' ? 'licence' : key, chosen[key]))
  return [
    ...rows.slice(0, 1),
    managerOf(app),
    ...rows.slice(1),
    ...frontEnd(app),
    ...needs(app, here),
    ...programs(app),
    ...tools(app),
    ...folders(app),
    ...named,
  ]
}

/** What an option is called for this app alone. */
function wordOf(app: App, key: OptionKey): string | undefined {
  return key === 'release' ? languages[app.ecosystem] : key === 'start' && siteOf(app) !== undefined ? 'site' : undefined
}

/** Findings in which what only describes the image is one line. */
export function withoutLabels(findings: readonly Finding[]): readonly Finding[] {
  const described = findings.filter(({ key }) => key !== undefined && key !== 'name' && labels.includes(key))
  if (described.length < 2) return findings
  return [
    ...findings.filter((each) => !described.includes(each)),
    { label: 'labels', value: `${described.length} more`, from: 'secure-docker detect' },
  ]
}

/**
 * Findings as a person reads them. Below 60 columns each value has its own line. `replaced` are files in whose place ours stand: what is
 * said of them is to be found there no more.
 */
export function findingsText(
  app: App,
  title: string,
  findings: readonly Finding[],
  width: number,
  replaced: ReadonlyMap<string, unknown> = new Map(),
): string {
  const rows = table(
    findings.map(({ label, value, from }) => [label, value, from]),
    width,
  )
  const gone = [...replaced.keys()].filter((file) => findings.some(({ from }) => from === file || from.startsWith(`${file}:`)))
  const note = gone.length === 0 ? '' : `  (${gone.join(' and ')}: as it was before ours; its text is kept in secure-docker.lock)\n`
  return `${title} project (${place(app.because[0])})\n${rows}${note}`
}

function finding(key: OptionKey, label: string, sourced: Sourced<unknown> | undefined): readonly Finding[] {
  return sourced === undefined
    ? []
    : [
        {
          key,
          label,
          value: key === 'port' && sourced.value === 0 ? 'none: it answers no requests' : oneLine(String(sourced.value)),
          from: origin(sourced),
        },
      ]
}

function origin({ from, because }: Sourced<unknown>): string {
  if (from === 'default') return 'assumed: no file says it'
  if (from === 'answer') return 'your answer'
  return places(because) || from
}

function places(because: readonly Evidence[]): string {
  return because.length > 1 ? `${place(because[0])} and ${because.length - 1} more` : place(because[0])
}

function nodeManager(manager: NodePackage['manager']): string {
  if (manager.name === 'npm') return 'npm'
  // That of release 1 comes with the image.
  return manager.name === 'pnpm' ? `pnpm ${manager.version}` : `Yarn ${manager.version.replace(/^1\..*$/, '1')}`
}

function managerOf(app: App): Finding {
  const label = 'packages'
  switch (app.ecosystem) {
    case 'node':
      return {
        label,
        value: nodeManager(app.manager),
        from: app.lockfile ?? 'package.json (no lockfile)',
      }
    case 'go':
      return { label, value: app.vendored ? 'Go modules, vendored' : 'Go modules', from: 'go.mod' }
    case 'python':
      return { label, value: app.manager, from: app.installFrom }
  }
}

function frontEnd({ assets }: App): readonly Finding[] {
  if (assets === undefined) return []
  const {
    folder,
    because,
    package: { build },
  } = assets
  const commands = build.commands.map((words) => words.join(' ')).join(' && ')
  return [
    { label: 'front end', value: oneLine(folder === '.' ? commands : `${commands} (in ${folder})`), from: places(because.slice(0, 1)) },
  ]
}

function needs({ services }: App, here: readonly ServiceNeed[]): readonly Finding[] {
  return services.map((need) => ({
    key: 'services',
    label: 'service',
    value: `${serviceText(need)}${state(need, here.includes(need))}`,
    from: places(need.because),
  }))
}

/** `postgres 17`. */
export function serviceText({ kind, flavour, release }: ServiceNeed): string {
  return `${flavour ?? kind}${release === undefined ? '' : ` ${oneLine(release)}`}`
}

function state({ optional }: ServiceNeed, isHere: boolean): string {
  if (optional) return isHere ? ' (optional, set up)' : ' (optional)'
  return isHere ? '' : ' (elsewhere)'
}

function tools({ tools: called }: App): readonly Finding[] {
  if (called === undefined) return []
  const names = called.map(({ name }) => name).join(', ')
  return [{ key: 'base', label: 'calls', value: names, from: places(called.map(({ because }) => because)) }]
}

function programs({ processes }: App): readonly Finding[] {
  return processes.map(({ name, kind, argv, because }) => ({
    label: kind === 'once' ? 'run first' : kind === 'seed' ? 'on request' : kind,
    value: oneLine(argv.join(' ') || name),
    from: places(because),
  }))
}

function folders(app: App): readonly Finding[] {
  if (app.ecosystem === 'go') return []
  return app.writable.flatMap(({ path, link, keep, because }) =>
    keep ? [{ label: 'keeps data', value: oneLine(link === undefined ? path : `${link} (in ${path})`), from: places(because) }] : [],
  )
}
