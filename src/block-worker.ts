import { parentPort, workerData } from 'node:worker_threads'
import { compileBlock } from './presets/compile.ts'

// Checks templates of presets where neither their size nor their depth can do harm: see edge/presets/compile.ts.
parentPort?.postMessage((workerData as readonly string[]).map(compileBlock))
