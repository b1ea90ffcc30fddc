// Which files the go command compiles on Linux (https://pkg.go.dev/cmd/go#hdr-Build_constraints).

const otherSystems = 'aix android darwin dragonfly freebsd hurd illumos ios js nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
  ' ',
)
const otherProcessors = '386 arm loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x sparc64 wasm'.split(' ')
const foreign = new Set([...otherSystems, ...otherProcessors])
const ownProcessors = new Set(['amd64', 'arm64'])
const satisfied = new Set(['linux', 'unix', 'gc', ...ownProcessors])
const longest = 1000

/** Whether a file's name lets it be compiled: `x_windows.go` does not, `x_test.go` only for tests. */
export function nameBuildsOnLinux(file: string): boolean {
  const words = file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.go$/, '')
    .split('_')
    .slice(1)
  const last = words.at(-1)
  if (last === undefined) return true
  if (last === 'test' || foreign.has(last)) return false
  return !ownProcessors.has(last) || !foreign.has(words.at(-2) ?? '')
}

/** Whether a comment before the package clause lets the file be compiled; a comment that is no constraint does. */
export function buildsOnLinux(comment: string): boolean {
  const expression = /^\/\/go:build\s+([^\n]*)/.exec(comment)?.[1]
  if (expression === undefined) return true
  return expression.length <= longest && evaluate(expression.match(/&&|\|\||[!()]|[\w.]+/g) ?? [])
}

function evaluate(words: readonly string[]): boolean {
  let at = 0
  const any = (): boolean => {
    let value = all()
    while (words[at] === '||') {
      at++
      value = all() || value
    }
    return value
  }
  const all = (): boolean => {
    let value = one()
    while (words[at] === '&&') {
      at++
      value = one() && value
    }
    return value
  }
  const one = (): boolean => {
    const word = words[at++]
    if (word === '!') return !one()
    if (word !== '(') return word !== undefined && (satisfied.has(word) || /^go1\.\d+$/.test(word))
    const value = any()
    at++
    return value
  }
  return any()
}
