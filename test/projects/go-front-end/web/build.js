import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { minify } from 'terser'

const words = JSON.parse(readFileSync('../words.json', 'utf8'))
const { code } = await minify(readFileSync('src/ticker.js', 'utf8'))
mkdirSync('../public', { recursive: true })
writeFileSync('../public/ticker.js', code)
writeFileSync('../public/index.html', `<!doctype html><title>${words.title}</title><script src="ticker.js"></script>`)
