import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Why nothing can be built and started here, or undefined when it can. */
export function engineMissing(): string | undefined {
  const { error, status, stderr } = spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { encoding: 'utf8' })
  if (error !== undefined) return 'no Docker Engine: the program docker is not installed'
  return status === 0 ? undefined : `no Docker Engine: ${stderr.trim()}`
}

/** An independent prover and the checkers of others, where they lie beside the repository. */
export const works = programBeside('LAB', '../shared/lab', 'works')
export const check = programBeside('LINTERS', '../shared/linters', 'check')

function programBeside(variable: string, usual: string, name: string): string | undefined {
  const program = resolve(process.env[variable] ?? usual, name)
  return existsSync(program) ? program : undefined
}
