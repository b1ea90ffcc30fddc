import type { Notice } from '../../model/app.ts'
import type { Evidence, Sourced } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { exposedPort } from '../exposed.ts'
import { detected } from '../search.ts'
import { firstHit, type Hit, hits, type Sources } from './code.ts'
import type { Start } from './command.ts'
import type { Manifest } from './manifest.ts'
import { findPort, findPortVariable } from './port.ts'
import { isOwnServer } from './programs.ts'

/** What the code tells of the server it starts. */
export interface Server {
  /** 0 when nothing listens; absent when the port cannot be read. */
  readonly port: Sourced<number> | undefined
  readonly health: Sourced<string> | undefined
  /** Variables that must be set for it to be reachable. */
  readonly environment: Readonly<Record<string, string>>
  /** The variable that it takes its port from. */
  readonly portVariable: string | undefined
  /** Where its code has it listen on localhost only. */
  readonly local: Evidence | undefined
}

// A name of a health route, the one that asks least of others first.
const healthNames = [
  'healthz',
  'health',
  '_health',
  'livez',
  'live',
  'liveness',
  'healthcheck',
  'health-check',
  'health_check',
  'ping',
  'up',
  'status',
  'readyz',
  'ready',
  'readiness',
]
const healthPath = String.raw`((?:\/(?:api|v1|_|internal))?\/(?:_health|healthz?|health[-_]?check|livez?|liveness|ready|readyz?|readiness|ping|status|up))\/?['"\x60]`
const healthPatterns: readonly RegExp[] = [
  new RegExp(String.raw`\.(?:get|all|use|head|route)\([ \t\n]*['"\x60]${healthPath}`, 'g'),
  new RegExp(String.raw`\b(?:url|path|pathname)\b[^;\n'"\x60]{0,20}?(?:===?|:)[ \t]*['"\x60]${healthPath}`, 'g'),
  new RegExp(String.raw`\bcase[ \t]+['"\x60]${healthPath}`, 'g'),
]
const healthDecorator = /@(?:Get|Controller)\([ \t]*['"`]\/?(_health|healthz?|health[-_]?check|livez?|liveness|ping)['"`]/g
// Nest puts it before the routes of all controllers but those that it is told to leave out.
const globalPrefix = /\bsetGlobalPrefix\(\s{0,20}['"`]\/?([\w-]{1,40}(?:\/[\w-]{1,40})?)(?=['"`](?![^;)]{0,300}health))/g

const local = String.raw`['"\x60](?:localhost|127\.0\.0\.1)['"\x60]`
const hostName = '(HOST|HOSTNAME|HTTP_HOST|APP_HOST|SERVER_HOST|LISTEN_HOST|BIND|BIND_ADDRESS|ADDRESS|IP|LISTEN_ADDRESS)'
const hostPatterns: readonly RegExp[] = [
  new RegExp(String.raw`\benv\.${hostName}\b[ \t]*(?:\|\||\?\?)[ \t]*${local}`, 'g'),
  new RegExp(String.raw`\benv\[['"]${hostName}['"]\][ \t]*(?:\|\||\?\?)[ \t]*${local}`, 'g'),
  new RegExp(String.raw`[{,]\s{0,40}${hostName}\s{0,10}=\s{0,10}${local}[^;]{0,300}\}\s{0,10}=\s{0,10}process\.env`, 'g'),
  new RegExp(String.raw`\b${hostName}\s{0,10}:[^;}\n]{0,80}?default(?:\(|:)\s{0,10}${local}`, 'g'),
  new RegExp(String.raw`['"]${hostName}['"][ \t]*,[ \t]*${local}`, 'g'),
]
const localListeners: readonly RegExp[] = [
  new RegExp(String.raw`\.listen\([^;()]{0,120}?${local}`, 'g'),
  // hapi is told where it listens when it is made.
  new RegExp(String.raw`\b[Hh]api\.(?:server|Server)\([^;()]{0,160}?\bhost\s{0,4}:\s{0,4}${local}`, 'g'),
  new RegExp(String.raw`\bserve\([^;()]{0,160}?\bhost(?:name)?\s{0,4}:\s{0,4}${local}`, 'g'),
  new RegExp(String.raw`\b(?:const|let|var)\s+(?:HOST|host|hostname|HOSTNAME)\s{0,4}=\s{0,4}${local}`, 'g'),
  // Open only where a host of theirs is recognised: `const host = 'RENDER' in process.env ? '0.0.0.0' : 'localhost'`.
  new RegExp(
    String.raw`\b(?:const|let|var)\s+(?:HOST|host|hostname|HOSTNAME)\s{0,4}=(?![^;\n]{0,80}\benv\.${hostName}\b)[^;?\n]{1,80}\?[^;:\n]{1,80}:\s{0,4}${local}`,
    'g',
  ),
]
const listenPattern = /\.listen\(|\bserve\(|createServer\(|\bBun\.serve|\bstartStandaloneServer\(/g

// Packages that are a server by themselves.
export const servers: ReadonlySet<string> = new Set(
  `express fastify koa @hapi/hapi hapi restify polka hono @hono/node-server @nestjs/core next nuxt @adonisjs/core sails h3 apollo-server @apollo/server json-server
  socket.io ws micro @feathersjs/express @feathersjs/koa loopback @loopback/rest probot moleculer-web strapi @strapi/strapi fastify-cli serve http-server
  @remix-run/serve @react-router/serve`.split(/\s+/),
)

// Packages that build a server, which takes its port from PORT.
const builtServers: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
  ['@sveltejs/adapter-node', {}],
  ['@adonisjs/core', { HOST: '0.0.0.0' }],
  ['@astrojs/node', { HOST: '0.0.0.0' }],
  ['nitropack', {}],
  ['nuxt', {}],
])

/** Reads port, health route and host from the code, the start file before the others. */
export function findServer(tree: Tree, manifest: Manifest, start: Start | undefined, found: Sources): Server {
  const { all } = found
  const own = start !== undefined && isOwnServer(start.file)
  const variable = findPortVariable(tree, own ? [] : all)
  const listens = firstHit(tree, all, listenPattern)
  const known = Object.keys(manifest.dependencies).find((name) => servers.has(name))
  const made = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).find((name) => builtServers.has(name))
  // Nothing over HTTP is answered at a port of gRPC.
  const grpc = '@grpc/grpc-js' in manifest.dependencies
  const exposed = grpc ? undefined : exposedPort(tree)
  const grpcAlone = grpc && known === undefined && made === undefined && firstHit(tree, all, /\.bindAsync\(/g) !== undefined
  const serves = !grpcAlone && ([listens, known, made, exposed].some((sign) => sign !== undefined) || all.length === 0)
  const host = hostPatterns.map((pattern) => firstHit(tree, all, pattern)).find((hit) => hit !== undefined)
  return {
    port: serves ? (findPort(tree, start, found, variable) ?? exposed) : nothingServed(),
    health: findHealth(tree, all),
    environment: {
      ...(host === undefined ? (builtServers.get(made ?? '') ?? {}) : { [host.value]: '0.0.0.0' }),
      ...(grpcAlone ? grpcPort(tree, start, found, variable) : {}),
    },
    portVariable: own ? 'PORT' : (variable?.value ?? (made === undefined ? undefined : 'PORT')),
    local: serves && host === undefined && !own ? findLocal(tree, all) : undefined,
  }
}

/** The variable of a port that no code gives a default, as the own Dockerfile exposes it: where no page is asked for, nothing else sets it. */
function grpcPort(tree: Tree, start: Start | undefined, found: Sources, variable: Hit | undefined): Server['environment'] {
  const port = findPort(tree, start, found, variable) === undefined ? exposedPort(tree) : undefined
  return variable === undefined || port === undefined ? {} : { [variable.value]: String(port.value) }
}

function nothingServed(): Sourced<number> {
  return detected(0, { file: 'package.json', saw: 'no server among the dependencies, and no listen() in the code' })
}

function findHealth(tree: Tree, files: readonly string[]): Sourced<string> | undefined {
  const plain = healthPatterns.flatMap((pattern) =>
    [...hits(tree, files, pattern)].map((hit) => ({ path: hit.value, evidence: hit.evidence })),
  )
  const prefix = firstHit(tree, files, globalPrefix)
  const decorated = [...hits(tree, files, healthDecorator)].map((hit) => ({
    path: [prefix?.value ?? [], hit.value]
      .flat()
      .map((part) => `/${part}`)
      .join(''),
    evidence: hit.evidence,
  }))
  const rank = (path: string): number => healthNames.indexOf(path.split('/').at(-1) ?? '')
  const best = [...plain, ...decorated].sort((a, b) => rank(a.path) - rank(b.path))[0]
  return best === undefined ? undefined : detected(best.path, best.evidence)
}

function findLocal(tree: Tree, files: readonly string[]): Evidence | undefined {
  const hit = localListeners.map((pattern) => firstHit(tree, files, pattern)).find((found) => found !== undefined)
  return (hit ?? fastifyDefault(tree, files))?.evidence
}

/** Fastify listens on localhost unless it is told otherwise. */
function fastifyDefault(tree: Tree, files: readonly string[]): { readonly evidence: Evidence } | undefined {
  const imports = firstHit(tree, files, /(?:from|require\()\s{0,4}['"]fastify['"]/g)
  if (imports === undefined) return undefined
  for (const hit of hits(tree, [imports.evidence.file], /\.listen\(\s{0,20}\{[^}]{0,200}\}/g))
    if (!/\bhost\b|\.\.\./.test(hit.text)) return hit
  return undefined
}

/** Says what becomes of a server that listens on localhost only. */
export function localNotices(evidence: Evidence | undefined): readonly Notice[] {
  if (evidence === undefined) return []
  const notice: Notice = {
    code: 'listens-on-localhost',
    text: 'The server listens on localhost only, where nothing outside its container reaches it; a flag of node has it listen on every address of the container.',
    because: [evidence],
    fix: "Listen on 0.0.0.0, and the flag goes: with express and http leave the host out, with Fastify say host: '0.0.0.0'.",
  }
  return [notice]
}
