'use strict'

const { readFileSync } = require('node:fs')
const { createServer } = require('node:http')
const path = require('node:path')
const ms = require('ms')
const fortunes = require('../fortunes.json')

const page = readFileSync(path.join(__dirname, '..', 'client', 'dist', 'page.txt'), 'utf8')
const { PORT = 6001 } = process.env

createServer((_request, response) => {
  response.end(`${page.replace('FORTUNE', fortunes[0])} (good for ${ms(86400000, { long: true })})\n`)
}).listen(PORT, 'localhost')
