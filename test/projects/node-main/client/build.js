const { mkdirSync, writeFileSync } = require('node:fs')

mkdirSync('dist', { recursive: true })
writeFileSync('dist/page.txt', 'FORTUNE, as the client shows it')
