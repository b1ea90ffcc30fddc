const narrow = 60
/** Where a value would have fewer characters than this beside its remark, the remark goes below. */
const shortest = 28

/** Rows of a label, a value and a remark. In a narrow terminal value and remark have lines of their own, so that nothing stands in two columns. */
export function table(rows: readonly (readonly [label: string, value: string, remark: string])[], width: number): string {
  if (width < narrow) return rows.map(([label, value, remark]) => folded(label, value, remark, width)).join('')
  const left = Math.max(...rows.map(([label]) => label.length), 0)
  const room = width - left - 4
  const middle = mostBeside(rows, room)
  const indent = ' '.repeat(left + 4)
  return rows
    .map(([label, value, remark]) => `  ${label.padEnd(left)}  ${beside(value, remark, middle, room).join(`\n${indent}`)}\n`)
    .join('')
}

/** The width of a column of values beside which the most remarks stand, and the fewest values are cut. */
function mostBeside(rows: readonly (readonly [label: string, value: string, remark: string])[], room: number): number {
  const remarked = rows.filter(([, , remark]) => remark !== '')
  const widths = remarked.flatMap(([, value, remark]) => [value.length, mostFor(remark, room)])
  const score = (width: number): number =>
    remarked.reduce((sum, [, value, remark]) => sum + (stands(value, remark, width, room) ? (value.length <= width ? 3 : 2) : 0), 0)
  return widths.sort((a, b) => score(b) - score(a) || a - b)[0] ?? 0
}

function mostFor(remark: string, room: number): number {
  return room - remark.length - 3
}

/** Whether the remark has room beside a column that shows enough of the value. */
function stands(value: string, remark: string, width: number, room: number): boolean {
  return width <= mostFor(remark, room) && (value.length <= width || width >= shortest)
}

/** A value with its remark: in one column of all rows, or on two lines. */
function beside(value: string, remark: string, middle: number, room: number): readonly string[] {
  if (remark === '') return [cut(value, room - 1)]
  if (stands(value, remark, middle, room)) return [`${cut(value, middle).padEnd(middle)}  ${remark}`]
  return [cut(value, room - 1), remark]
}

function folded(label: string, value: string, remark: string, width: number): string {
  return `${[`${label}: ${value}`, ...(remark === '' ? [] : [`  ${remark}`])]
    .flatMap((line) => wrapped(line, width - 2))
    .map((line) => `  ${line}`)
    .join('\n')}\n`
}

function cut(value: string, most: number): string {
  return value.length <= most ? value : `${value.slice(0, most - 3)}...`
}

/** Lines no longer than the width, broken between words where there are any; those after a `note:` stand below its text. */
export function wrapped(text: string, width: number): readonly string[] {
  const start = text.match(/^ */)?.[0] ?? ''
  const indent = text.startsWith('note: ') ? ' '.repeat(6) : start
  const lines: string[] = []
  let line = start
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
