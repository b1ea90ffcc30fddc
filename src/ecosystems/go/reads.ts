import type { Reads } from '../../model/tree.ts'
import { licenceFiles } from '../licence.ts'
import { settingsFiles } from './settings-file.ts'

/** Files that detection reads. */
export const goReads: Reads = {
  names: ['go.mod', 'go.work', 'Procfile', 'Dockerfile', ...settingsFiles, ...licenceFiles],
  endings: ['.go'],
}
