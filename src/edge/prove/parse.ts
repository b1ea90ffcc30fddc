import type { ImageFile, Limits, Mount, Process } from './reading.ts'

// Texts of the kernel and of tar, into data.

/** Reads /proc/<pid>/status. */
export function parseStatus(text: string): Process {
  const fields = new Map(text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
  const field = (name: string): string => fields.get(name) ?? ''
  const ids = (name: string): readonly number[] => field(name).split(/\s+/).filter(Boolean).map(Number)
  return {
    name: field('Name'),
    uids: ids('Uid'),
    gids: ids('Gid'),
    groups: ids('Groups'),
    capEff: field('CapEff'),
    capBnd: field('CapBnd'),
    noNewPrivs: field('NoNewPrivs'),
    seccomp: field('Seccomp'),
  }
}

/** Reads /proc/<pid>/mounts. */
export function parseMounts(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [, path, type, options] = line.split(' ')
    return path === undefined || type === undefined || options === undefined ? [] : [{ path, type, options: options.split(',') }]
  })
}

/** The control groups of /proc/<pid>/cgroup: path by controller; the unified hierarchy (version 2) is `''`. */
export function parseCgroup(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
      return controllers === undefined || path === undefined ? [] : controllers.split(',').map((name) => [name, path] as const)
    }),
  )
}

/** Limits from the files of a control group: `memory.max`, `cpu.max` … of version 2, `memory.limit_in_bytes` … of version 1. */
export function parseLimits(files: ReadonlyMap<string, string>): Limits {
  const number = (name: string): number | undefined => {
    const text = files.get(name)?.trim() ?? ''
    // Version 1 says "no limit" with the largest number of pages, or -1.
    return /^\d+$/.test(text) && Number(text) < 2 ** 62 ? Number(text) : undefined
  }
  const memory = number('memory.max') ?? number('memory.limit_in_bytes')
  const both = number('memory.memsw.limit_in_bytes')
  const swap = number('memory.swap.max') ?? (both === undefined || memory === undefined ? undefined : both - memory)
  const [quota, period] = files.get('cpu.max')?.trim().split(' ').map(Number) ?? [number('cpu.cfs_quota_us'), number('cpu.cfs_period_us')]
  const cpus = quota === undefined || period === undefined || Number.isNaN(quota) ? undefined : quota / period
  const pids = number('pids.max')
  return {
    ...(memory === undefined ? {} : { memory }),
    ...(swap === undefined ? {} : { swap }),
    ...(pids === undefined ? {} : { pids }),
    ...(cpus === undefined ? {} : { cpus }),
  }
}

const types = { '-': 'file', h: 'file', d: 'folder' } as const
const bits = [0o400, 0o200, 0o100, 0o40, 0o20, 0o10, 0o4, 0o2, 0o1]

/** Reads what `tar --list --verbose --numeric-owner` prints of a layer. Links and devices are `other`. */
export function parseTarList(text: string): readonly ImageFile[] {
  return text.split('\n').flatMap((line) => {
    const [, type, letters, uid, gid, name] = /^(.)([-rwxsStT]{9})\S* +(\d+)\/(\d+) +\S+ \S+ \S+ (.*)$/.exec(line) ?? []
    if (type === undefined || letters === undefined || name === undefined) return []
    const path = type === 'h' ? (name.split(' link to ')[0] ?? '') : type === 'l' ? (name.split(' -> ')[0] ?? '') : name
    return [
      {
        path: path.replace(/^(\.?\/)+/, '').replace(/\/$/, ''),
        type: types[type as keyof typeof types] ?? ('other' as const),
        mode: modeOf(letters),
        uid: Number(uid),
        gid: Number(gid),
      },
    ]
  })
}

function modeOf(letters: string): number {
  const plain = bits.reduce((mode, bit, at) => (/[-ST]/.test(letters[at] ?? '-') ? mode : mode | bit), 0)
  const special = (/s/i.test(letters[2] ?? '') ? 0o4000 : 0) | (/s/i.test(letters[5] ?? '') ? 0o2000 : 0)
  return plain | special | (/t/i.test(letters[8] ?? '') ? 0o1000 : 0)
}
