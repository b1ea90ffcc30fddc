import { describe, expect, it } from 'vitest'
import { readProject } from '../choose/project.ts'
import { ecosystemsFor } from '../ecosystems/index.ts'
import type { Tree } from '../model/tree.ts'
import { candidates, produce, recognise } from '../pipeline.ts'

const places = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }
const treeOf = (texts: Readonly<Record<string, string>>): Tree => ({
  files: new Set(Object.keys(texts)),
  folders: new Set(),
  texts: new Map(Object.entries(texts)),
  unread: new Map(),
})
const node = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node s.js" }, "dependencies": { "a": "1", "pg": "8" } }',
  'package-lock.json': '{ "lockfileVersion": 3, "packages": { "": {}, "node_modules/a": {} } }',
  's.js': 'require("http").createServer().listen(4000)',
}
const go = {
  'go.mod': 'module example.com/shop\n\ngo 1.26\n\nrequire example.com/a v1.0.0\n',
  'go.sum': 'example.com/a v1.0.0 h1:x\n',
  'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
}
const django = {
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n",
  'site/settings.py': "WSGI_APPLICATION = 'site.wsgi.application'\n",
  'site/wsgi.py': 'application = None\n',
  'requirements.txt': 'django==5.2.8\ngunicorn==23.0.0\n',
}
const detectors = await ecosystemsFor(treeOf({ 'package.json': '', 'go.mod': '', 'manage.py': '' }))

function files(
  texts: Readonly<Record<string, string>>,
  toml: string,
): { readonly dockerfile: string; readonly ignore: string; readonly compose: string } {
  const [found] = candidates(recognise(treeOf(texts), detectors))
  if (found === undefined) throw new Error('nothing recognised')
  const [dockerfile, ignore, compose] = produce(found, readProject(toml).chosen, {}, places).artifacts.map((a) => a.content)
  return { dockerfile: dockerfile ?? '', ignore: ignore ?? '', compose: compose ?? '' }
}

describe('registries', () => {
  it('take the place of others for every image, and in the label of the base', () => {
    const { dockerfile } = files(
      node,
      '[registries]\n"docker.io" = "mirror.example.com:5000/hub"\n"gcr.io" = "mirror.example.com:5000/gcr"\n',
    )
    expect(dockerfile).toContain('FROM mirror.example.com:5000/hub/library/node:24-trixie-slim AS dependencies')
    expect(dockerfile).toContain('FROM mirror.example.com:5000/gcr/distroless/nodejs24-debian13:nonroot AS runtime')
    expect(dockerfile).toContain('base.name="mirror.example.com:5000/gcr/distroless/nodejs24-debian13:nonroot"')
  })
})

describe('addresses of packages', () => {
  it('reach the commands that install, and nothing else', () => {
    const npm = files(node, 'npm-registry = "https://npm.example.com/"\n').dockerfile
    expect(npm).toMatch(/npm_config_registry=https:\/\/npm\.example\.com\/ npm (?:ci|install)/)
    expect(npm).not.toMatch(/^ENV .*npm_config/m)
    const { 'package-lock.json': _, ...unlocked } = node
    const pnpm = files(
      { ...unlocked, 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" },
      'npm-registry = "https://npm.example.com/"\n',
    ).dockerfile
    expect(pnpm).toMatch(/npm_config_registry=https:\/\/npm\.example\.com\/ npm install --global .*pnpm@/)
    expect(pnpm).toMatch(/npm_config_registry=https:\/\/npm\.example\.com\/ pnpm .*install/)
    const yarn = files({ ...unlocked, 'yarn.lock': '# yarn lockfile v1\n' }, 'npm-registry = "https://npm.example.com/"\n').dockerfile
    expect(yarn).toMatch(/npm_config_registry=https:\/\/npm\.example\.com\/ yarn install/)
    expect(files(go, 'go-proxy = "https://go.example.com,direct"\n').dockerfile).toContain(
      'GOPROXY=https://go.example.com,direct go mod download',
    )
    expect(files(django, 'pip-index = "https://pip.example.com/simple"\n').dockerfile).toContain(
      'PIP_INDEX_URL=https://pip.example.com/simple pip ',
    )
    const { 'requirements.txt': _requirements, ...bare } = django
    const poetry = { ...bare, 'pyproject.toml': '[tool.poetry.dependencies]\ndjango = "5.2.8"\n', 'poetry.lock': '' }
    expect(files(poetry, 'pip-index = "https://pip.example.com/simple"\n').dockerfile.match(/PIP_INDEX_URL=\S+ pip /g)).toHaveLength(3)
    expect(files({ ...bare, Pipfile: '[packages]\ndjango = "*"\n' }, 'pip-index = "https://pip.example.com/simple"\n').dockerfile).toMatch(
      /PIPENV_PYPI_MIRROR=https:\/\/pip\.example\.com\/simple \S+\/pipenv install/,
    )
  })

  it('hold no user name', () => {
    expect(() => files(node, 'npm-registry = "https://me:secret@npm.example.com/"\n')).toThrow('without a user name')
  })
})

describe('secrets of the build', () => {
  it('are mounted where something is installed, and named in compose', () => {
    const { dockerfile, compose } = files(node, '[build-secrets]\nnpmrc = "/root/.npmrc"\n')
    expect(dockerfile.match(/--mount=type=secret,id=npmrc,target=\/root\/\.npmrc/g)).toHaveLength(1)
    expect(compose).toMatch(/ {6}secrets:\n {8}- npmrc\n/)
    expect(compose).toMatch(/\nsecrets:\n[\s\S]* {2}npmrc:\n {4}file: /)
  })
})

describe('a certificate authority', () => {
  const pem = `ca-certificate = """\n-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(16)}\n-----END CERTIFICATE-----\n"""\n`
  it('is trusted by what installs and by the program', () => {
    expect(files(node, pem).dockerfile.match(/NODE_EXTRA_CA_CERTS="\/etc\/ssl\/certs\/own-authority\.crt"/g)).toHaveLength(2)
    expect(files(go, pem).dockerfile.match(/COPY --link --from=certificates .*\/etc\/ssl\/certs\//g)).toHaveLength(2)
    const python = files(django, pem).dockerfile
    expect(python).toContain('cat /etc/ssl/certs/ca-certificates.crt own-authority.crt > own-bundle.crt')
    expect(python.match(/PIP_CERT="\/etc\/ssl\/certs\/own-bundle\.crt"/g)).toHaveLength(2)
  })

  it('is a certificate and nothing else', () => {
    expect(() => files(node, 'ca-certificate = "-----BEGIN CERTIFICATE-----\\n\'; id; \'\\n-----END CERTIFICATE-----"\n')).toThrow('PEM')
  })
})

describe('the base of the final image', () => {
  it.each([
    [
      node,
      'slim',
      /FROM node:24-trixie-slim AS runtime[\s\S]*rm -rf \/usr\/local\/lib\/node_modules[\s\S]*ENTRYPOINT \["\/usr\/local\/bin\/node"\]/,
    ],
    [node, 'alpine', /FROM node:24-alpine AS dependencies[\s\S]*FROM node:24-alpine AS runtime/],
    [go, 'slim', /FROM debian:trixie-slim AS runtime[\s\S]*chmod a-s[\s\S]*ZONEINFO=[\s\S]*\/etc\/ssl\/certs\/ca-certificates\.crt/],
    [go, 'alpine', /FROM golang:1\.2\d-alpine AS build[\s\S]*FROM alpine:3 AS runtime/],
    [django, 'alpine', /FROM python:3\.\d+-alpine AS build[\s\S]*FROM python:3\.\d+-alpine AS runtime/],
  ])('%o on %s', (texts, base, shown) => {
    expect(files(texts, `base = "${base}"\n`).dockerfile).toMatch(shown)
  })

  it('is refused where it cannot be', () => {
    expect(() => files(django, 'base = "distroless"\n')).toThrow('cannot be served on distroless')
  })
})

it('what would be secret is no variable of an image', () => {
  for (const name of ['DB_PASSWORD', 'API_TOKEN', 'SECRET', 'PRIVATE_KEY', 'AWS_SECRET_ACCESS_KEY'])
    expect(() => files(node, `[environment]\n${name} = "x"\n`), name).toThrow('sounds secret')
  expect(files(node, '[environment]\nDB_PASSWORD_FILE = "/run/secrets/db"\n').dockerfile).toContain('DB_PASSWORD_FILE="/run/secrets/db"')
})

it('patterns to ignore stand below ours, and cannot let anything back in', () => {
  expect(files(node, 'ignore = ["drafts", "**/*.bak"]\n').ignore).toMatch(/secure-docker\.toml\ndrafts\n\*\*\/\*\.bak\n$/)
  expect(() => files(node, 'ignore = ["!.env"]\n')).toThrow('leave something out')
})
