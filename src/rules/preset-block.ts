import type { Rule } from '../model/rule.ts'

export const presetBlock: Rule = {
  id: 'preset-block',
  title: 'Lines of a preset',
  practices: [],
  comment: 'Added by a preset, whose lines can take no hardening away.',
  without: 'What the organisation adds to every image would have to be added by hand in each repository.',
  options: [],
  change: 'Change the block in the preset that the next line names, or leave that preset out of `extends`.',
}
