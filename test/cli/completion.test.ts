import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, program, secureDocker } from './run.ts'

/** How a shell is asked what it would complete a line of words with. */
const shells = {
  bash: (words: readonly string[]) => `source script; COMP_WORDS=(${words.join(' ')} ''); COMP_CWORD=${words.length - 1}
    [ "${words.at(-1)}" = EMPTY ] && COMP_WORDS[COMP_CWORD]=''
    _secure_docker; printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: (words: readonly string[]) => `compdef() {}; _describe() { print -l -- "\${(P@)2}" }; _files() { print FILES }
    source script; words=(${words.map((word) => (word === 'EMPTY' ? "''" : word)).join(' ')} ''); CURRENT=${words.length}; _secure_docker`,
  fish: (words: readonly string[]) => `source script; complete -C "${words.join(' ').replace('EMPTY', '')}"`,
}

function completed(shell: keyof typeof shells, ...words: readonly string[]): readonly string[] {
  const root = folderWith({ script: secureDocker('.', 'completion', shell).out })
  writeFileSync(join(root, 'secure-docker'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`)
  chmodSync(join(root, 'secure-docker'), 0o755)
  const env = { ...process.env, PATH: `${root}:${process.env['PATH']}`, HOME: root }
  const { stdout, stderr } = spawnSync(shell, ['-c', shells[shell](['secure-docker', ...words])], { cwd: root, encoding: 'utf8', env })
  expect(stderr).toBe('')
  return stdout.split('\n').filter(Boolean)
}

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  const missing = spawnSync(shell, ['--version']).status !== 0
  if (missing) process.stderr.write(`${shell} is not installed: its completion WAS NOT RUN\n`)

  test.skipIf(missing)('completes commands, flags and their values', () => {
    const words = (lines: readonly string[]) => lines.map((line) => line.split(/[:\t]/)[0])
    expect(words(completed(shell, 'EMPTY'))).toEqual(expect.arrayContaining(['init', 'update', 'explain']))
    expect(words(completed(shell, 'in'))).toContain('init')
    expect(words(completed(shell, 'init', '--eco'))).toContain('--ecosystem')
    expect(words(completed(shell, 'init', '--ecosystem', 'EMPTY'))).toEqual(expect.arrayContaining(['go', 'node', 'python']))
    expect(words(completed(shell, 'update', '--conflict', 'EMPTY'))).toContain('markers')
  })
})

test('another shell is a wrong usage', () => {
  expect(secureDocker('.', 'completion', 'tcsh')).toMatchObject({ code: 2, out: '' })
})
