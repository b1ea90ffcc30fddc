import { expect, it } from 'vitest'
import { goReleases, nodeReleases, pythonReleases, type ReleaseTable } from '../../src/catalogue/releases.ts'
import { serviceImage } from '../../src/catalogue/services.ts'
import { siteServer } from '../../src/catalogue/site-server.ts'
import { toolPins } from '../../src/catalogue/tools.ts'
import { optionKeys, optionTable } from '../../src/choose/options.ts'
import { cgoModules } from '../../src/ecosystems/go/cgo.ts'
import { goReads } from '../../src/ecosystems/go/reads.ts'
import { developmentServers, runners, sequences, watchers, wrappers } from '../../src/ecosystems/node/programs.ts'
import { nodeReads } from '../../src/ecosystems/node/reads.ts'
import { notSites, siteTools } from '../../src/ecosystems/node/site-tools.ts'
import { callers } from '../../src/ecosystems/node/tools.ts'
import { nativePackages } from '../../src/ecosystems/python/packages.ts'
import { pythonReads } from '../../src/ecosystems/python/reads.ts'
import { bounds } from '../../src/edge/bounds.ts'
import type { ServiceKind } from '../../src/model/service.ts'
import type { Reads } from '../../src/model/tree.ts'
import { rules } from '../../src/rules/index.ts'
import { practices } from '../../src/rules/practices.ts'
import { services } from '../../src/services/table.ts'

// Pages that are made from the code's own records. `npm run snapshots -- --update` writes them anew.

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`

it('docs/practices.md is what the records say', async () => {
  const citing = (number: number) =>
    Object.values(rules)
      .filter((rule) => rule.practices.includes(number))
      .map(({ id }) => `\`${id}\``)
      .join(', ')
  const rows = Object.entries(practices).map(([number, { title, source, realised }]) =>
    row(number, title, source, realised, citing(Number(number))),
  )
  await expect(`# Practices, and where they are realised

Made from \`src/rules\`. \`secure-docker explain 14\` tells the same in a terminal. \`D\` Dockerfile, \`I\` .dockerignore, \`C\` compose.yaml.
Numbers that are left out belong to practices which no file written here could follow: they concern the host, the registry, the workflow. What is
not written yet is said so.

| # | practice | asked for by | realised by | rules |
|--|--|--|--|--|
${rows.join('')}`).toMatchFileSnapshot('../../docs/practices.md')
})

const code = (words: Iterable<string>): string => [...words].map((word) => `\`${word}\``).join(', ')

it('docs/detection.md is what the tables hold', async () => {
  const read = (title: string, { names, endings }: Reads): string =>
    row(title, code(names), code(endings.map((ending) => (ending.includes('*') ? ending : `*${ending}`))))
  const releases = (title: string, table: ReleaseTable): string => `
### ${title}, as of ${table.day}

| release | end of life | |
|--|--|--|
${table.releases
  .map(({ release, endOfLife, distroless, default: usual }) =>
    row(
      release,
      endOfLife,
      [usual === true ? 'taken when the repository does not say' : [], distroless === true ? 'distroless image' : []].flat().join(', '),
    ),
  )
  .join('')}`
  const images = Object.entries(services).map(([name, { title, user, port, verified }]) => {
    const { image } = serviceImage(name as ServiceKind)
    return row(
      title,
      `\`${image.repository}:${image.tag}\``,
      user,
      port,
      verified ? 'seen running hardened' : "from its image's documentation",
    )
  })
  const native = Object.entries(nativePackages).flatMap(([name, rows]) =>
    rows.map(({ only, unless, build, run }) =>
      row(
        `\`${name}${only === undefined ? '' : `[${only}]`}\`${unless === undefined ? '' : ` without ${code(unless)}`}`,
        code(build),
        code(run),
      ),
    ),
  )
  await expect(`# What is detected

Made from the tables in the code. What follows from them is shown, with file and line, by \`secure-docker detect\`.

## Files that are read

Beside these, files of our own and compose files are read, and nothing else. A file above ${bounds.textBytes / 1024} KiB is left out, a lockfile above ${bounds.lockfileBytes / 1024 / 1024} MiB. Names and endings hold in every
folder but those of installed packages and version control.

| | by name | by ending |
|--|--|--|
${read('Node.js', nodeReads)}${read('Go', goReads)}${read('Django', pythonReads)}
## Releases
${releases('Node.js', nodeReleases)}${releases('Go', goReleases)}${releases('Python', pythonReleases)}
## Options

Each is a key of secure-docker.toml; those of one value are flags of \`init\` too.

| key | |
|--|--|
${optionKeys.map((key) => row(`\`${key}\``, optionTable[key].describe)).join('')}
## Node.js: how a start command is read

| what a script calls | what becomes of it |
|--|--|
${row(code(wrappers), 'passes on: the command behind it counts')}${row(code(watchers), 'watches: what it would run counts')}${row(code(sequences), 'runs scripts in order')}${row(code(developmentServers), 'serves while developing only: no start command')}${[...runners].map(([name, { flags }]) => row(code([name]), `node with ${code([flags.join(' ')])}`)).join('')}
## Node.js: sites

What only makes files for browsers is served by ${code([`${siteServer.repository}:${siteServer.tag}`])}, from the folder that the command or the settings of its tool name, or the usual one. A framework that can make a server
too is a site only where its settings or its command say so; none is one beside a program in another language, or with ${code(notSites)}.

| package | usual folder | an address without a file |
|--|--|--|
${siteTools.map(({ packages, usual, pages }) => row(code(packages), code([usual]), pages === true ? 'is missing' : 'is answered by the page')).join('')}
## Go: modules that need cgo

| module | linked with | |
|--|--|--|
${cgoModules.map(({ module, libraries = 'libc', missing }) => row(`\`${module}\``, libraries, missing === undefined ? '' : `needs ${missing}, which is not installed: an error that says so`)).join('')}
## Programs of the system

What the last image of a Dockerfile at the root installs of these, by its name in Debian or Alpine, is installed at run time: ${code(Object.keys(toolPins))}, and languages of tesseract-ocr. In a Dockerfile of
one image those that bring sources, such as git, are not. So is what packages of Node.js call:

| package | program | |
|--|--|--|
${Object.entries(callers)
  .map(([name, { tool, unless }]) => row(`\`${name}\``, `\`${tool}\``, unless === undefined ? '' : `without ${code(unless)}`))
  .join('')}
## Python: packages with a native part

| package | to build | to run |
|--|--|--|
${native.join('')}
## Services

| | image | user | port | |
|--|--|--|--|--|
${images.join('')}`).toMatchFileSnapshot('../../docs/detection.md')
})
