import type { EffectiveService, Placed } from '../model/document.ts'
import type { Floor, LimitName } from '../model/preset.ts'
import { type Fault, holds, isPermitted, isRoot, rangeText } from './check-image.ts'
import { amount, bytes, first, itemsOf, portsOf, record, text } from './compose-values.ts'
import { allowsImage, allowsRegistry, releaseOf } from './images.ts'

/** What of a service breaks a floor. `built` says that its image is built here, so that the Dockerfile answers for it. */
export function serviceFaults(floor: Floor, service: EffectiveService, built: boolean): readonly Fault[] {
  const { keys } = service
  const fault = (what: string, ...near: readonly string[]): Fault => ({
    text: `${service.name}: ${what}`,
    because: near.map((key) => keys[key]?.because).find((because) => because !== undefined) ?? service.because,
  })
  const value = (key: string): unknown => keys[key]?.value
  const image = text(value('image'))
  switch (floor.floor) {
    case 'memory':
    case 'cpus':
    case 'pids':
    case 'files':
      return limitFaults(floor.floor, floor, keys).map((what) => fault(what, limitKeys[floor.floor], 'deploy'))
    case 'restarts':
      return restartFaults(floor, text(value('restart'))).map((what) => fault(what, 'restart'))
    case 'registries':
      return built || allowsRegistry(floor.allow, image) ? [] : [fault(`${image} comes from another registry`, 'image')]
    case 'images':
      return built || allowsImage(floor.allow, image) ? [] : [fault(`${image} is not among the allowed images`, 'image')]
    case 'supported-release':
      return !built && releaseOf(image)?.ended === true ? [fault(`${image} is past its end of life`, 'image')] : []
    case 'release': {
      const found = built ? undefined : releaseOf(image)
      const oldest = found === undefined ? undefined : floor.oldest[found.ecosystem]
      return oldest === undefined || found?.atLeast(oldest) === true ? [] : [fault(`${image} is older than ${oldest}`, 'image')]
    }
    case 'non-root': {
      const user = value('user')
      const known = user === undefined ? built : !isRoot(text(user))
      return known ? [] : [fault(user === undefined ? 'no user is set' : `user ${text(user)} is root, or not known`, 'user')]
    }
    case 'user': {
      // Images of others have users of their own.
      const user = text(value('user'))
      return !built || value('user') === undefined || isPermitted(floor, user)
        ? []
        : [fault(`user ${user} is not ${rangeText(floor)}`, 'user')]
    }
    case 'read-only':
      return first(value('read_only')) === 'true' ? [] : [fault('the root file system can be written to', 'read_only')]
    case 'capabilities':
      return itemsOf(value('cap_add'))
        .map((name) => name.toUpperCase().replace(/^CAP_/, ''))
        .filter((name) => !floor.allow.includes(name))
        .map((name) => fault(`the capability ${name} may not be added`, 'cap_add'))
        .concat(
          itemsOf(value('cap_drop')).some((name) => /^all$/i.test(name)) ? [] : [fault('not all capabilities are dropped', 'cap_drop')],
        )
    case 'forbidden-ports':
      return portsOf(value('ports'), value('expose'))
        .filter(({ host, container }) => holds(floor.ports, container) || (host !== '' && holds(floor.ports, host)))
        .map(({ host, container }) => fault(`port ${host || container} is forbidden`, 'ports', 'expose'))
    default:
      return hardeningFault(floor.floor, value).map(([what, key]) => fault(what, key))
  }
}

const limitKeys: Readonly<Record<LimitName, string>> = { memory: 'mem_limit', cpus: 'cpus', pids: 'pids_limit', files: 'ulimits' }

const privileged = [{ from: 1, to: 1023 }]

type Bounds = { readonly min?: number; readonly max?: number }

function limitFaults(name: LimitName, { min, max }: Bounds, keys: Readonly<Record<string, Placed<unknown>>>): readonly string[] {
  const value = limitOf(name, keys)
  if (value === undefined || !(value > 0)) return [`no limit of ${name} is set, or it cannot be read`]
  if (max !== undefined && value > max) return [`${name} ${value} is above ${max}`]
  return min !== undefined && value < min ? [`${name} ${value} is below ${min}`] : []
}

/** The limit that holds: the larger one where both ways to say it are used. */
function limitOf(name: LimitName, keys: Readonly<Record<string, Placed<unknown>>>): number | undefined {
  const limits = record(record(record(keys['deploy']?.value)['resources'])['limits'])
  const nofile = record(keys['ulimits']?.value)['nofile']
  const hard = typeof nofile === 'object' && nofile !== null ? record(nofile)['hard'] : nofile
  const given: Readonly<Record<LimitName, readonly unknown[]>> = {
    memory: [keys['mem_limit']?.value, limits['memory']],
    cpus: [keys['cpus']?.value, limits['cpus']],
    pids: [keys['pids_limit']?.value, limits['pids']],
    files: [hard],
  }
  const read = given[name]
    .filter((value) => value !== undefined)
    .map((value) => (name === 'memory' ? bytes(value) / 1024 ** 2 : amount(value)))
  return read.length === 0 ? undefined : Math.max(...read)
}

function restartFaults({ max }: Bounds, policy: string): readonly string[] {
  if (policy === '' || policy === 'no') return []
  const tries = Number(/^on-failure:(\d+)$/.exec(policy)?.[1] ?? Number.NaN)
  return tries <= (max ?? Number.POSITIVE_INFINITY) ? [] : [`restart ${policy} does not end after ${max ?? 'some'} tries`]
}

/** Floors that are simply kept or not. */
function hardeningFault(floor: Floor['floor'], value: (key: string) => unknown): readonly (readonly [what: string, key: string])[] {
  const options = itemsOf(value('security_opt')).map((option) => option.replace('=', ':'))
  const is = (key: string, pattern: RegExp): boolean => pattern.test(text(value(key)))
  switch (floor) {
    case 'no-new-privileges':
      return options.some((o) => /^no-new-privileges(?::true)?$/.test(o)) ? [] : [['no-new-privileges is not set', 'security_opt']]
    case 'confined':
      return options
        .filter((o) => /:unconfined$|^label:disable/.test(o))
        .map((o) => [`${o} takes a protection away`, 'security_opt'] as const)
    case 'not-privileged':
      return is('privileged', /^(?:|false)$/) ? [] : [['it is privileged, or that cannot be read', 'privileged']]
    case 'no-host-namespaces':
      return ['network_mode', 'pid', 'ipc', 'uts', 'userns_mode', 'cgroup']
        .filter((key) => is(key, /host|\$/))
        .map((key) => [`${key} is the host's`, key] as const)
    case 'no-engine-socket':
      return /docker\.sock|podman\.sock|containerd\.sock/.test(JSON.stringify(value('volumes') ?? ''))
        ? [['the socket of the engine is mounted', 'volumes']]
        : []
    case 'host-interface':
      return portsOf(value('ports'))
        .filter(({ host, address }) => host !== '' && (address === '' || /^(?:0\.0\.0\.0|\[?::\]?|.*\$.*)$/.test(address)))
        .map(({ host }) => [`port ${host} is published on every interface`, 'ports'] as const)
    case 'own-network':
      return value('networks') === undefined && !is('network_mode', /./) ? [['it is on the default network', 'networks']] : []
    case 'health-check':
      return first(record(value('healthcheck'))['disable']) === 'true' ? [['its health check is switched off', 'healthcheck']] : []
    case 'no-privileged-ports':
      return portsOf(value('ports'))
        .filter(({ host }) => host !== '' && holds(privileged, host))
        .map(({ host }) => [`port ${host} of the host is a privileged one`, 'ports'] as const)
    default:
      return []
  }
}
