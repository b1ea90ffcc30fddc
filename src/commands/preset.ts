import { listPresets, newPreset, showPreset, testPreset } from './preset-tools.ts'

export interface PresetArguments {
  readonly action: 'list' | 'show' | 'new' | 'test' | 'update'
  readonly target?: string
  readonly json: boolean
  readonly dryRun: boolean
}

/** What those need who choose, write and follow presets. */
export async function preset({ action, target, json, dryRun }: PresetArguments): Promise<void> {
  switch (action) {
    case 'list':
      return listPresets(json)
    case 'show':
      return showPreset(target)
    case 'new':
      return newPreset(target)
    case 'test':
      return testPreset(target, json)
    case 'update':
      return (await import('./update.ts')).update({ folder: target ?? '.', json, dryRun, whole: true })
  }
}
