import { choose, layersOf, noPresets } from '../choose/choose.ts'
import { optionKeys } from '../choose/options.ts'
import { defaultsOf } from '../ecosystems/index.ts'
import { print } from '../edge/terminal.ts'
import type { Sourced } from '../model/evidence.ts'
import { type ConfigRow, configJson, configText } from '../report/config.ts'
import { chooseNone, openSession } from './session.ts'

export interface ConfigArguments {
  readonly folder: string
  readonly json: boolean
}

/** Prints every effective value, where it comes from and what it overruled, and the floors that hold. */
export async function config(args: ConfigArguments): Promise<void> {
  const { found, project, answers, presets = noPresets } = await openSession(args.folder, {}, { writes: false, choose: chooseNone })
  const own = defaultsOf(found.app)
  const choices: Readonly<Record<string, Sourced<unknown>>> = choose(found.app, own, project, answers, presets)
  const layers: readonly Readonly<Record<string, Sourced<unknown>>>[] = layersOf(found.app, own, project, answers, presets)
  const rows = optionKeys.flatMap((key): ConfigRow[] => {
    const chosen = choices[key]
    if (chosen === undefined) return []
    const said = layers.flatMap((layer) => layer[key] ?? []).toReversed()
    // Tables and lists are joined: what stands below is in them.
    const overruled = typeof chosen.value === 'object' ? [] : said.filter((one) => one.value !== chosen.value)
    return [{ key, ...chosen, overruled }]
  })
  const { refs, floors } = presets
  print(args.json ? `${JSON.stringify(configJson(refs, rows, floors), undefined, 2)}\n` : configText(refs, rows, floors))
}
