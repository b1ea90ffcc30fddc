// An organisation of many repositories follows one preset: rolls it from v1 to v2 by `update` in each, and shows how long that takes
// and what one of them gets to see. Every third repository has an edit by hand, which has to survive.
//
//   npm run organisation -- [--repositories N]
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { repositories: { type: 'string', default: '200' } } })
const count = Number(values.repositories)
const program = resolve('dist/main.js')
const kinds = ['node-express', 'go-http', 'django-pip', 'node-typescript', 'go-cmd', 'django-uv']

const work = mkdtempSync(join(tmpdir(), 'organisation-'))
const source = join(work, 'presets')
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: `url.${source}.insteadOf`,
  GIT_CONFIG_VALUE_0: 'https://github.com/acme/presets.git',
}

const say = (text) => process.stdout.write(`${text}\n`)

function git(...args) {
  return gitIn(source, ...args)
}

function gitIn(cwd, ...args) {
  const names = ['-c', 'user.name=platform', '-c', 'user.email=platform@acme.example', '-c', 'commit.gpgSign=false']
  return execFileSync('git', [...names, ...args], { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

function release(version, files) {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(source, path), text)
  git('add', '--all')
  git('commit', '--message', version)
  git('tag', version)
}

function run(folder, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')} in ${folder} ended with ${status}\n${stdout}${stderr}`)
  return stdout
}

function timed(title, folders, work) {
  const began = performance.now()
  const results = folders.map(work)
  const seconds = (performance.now() - began) / 1000
  say(`${title}: ${seconds.toFixed(1)} s in total, ${((seconds / folders.length) * 1000).toFixed(0)} ms each`)
  return results
}

const head = 'description = "What every service of Acme has in common"\n'
const edit = '\n# Ours: kept by every update.\n'

try {
  mkdirSync(source)
  git('init', '--quiet')
  release('v1.0.0', { 'preset.toml': `${head}[defaults]\nmemory = 256\n` })
  const folders = Array.from({ length: count }, (_, i) => join(work, `service-${i}`))
  for (const [i, folder] of folders.entries()) cpSync(`test/projects/${kinds[i % kinds.length]}`, folder, { recursive: true })
  say(`${count} repositories follow github>acme/presets#>=1, released as v1.0.0.`)
  timed('init', folders, (folder) => run(folder, 'init', '--yes', '--preset', 'github>acme/presets#>=1'))
  for (const [i, folder] of folders.entries()) if (i % 3 === 0) appendFileSync(join(folder, 'Dockerfile'), edit)
  const block = '[blocks]\nfinal-stage = """\nLABEL com.acme.service={{quoted name}}\n"""\n'
  release('v2.0.0', { 'preset.toml': `${head}[defaults]\nmemory = 384\npids = 150\n${block}` })
  const sample = folders[0]
  gitIn(sample, 'init', '--quiet')
  gitIn(sample, 'add', '--all')
  gitIn(sample, 'commit', '--message', 'before')
  const [first] = timed('update to v2.0.0', folders, (folder) => run(folder, 'update'))
  timed('check after', folders, (folder) => run(folder, 'check'))
  const followed = folders.filter((folder, i) => {
    const [dockerfile, compose] = ['Dockerfile', 'compose.yaml'].map((name) => readFileSync(join(folder, name), 'utf8'))
    const kept = i % 3 !== 0 || dockerfile.endsWith(edit)
    return (
      kept && compose.includes('mem_limit: 384m') && compose.includes('pids_limit: 150') && dockerfile.includes('LABEL com.acme.service="')
    )
  })
  say(`${followed.length} of ${count} follow v2.0.0, with every edit kept.`)
  say(`\nWhat one of them sees:\n\n${first}\nWhat is to be committed there:\n\n${gitIn(sample, 'diff', '--unified=0')}`)
  if (followed.length !== count) process.exitCode = 1
} finally {
  rmSync(work, { recursive: true, force: true })
}
