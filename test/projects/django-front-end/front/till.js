window.till = { total: 0 }
