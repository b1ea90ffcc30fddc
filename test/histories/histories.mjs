// Walks through the past of real repositories: `init` at an old commit, hand edits as their authors made them, then `update` at one commit
// after the other. Shows that no edit is lost, nothing crashes, and how much has to be settled by hand.
//
//   npm run histories -- [--commits N] [--since DATE] [--keep FOLDER] [--build] [--port PORT] REPOSITORY…
//
// REPOSITORY is a git repository on disk, bare or not. --since leaves out what is older, such as a time whose packages are gone. --keep
// leaves the first and the last state of each in FOLDER, and a log of what each update said. --build builds and starts both, edits included; it begins at the oldest commit that can still be built: base images that
// the engine has, modules that can still be had. PORT is the one that the edit of compose.yaml publishes on.
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    commits: { type: 'string', default: '30' },
    since: { type: 'string', default: '1970-01-02' },
    keep: { type: 'string' },
    build: { type: 'boolean', default: false },
    port: { type: 'string', default: '18080' },
  },
})

// Files whose change may change what is written.
const telling = [
  ...['package.json', 'package-lock.json', '.nvmrc', '.node-version', 'tsconfig.json', 'go.mod', 'pyproject.toml', '*.lock', 'Pipfile'],
  ...[
    '*requirements*.txt',
    'requirements/*',
    'runtime.txt',
    '.python-version',
    '*settings*.py',
    '*/settings/*.py',
    '*wsgi.py',
    'manage.py',
  ],
  ...['main.go', 'cmd/*', 'Procfile', 'server.js', 'app.js', 'index.js', 'src/*.ts'],
]
const ours = ['Dockerfile', '.dockerignore', 'compose.yaml', 'secure-docker.toml', 'secure-docker.lock']
// Their own compose files would shadow or change ours: they were given up for them.
const theirs = /^(?:docker-compose.*|compose.*)\.ya?ml$/

const git = (repository, ...args) =>
  execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] })

function commitsOf(repository) {
  const all = git(repository, 'log', '--first-parent', '--reverse', '--format=%H', `--since=${values.since}`, '--', ...telling)
    .split('\n')
    .filter(Boolean)
  const count = Number(values.commits)
  const step = Math.max(1, all.length / count)
  const picked = Array.from({ length: Math.min(count, all.length) }, (_, i) => all[Math.floor(i * step)])
  return [...new Set([...picked, all.at(-1)])]
}

/** Puts a commit's files into the folder; ours stay as they are, once there are any. */
function checkOut(repository, commit, folder, start) {
  const kept = start ? [] : ours.filter((name) => existsSync(join(folder, name))).map((name) => [name, readFileSync(join(folder, name))])
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
  const env = { ...process.env, GIT_INDEX_FILE: `${folder}.index` }
  execFileSync('git', ['-C', repository, 'read-tree', commit], { env })
  // Large files may be missing from a copy of a repository: what is there will do.
  const here = [`--git-dir=${git(repository, 'rev-parse', '--absolute-git-dir').trim()}`, `--work-tree=${folder}`]
  spawnSync('git', [...here, 'checkout-index', '--all'], { cwd: folder, env })
  rmSync(`${folder}.index`)
  for (const name of readdirSync(folder))
    if (theirs.test(name) || (!start && ours.includes(name))) rmSync(join(folder, name), { recursive: true })
  for (const [name, bytes] of kept) writeFileSync(join(folder, name), bytes)
}

function run(folder, ...args) {
  const result = spawnSync(process.execPath, [resolve('dist/main.js'), ...args], { cwd: folder, encoding: 'utf8' })
  if (result.status === 70 || result.status === null || /^\s+at .*:\d+:\d+\)?$/m.test(result.stderr))
    throw new Error(`crashed: ${args}\n${result.stderr}`)
  return { code: result.status, out: result.stdout, err: result.stderr }
}

/** Lines that the authors have in their own Dockerfile, or likely ones. */
function editsOf(own) {
  const line = own.match(/^(?:ENV|LABEL) (?!PATH|PORT|NODE_ENV)[A-Za-z_.]+[= ][^\\\n$]+$/m)?.[0] ?? 'ENV TZ="Etc/UTC"'
  const wanted = own.match(/\b(?:git|curl|make|gcc|tzdata|ca-certificates|gettext|mailcap)\b/)?.[0] ?? 'ca-certificates'
  const install = `RUN apt-get update && apt-get install -y --no-install-recommends ${wanted} && rm -rf /var/lib/apt/lists/*`
  return { line, install }
}

/** Makes the edits; gives for each a test whether it is still there. */
function edit(folder, { line, install }) {
  const dockerfile = join(folder, 'Dockerfile')
  const compose = join(folder, 'compose.yaml')
  const edits = []
  const change = (path, pattern, to, mark) => {
    const before = readFileSync(path, 'utf8')
    const after = before.replace(pattern, to)
    if (after === before) return
    writeFileSync(path, after)
    edits.push({ path, mark })
  }
  change(dockerfile, /^USER \d+:\d+\n/m, (user) => `${user}${line}\n`, line)
  if (!/^FROM gcr\.io/m.test(readFileSync(dockerfile, 'utf8').match(/^FROM .*/m)?.[0] ?? ''))
    change(dockerfile, /^WORKDIR .*\n/m, (workdir) => `${install}\n${workdir}`, install)
  const published = `'127.0.0.1:${values.port}:`
  change(compose, /'127\.0\.0\.1:(\d+):/, published, published)
  return edits
}

const lostOf = (edits) => edits.filter(({ path, mark }) => !readFileSync(path, 'utf8').includes(mark)).map(({ mark }) => mark)

/** As a person who wants his own lines: takes them out of the marks. */
function settle(folder) {
  run(folder, 'update', '--conflict', 'markers')
  for (const name of ['Dockerfile', '.dockerignore', 'compose.yaml']) {
    const text = readFileSync(join(folder, name), 'utf8')
    writeFileSync(join(folder, name), text.replace(/^<{7} .*\n([\s\S]*?)^={7}\n[\s\S]*?^>{7} .*\n/gm, '$1'))
  }
  return run(folder, 'update', '--json')
}

function keep(folder, name) {
  if (values.keep === undefined) return
  const target = join(values.keep, name)
  rmSync(target, { recursive: true, force: true })
  mkdirSync(values.keep, { recursive: true })
  cpSync(folder, target, { recursive: true })
}

function log(name, title, text) {
  if (values.keep === undefined) return
  mkdirSync(values.keep, { recursive: true })
  appendFileSync(join(values.keep, `${name}.log`), `${title}${text()}`)
}

/** Whether the engine has every image that the Dockerfile begins with; without --build nobody asks. */
function isBuildable(folder) {
  if (!values.build) return true
  const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8')
  const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)
  return images.every((image) => spawnSync('docker', ['image', 'inspect', image], { stdio: 'ignore' }).status === 0)
}

/**
 * Builds and starts what stands in the folder: `healthy`, `built` (but does not start as it is: most want settings of their own), or `no`.
 * The output of a step that failed goes to stderr.
 */
function build(folder, name) {
  if (!values.build) return ''
  const compose = (...args) =>
    spawnSync('docker', ['compose', '--project-name', `secure-docker-history-${values.port}`, ...args], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 900_000,
    })
  run(folder, 'secrets', '--example')
  try {
    for (const [step, ...args] of [['build'], ['up', '--detach', '--wait', '--wait-timeout', '120']]) {
      const { status, stdout, stderr } = compose(step, ...args)
      if (status === 0) continue
      const logs = step === 'up' ? compose('logs', '--no-color', '--tail', '15').stdout : ''
      process.stderr.write(`${name}: ${step} failed\n${`${stdout}${stderr}`.split('\n').slice(-25).join('\n')}\n${logs}\n`)
      return step === 'up' ? 'built' : 'no'
    }
    return 'healthy'
  } finally {
    compose('down', '--volumes', '--rmi', 'local', '--timeout', '1')
  }
}

function walk(repository) {
  const name = basename(repository) === 'repo' ? basename(resolve(repository, '..')) : basename(repository).replace(/\.git$/, '')
  const folder = mkdtempSync(join(tmpdir(), 'history-'))
  const row = {
    name,
    from: '',
    to: '',
    commits: 0,
    same: 0,
    updated: 0,
    merged: 0,
    conflicts: 0,
    'not served': 0,
    lost: 0,
    first: '',
    last: '',
  }
  try {
    const commits = commitsOf(repository)
    let own = ''
    try {
      own = git(repository, 'show', `${commits.at(-1)}:Dockerfile`)
    } catch {}
    let edits = []
    const at = commits.findIndex((commit) => {
      checkOut(repository, commit, folder, true)
      if (run(folder, 'init', '--yes', '--force').code !== 0 || !isBuildable(folder)) return false
      edits = edit(folder, editsOf(own))
      row.first = build(folder, `${name} at ${commit}`)
      return row.first !== 'no'
    })
    const start = commits[at]
    if (start === undefined) return { ...row, 'not served': commits.length }
    keep(folder, `${name}-first`)
    row.from = git(repository, 'log', '-1', '--format=%cs', start).trim()
    for (const commit of commits.slice(at + 1)) {
      checkOut(repository, commit, folder, false)
      row.commits++
      row.to = git(repository, 'log', '-1', '--format=%cs', commit).trim()
      log(name, `\n${row.to} ${commit}\n`, () => run(folder, 'update', '--dry-run').out)
      let result = run(folder, 'update', '--json')
      if (result.code === 4) {
        row.conflicts++
        log(name, '', () => run(folder, 'diff').out)
        result = settle(folder)
      }
      const lost = lostOf(edits)
      if (lost.length > 0) process.stderr.write(`${name} ${commit}: lost ${lost}\n`)
      row.lost += lost.length
      if (result.code !== 0) {
        row['not served']++
        process.stderr.write(`${name} ${commit}: ${JSON.parse(result.out).problem?.message}\n`)
        continue
      }
      const actions = JSON.parse(result.out).files.map((file) => file.action)
      const kind = actions.includes('merge') ? 'merged' : actions.includes('update') ? 'updated' : 'same'
      row[kind]++
      const check = run(folder, 'check')
      if (check.code !== 0) throw new Error(`${name} ${commit}: check gives ${check.code} after update\n${check.out}`)
    }
    keep(folder, `${name}-last`)
    row.last = build(folder, `${name} at the end`)
    return row
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const rows = []
for (const repository of positionals) {
  rows.push(walk(resolve(repository)))
  process.stderr.write(`${JSON.stringify(rows.at(-1))}\n`)
}
const columns = Object.keys(rows[0] ?? {})
process.stdout.write(`| ${columns.join(' | ')} |\n|${columns.map(() => '--').join('|')}|\n`)
for (const row of rows) process.stdout.write(`| ${columns.map((column) => row[column]).join(' | ')} |\n`)
if (rows.some((row) => row.lost > 0)) process.exitCode = 1
