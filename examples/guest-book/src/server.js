const path = require('node:path')
const express = require('express')
const { createBook } = require('./book')

const root = path.join(__dirname, '..')
const book = createBook(100)
const app = express()

app.set('view engine', 'ejs')
app.set('views', path.join(root, 'views'))
app.use(express.static(path.join(root, 'public')))
app.use(express.urlencoded({ extended: false }))

app.get('/healthz', (_request, response) => response.type('text').send('ok'))
app.get('/', (_request, response) => response.render('book', { entries: book.entries() }))
app.post('/', (request, response) => {
  book.sign(String(request.body.name ?? ''), String(request.body.text ?? ''))
  response.redirect(303, '/')
})

const server = app.listen(process.env.PORT || 3000)
process.on('SIGTERM', () => server.close())
