/** Text on one line: control characters, escape codes and line ends become single spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\s]+/gu, ' ').trim()
}

/** Whether a release line is the given one or a newer one: numbers between dots, compared in turn. */
export function atLeast(release: string, least: string): boolean {
  const [a, b] = [release.split('.').map(Number), least.split('.').map(Number)]
  for (const [i, wanted] of b.entries()) {
    const has = a[i] ?? 0
    if (has !== wanted) return has > wanted
  }
  return true
}

/** `umami` of `ghcr.io/umami-software/umami:latest`. */
export function imageName(reference: string): string | undefined {
  return /(?:^|\/)([^/:@]+)(?:[:@][^/]*)?$/.exec(reference)?.[1]
}
