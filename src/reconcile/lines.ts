import { diffIndices } from 'node-diff3'

/** What has become of a line: it stands there as it was, or another one took its place. Numbers count from 0. */
export interface Counterpart {
  readonly at: number
  readonly same: boolean
}

/** The line of `to` that corresponds to line `at` of `from`, or undefined when there is none. */
export function counterpart(from: readonly string[], to: readonly string[], at: number): Counterpart | undefined {
  let shift = 0
  for (const { buffer1, buffer2 } of diffIndices([...from], [...to])) {
    const [start, length] = buffer1
    if (start > at) break
    // A stretch with as many lines on both sides was changed line by line.
    if (at < start + length) return length === buffer2[1] ? { at: buffer2[0] + at - start, same: false } : undefined
    shift = buffer2[0] + buffer2[1] - start - length
  }
  return { at: at + shift, same: true }
}
