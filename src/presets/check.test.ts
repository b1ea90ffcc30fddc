import { describe, expect, it } from 'vitest'
import { effectiveCompose } from '../../src/compose/effective.ts'
import { readDockerfile } from '../../src/dockerfile/read.ts'
import { fileBreaches, floorsWithout, idleWaivers } from './check.ts'
import { parsePreset } from './parse.ts'
import { presetOf } from './preset.fixture.ts'

const floorsOf = (toml: string, waivers = false) =>
  parsePreset(presetOf('acme', `description = "x"\nwaivers = ${waivers}\n[floors]\n${toml}\n`)).sections[0]?.floors ?? []

const good = {
  dockerfile: 'FROM node:24-trixie-slim AS build\nFROM gcr.io/distroless/nodejs24-debian13:nonroot\nUSER 10001:10001\n',
  compose: '',
}
const service = (lines: string): string => `services:\n  web:\n    build: .\n${lines}`

/** What breaks these floors, as `file:line text`. */
function breaches(toml: string, files: { dockerfile?: string; compose?: string; override?: string }): readonly string[] {
  const texts = [
    { file: 'compose.yaml', text: files.compose ?? service('') },
    ...(files.override === undefined ? [] : [{ file: 'compose.override.yaml', text: files.override }]),
  ]
  const compose = effectiveCompose(texts)
  if ('problem' in compose) throw new Error(compose.problem)
  const dockerfiles = [readDockerfile(files.dockerfile ?? good.dockerfile, 'Dockerfile')]
  return fileBreaches(floorsOf(toml), { dockerfiles, compose }).map((b) => `${b.because.file}:${b.because.line} ${b.text}`)
}

const variable = (name: string): string => `$\{${name}}`

const inDockerfile: readonly (readonly [floor: string, dockerfile: string, broken: string | undefined])[] = [
  ['non-root = true', good.dockerfile, undefined],
  ['non-root = true', 'FROM node:24\n', 'Dockerfile:1 no USER is set'],
  ['non-root = true', 'FROM node:24\nUSER 1\nUSER root\n', 'Dockerfile:3 USER root is root, or not known'],
  ['non-root = true', 'FROM node:24\nUSER 0:0\n', 'Dockerfile:2 USER 0:0 is root, or not known'],
  ['non-root = true', 'FROM node:24\nARG who=1\nUSER $who\n', undefined],
  ['non-root = true', 'FROM node:24\nARG who\nUSER $who\n', 'Dockerfile:3 USER $who is root, or not known'],
  ['non-root = true', 'FROM node:24 AS a\nUSER 1\nFROM a\n', undefined],
  ['non-root = true', 'FROM node:24\nRUN <<EOF\nUSER 1\nEOF\n', 'Dockerfile:1 no USER is set'],
  ['user = { min = 10000, max = 20000 }', good.dockerfile, undefined],
  ['user = { min = 10000 }', 'FROM gcr.io/distroless/static-debian13:nonroot\n', undefined],
  ['user = { max = 20000 }', 'FROM gcr.io/distroless/static-debian13:nonroot\n', 'Dockerfile:1 USER 65532 is not a number up to 20000'],
  ['user = { min = 10000 }', 'FROM node:24\n', 'Dockerfile:1 no USER is set'],
  [
    'user = { min = 10000, max = 20000 }',
    'FROM node:24\nUSER 999:10001\n',
    'Dockerfile:2 USER 999:10001 is not a number from 10000 up to 20000',
  ],
  ['user = { min = 10000 }', 'FROM node:24\nUSER node\n', 'Dockerfile:2 USER node is not a number from 10000'],
  ['registries = ["docker.io", "gcr.io"]', good.dockerfile, undefined],
  ['registries = ["gcr.io"]', good.dockerfile, 'Dockerfile:1 node:24-trixie-slim comes from another registry'],
  [
    'registries = ["docker.io"]',
    'FROM node:24\nCOPY --from=quay.io/x/y:1 /a /a\n',
    'Dockerfile:2 quay.io/x/y:1 comes from another registry',
  ],
  [
    'registries = ["docker.io"]',
    'FROM node:24\nRUN --mount=type=bind,from=ghcr.io/a/b:1,target=/x id\n',
    'Dockerfile:2 ghcr.io/a/b:1 comes from another registry',
  ],
  ['registries = ["docker.io"]', `ARG base\nFROM ${variable('base')}\n`, `Dockerfile:2 ${variable('base')} comes from another registry`],
  [
    'registries = ["docker.io"]',
    `ARG base=quay.io/x:1\nFROM ${variable('base')}\n`,
    'Dockerfile:2 quay.io/x:1 comes from another registry',
  ],
  ['images = ["node", "gcr.io/distroless/*"]', good.dockerfile, undefined],
  ['images = ["gcr.io/distroless/*"]', good.dockerfile, 'Dockerfile:1 node:24-trixie-slim is not among the allowed images'],
  ['supported-release = true', 'FROM node:18\nUSER 1\n', 'Dockerfile:1 node:18 is past its end of life'],
  ['supported-release = true', 'FROM node:12-slim\nUSER 1\n', 'Dockerfile:1 node:12-slim is past its end of life'],
  ['supported-release = true', 'FROM golang:1.27 AS b\nFROM scratch\n', undefined],
  [
    'release = { node = "24" }',
    'FROM gcr.io/distroless/nodejs22-debian13:nonroot\n',
    'Dockerfile:1 gcr.io/distroless/nodejs22-debian13:nonroot is older than 24',
  ],
  ['release = { python = "3.9" }', 'FROM python:3.14-slim\n', undefined],
  ['[floors.labels]\nteam = "[a-z]+"', 'FROM node:24\nLABEL team="shop"\n', undefined],
  ['[floors.labels]\nteam = "[a-z]+"', 'FROM node:24\nLABEL team="shop 1"\n', 'Dockerfile:2 the label team is not [a-z]+'],
  ['[floors.labels]\nteam = "a|b"', 'FROM node:24\nLABEL team="ax"\n', 'Dockerfile:2 the label team is not a|b'],
  ['[floors.labels]\nteam = ".*"', 'FROM node:24\n', 'Dockerfile:1 the label team is missing'],
  ['forbidden-ports = [22, "100-200"]', 'FROM node:24\nEXPOSE 80 150/tcp\n', 'Dockerfile:2 port 150/tcp is forbidden'],
  ['forbidden-ports = [22]', 'FROM node:24\nEXPOSE 20-30\n', 'Dockerfile:2 port 20-30 is forbidden'],
  ['health-check = true', 'FROM node:24\nHEALTHCHECK CMD ["x"]\n', undefined],
  ['health-check = true', 'FROM node:24\nHEALTHCHECK NONE\n', 'Dockerfile:1 it has no HEALTHCHECK'],
]

describe('a Dockerfile', () => {
  it.each(inDockerfile)('%s: %j', (floor, dockerfile, broken) => {
    expect(breaches(floor, { dockerfile })).toEqual(broken === undefined ? [] : [broken])
  })
})

const inCompose: readonly (readonly [floor: string, lines: string, broken: string | undefined])[] = [
  ['user = { min = 10000 }', "    user: '10001:10001'\n", undefined],
  ['user = { min = 10000 }', "    user: '999:999'\n", 'compose.yaml:4 web: user 999:999 is not a number from 10000'],
  ['user = { min = 10000 }', `    user: ${variable('WHO')}\n`, `compose.yaml:4 web: user ${variable('WHO')} is not a number from 10000`],
  ['user = { min = 10000 }', '  db:\n    image: postgres:17\n    user: postgres\n', undefined],
  ['memory = { max = 512 }', '    mem_limit: 512m\n', undefined],
  ['memory = { max = 512 }', '    mem_limit: 1g\n', 'compose.yaml:4 web: memory 1024 is above 512'],
  ['memory = { max = 512 }', '', 'compose.yaml:2 web: no limit of memory is set, or it cannot be read'],
  ['memory = { max = 512 }', `    mem_limit: ${variable('MEM')}\n`, 'compose.yaml:4 web: no limit of memory is set, or it cannot be read'],
  ['memory = { max = 512 }', `    mem_limit: ${variable('MEM:-256m')}\n`, undefined],
  [
    'memory = { min = 64 }',
    '    deploy:\n      resources:\n        limits:\n          memory: 32M\n',
    'compose.yaml:4 web: memory 32 is below 64',
  ],
  ['cpus = { max = 1 }', '    cpus: "1.5"\n', 'compose.yaml:4 web: cpus 1.5 is above 1'],
  ['pids = { max = 100 }', '    pids_limit: -1\n', 'compose.yaml:4 web: no limit of pids is set, or it cannot be read'],
  ['files = { max = 100 }', '    ulimits:\n      nofile: 200\n', 'compose.yaml:4 web: files 200 is above 100'],
  ['read-only = true', '    read_only: true\n', undefined],
  ['read-only = true', '', 'compose.yaml:2 web: the root file system can be written to'],
  ['non-root = true', '    user: "0"\n', 'compose.yaml:4 web: user 0 is root, or not known'],
  ['non-root = true', '    user: "10001"\n', undefined],
  ['capabilities = []', '    cap_drop: [ALL]\n', undefined],
  ['capabilities = []', '    cap_drop: [ALL]\n    cap_add: [NET_ADMIN]\n', 'compose.yaml:5 web: the capability NET_ADMIN may not be added'],
  ['capabilities = ["NET_ADMIN"]', '    cap_drop: [all]\n    cap_add: [cap_net_admin]\n', undefined],
  ['capabilities = []', '', 'compose.yaml:2 web: not all capabilities are dropped'],
  ['not-privileged = true', '    privileged: true\n', 'compose.yaml:4 web: it is privileged, or that cannot be read'],
  ['no-new-privileges = true', '    security_opt: ["no-new-privileges:false"]\n', 'compose.yaml:4 web: no-new-privileges is not set'],
  ['no-new-privileges = true', '    security_opt: [no-new-privileges=true]\n', undefined],
  ['confined = true', '    security_opt: ["seccomp:unconfined"]\n', 'compose.yaml:4 web: seccomp:unconfined takes a protection away'],
  ['no-host-namespaces = true', '    network_mode: host\n', "compose.yaml:4 web: network_mode is the host's"],
  ['no-engine-socket = true', '    volumes: ["/var/run/docker.sock:/s"]\n', 'compose.yaml:4 web: the socket of the engine is mounted'],
  ['host-interface = true', '    ports: ["8080:80"]\n', 'compose.yaml:4 web: port 8080 is published on every interface'],
  ['host-interface = true', '    ports: ["127.0.0.1:8080:80"]\n', undefined],
  [
    'no-privileged-ports = true',
    '    ports: [{ target: 80, published: "443" }]\n',
    'compose.yaml:4 web: port 443 of the host is a privileged one',
  ],
  ['forbidden-ports = [9000]', '    ports: ["8000-9100:8000-9100"]\n', 'compose.yaml:4 web: port 8000-9100 is forbidden'],
  ['own-network = true', '', 'compose.yaml:2 web: it is on the default network'],
  ['health-check = true', '    healthcheck: { disable: true }\n', 'compose.yaml:4 web: its health check is switched off'],
  ['restarts = { max = 5 }', '    restart: always\n', 'compose.yaml:4 web: restart always does not end after 5 tries'],
  ['restarts = { max = 5 }', '    restart: on-failure:5\n', undefined],
]

describe('a compose file', () => {
  const dockerfile = `${good.dockerfile}HEALTHCHECK CMD ["x"]\n`
  it.each(inCompose)('%s: %j', (floor, lines, broken) => {
    expect(breaches(floor, { dockerfile, compose: service(lines) })).toEqual(broken === undefined ? [] : [broken])
  })

  it('answers for services whose image is not built here', () => {
    const compose = 'services:\n  db:\n    image: quay.io/x/postgres:18\n'
    expect(breaches('registries = ["docker.io", "gcr.io"]\nnon-root = true', { compose })).toEqual([
      'compose.yaml:3 db: quay.io/x/postgres:18 comes from another registry',
      'compose.yaml:2 db: no user is set',
    ])
  })

  it('may run an image under the name that another service builds it by', () => {
    const name = variable('COMPOSE_PROJECT_NAME')
    const built = `services:\n  web:\n    build:\n      context: .\n      tags: ['${name}-web:built']\n`
    const floors = 'registries = ["docker.io", "gcr.io"]\nnon-root = true'
    expect(breaches(floors, { compose: `${built}  worker:\n    image: ${name}-web:built\n` })).toEqual([])
    expect(breaches(floors, { compose: `${built}  worker:\n    image: ${name}-api:built\n` })).toHaveLength(2)
  })

  it('is seen as its override leaves it', () => {
    const compose = service('    read_only: true\n    cap_drop: [ALL]\n')
    const override = 'services:\n  web:\n    read_only: false\n    cap_add: [SYS_ADMIN]\n'
    expect(breaches('read-only = true\ncapabilities = []', { compose, override })).toEqual([
      'compose.override.yaml:3 web: the root file system can be written to',
      'compose.override.yaml:4 web: the capability SYS_ADMIN may not be added',
    ])
    const reset =
      'services:\n  web:\n    cap_drop: !reset []\n  other:\n    image: alpine:3\n    read_only: true\n    cap_drop: !override [ALL]\n'
    expect(breaches('read-only = true\ncapabilities = []', { compose, override: reset })).toEqual([
      'compose.yaml:2 web: not all capabilities are dropped',
    ])
  })

  it('is asked about the stage that it builds', () => {
    const compose = 'services:\n  web:\n    build:\n      context: .\n      target: debug\n'
    const dockerfile = 'FROM node:24 AS debug\nFROM node:24\nUSER 1\n'
    expect(breaches('non-root = true', { compose, dockerfile })).toEqual(['Dockerfile:1 no USER is set'])
  })

  it('may not take services from elsewhere', () => {
    const compose = 'include: [other.yaml]\nservices:\n  web:\n    extends: { file: x.yaml, service: y }\n'
    expect(breaches('read-only = true', { compose })).toHaveLength(3)
  })
})

it('floors are waived only where the preset permits it', () => {
  const waiver = { floor: 'read-only', reason: 'r', owner: 'o', expires: '2030-01-01', because: { file: 'x', saw: '' } } as const
  expect(floorsWithout(floorsOf('read-only = true\nnon-root = true', true), [waiver]).map((f) => f.floor)).toEqual(['non-root'])
  expect(floorsWithout(floorsOf('read-only = true'), [waiver]).map((f) => f.floor)).toEqual(['read-only'])
  expect(idleWaivers(floorsOf('read-only = true', true), [waiver])).toEqual([])
  expect(idleWaivers(floorsOf('read-only = true'), [waiver])).toEqual([waiver])
})
