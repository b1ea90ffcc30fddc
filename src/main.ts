import nodeModule from 'node:module'
import { failed } from './edge/exit.ts'

// Node.js 22.8 and later keep compiled code between runs; the types are of the oldest release we run on.
const { enableCompileCache } = nodeModule as { enableCompileCache?: () => void }
enableCompileCache?.()
const { run } = await import('./commands/cli.ts')
await run(process.argv.slice(2)).catch(failed)
