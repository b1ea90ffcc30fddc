import type { ComposeMount, ComposePort } from '../model/compose.ts'

// The Compose specification allows most values in a short and a long form (https://docs.docker.com/reference/compose-file/services/).

const longest = 1000
const deepest = 5

/** The text of a scalar with variables replaced by their defaults; undefined when it holds one that has none. */
export function filled(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string' || value.length > longest) return undefined
  let text = value.replaceAll('$$', '\0')
  for (let i = 0; i < deepest; i++) text = text.replace(/\$\{\w+:?-([^${}]*)\}/g, '$1')
  return text.includes('$') ? undefined : text.replaceAll('\0', '$')
}

/** A text that may stop where the first variable without a default begins: `postgres:${TAG}` is `postgres`. */
export function filledImage(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const whole = filled(value)
  return whole ?? filled(value.replace(/[:@]?\$.*$/s, '')) ?? undefined
}

/** Entries of a list, or of a map with its keys. */
export function entries(value: unknown): readonly (readonly [key: string | number, value: unknown])[] {
  if (Array.isArray(value)) return value.map((item, i) => [i, item] as const)
  return isRecord(value) ? Object.entries(value) : []
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `80`, `8080:80`, `127.0.0.1:8080:80/tcp`, `3000-3005:3000-3005`, or `{ target, published, host_ip }`. */
export function portOf(value: unknown): ComposePort | undefined {
  if (isRecord(value)) return port(filled(value['target']), filled(value['published']), filled(value['host_ip']))
  const parts = /^(?:(\[[^\]]*\]|[^:[]*):)??(?:([\d-]*):)?([\d-]+)(?:\/\w+)?$/.exec(filled(value) ?? '')
  return parts === null ? undefined : port(parts[3], parts[2], parts[1])
}

function port(container: string | undefined, host: string | undefined, address: string | undefined): ComposePort | undefined {
  const [inside, outside] = [number(container), number(host)]
  if (inside === undefined) return undefined
  return { ...(address ? { address } : {}), ...(outside === undefined ? {} : { host: outside }), container: inside }
}

function number(text: string | undefined): number | undefined {
  const value = Number.parseInt(text ?? '', 10)
  return value > 0 && value < 65_536 ? value : undefined
}

/** `data:/var/lib/x:ro`, `./src:/app`, `/cache`, or `{ type, source, target }`. */
export function mountOf(value: unknown): ComposeMount | undefined {
  if (isRecord(value)) {
    const [source, target] = [filled(value['source']), filled(value['target'])]
    return target === undefined ? undefined : mount(source, target, value['type'] === 'volume')
  }
  const [first, second] = (filled(value) ?? '').split(':')
  if (first === undefined || first === '') return undefined
  return second === undefined ? mount(undefined, first, false) : mount(first, second, /^\w[\w.-]*$/.test(first))
}

function mount(source: string | undefined, target: string, named: boolean): ComposeMount {
  return { ...(source === undefined ? {} : { source }), target, named: named && source !== undefined }
}

/** A command as a line for a shell or as arguments. */
export function commandOf(value: unknown): readonly string[] | string | undefined {
  if (typeof value === 'string') return filled(value)
  if (!Array.isArray(value)) return undefined
  const words = value.map(filled)
  return words.every((word) => word !== undefined) ? words : undefined
}
