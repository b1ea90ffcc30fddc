import { listPresets, newPreset, showPreset, testPreset } from './preset-tools.ts'

export interface PresetArguments {
  readonly action: 'list' | 'show' | 'new' | 'test'
  readonly target?: string
  readonly json: boolean
}

/** What those need who choose and write presets. */
export async function preset({ action, target, json }: PresetArguments): Promise<void> {
  switch (action) {
    case 'list':
      return listPresets(json)
    case 'show':
      return showPreset(target)
    case 'new':
      return newPreset(target)
    case 'test':
      return testPreset(target, json)
  }
}
