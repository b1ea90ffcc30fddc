const narrow = 60
const widest = 60

/** Rows of a label, a value and a remark. In a narrow terminal value and remark have lines of their own, so that nothing stands in two columns. */
export function table(rows: readonly (readonly [label: string, value: string, remark: string])[], width: number): string {
  if (width < narrow) return rows.map(([label, value, remark]) => folded(label, value, remark, width)).join('')
  const left = Math.max(...rows.map(([label]) => label.length), 0)
  const room = width - left - 6
  const middle = Math.min(Math.max(...rows.map(([, value]) => value.length), 0), Math.floor(room * 0.6), widest)
  return rows
    .map(([label, value, remark]) => `  ${label.padEnd(left)}  ${cut(value, room - 3, remark).padEnd(middle)}  ${remark}\n`)
    .join('')
}

function folded(label: string, value: string, remark: string, width: number): string {
  return `${[`${label}: ${value}`, `  ${remark}`]
    .flatMap((line) => wrapped(line, width - 2))
    .map((line) => `  ${line}`)
    .join('\n')}\n`
}

/** A value that leaves room for its remark. */
function cut(value: string, room: number, remark: string): string {
  const most = Math.max(20, room - remark.length)
  return value.length <= most ? value : `${value.slice(0, most - 3)}...`
}

/** Lines no longer than the width, broken between words where there are any. */
export function wrapped(text: string, width: number): readonly string[] {
  const indent = text.match(/^ */)?.[0] ?? ''
  const lines: string[] = []
  let line = indent
  for (const word of text
    .trim()
    .split(' ')
    .flatMap((long) => pieces(long, width - indent.length))) {
    if (line.trim() !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = indent
    }
    line += line.trim() === '' ? word : ` ${word}`
  }
  return [...lines, line]
}

function pieces(word: string, width: number): readonly string[] {
  return word.match(new RegExp(`.{1,${Math.max(width, 1)}}`, 'gu')) ?? []
}
