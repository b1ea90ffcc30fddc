/** A text as we would have written it: no byte order mark, LF line ends, one at the very end. Checkouts and editors change these alone. */
export function canonical(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`
}
