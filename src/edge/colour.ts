import type { WriteStream } from 'node:tty'
import { styleText } from 'node:util'
import type { Paint } from '../report/diff.ts'

// The stream is looked at here; styleText would look at stdout.
const always = { validateStream: false }
const plain: Paint = { added: (text) => text, removed: (text) => text, dim: (text) => text, name: (text) => text }

/** Colours for a stream; none where it is no terminal, or NO_COLOR says so. FORCE_COLOR overrules both. */
export function colours(stream: NodeJS.WriteStream | WriteStream): Paint {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  const wanted = FORCE_COLOR !== undefined ? FORCE_COLOR !== '0' : stream.isTTY === true && !NO_COLOR && TERM !== 'dumb'
  if (!wanted) return plain
  return {
    added: (text) => styleText('green', text, always),
    removed: (text) => styleText('red', text, always),
    dim: (text) => styleText('dim', text, always),
    name: (text) => styleText('cyan', text, always),
  }
}
