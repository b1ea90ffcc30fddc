const http = require('http')
const moon = require('./lib/moon')

const port = 5050

http
  .createServer((request, response) => {
    if (request.url === '/health') return response.end('fine')
    response.end(`The moon is ${moon.phase(new Date(0))}.\n`)
  })
  .listen(port, () => console.log('moon on', port))
