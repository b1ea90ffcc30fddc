// Values of compose files as they may be written. What only a variable tells stays a text with `$`, which no floor accepts.

/** A scalar as text. A variable stands for its default where it has one. */
export function text(value: unknown): string {
  const given = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
  return given.replace(/\$\{\w+:?-([^${}]*)\}/g, '$1')
}

/** A scalar as text, lower case: `true`. */
export function first(value: unknown): string {
  return text(value).toLowerCase()
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {}
}

export function itemsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((item) => text(item)) : []
}

/** A number; NaN when it is none. */
export function amount(value: unknown): number {
  const given = text(value).trim()
  return given === '' ? Number.NaN : Number(given)
}

const units: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, kb: 1024, m: 1024 ** 2, mb: 1024 ** 2, g: 1024 ** 3, gb: 1024 ** 3 }

/** A size such as `512m` (Compose specification, "Specifying byte values"); NaN when it is none. */
export function bytes(value: unknown): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(first(value)) ?? []
  return digits === '' || !Object.hasOwn(units, unit) ? Number.NaN : Number(digits) * (units[unit] ?? Number.NaN)
}

interface Published {
  readonly address: string
  /** A port or a range, empty when the engine chooses one. */
  readonly host: string
  readonly container: string
}

/** Ports of `ports`, in both of its forms, and of `expose`. */
export function portsOf(ports: unknown, expose?: unknown): readonly Published[] {
  const list = Array.isArray(ports) ? ports.map(publishedOf) : []
  return [...list, ...itemsOf(expose).map((container) => ({ address: '', host: '', container }))]
}

function publishedOf(port: unknown): Published {
  if (typeof port === 'object') {
    const { target, published, host_ip: address } = record(port)
    return { address: text(address), host: text(published), container: text(target) }
  }
  const plain = text(port).replace(/\/\w+$/, '')
  const [, address = '', host = '', container = plain] = /^(?:(\[[^\]]*\]|[^:]*):)?([^:]*):([^:]*)$/.exec(plain) ?? []
  return { address, host, container }
}
