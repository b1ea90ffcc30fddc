'use strict'

const { createServer } = require('node:http')
const ms = require('ms')
const fortunes = require('../fortunes.json')

const { PORT = 6001 } = process.env

createServer((_request, response) => response.end(`${fortunes[0]} (good for ${ms(86400000, { long: true })})\n`)).listen(PORT)
