import nodeModule from 'node:module'

// Node.js 22.8 and later keep compiled code between runs; the types are of the oldest release we run on.
const { enableCompileCache } = nodeModule as { enableCompileCache?: () => void }
enableCompileCache?.()
// Imported here, so that it comes from there.
const { run } = await import('./commands/cli.ts')
await run(process.argv.slice(2))
