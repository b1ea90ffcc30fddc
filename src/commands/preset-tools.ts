import { writeNew } from '../edge/preset-folder.ts'
import { print } from '../edge/terminal.ts'
import { presetFile } from '../model/preset.ts'
import { parsePreset } from '../presets/parse.ts'
import { shippedNames, shippedPreset } from '../presets/shipped.ts'

// What those need who begin with presets. Loaded only for `preset`.

/** The presets that come with the program, each with its description. */
export function listPresets(json: boolean): void {
  const all = shippedNames.flatMap((name) => {
    const source = shippedPreset(name)
    return source === undefined ? [] : [{ name, description: parsePreset(source).description }]
  })
  const width = Math.max(...all.map(({ name }) => name.length))
  const lines = all.map(({ name, description }) => `${name.padEnd(width)}  ${description}\n`)
  print(json ? `${JSON.stringify({ schema: 1, presets: all }, undefined, 2)}\n` : lines.join(''))
}

const starter = `description = "What our repositories have in common"
extends = ["recommended"]
# Repositories may waive the floors below, with a reason, an owner and a day on which it ends.
waivers = true

# For what detection leaves open. Every key: docs/presets.md
[defaults]
memory = 512

# What no repository can lower.
[floors]
non-root = true
read-only = true
memory = { max = 2048 }
`

/** Writes a preset to begin with. Throws a Problem when there is one. */
export function newPreset(folder: string, json: boolean): void {
  const path = writeNew(folder, presetFile, starter)
  if (json) print(`${JSON.stringify({ schema: 1, created: path }, undefined, 2)}\n`)
  else print(`${path} created\n\nSee what it changes: secure-docker preset test ${folder}\n`)
}
