/** Our text with the byte order mark, line ends and final newline of the text that it takes the place of. */
export function inStyleOf(before: string | undefined, content: string): string {
  if (before === undefined || before === '') return content
  const ended = before.endsWith('\n') ? content : content.replace(/\n$/, '')
  const lines = before.split('\n').length - 1
  const crlf = (before.split('\r\n').length - 1) * 2 > lines
  return (before.startsWith('\uFEFF') ? '\uFEFF' : '') + (crlf ? ended.replaceAll('\n', '\r\n') : ended)
}
