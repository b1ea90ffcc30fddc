module example.com/ticker

go 1.26

require example.com/clock v0.0.0

replace example.com/clock => ./clock
