import { installed, type Lock, type LockedPackage } from './lock.ts'
import type { Manifest } from './manifest.ts'

/** Programs that only pass a command on. */
export const wrappers: ReadonlySet<string> = new Set(
  'cross-env cross-env-shell env exec dotenvx dotenv dotenv-cli env-cmd npx dumb-init tini nohup better-npm-run nr'.split(' '),
)

/** Development tools that watch, and what they would run. */
export const watchers: ReadonlySet<string> = new Set(
  'nodemon node-dev supervisor forever pm2 pm2-runtime pm2-docker nodemon.cmd'.split(' '),
)

/** Serve while developing; what they build is files for a browser. */
export const developmentServers: ReadonlySet<string> = new Set(
  'react-scripts vite ng vue-cli-service webpack-dev-server webpack parcel astro nuxt nuxi turbo nx lerna'.split(' '),
)

/** Run several scripts one after the other. */
export const sequences: ReadonlySet<string> = new Set(['run-s', 'npm-run-all', 'npm-run-all2'])

/** Start others, and are none themselves. */
const starters: ReadonlySet<string> = new Set(['concurrently', 'conc', 'run-p', 'wait-on', 'start-server-and-test'])

interface Runner {
  readonly package: string
  /** What node needs to understand the source itself. */
  readonly flags: readonly string[]
  /** Flags of the program itself that the next word belongs to. */
  readonly own?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

const tsNode: Runner = { package: 'ts-node', flags: ['-r', 'ts-node/register'], environment: { TS_NODE_TRANSPILE_ONLY: 'true' } }
const tsNodeDev: Runner = { ...tsNode, own: ['--watch', '--ignore-watch', '--interval', '--debounce'] }
const tsx: Runner = { package: 'tsx', flags: ['--import', 'tsx'], own: ['--tsconfig', '--include', '--exclude', '--ignore'] }

/** Programs that run sources as they are: node with a loader does the same, and stays the only process. */
export const runners: ReadonlyMap<string, Runner> = new Map([
  ['tsx', tsx],
  ['esno', tsx],
  ['ts-node', tsNode],
  ['ts-node-transpile-only', tsNode],
  ['ts-node-dev', tsNodeDev],
  ['tsnd', tsNodeDev],
  ['ts-node-esm', { ...tsNode, flags: ['--loader', 'ts-node/esm'] }],
  ['swc-node', { package: '@swc-node/register', flags: ['-r', '@swc-node/register'] }],
  ['babel-node', { package: '@babel/node', flags: ['-r', '@babel/register'] }],
])

interface KnownProgram {
  readonly package: string
  readonly file: string
  /** What it was up to a release line. */
  readonly before?: { readonly release: number; readonly file: string }
}

/** Servers, and tools that migrate, for lockfiles that do not name programs. From the packages' own `bin`, 2026-11-26. */
const knownPrograms: ReadonlyMap<string, KnownProgram> = new Map([
  ['directus', { package: 'directus', file: 'cli.js' }],
  ['drizzle-kit', { package: 'drizzle-kit', file: 'bin.cjs' }],
  ['fastify', { package: 'fastify-cli', file: 'cli.js' }],
  ['http-server', { package: 'http-server', file: 'bin/http-server' }],
  ['keystone', { package: '@keystone-6/core', file: 'bin/cli.js' }],
  ['knex', { package: 'knex', file: 'bin/cli.js' }],
  ['micro', { package: 'micro', file: 'dist/src/bin/micro.js' }],
  ['next', { package: 'next', file: 'dist/bin/next' }],
  ['node-pg-migrate', { package: 'node-pg-migrate', file: 'bin/node-pg-migrate.js', before: { release: 7, file: 'bin/node-pg-migrate' } }],
  ['prisma', { package: 'prisma', file: 'build/index.js' }],
  ['probot', { package: 'probot', file: 'bin/probot.js' }],
  ['react-router-serve', { package: '@react-router/serve', file: 'bin.cjs', before: { release: 8, file: 'bin.js' } }],
  ['remix-serve', { package: '@remix-run/serve', file: 'dist/cli.js' }],
  ['sequelize', { package: 'sequelize-cli', file: 'lib/sequelize' }],
  ['sequelize-cli', { package: 'sequelize-cli', file: 'lib/sequelize' }],
  ['serve', { package: 'serve', file: 'build/main.js', before: { release: 14, file: 'bin/serve.js' } }],
  ['strapi', { package: '@strapi/strapi', file: 'bin/strapi.js' }],
  ['typeorm', { package: 'typeorm', file: 'cli.js' }],
])

/** Whether a file is an installed server that listens where PORT says, whatever the code around it does. */
export function isOwnServer(file: string): boolean {
  return /^node_modules\/(?:next|@remix-run\/serve|@react-router\/serve|serve|http-server|micro|fastify-cli)\//.test(file)
}

/** Variables without which a program listens on localhost only. */
export const programEnvironment: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
  ['fastify', { FASTIFY_ADDRESS: '0.0.0.0' }],
])

/** The file behind a program of an installed package that is there at run time: `node_modules/fastify-cli/cli.js`. */
export function programFile(lock: Lock, manifest: Manifest, program: string): string | undefined {
  if (starters.has(program)) return undefined
  const known = knownPrograms.get(program)
  const asked = known && manifest.dependencies[known.package]
  if (known !== undefined && asked !== undefined) {
    const there = installed(lock, known.package)
    const release = Number(/\d+/.exec(there?.version ?? asked)?.[0])
    const usual = known.before !== undefined && release < known.before.release ? known.before.file : known.file
    return `node_modules/${known.package}/${bare(there?.programs.get(program) ?? usual)}`
  }
  const found = lock.packages.find((p) => p.programs.has(program) && !p.dev && atTop(p))
  return found && `${found.path}/${bare(found.programs.get(program) ?? '')}`
}

function atTop(p: LockedPackage): boolean {
  return p.path.lastIndexOf('node_modules/') === 0
}

/** A path without `./` before it. */
export function bare(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '') || '.'
}
