module example.com/postcard

go 1.25.0
