import type { Variable } from '../model/app.ts'
import type { ServiceKind, ServiceNeed } from '../model/service.ts'

const most = 40

/**
 * Names that a program gets from where it is started, in the order of the alphabet: what it takes no default for, needed ones first
 * when there are too many. What has a default keeps it.
 */
export function handedThrough(variables: readonly Variable[]): readonly string[] {
  const open = variables.filter((v) => v.default === undefined && v.example === undefined)
  const first = [...open.filter((v) => v.required), ...open.filter((v) => !v.required)].slice(0, most)
  return first.map((v) => v.name).sort()
}

/** Where the value of a variable comes from in the Compose file. */
export type Supply =
  | { readonly from: 'service'; readonly service: ServiceKind }
  | { readonly from: 'secret' | 'example' | 'environment' | 'default' }

/** A service that is set up (`services`) gives what leads to it; secrets are files; the rest comes from the shell or .env, or stays as it is in the code. */
export function supplyOf(
  { name, secret, generated, required, default: given, example }: Variable,
  services: readonly ServiceNeed[],
): Supply {
  const service = services.find((s) => s.connections.some((c) => c.variable === name || c.file === name))
  if (service !== undefined) return { from: 'service', service: service.kind }
  if (secret && (generated || required)) return { from: 'secret' }
  if (example !== undefined) return { from: 'example' }
  return { from: given === undefined ? 'environment' : 'default' }
}
