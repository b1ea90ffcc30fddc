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

/** Programs that are servers, for lockfiles that do not name programs. */
const knownPrograms: ReadonlyMap<string, readonly [pkg: string, file: string]> = new Map([
  ['fastify', ['fastify-cli', 'cli.js']],
  ['http-server', ['http-server', 'bin/http-server']],
  ['micro', ['micro', 'dist/src/bin/micro.js']],
  ['next', ['next', 'dist/bin/next']],
  ['probot', ['probot', 'bin/probot.js']],
  ['react-router-serve', ['@react-router/serve', 'bin.cjs']],
  ['remix-serve', ['@remix-run/serve', 'dist/cli.js']],
  ['serve', ['serve', 'build/main.js']],
])

/** Variables without which a program listens on localhost only. */
export const programEnvironment: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
  ['fastify', { FASTIFY_ADDRESS: '0.0.0.0' }],
])

/** The file behind a program of an installed package that is there at run time: `node_modules/fastify-cli/cli.js`. */
export function programFile(lock: Lock, manifest: Manifest, program: string): string | undefined {
  const known = knownPrograms.get(program)
  if (known !== undefined && known[0] in manifest.dependencies) {
    const file = installed(lock, known[0])?.programs.get(program) ?? known[1]
    return `node_modules/${known[0]}/${bare(file)}`
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
