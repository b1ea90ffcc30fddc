import { freePortAfter, occupied } from '../edge/ports.ts'
import type { ServicePlan } from '../model/plan.ts'
import type { Clash } from '../model/port.ts'

/**
 * Published ports that something else has, where a Docker Engine is that would want them; the project's own containers may have them.
 * What was written is the same on every machine: only what is said depends on this one.
 */
export async function clashesOf(folder: string, services: readonly ServicePlan[]): Promise<readonly Clash[]> {
  const wanted = services.flatMap(({ name, source, ports }) =>
    ports.flatMap(({ host, last = host }) => {
      const own = 'dockerfile' in source
      return [...new Set([host, last])].map((port) => ({ service: name, port, own, alone: own && last === host }))
    }),
  )
  const all = wanted.map(({ port }) => port)
  const busy = await occupied(all)
  if (busy.length === 0) return []
  const { isHeldByProject } = await import('../edge/start.ts')
  const clashes = wanted.map(async ({ alone, ...clash }): Promise<readonly Clash[]> => {
    const isOther = busy.includes(clash.port) && (await isHeldByProject(folder, clash.port)) === false
    if (!isOther) return []
    const instead = alone ? await freePortAfter(clash.port, all) : undefined
    return [{ ...clash, ...(instead === undefined ? {} : { instead }) }]
  })
  return (await Promise.all(clashes)).flat()
}
