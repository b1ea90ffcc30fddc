const { createServer } = require('node:http')
const ms = require('ms')

const answer = `${process.env.HOUSE}: the bell rings every ${ms(900_000, { long: true })}.`
createServer((_request, response) => response.end(answer)).listen(process.env.PORT || 3000)
