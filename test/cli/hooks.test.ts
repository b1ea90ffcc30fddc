import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { folderWith, nodeApp, program, secureDocker } from './run.ts'

/** A folder with an npx that shows what it was asked for, or runs our own program. */
function stub(body: string): string {
  const folder = folderWith({ npx: `#!/bin/sh\n${body}\n` })
  chmodSync(join(folder, 'npx'), 0o755)
  return folder
}

const shows = 'for word; do echo "[$word]"; done'
const runs = `shift 2; exec '${process.execPath}' '${program}' "$@"`

function run(command: string, args: readonly string[], cwd: string, body: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${stub(body)}:${process.env['PATH']}`, ...env },
  })
  return { code: status, out: stdout, err: stderr }
}

const [hook] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8'))
const action = parse(readFileSync('action.yml', 'utf8'))
const [step] = action.runs.steps
const script = resolve(hook.entry)
const lock = (version: string): string =>
  `# a\nlockVersion = 1\ntool = ${version}\n\n[files."Dockerfile"]\nbase = """\ntool = "8.8.8"\n"""\n`

describe('the hook of pre-commit', () => {
  test.each([
    ['"1.2.3"', '1.2.3'],
    ['"1.2.3-rc.1+a"\r', '1.2.3-rc.1+a'],
    ['"npm:evil@1.0.0"', 'latest'],
    ['"1.0.0 --registry=x"', 'latest'],
    ['"; id"', 'latest'],
  ])('runs the version that a lock with tool = %j names', (tool, version) => {
    const root = folderWith({ 'secure-docker.lock': lock(tool) })
    expect(run(script, [], root, shows)).toEqual({ code: 0, out: `[--yes]\n[secure-docker@${version}]\n[check]\n[.]\n`, err: '' })
  })

  test('runs the latest version, which says what to do, where there is no lock', () => {
    expect(run(script, [], folderWith({}), shows)).toMatchObject({ code: 0, out: expect.stringContaining('[secure-docker@latest]') })
  })

  test('needs no list of files, and can be started', () => {
    expect(hook).toMatchObject({ language: 'script', pass_filenames: false, always_run: true })
    accessSync(script, constants.X_OK)
  })

  test('fails as check does', () => {
    const root = folderWith(nodeApp)
    secureDocker(root, 'init', '--yes')
    expect(run(script, [], root, runs)).toMatchObject({ code: 0, out: 'Everything is current.\n' })
    writeFileSync(join(root, 'server.js'), nodeApp['server.js'].replace('3000', '4321'))
    expect(run(script, [], root, runs)).toMatchObject({ code: 5, out: expect.stringContaining('port 3000 → 4321') })
  })
})

describe('the action of GitHub', () => {
  const act = (root: string, folder: string, strict: string, body: string) =>
    run('bash', ['-e', '-o', 'pipefail', '-c', step.run], root, body, { GITHUB_ACTION_PATH: resolve('.'), FOLDER: folder, STRICT: strict })

  test('takes a folder and strict through the environment', () => {
    expect(step.env).toEqual({ FOLDER: '${' + '{ inputs.folder }}', STRICT: '${' + '{ inputs.strict }}' })
    expect(Object.keys(action.inputs)).toEqual(['folder', 'strict'])
    expect(step.run).not.toContain('${' + '{')
    const root = folderWith({ 'an app/secure-docker.lock': lock('"1.2.3"') })
    const words = ['--yes', 'secure-docker@1.2.3', 'check', 'an app', '--format', 'github']
    const shown = (all: readonly string[]) => all.map((word) => `[${word}]\n`).join('')
    expect(act(root, 'an app', 'false', shows).out).toBe(shown(words))
    expect(act(root, 'an app', 'true', shows).out).toBe(shown([...words, '--strict']))
  })

  test('annotates and fails as check does', () => {
    const root = folderWith(nodeApp)
    secureDocker(root, 'init', '--yes')
    expect(act(root, '.', 'true', runs)).toMatchObject({ code: 0, out: '' })
    writeFileSync(join(root, 'server.js'), nodeApp['server.js'].replace('3000', '4321'))
    expect(act(root, '.', 'false', runs)).toMatchObject({ code: 5, out: expect.stringMatching(/^::error file=server\.js,line=1,/) })
  })
})
