import type { Sourced } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { exposedPort } from '../exposed.ts'
import { ownStages } from '../own-dockerfile.ts'

/** A port with the variable that has the program listen there. */
export interface OwnPort {
  readonly port: Sourced<number>
  readonly variable: string
}

/** The port that the own Dockerfile exposes and also sets in a variable that the code reads: people know the program by it, whatever the code's default is. */
export function ownPort(tree: Tree, code: readonly string[]): OwnPort | undefined {
  const port = exposedPort(tree)
  const environment = ownStages(tree).at(-1)?.environment ?? new Map<string, string>()
  const [variable] = [...environment].find(([name, value]) => /^[A-Z]\w*_PORT$/.test(name) && value === String(port?.value)) ?? []
  if (port === undefined || variable === undefined) return undefined
  return code.some((text) => text.includes(`"${variable}"`) || setsPrefix(text, variable)) ? { port, variable } : undefined
}

/** viper takes each of its settings from a variable under a prefix, with no name of it in the code: `SetEnvPrefix("shop")`. */
function setsPrefix(text: string, variable: string): boolean {
  const prefix = /\.SetEnvPrefix\(\s{0,10}"(\w{1,40})"/.exec(text)?.[1]
  return prefix !== undefined && /\.AutomaticEnv\(/.test(text) && variable === `${prefix.toUpperCase()}_PORT`
}
