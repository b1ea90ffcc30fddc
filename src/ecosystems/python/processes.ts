import { databases, type Process } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { matches, present } from '../search.ts'
import type { Words } from '../shell.ts'
import { plainCommand, type ToldCommand, toldCommands } from '../told-commands.ts'
import { celeryProcesses } from './celery.ts'
import type { DjangoProject } from './django.ts'
import { ownCommands } from './own-script.ts'
import { djangoQueues } from './queues.ts'
import { installed, type Settings } from './settings.ts'

/** Programs beside the server: migrations, workers of queues and their schedulers, data to begin with. */
export function findProcesses(
  tree: Tree,
  { folder, modules, settings }: Pick<DjangoProject, 'folder' | 'modules' | 'settings'>,
  declares: (name: string) => boolean,
): readonly Process[] {
  const told = toldCommands(tree, folder).filter(({ name }) => name !== 'web')
  const celery = declares('celery') ? celeryProcesses(tree, modules, settings, told) : []
  const filling = ownCommands(tree).filling.map(({ name, because }) => ({
    ...migrate(folder),
    name: name.replaceAll('_', '-'),
    argv: manage(name),
    because: [because],
  }))
  return [
    ...cacheTable(tree, settings),
    migrate(folder),
    ...filling,
    ...celery,
    ...queueWorkers(tree, settings, told),
    ...seed(tree, folder),
  ]
}

const manage = (...words: Words): Words => ['python', 'manage.py', ...words]

function migrate(folder: string): Process {
  const because = [present(joined(folder, 'manage.py') ?? 'manage.py')]
  return { name: 'migrate', kind: 'once', argv: manage('migrate', '--noinput'), environment: {}, needs: databases, polls: false, because }
}

const databaseCache = /^[^\n#]*["']django\.core\.cache\.backends\.db\.DatabaseCache["']/gm

/** What keeps a cache in the database, which migrations may ask already: https://docs.djangoproject.com/en/stable/topics/cache/#creating-the-cache-table */
function cacheTable(tree: Tree, { files }: Settings): readonly Process[] {
  const [seen] = matches(tree, files, databaseCache)
  return seen === undefined
    ? []
    : [
        {
          name: 'cache-table',
          kind: 'once',
          argv: manage('createcachetable'),
          environment: {},
          needs: databases,
          polls: false,
          because: [seen.evidence],
        },
      ]
}

/** Workers of queues that are installed as Django apps. */
function queueWorkers(tree: Tree, settings: Settings, told: readonly ToldCommand[]): readonly Process[] {
  return djangoQueues.flatMap(({ app, command, needs, polls }): readonly Process[] => {
    const seen = installed(tree, settings, app)
    if (seen === undefined) return []
    const usual = command(tree, settings)
    const own = told.flatMap((line) => {
      const words = plainCommand(
        line,
        ([program = '', file, verb]) => /^python3?$/.test(program) && file === 'manage.py' && verb === usual[0],
      )
      return words === undefined ? [] : [{ name: line.name, argv: withEvery(manage(...words.slice(2)), usual), because: [line.because] }]
    })
    const all = own.length > 0 ? own : [{ name: 'worker', argv: manage(...usual), because: [seen] }]
    return all.map((process) => ({ ...process, kind: 'worker', environment: {}, needs, polls }))
  })
}

/** The flags of the usual command that a told one lacks. */
function withEvery(argv: Words, usual: Words): Words {
  const first = usual.findIndex((word) => word.startsWith('--'))
  const flag = usual[first]
  return flag === undefined || argv.includes(flag) ? argv : [...argv, ...usual.slice(first)]
}

// Names that say that a fixture, or a command, is made to begin with.
const fixture = /(?:^|\/)fixtures\/((?:initial|initial_?data|seed|demo|sample|demo_?data|sample_?data|seed_?data)\.(?:json|ya?ml))$/
const command =
  /\/management\/commands\/(seed|seed_?(?:db|data)|populate|populate_?(?:db|data)|load_?(?:demo|sample|seed|initial)(?:_?data)?|create_?(?:demo|sample)_?data)\.py$/

/** Data to begin with: a command of the project's own, else its fixtures. */
function seed(tree: Tree, folder: string): readonly Process[] {
  const root = folder === '.' ? '' : `${folder}/`
  const files = [...tree.files].filter((file) => file.startsWith(root) && !/(?:^|\/)tests?\//.test(file))
  const own = files.find((file) => command.test(file))
  const data = files.filter((file) => fixture.test(file))
  const argv = own === undefined ? ['loaddata', ...data.map((file) => fixture.exec(file)?.[1] ?? '')] : [command.exec(own)?.[1] ?? '']
  const because = (own === undefined ? data : [own]).map(present)
  if (because.length === 0) return []
  return [{ name: 'seed', kind: 'seed', argv: manage(...new Set(argv)), environment: {}, needs: [], polls: false, because }]
}
