// How long `init --yes` takes on a small Node.js app, when a person first sees something, what an install costs, and how much memory is used:
// beside bare node and a peer.
// Prints a table and asserts nothing: only ratios of one run mean something. `npm run bench -- --runs 40`
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const runs = process.argv.includes('--runs') ? Number(process.argv[process.argv.indexOf('--runs') + 1]) : 20
const app = resolve('test/projects/node-express')
const peer = '@flydotio/dockerfile'
const work = mkdtempSync(join(tmpdir(), 'bench-'))

/** Milliseconds that an action takes. */
function timed(action) {
  const start = process.hrtime.bigint()
  action()
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** A fresh copy of the app. */
function freshApp() {
  const folder = join(work, 'app')
  rmSync(folder, { recursive: true, force: true })
  cpSync(app, folder, { recursive: true })
  return folder
}

/** Runs node in a fresh copy of the app, which is not counted, and fails when it fails. */
function inApp(args) {
  const folder = freshApp()
  let result
  const milliseconds = timed(() => {
    result = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  })
  if (result.status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${result.stdout}${result.stderr}`)
  return { milliseconds, stderr: result.stderr }
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

/** In a terminal (util-linux's script): milliseconds until node writes for the first time, or ends without. */
function firstOutput(args) {
  const command = [process.execPath, ...args].map((word) => `'${word}'`).join(' ')
  const { CI: _, ...env } = process.env
  return new Promise((settle, fail) => {
    const start = process.hrtime.bigint()
    const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      cwd: freshApp(),
      env: { ...env, TERM: 'xterm' },
    })
    const seen = () => {
      settle(Number(process.hrtime.bigint() - start) / 1e6)
      child.kill()
    }
    child.stdout.once('data', seen)
    child.once('exit', seen)
    child.once('error', fail)
  })
}

/** Of what is seen first: the time, as a ratio to what is allowed (twice bare node and 40 ms), in paired runs. */
async function firstSeen(main) {
  const subjects = { init: ['init'], '--help': ['--help'], '--version': ['--version'] }
  const rows = []
  for (const [name, args] of Object.entries(subjects)) {
    const times = []
    const ratios = []
    for (let round = -1; round < runs; round++) {
      const bare = await firstOutput(['-e', '0'])
      const ours = await firstOutput([main, ...args])
      if (round >= 0) ratios.push(ours / (2 * bare + 40))
      if (round >= 0) times.push(ours)
    }
    rows.push([`first output, ${name}`, `${median(times).toFixed(0)} ms; ${median(ratios).toFixed(2)} of twice node -e 0 and 40 ms`])
  }
  return rows
}

/** How much of our code a run loads, in kB, and whether what asks is part of it. */
function loaded(main, args) {
  const coverage = join(work, 'coverage')
  rmSync(coverage, { recursive: true, force: true })
  execFileSync(process.execPath, [main, ...args], { cwd: freshApp(), stdio: 'ignore', env: { ...process.env, NODE_V8_COVERAGE: coverage } })
  const scripts = readdirSync(coverage).flatMap((file) =>
    JSON.parse(readFileSync(join(coverage, file), 'utf8')).result.map(({ url }) => url),
  )
  const ours = [...new Set(scripts)].filter((url) => url.includes('/secure-docker/dist/'))
  const bytes = ours.reduce((sum, url) => sum + readFileSync(new URL(url)).length, 0)
  return `${(bytes / 1000).toFixed(0)} kB in ${ours.length} files; questions ${ours.some((url) => url.endsWith('/ask.js')) ? 'loaded' : 'not loaded'}`
}

/** Installs a package somewhere else, the second time from npm's cache: how long that took, and how many packages came. */
function installed(name, specifier) {
  const folder = join(work, name)
  const install = () => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--prefix', folder, specifier], { stdio: 'ignore' })
  }
  install()
  const milliseconds = median([1, 2, 3].map(() => timed(install)))
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  return { folder, milliseconds, packages: Object.keys(lock.packages).length - 1 }
}

/** How long `check` takes on an unchanged project, as a ratio to `init --dry-run`. */
function checkRatio(main) {
  inApp([main, 'init', '--yes'])
  const run = (...args) => timed(() => execFileSync(process.execPath, [main, ...args], { cwd: join(work, 'app'), stdio: 'ignore' }))
  return median(Array.from({ length: runs }, () => run('check') / run('init', '--yes', '--dry-run')))
}

/** Peak resident memory of a run, in MB. */
function peakMemory(args) {
  const tell = "process.on('exit', () => process.stderr.write('\\nmaxRSS ' + process.resourceUsage().maxRSS))"
  const { stderr } = inApp(['--import', `data:text/javascript,${tell}`, ...args])
  return Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1024
}

try {
  execFileSync('npm', ['run', 'build'], { stdio: 'ignore' })
  // Without the script that builds: what it prints would come before the JSON.
  const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', work]
  const [pack] = JSON.parse(execFileSync('npm', packing, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  const us = installed('us', join(work, pack.filename))
  const them = installed('them', peer)
  const main = join(us.folder, 'node_modules/secure-docker/dist/main.js')
  const subjects = {
    'node -e 0': ['-e', '0'],
    'init --yes': [main, 'init', '--yes'],
    [peer]: [join(them.folder, 'node_modules', peer, 'index.js')],
  }
  const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]))
  // The first round fills caches and is not counted.
  for (let round = -1; round < runs; round++) {
    for (const [name, args] of Object.entries(subjects)) {
      const { milliseconds } = inApp(args)
      if (round >= 0) times[name].push(milliseconds)
    }
  }
  const ratios = (name) => median(times['init --yes'].map((ms, round) => ms / times[name][round]))
  const size = Number(execFileSync('du', ['-sk', them.folder], { encoding: 'utf8' }).split('\t')[0]) / 1024
  const rows = [
    ['wall time, node -e 0', `${median(times['node -e 0']).toFixed(0)} ms`],
    ['wall time, init --yes', `${median(times['init --yes']).toFixed(0)} ms`],
    [`wall time, ${peer}`, `${median(times[peer]).toFixed(0)} ms`],
    ['init --yes / node -e 0', ratios('node -e 0').toFixed(2)],
    [`init --yes / ${peer}`, ratios(peer).toFixed(2)],
    ...(await firstSeen(main)),
    ...[['init', '--yes'], ['--help'], ['--version']].map((args) => [`code loaded, ${args.join(' ')}`, loaded(main, args)]),
    ['check / init --dry-run', checkRatio(main).toFixed(2)],
    ['unpacked', `${(pack.unpackedSize / 1024 / 1024).toFixed(2)} MB, ${pack.entryCount} files; peer ${size.toFixed(1)} MB`],
    ['packages installed', `${us.packages}; peer ${them.packages}`],
    [
      'install time',
      `${us.milliseconds.toFixed(0)} ms; peer ${them.milliseconds.toFixed(0)} ms; ratio ${(us.milliseconds / them.milliseconds).toFixed(2)}`,
    ],
    ['peak memory', `${peakMemory(subjects['init --yes']).toFixed(0)} MB; peer ${peakMemory(subjects[peer]).toFixed(0)} MB`],
  ]
  process.stdout.write(`Node.js ${process.version}, ${runs} paired runs, medians\n`)
  for (const [what, value] of rows) process.stdout.write(`${what.padEnd(38)} ${value}\n`)
} finally {
  rmSync(work, { recursive: true, force: true })
}
