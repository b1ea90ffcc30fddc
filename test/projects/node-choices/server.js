const { createServer } = require('node:http')

createServer((_request, response) => response.end(`High water in ${process.env.HARBOUR} at noon.`)).listen(process.env.PORT || 3000)
