import type { Variable } from '../../model/app.ts'
import type { ServiceKind, ServiceNeed } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import { isUsable } from '../examples.ts'
import { toldValues } from '../told.ts'
import { firstHit, hits } from './code.ts'

// What the code takes for granted: `process.env.A!`, `process.env.A as string`.
const asserted = /\bprocess\.env(?:\.|\[['"])([A-Z][A-Z0-9_]{1,80})(?:['"]\])?(?:!(?!=)|\s{1,4}as\s{1,4}string\b)/g
// The convention of @t3-oss/env and of what create-t3-app makes.
const skips = /\bSKIP_ENV_VALIDATION\b/g

const schemes: Partial<Record<ServiceKind, string>> = {
  postgres: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  mongodb: 'mongodb',
  redis: 'redis',
  valkey: 'redis',
  rabbitmq: 'amqp',
}
// As long as keys are asked to be.
const anything = 'only-while-building-only-while-building'

/**
 * Values for a build of Next.js, which loads the code of every route: a client that is made without its address or key ends it. None of them
 * is kept but those that pages show to everybody, which only what the repository says can be.
 */
export function throwawayValues(
  tree: Tree,
  files: readonly string[],
  variables: readonly Variable[],
  services: readonly ServiceNeed[],
): Readonly<Record<string, string>> {
  const told = toldValues(tree)
  const shown = (name: string): string | undefined => told.get(name)?.find(({ value }) => isUsable(value))?.value
  const values = new Map<string, string>()
  const keep = (name: string, value: string | undefined): unknown => value !== undefined && values.set(name, value)
  if (firstHit(tree, files, skips) !== undefined) values.set('SKIP_ENV_VALIDATION', '1')
  for (const name of told.keys()) if (name.startsWith('NEXT_PUBLIC_')) keep(name, shown(name))
  for (const { kind, optional, connections } of services)
    for (const { variable, holds } of optional ? [] : connections)
      if (holds === 'url') values.set(variable, `${schemes[kind] ?? 'http'}://localhost/build`)
  const required = variables.filter((v) => v.required).map((v) => v.name)
  const needed = [...required, ...[...hits(tree, files, asserted)].map((hit) => hit.value)]
  for (const name of needed) {
    if (values.has(name) || /^(?:NODE_ENV|PORT|VERCEL\w*)$|^NEXT_PUBLIC_/.test(name)) continue
    const secret = variables.some((v) => v.name === name && v.secret)
    values.set(
      name,
      (secret ? undefined : shown(name)) ?? (/_?UR[IL]$/.test(name) ? 'http://localhost' : /_PORT$/.test(name) ? '1' : anything),
    )
  }
  return Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)))
}
