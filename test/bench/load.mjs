// What the containers of a fixture take while nothing is asked of them, and under 50 requests a second for a minute: memory without what the
// kernel could drop at once, processor and processes, as `docker stats` counts them. Prints a table and asserts nothing.
// Needs Docker Engine on this machine. `npm run bench:load -- --rate 50 --seconds 60 node-services go-services`
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rate: { type: 'string', default: '50' }, seconds: { type: 'string', default: '60' } },
})
const rate = Number(values.rate)
const seconds = Number(values.seconds)
const fixtures = positionals.length > 0 ? positionals : ['node-services', 'go-services', 'django-services', 'django-tasks']
const program = resolve('dist/main.js')

const print = (line) => process.stdout.write(`${line}\n`)

/** The containers of a project that are up. */
function containersOf(compose) {
  const lines = compose('ps', '--format', 'json').trim().split('\n')
  return lines.map((line) => {
    const { Service: service, ID: id } = JSON.parse(line)
    const { HostConfig } = JSON.parse(execFileSync('docker', ['inspect', id], { encoding: 'utf8' }))[0]
    return { service, id, memory: HostConfig.Memory / 2 ** 20, cpus: HostConfig.NanoCpus / 1e9 }
  })
}

const units = { B: 2 ** -20, KiB: 2 ** -10, MiB: 1, GiB: 2 ** 10 }

/** MiB in a text such as `12.3MiB / 512MiB`. */
function mebibytes(usage) {
  const [, value, unit] = /^([\d.]+)(\w+)/.exec(usage) ?? []
  return Number(value) * units[unit]
}

/** While something goes on, the most memory, the most processes, and the mean share of a processor of each container. */
async function watched(containers, action) {
  const ids = containers.map(({ id }) => id)
  const samples = spawn('docker', ['stats', '--no-trunc', '--format', 'json', ...ids], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  samples.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const result = await action()
  // It takes no softer word for it, and would keep this program and the engine busy.
  samples.kill('SIGKILL')
  // In a terminal the list is drawn anew each second; between the drawings stand control characters.
  const seen = [...printed.matchAll(/\{.*\}/g)].map(([line]) => JSON.parse(line)).filter(({ CPUPerc }) => CPUPerc !== '--')
  const used = ids.map((id) => {
    const own = seen.filter(({ ID }) => ID.startsWith(id))
    return {
      memory: Math.max(...own.map(({ MemUsage }) => mebibytes(MemUsage))),
      pids: Math.max(...own.map(({ PIDs }) => Number(PIDs))),
      cpu: own.reduce((sum, { CPUPerc }) => sum + Number.parseFloat(CPUPerc), 0) / own.length,
    }
  })
  return { result, used }
}

/** Asks at an even rate, whether or not earlier answers have come. */
async function load(url) {
  const times = []
  let wrong = 0
  const asked = []
  const start = performance.now()
  for (let i = 0; i < rate * seconds; i++) {
    const wait = start + (i * 1000) / rate - performance.now()
    if (wait > 0) await sleep(wait)
    const begun = performance.now()
    asked.push(
      fetch(url, { signal: AbortSignal.timeout(10_000) })
        .then((response) => response.text().then(() => response.ok))
        .catch(() => false)
        .then((ok) => {
          if (ok) times.push(performance.now() - begun)
          else wrong++
        }),
    )
  }
  await Promise.all(asked)
  times.sort((a, b) => a - b)
  const at = (share) => Math.round(times[Math.floor(times.length * share)] ?? Number.NaN)
  return { answered: times.length, wrong, median: at(0.5), slowest: at(0.99) }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

async function measured(name) {
  const folder = mkdtempSync(join(tmpdir(), `load-${name}-`))
  cpSync(resolve('test/projects', name), folder, { recursive: true })
  const { path = '/', env, counts } = JSON.parse(readFileSync(join(folder, 'test.json'), 'utf8'))
  rmSync(join(folder, 'test.json'))
  // A Compose project and a port of its own, whatever else runs on this engine.
  const own = { ...process.env, ...env, COMPOSE_PROJECT_NAME: folder.replace(/^.*\//, '').toLowerCase() }
  const options = { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: own }
  const port = await freePort()
  const compose = (...args) => execFileSync('docker', ['compose', ...args], options)
  try {
    execFileSync(process.execPath, [program, 'init', '--yes', '--force', '--publish', `${port}`], options)
    compose('build')
    compose('up', '--detach', '--wait', '--wait-timeout', '180')
    const containers = containersOf(compose)
    // Each of its programs has been used once; then it is left alone.
    await fetch(`http://127.0.0.1:${port}${counts?.path ?? path}`)
    await sleep(5000)
    const idle = await watched(containers, () => sleep(10_000))
    const busy = await watched(containers, () => load(`http://127.0.0.1:${port}${counts?.path ?? path}`))
    const { answered, wrong, median, slowest } = busy.result
    print(`\n${name}: ${answered} answers, ${wrong} missing or wrong; half within ${median} ms, 99 of 100 within ${slowest} ms\n`)
    print('| service | idle | processor | under load | processor | processes and threads | limit |\n|--|--|--|--|--|--|--|')
    for (const [i, { service, memory, cpus: share }] of containers.entries()) {
      const [still, full] = [idle.used[i], busy.used[i]]
      const percent = (value) => `${value.toFixed(1)} %`
      const row = [
        `${Math.round(still.memory)} MiB`,
        percent(still.cpu),
        `${Math.round(full.memory)} MiB`,
        percent(full.cpu),
        full.pids,
        `${memory} MiB, ${share}`,
      ]
      print(`| ${[service, ...row].join(' | ')} |`)
    }
  } finally {
    compose('down', '--volumes', '--rmi', 'local', '--timeout', '2')
    rmSync(folder, { recursive: true, force: true })
  }
}
print(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} processors (${cpus()[0]?.model}), load ${loadavg()[0]?.toFixed(1)}`)
print(`${rate} requests a second for ${seconds} s`)
for (const name of fixtures) await measured(name)
