import type { Reads } from '../../model/tree.ts'
import { licenceFiles } from '../licence.ts'

/** Files that detection reads. */
export const goReads: Reads = { names: ['go.mod', 'go.work', 'Procfile', 'Dockerfile', ...licenceFiles], endings: ['.go'] }
