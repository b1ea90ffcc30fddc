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
      return (await import('./preset-tools.ts')).listPresets(json)
    case 'show':
      return (await import('./preset-show.ts')).showPreset(target, json)
    case 'new':
      return (await import('./preset-tools.ts')).newPreset(target ?? '.', json)
    case 'test':
      return (await import('./preset-test.ts')).testPreset(target ?? '.', json)
    case 'update':
      return (await import('./update.ts')).update({ folder: target ?? '.', json, dryRun, whole: true })
  }
}
