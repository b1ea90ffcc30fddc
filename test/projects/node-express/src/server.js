const path = require('node:path')
const express = require('express')

const app = express()
const port = process.env.PORT || 3000

app.set('view engine', 'ejs')
app.set('views', path.join(__dirname, '..', 'views'))
// A line of the operator's own, where there is one.
app.locals.motto = process.env.MOTTO
app.use('/public', express.static(path.join(__dirname, '..', 'public')))
app.get('/', (_request, response) => response.render('index', { guest: 'world' }))
app.get('/healthz', (_request, response) => response.send('ok'))

const server = app.listen(port, () => console.log(`listening on ${port}`))
process.on('SIGTERM', () => server.close())
