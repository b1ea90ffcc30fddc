import { isAlias, isMap, isScalar, type Node, parseDocument, visit } from 'yaml'
import type { BlockName } from '../model/preset.ts'

/** A line that may not stand in a block, and why. */
export interface Offence {
  readonly line: string
  readonly why: string
}

/** The first line that the block must not hold. What passes cannot take away what the other lines of the file set. */
export function offence(block: BlockName, lines: readonly string[]): Offence | undefined {
  return inAnyBlock(lines) ?? checks[block](lines)
}

const checks: Readonly<Record<BlockName, (lines: readonly string[]) => Offence | undefined>> = {
  'before-install': (lines) => inDockerfile(lines, ['COPY', 'ENV', 'RUN']),
  'after-install': (lines) => inDockerfile(lines, ['COPY', 'ENV', 'RUN']),
  'final-stage': (lines) => inDockerfile(lines, ['COPY', 'ENV', 'LABEL']),
  'compose-service': inService,
  ignore: (lines) => found(lines, (line) => (/^\s*!/.test(line) ? 'only what is copied may be let in again' : undefined)),
}

const mostLines = 500
const silencing = /hadolint|checkov|trivy|kics|dockle|nosemgrep|dclint|check=skip/i

function inAnyBlock(lines: readonly string[]): Offence | undefined {
  if (lines.length > mostLines) return { line: lines[mostLines] ?? '', why: `a block has at most ${mostLines} lines` }
  return found(lines, (line) => {
    if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(line)) return 'it holds a tab or a control character'
    return /#/.test(line) && silencing.test(line) ? 'a comment must not silence a checker' : undefined
  })
}

function found(lines: readonly string[], why: (line: string) => string | undefined): Offence | undefined {
  for (const line of lines) {
    const reason = why(line)
    if (reason !== undefined) return { line, why: reason }
  }
  return undefined
}

function inDockerfile(lines: readonly string[], allowed: readonly string[]): Offence | undefined {
  const last = lines.findLast((line) => !isBlank(line)) ?? ''
  if (/\\\s*$/.test(last)) return { line: last, why: 'it would swallow the line after the block' }
  // Two backslashes end a line for one parser, and continue it for another; so does one before a space.
  const unclear = lines.find((line) => /\\\\$|\\\s+\S/.test(line))
  if (unclear !== undefined) return { line: unclear, why: 'it is not clear whether its backslash continues the line' }
  return found(instructions(lines), (text) => {
    const [, keyword = '', rest = ''] = begins.exec(text) ?? []
    const name = keyword.toUpperCase()
    if (!allowed.includes(name)) return `only ${allowed.join(', ')} may stand here`
    if (/<</.test(rest)) return 'a here-document could swallow the lines after the block'
    return perInstruction[name]?.(rest)
  })
}

/** An instruction with its name whole on the first line. */
const begins = /^\s*([A-Za-z]+)\s+(.*)$/

/** Instructions with their continued lines joined, without comments, as BuildKit reads them. */
function instructions(lines: readonly string[]): readonly string[] {
  const whole: string[] = []
  let continued = false
  for (const line of lines) {
    if (isBlank(line)) continue
    const text: string = continued || begins.test(line) ? line.replace(/\\\s*$/, '') : line
    if (continued) whole.push((whole.pop() ?? '') + text)
    else whole.push(text)
    continued = text !== line
  }
  return whole
}

/** A comment or nothing: it does not end a line that is continued. */
function isBlank(line: string): boolean {
  return /^\s*(?:#|$)/.test(line)
}

const perInstruction: Readonly<Record<string, (rest: string) => string | undefined>> = {
  RUN: (rest) => flagsBut(rest, /^--(?:mount=type=(?:cache|secret|ssh|tmpfs)(?:,(?!from=)[\w-]+=[\w./:@+-]+)*|network=none)$/),
  COPY: (rest) => {
    if (!/^(?:--\S+\s+)*--from=[\w./:@-]+\s/.test(rest)) return 'it copies only from an image or a stage, with --from'
    return flagsBut(rest, /^--(?:link|from=[\w./:@-]+|chmod=(?:u=rwX,go=rX|a=rX|0?[0-7][0145][0145]))$/)
  },
  ENV: variables,
}

function flagsBut(rest: string, allowed: RegExp): string | undefined {
  for (let text = rest.trimStart(); text.startsWith('--'); text = text.replace(/^\S+\s*/, '')) {
    const flag = /^\S+/.exec(text)?.[0] ?? ''
    if (!allowed.test(flag)) return `${flag} is not allowed here`
  }
  return undefined
}

/** Variables on which the hardening rests, or that turn off the checking of certificates. */
const guarded =
  /^(?:PATH|HOME|LD_.*|NODE_ENV|NODE_OPTIONS|NODE_TLS_REJECT_UNAUTHORIZED|PYTHON(?:PATH|HOME|STARTUP|HTTPSVERIFY)|GIT_SSL_NO_VERIFY|GO(?:NOSUMCHECK|NOSUMDB|INSECURE|FLAGS)|npm_config_(?:strict_ssl|ignore_scripts)|DJANGO_SETTINGS_MODULE)$/i
const secret = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|pwd|secret|token)(?:_|$)/i

function variables(rest: string): string | undefined {
  if (!/^[A-Za-z_]\w*=/.test(rest.trimStart())) return 'variables are written as NAME=value'
  for (const [, name = ''] of rest.matchAll(/(?:^|[\s"'])([A-Za-z_]\w*)=/g)) {
    if (guarded.test(name)) return `${name} is not for a block to set`
    if (secret.test(name)) return `${name} sounds like a secret, which would stay in the image`
  }
  return undefined
}

/** Keys of a service that only add to it. */
const serviceKeys = [
  ...['annotations', 'cpu_shares', 'cpuset', 'dns', 'dns_opt', 'dns_search', 'domainname', 'extra_hosts', 'hostname', 'labels'],
  ...['mem_reservation', 'oom_score_adj', 'platform', 'runtime', 'shm_size'],
]

function inService(lines: readonly string[]): Offence | undefined {
  const document = parseDocument(lines.join('\n'), { version: '1.2', uniqueKeys: true })
  const first = lines[0] ?? ''
  if (document.errors.length > 0) return { line: first, why: 'it is not YAML' }
  if (lines.some((line) => /^(?:---|\.\.\.|%)/.test(line))) return { line: first, why: 'it is more than one document' }
  const { contents } = document
  if (!isMap(contents) || contents.flow === true) return { line: first, why: 'keys of the service are wanted, one on a line' }
  for (const { key } of contents.items) {
    const name = isScalar(key) ? String(key.value) : ''
    if (!serviceKeys.includes(name)) return { line: name, why: `only ${serviceKeys.join(', ')} may stand here` }
  }
  const outside = lines.find((line) => line !== '' && !/^(?:[a-z_]+:|\s|#|- )/.test(line))
  if (outside !== undefined) return { line: outside, why: 'a key of the service is written plainly, at the beginning of the line' }
  let odd: string | undefined
  visit(document, (_, node) => {
    odd ??= oddity(node as Node)
  })
  return odd === undefined ? undefined : { line: first, why: odd }
}

function oddity(node: Node): string | undefined {
  if (isAlias(node) || ('anchor' in node && node.anchor !== undefined)) return 'anchors and aliases are not allowed'
  if ('tag' in node && node.tag !== undefined && node.tag !== '') return 'tags are not allowed'
  if (!isScalar(node) || typeof node.value !== 'string') return undefined
  if (node.value === '<<') return 'keys are not merged in'
  return /\$(?!\$)/.test(node.value.replaceAll('$$', '')) ? 'a $ would read a variable of the machine; write $$' : undefined
}
