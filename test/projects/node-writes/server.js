import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'

const file = path.join(import.meta.dirname, 'data', 'visits.json')
fs.mkdirSync(path.dirname(file), { recursive: true })

const server = http.createServer((_request, response) => {
  const visits = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) + 1 : 1
  fs.writeFileSync(file, JSON.stringify(visits))
  response.end(`visitor number ${visits}\n`)
})
server.listen(process.env.PORT ?? 3000)
process.on('SIGTERM', () => server.close())
