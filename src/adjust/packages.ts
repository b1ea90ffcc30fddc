import type { Choices } from '../model/options.ts'
import type { Command, RunStep, Stage } from '../model/plan.ts'

/** Programs that install, and the variable in which each looks for the address of its packages. */
const sources = {
  npm: ['npm_config_registry', 'npm-registry'],
  pnpm: ['npm_config_registry', 'npm-registry'],
  yarn: ['npm_config_registry', 'npm-registry'],
  pip: ['PIP_INDEX_URL', 'pip-index'],
  uv: ['UV_DEFAULT_INDEX', 'pip-index'],
  pipenv: ['PIPENV_PYPI_MIRROR', 'pip-index'],
  go: ['GOPROXY', 'go-proxy'],
} as const

/** A stage whose install steps take their packages from the chosen addresses, and see the secrets of the build. */
export function packageSources(stage: Stage, choices: Choices): Stage {
  const steps = stage.steps.map((step) => (step.do === 'run' && step.network ? installing(step, choices) : step))
  return { ...stage, steps }
}

function installing(step: RunStep, choices: Choices): RunStep {
  const commands = step.commands.map((command) => sourced(command, choices))
  const secrets = Object.entries(choices['build-secrets']?.value ?? {}).map(([id, path]) => ({ id, path }))
  const installs = step.commands.some((command) => programOf(command) !== undefined)
  return { ...step, commands, ...(secrets.length > 0 && installs ? { secrets } : {}) }
}

function programOf(command: Command): keyof typeof sources | undefined {
  const program = 'argv' in command ? command.argv[0]?.replace(/^.*\//, '') : undefined
  return program !== undefined && Object.hasOwn(sources, program) ? (program as keyof typeof sources) : undefined
}

function sourced(command: Command, choices: Choices): Command {
  const program = programOf(command)
  if (program === undefined || !('argv' in command)) return command
  const [variable, key] = sources[program]
  const address = choices[key]?.value
  // What uv.lock names is taken from where it names it: another index would make the lockfile stale.
  if (address === undefined || (program === 'uv' && command.argv[1] !== 'pip')) return command
  return { ...command, env: { ...command.env, [variable]: address } }
}
