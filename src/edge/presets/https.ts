import type { Fetched } from '../../model/reference.ts'
import { errorCode } from '../errors.ts'
import { limits, presetText } from './content.ts'
import { notFetched } from './problems.ts'

const seconds = 30
const mostRedirects = 5

/** Fetches the one file of a preset. Certificates of NODE_EXTRA_CA_CERTS count; a redirect may not lead to another host. Throws a Problem (exit 8). */
export async function fetchHttps(ref: string, url: string): Promise<Fetched> {
  const bytes = await download(ref, new URL(url), mostRedirects)
  return { pin: { exact: false }, files: new Map([['preset.toml', presetText(ref, 'preset.toml', bytes)]]) }
}

async function download(ref: string, url: URL, redirects: number): Promise<Uint8Array> {
  const response = await answer(ref, url)
  const to = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
  if (to === null) {
    if (!response.ok) throw notFetched(ref, `${url.host} answers ${response.status} ${response.statusText}`)
    return body(ref, response)
  }
  const next = URL.canParse(to, url.href) ? new URL(to, url.href) : undefined
  if (next?.protocol !== 'https:' || next.host !== url.host)
    throw notFetched(ref, `${url.host} redirects to another place: ${to}`, 'Name the address that it leads to, if you trust it.')
  if (redirects === 0) throw notFetched(ref, `${url.host} redirects more than ${mostRedirects} times`)
  return download(ref, next, redirects - 1)
}

async function answer(ref: string, url: URL): Promise<Response> {
  try {
    return await fetch(url.href, {
      redirect: 'manual',
      signal: AbortSignal.timeout(seconds * 1000),
      headers: { accept: 'application/toml, text/plain, */*' },
    })
  } catch (error) {
    throw unreachable(ref, url, error)
  }
}

/** The body, as long as it is a file that a preset may have. */
async function body(ref: string, response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk)
      size += chunk.length
      if (size > limits.fileBytes) break
    }
  } catch (error) {
    throw unreachable(ref, new URL(response.url), error)
  }
  if (size > limits.fileBytes) throw notFetched(ref, `it is larger than ${limits.fileBytes / 1024} KiB`)
  return Buffer.concat(chunks)
}

function unreachable(ref: string, url: URL, error: unknown): Error {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const code = errorCode(cause) ?? (cause instanceof Error ? cause.name : '')
  const trust = /CERT|SIGNED|ISSUER/i.test(code)
  const fix = trust ? 'A certificate authority of your own goes into NODE_EXTRA_CA_CERTS.' : undefined
  return notFetched(
    ref,
    code === 'TimeoutError' ? `${url.host} took longer than ${seconds} seconds` : `${url.host} cannot be reached (${code})`,
    ...(fix === undefined ? [] : [fix]),
  )
}
