const path = require('node:path')
const express = require('express')

const app = express()
app.use(express.static(path.join(__dirname, 'my pages')))
app.get('/terms', (_request, response) => response.sendFile(path.join(__dirname, 'terms [v2] (final).txt')))
app.get('/', (_request, response) => response.redirect('/price%20list%20[2026].html'))

const server = app.listen(process.env.PORT || 3000)
process.on('SIGTERM', () => server.close())
