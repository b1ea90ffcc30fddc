const http = require('node:http')
const Valkey = require('iovalkey')
const mariadb = require('mariadb')

const pool = mariadb.createPool(process.env.DATABASE_URL)
const valkey = new Valkey(process.env.VALKEY_URL)

// Each visit is a row in the database and a count beside it.
async function visit() {
  await pool.query('CREATE TABLE IF NOT EXISTS visits (at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)')
  await pool.query('INSERT INTO visits VALUES ()')
  const [{ visits }] = await pool.query('SELECT count(*) AS visits FROM visits')
  return { visits: Number(visits), counted: await valkey.incr('visits') }
}

const server = http.createServer(async (request, response) => {
  try {
    const answer = request.url === '/visits' ? await visit() : { alive: true }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answer))
  } catch (error) {
    response.statusCode = 500
    response.end(String(error))
  }
})
server.listen(process.env.PORT || 3000)

process.on('SIGTERM', async () => {
  server.close()
  server.closeIdleConnections()
  valkey.disconnect()
  await pool.end()
})
