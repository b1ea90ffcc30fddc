import { input, select } from '../../edge/ask/ask.ts'
import { parsePreset } from '../../presets/parse.ts'
import { parseReference } from '../../presets/reference.ts'
import { shippedNames, shippedPreset } from '../../presets/shipped.ts'
import type { Session } from '../session.ts'
import { readable } from './questions.ts'

const other = ''

/** Which preset to follow from now on; undefined for none. */
export async function askPreset({ presets }: Session): Promise<string | undefined> {
  const offered = shippedNames.flatMap((name) => {
    const source = presets?.refs.includes(name) === true ? undefined : shippedPreset(name)
    return source === undefined ? [] : [{ name: `${name}: ${parsePreset(source).description}`, value: name }]
  })
  const picked = await select<string | undefined>(
    { message: 'Which one shall be followed?', why: 'Presets bring defaults, and floors that nothing gets below.', more },
    [...offered, { name: 'Another, by its name', value: other }, { name: 'None, go back', value: undefined }],
  )
  if (picked !== other) return picked
  const named = await input({ message: 'preset:', why: 'Enter alone goes back.', more: forms }, (text) => readable(text, parseReference))
  return named.trim() === '' ? undefined : named.trim()
}

const more = `It is named in secure-docker.toml, as extends = [...]; to leave it, take the name away there. The flag is --preset.
See what is in one: secure-docker preset show NAME`

const forms = `./presets/acme (a folder or .toml file of this repository), github>org/repo//path#^1, gitlab>..., git+https://host/repo.git//path#v1.2.0,
npm>@org/package#^1, https://host/preset.toml`
