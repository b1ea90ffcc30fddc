const { mkdirSync, readFileSync, writeFileSync } = require('node:fs')
const { minify_sync } = require('terser')

mkdirSync('front/built', { recursive: true })
writeFileSync('front/built/window.js', minify_sync(readFileSync('front/window.js', 'utf8')).code)
