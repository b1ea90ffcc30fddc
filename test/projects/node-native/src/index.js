import { createServer } from 'node:http'
import Database from 'better-sqlite3'

const database = new Database(':memory:')
database.exec('CREATE TABLE books (title TEXT)')
const insert = database.prepare('INSERT INTO books VALUES (?)')
for (const title of ['Middlemarch', 'Persuasion', 'Villette']) insert.run(title)

const server = createServer((_request, response) => {
  const { count } = database.prepare('SELECT count(*) AS count FROM books').get()
  response.setHeader('Content-Type', 'text/plain')
  response.end(`${count} books on the shelf\n`)
})
server.listen(process.env.PORT ?? 4000)
process.once('SIGTERM', () => server.close(() => database.close()))
