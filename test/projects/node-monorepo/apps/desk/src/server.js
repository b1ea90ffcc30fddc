const express = require('express')

express()
  .get('/', (_, response) => response.send('Nobody is here but us.'))
  .listen(process.env.PORT || 5000)
