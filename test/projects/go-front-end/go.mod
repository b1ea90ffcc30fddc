module example.com/ticker

go 1.25.0
